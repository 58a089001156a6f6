// Monthly budgets of promo codes: the usual one, those of outlets, and what of them is used.
import { Button, Group, NumberInput, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { answerRuleCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { moneyText, numberText } from "../../parts/amounts.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { Section } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Language } from "../../words.ts";
import classes from "./desk.module.css";
import { useBranches } from "./names.ts";

type Budgets = AnswerOf<typeof answerRuleCalls.listAnswerBudgets>;

type Budget = Budgets["usual"];

/** The part. */
export function BudgetSettings(): ReactNode {
  const { data, error, refetch } = useCall(answerRuleCalls.listAnswerBudgets, { query: {} });
  if (data === undefined)
    return error === null ? <ListSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <UsualBudget budget={data.usual} />
      <OutletBudgets budgets={data} />
    </>
  );
}

function UsualBudget({ budget }: { readonly budget: Budget }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("answer-rules:write");
  const rules = useCall(answerRuleCalls.getAnswerPolicy, {}, { isOn: mayWrite }).data;
  const { tell } = useToasts();
  const [draft, setDraft] = useState(budget);
  const save = useChange(answerRuleCalls.putAnswerPolicy, {
    touches: [answerRuleCalls.getAnswerPolicy, answerRuleCalls.listAnswerBudgets],
    onDone: () => tell(say("deskSettings.saved")),
  });
  return (
    <Section title={say("deskSettings.budgets.usual")}>
      <BudgetFields budget={draft} onChange={setDraft} isDisabled={!mayWrite} />
      <FormError error={save.error} />
      {mayWrite && (
        <Button
          mt="md"
          size="xs"
          loading={save.isPending}
          disabled={rules === undefined}
          onClick={() => rules !== undefined && save.mutate({ body: { ...rules, budget: draft } })}
        >
          {say("parts.save")}
        </Button>
      )}
    </Section>
  );
}

function BudgetFields(props: {
  readonly budget: Budget;
  readonly onChange: (budget: Budget) => void;
  readonly isDisabled: boolean;
}): ReactNode {
  const { say } = useReader();
  const { budget, onChange } = props;
  const whole = (value: number | string): number | null =>
    value === "" ? null : Math.max(0, Math.round(Number(value)));
  return (
    <Group align="flex-end">
      <NumberInput
        label={say("deskSettings.budgets.promos")}
        placeholder={say("deskSettings.budgets.noLimit")}
        min={0}
        max={1_000_000}
        disabled={props.isDisabled}
        value={budget.promos ?? ""}
        onChange={(value) => onChange({ ...budget, promos: whole(value) })}
      />
      <NumberInput
        label={say("deskSettings.budgets.amount")}
        placeholder={say("deskSettings.budgets.noLimit")}
        min={0}
        max={1_000_000_000}
        disabled={props.isDisabled}
        value={budget.amountMinor === null ? "" : Math.round(budget.amountMinor / 100)}
        onChange={(value) => {
          const roubles = whole(value);
          onChange({ ...budget, amountMinor: roubles === null ? null : roubles * 100 });
        }}
      />
    </Group>
  );
}

function OutletBudgets({ budgets }: { readonly budgets: Budgets }): ReactNode {
  const { say, language } = useReader();
  const { branches } = useBranches();
  const mayWrite = useMay("answer-rules:write");
  const [open, setOpen] = useState<{ readonly branchId: string; readonly budget: Budget } | null>(null);
  const put = useChange(answerRuleCalls.putAnswerBudget, {
    touches: [answerRuleCalls.listAnswerBudgets],
    onDone: () => setOpen(null),
  });
  const set = (branchId: string, budget: Budget | null): void =>
    put.mutate({ params: { branchId }, body: { budget } });
  const others = branches.filter(({ id }) => !budgets.branches.some(({ branchId }) => branchId === id));
  return (
    <Section title={say("deskSettings.budgets.month", { month: monthText(budgets.month, language) })}>
      {budgets.branches.length === 0 && <p className="soft">{say("deskSettings.budgets.none")}</p>}
      <ul className={classes.lines}>
        {budgets.branches.map((line) => (
          <BudgetLine
            key={line.branchId}
            line={line}
            usual={budgets.usual}
            onOpen={(budget) => setOpen({ branchId: line.branchId, budget })}
            onDrop={() => set(line.branchId, null)}
          />
        ))}
      </ul>
      {mayWrite && others.length > 0 && (
        <Select
          mt="md"
          maw={320}
          searchable
          label={say("deskSettings.budgets.choose")}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={open !== null && others.some(({ id }) => id === open.branchId) ? open.branchId : null}
          onChange={(branchId) => branchId !== null && setOpen({ branchId, budget: budgets.usual })}
        />
      )}
      {open !== null && (
        <Group align="flex-end" mt="md">
          <BudgetFields
            budget={open.budget}
            onChange={(budget) => setOpen({ ...open, budget })}
            isDisabled={false}
          />
          <Button loading={put.isPending} onClick={() => set(open.branchId, open.budget)}>
            {say("parts.save")}
          </Button>
        </Group>
      )}
      <FormError error={put.error} />
    </Section>
  );
}

/** "2026-11" as people write it. */
function monthText(month: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${month}-15T00:00:00Z`));
}

function BudgetLine(props: {
  readonly line: Budgets["branches"][number];
  readonly usual: Budget;
  readonly onOpen: (budget: Budget) => void;
  readonly onDrop: () => void;
}): ReactNode {
  const { say, language } = useReader();
  const { branchName } = useBranches();
  const mayWrite = useMay("answer-rules:write");
  const { branchId, own, usedPromos, usedMinor } = props.line;
  const { promos, amountMinor } = own ?? props.usual;
  const money = (minor: number): string => moneyText(minor, language, { isShort: true });
  const of = (used: string, limit: string | null): string =>
    limit === null ? used : say("deskSettings.budgets.of", { used, limit });
  const codes = of(numberText(usedPromos, language), promos === null ? null : numberText(promos, language));
  const sum = of(money(usedMinor), amountMinor === null ? null : money(amountMinor));
  return (
    <li className={classes.settingLine}>
      <span className={classes.grow}>
        <strong translate="no">{branchName(branchId === "" ? null : branchId)}</strong>
        <br />
        <span className="soft">
          {say("deskSettings.budgets.used")}: {codes} · {sum}
          {own !== null && ` · ${say("deskSettings.budgets.own")}`}
        </span>
      </span>
      {mayWrite && branchId !== "" && (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => props.onOpen(own ?? props.usual)}>
            {say(own === null ? "deskSettings.budgets.setOwn" : "deskSettings.templates.change")}
          </Button>
          {own !== null && (
            <Button size="xs" variant="subtle" color="gray" onClick={props.onDrop}>
              {say("deskSettings.budgets.dropOwn")}
            </Button>
          )}
        </Group>
      )}
    </li>
  );
}
