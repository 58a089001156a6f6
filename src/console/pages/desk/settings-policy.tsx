// When first answers are due: rules by stars, source and outlet, in working minutes; and the hours that count.
import { ActionIcon, Button, Checkbox, NumberInput, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { deskSettingCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { Section } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay, useMe } from "../../session.tsx";
import classes from "./desk.module.css";
import { useBranches } from "./names.ts";
import { HoursFields } from "./settings-hours.tsx";
import { SaveLine } from "./settings-save.tsx";

/** The policy as the API has it. */
export type Policy = AnswerOf<typeof deskSettingCalls.getDeskPolicy>;

type Rule = Policy["rules"][number];

const NEW_RULE: Rule = { source: null, branchId: null, from: 1, to: 3, isWithText: false, minutes: 120 };

/** The part. */
export function PolicySettings(): ReactNode {
  const { data, error, refetch } = useCall(deskSettingCalls.getDeskPolicy, {});
  if (data === undefined)
    return error === null ? <ListSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  return <PolicyForm policy={data} />;
}

function PolicyForm({ policy }: { readonly policy: Policy }): ReactNode {
  const { say } = useReader();
  // The policy is of all outlets: who is set on some only reads it.
  const isOfAll = useMe().outlets === null;
  const mayWrite = useMay("feedback:write") && isOfAll;
  const { tell } = useToasts();
  const [draft, setDraft] = useState(policy);
  const save = useChange(deskSettingCalls.putDeskPolicy, {
    touches: [deskSettingCalls.getDeskPolicy],
    onDone: () => tell(say("deskSettings.saved")),
  });
  const setRule = (index: number, change: Partial<Rule>): void =>
    setDraft({
      ...draft,
      rules: draft.rules.map((rule, place) => (place === index ? { ...rule, ...change } : rule)),
    });
  return (
    <fieldset disabled={!mayWrite} className={classes.bare}>
      <Section title={say("deskSettings.policy.rules")} about={say("deskSettings.policy.rulesAbout")}>
        {draft.rules.length === 0 && <p className="soft">{say("deskSettings.policy.noRules")}</p>}
        <ol className={classes.lines}>
          {draft.rules.map((rule, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the order.
            <li key={index} className={classes.settingLine}>
              <RuleFields rule={rule} onChange={(change) => setRule(index, change)} />
              <ActionIcon
                size="lg"
                aria-label={say("deskSettings.remove")}
                title={say("deskSettings.remove")}
                onClick={() =>
                  setDraft({ ...draft, rules: draft.rules.filter((_, place) => place !== index) })
                }
              >
                <IconTrash size={16} />
              </ActionIcon>
            </li>
          ))}
        </ol>
        <Button
          mt="sm"
          size="xs"
          variant="default"
          onClick={() => setDraft({ ...draft, rules: [...draft.rules, NEW_RULE] })}
        >
          {say("deskSettings.add")}
        </Button>
      </Section>
      <HoursFields policy={draft} onChange={setDraft} />
      <FormError error={save.error} />
      <SaveLine mayWrite={mayWrite} isSaving={save.isPending} onSave={() => save.mutate({ body: draft })} />
    </fieldset>
  );
}

function RuleFields(props: {
  readonly rule: Rule;
  readonly onChange: (change: Partial<Rule>) => void;
}): ReactNode {
  const { say } = useReader();
  const { rule, onChange } = props;
  const { branches } = useBranches();
  return (
    <>
      <Select
        size="xs"
        w={130}
        label={say("deskSettings.policy.source")}
        value={rule.source ?? ""}
        data={[
          { value: "", label: say("deskSettings.any") },
          { value: "app", label: say("desk.source.app") },
          { value: "yandex-eats", label: say("desk.source.eats") },
        ]}
        onChange={(source) =>
          onChange({ source: source === "app" || source === "yandex-eats" ? source : null })
        }
      />
      <Select
        size="xs"
        w={150}
        searchable
        label={say("deskSettings.policy.branch")}
        value={rule.branchId ?? ""}
        data={[
          { value: "", label: say("deskSettings.anyBranch") },
          ...branches.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(branchId) => onChange({ branchId: branchId === "" ? null : branchId })}
      />
      <StarFields rule={rule} onChange={onChange} />
      <NumberInput
        size="xs"
        w={100}
        min={1}
        max={100_000}
        label={say("deskSettings.policy.minutes")}
        placeholder={say("deskSettings.policy.noDue")}
        value={rule.minutes ?? ""}
        onChange={(value) => onChange({ minutes: value === "" ? null : Math.max(1, Number(value)) })}
      />
      <Checkbox
        size="xs"
        mb={8}
        label={say("deskSettings.policy.withText")}
        checked={rule.isWithText}
        onChange={(event) => onChange({ isWithText: event.currentTarget.checked })}
      />
    </>
  );
}

function StarFields(props: {
  readonly rule: Rule;
  readonly onChange: (change: Partial<Rule>) => void;
}): ReactNode {
  const { say } = useReader();
  const { rule, onChange } = props;
  const star = (value: number | string): number => Math.min(5, Math.max(1, Math.round(Number(value) || 1)));
  return (
    <>
      <NumberInput
        size="xs"
        w={76}
        min={1}
        max={5}
        label={say("deskSettings.policy.from")}
        value={rule.from}
        onChange={(value) => onChange({ from: star(value) })}
      />
      <NumberInput
        size="xs"
        w={64}
        min={1}
        max={5}
        label={say("deskSettings.policy.to")}
        value={rule.to}
        onChange={(value) => onChange({ to: star(value) })}
      />
    </>
  );
}
