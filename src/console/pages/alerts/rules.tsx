// Alert rules for single items: a name, a condition of the filter grammar, who is told; each can be tried before it is kept.
import { Button, Group, Modal, MultiSelect, Switch, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useMemo, useState } from "react";
import { Link } from "wouter";
import { deskCalls, deskNoticeCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { Section } from "../../parts/page-header.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";
import { listHref } from "../numbers/filters.ts";
import classes from "./alerts.module.css";

type Rule = ItemOf<typeof deskNoticeCalls.listAlertRules>;

const TOUCHED = [deskNoticeCalls.listAlertRules];

/** The view. */
export function RulesView(): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("feedback:write");
  const list = usePages(deskNoticeCalls.listAlertRules, { query: {} });
  // Null: closed; "new": a rule that is not there yet.
  const [open, setOpen] = useState<Rule | "new" | null>(null);
  const columns = useMemo(() => columnsOf(say, mayWrite ? setOpen : null), [say, mayWrite]);
  const add = <Button onClick={() => setOpen("new")}>{say("alerts.rules.add")}</Button>;
  return (
    <Section
      title={say("alerts.view.rules")}
      about={say("alerts.rules.about")}
      actions={mayWrite ? add : undefined}
    >
      <DataTable
        name="alert-rules"
        label={say("alerts.view.rules")}
        columns={columns}
        list={list}
        idOf={(rule) => rule.id}
        empty={<EmptyState title={say("alerts.rules.empty")} text={say("alerts.rules.emptyText")} />}
      />
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={say(open === "new" ? "alerts.rules.add" : "alerts.rules.edit")}
        closeButtonProps={{ "aria-label": say("shell.close") }}
      >
        {open !== null && (
          <RuleForm
            key={open === "new" ? "" : open.id}
            rule={open === "new" ? null : open}
            onClose={() => setOpen(null)}
          />
        )}
      </Modal>
    </Section>
  );
}

function columnsOf(say: Say, onOpen: ((rule: Rule) => void) | null): readonly Column<Rule>[] {
  return [
    {
      id: "name",
      title: say("alerts.rules.name"),
      isWide: true,
      sortBy: (rule) => rule.name,
      cell: (rule) =>
        onOpen === null ? (
          <span translate="no">{rule.name}</span>
        ) : (
          <Button variant="subtle" size="compact-sm" translate="no" data-opener onClick={() => onOpen(rule)}>
            {rule.name}
          </Button>
        ),
    },
    {
      id: "filter",
      title: say("alerts.rules.filter"),
      cell: (rule) => (
        <Link href={listHref(rule.filter)} className="mono">
          {rule.filter}
        </Link>
      ),
    },
    {
      id: "destinations",
      title: say("alerts.rules.destinations"),
      cell: (rule) =>
        rule.destinations.length === 0 ? say("alerts.rules.everyone") : String(rule.destinations.length),
    },
    {
      id: "state",
      title: say("alerts.destinations.state"),
      cell: (rule) => (
        <StateBadge tone={rule.isOn ? "good" : "quiet"}>
          {say(rule.isOn ? "alerts.rules.isOn" : "alerts.rules.off")}
        </StateBadge>
      ),
    },
  ];
}

function RuleForm({
  rule,
  onClose,
}: {
  readonly rule: Rule | null;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const [name, setName] = useState(rule?.name ?? "");
  const [filter, setFilter] = useState(rule?.filter ?? "rating:1..2");
  const [destinations, setDestinations] = useState<string[]>([...(rule?.destinations ?? [])]);
  const [isOn, setOn] = useState(rule?.isOn ?? true);
  const onDone = (): void => {
    tell(say("alerts.rules.saved"));
    onClose();
  };
  const add = useChange(deskNoticeCalls.createAlertRule, { touches: TOUCHED, onDone });
  const put = useChange(deskNoticeCalls.putAlertRule, { touches: TOUCHED, onDone });
  const body = { name: name.trim(), filter: filter.trim(), destinations, isOn };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (rule === null) add.mutate({ body });
    else put.mutate({ params: { ruleId: rule.id }, body });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={say("alerts.rules.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        data-autofocus
      />
      <TextInput
        label={say("alerts.rules.filter")}
        description={say("alerts.rules.filterAbout")}
        classNames={{ input: "mono" }}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        spellCheck={false}
      />
      <Trial filter={body.filter} />
      <Told destinations={destinations} onChange={setDestinations} />
      <Switch
        label={say("alerts.rules.isOn")}
        checked={isOn}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      <FormError error={add.error ?? put.error} />
      <Group justify="space-between">
        {rule === null ? <span /> : <Removal rule={rule} onClose={onClose} />}
        <Button type="submit" loading={add.isPending || put.isPending} disabled={body.name === ""}>
          {say("parts.save")}
        </Button>
      </Group>
    </form>
  );
}

/** Who is told; nobody chosen: everybody who gets items. */
function Told(props: {
  readonly destinations: string[];
  readonly onChange: (destinations: string[]) => void;
}): ReactNode {
  const { say } = useReader();
  const known = usePages(deskNoticeCalls.listDeskDestinations, { query: { limit: 100 } }).rows;
  return (
    <MultiSelect
      label={say("alerts.rules.destinations")}
      placeholder={props.destinations.length === 0 ? say("alerts.rules.everyone") : undefined}
      data={known.map((one) => ({ value: one.id, label: one.label || one.address }))}
      value={props.destinations}
      onChange={props.onChange}
    />
  );
}

/** How much of the last thirty days would have passed, with the list of it. */
function Trial({ filter }: { readonly filter: string }): ReactNode {
  const { say } = useReader();
  const trial = useChange(deskCalls.countDeskItems);
  const past = `${filter} received:30d`.trim();
  const isOfThis = trial.variables?.body.filters[0] === past;
  const found = isOfThis ? trial.data?.counts[0] : undefined;
  return (
    <div>
      <Button
        size="xs"
        variant="default"
        loading={trial.isPending}
        onClick={() => trial.mutate({ body: { filters: [past] } })}
      >
        {say("alerts.rules.try")}
      </Button>{" "}
      {found !== undefined && (
        <span role="status">
          {found.isMore ? say("alerts.rules.triedMore") : say("alerts.rules.tried", { count: found.count })}.{" "}
          <Link href={listHref(past)}>{say("alerts.rules.show")}</Link>
        </span>
      )}
      {isOfThis && <FormError error={trial.error} />}
    </div>
  );
}

/** Removed at once, with a way back: the rule is made again as it was. */
function Removal({ rule, onClose }: { readonly rule: Rule; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { tellUndoable, tellFailure } = useToasts();
  const again = useChange(deskNoticeCalls.createAlertRule, { touches: TOUCHED });
  const remove = useChange(deskNoticeCalls.removeAlertRule, { touches: TOUCHED });
  const { name, filter, destinations, isOn } = rule;
  const take = (): void =>
    remove.mutate(
      { params: { ruleId: rule.id } },
      {
        onError: tellFailure,
        onSuccess: () => {
          onClose();
          const body = { name, filter, destinations: [...destinations], isOn };
          tellUndoable(say("alerts.rules.removed", { name }), () => again.mutate({ body }));
        },
      },
    );
  return (
    <Button variant="default" c="var(--bad)" loading={remove.isPending} onClick={take}>
      {say("alerts.rules.remove")}
    </Button>
  );
}
