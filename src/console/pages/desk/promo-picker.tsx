// The promo code of an answer: one of the percents there are, what it may cost, what is left of the month, who must agree.
import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { answerRuleCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { moneyText, numberText } from "../../parts/amounts.ts";
import { When } from "../../parts/figures.tsx";
import { useReader } from "../../reader.tsx";
import { useMay, useMe } from "../../session.tsx";
import type { Offer } from "./composer.tsx";
import classes from "./desk.module.css";
import type { Item } from "./marks.tsx";
import { PROMOS, type Promo } from "./use-draft.ts";

/** The picker. */
export function PromoPicker(props: {
  readonly item: Item;
  /** What this customer got before; null: nothing that is known. */
  readonly last: Offer["lastPromo"];
  readonly value: Promo | null;
  readonly onChange: (promo: Promo | null) => void;
}): ReactNode {
  const { say, language } = useReader();
  const { item, value } = props;
  const { promoCeiling } = useMe();
  const policy = useCall(answerRuleCalls.getAnswerPolicy, {}, { isOn: useMay("answer-rules:read") }).data;
  const budgets = useCall(answerRuleCalls.listAnswerBudgets, { query: {} }).data;
  const used = budgets?.branches.find(({ branchId }) => branchId === (item.branchId ?? ""));
  const budget = used?.own ?? budgets?.usual;
  const codes = budget?.promos == null ? null : Math.max(0, budget.promos - (used?.usedPromos ?? 0));
  const sum = budget?.amountMinor == null ? null : Math.max(0, budget.amountMinor - (used?.usedMinor ?? 0));
  const left = [
    ...(codes === null
      ? []
      : [say("answers.promo.codesLeft", { count: codes, codes: numberText(codes, language) })]),
    ...(sum === null
      ? []
      : [say("answers.promo.sumLeft", { sum: moneyText(sum, language, { isShort: true }) })]),
  ];
  const needsOther = value !== null && (value > promoCeiling || value > (policy?.fourEyesAbove ?? 100));
  const cost =
    value === null || item.totalMinor === null ? null : Math.floor((item.totalMinor * value) / 100);
  return (
    <div className={classes.promoPicker}>
      <span className={classes.wordsName} id="promo">
        {say("answers.promo.name")}
      </span>
      <SegmentedControl
        size="xs"
        aria-labelledby="promo"
        value={String(value ?? 0)}
        onChange={(chosen) => props.onChange(PROMOS.find((promo) => String(promo) === chosen) ?? null)}
        data={[
          { value: "0", label: say("answers.promo.none") },
          ...PROMOS.map((promo) => ({ value: String(promo), label: `${promo}%` })),
        ]}
      />
      <span className="soft">
        {cost !== null && say("answers.promo.cost", { sum: moneyText(cost, language, { isShort: true }) })}{" "}
        {left.join(" ")}{" "}
        {props.last !== null && (
          <>
            {say("answers.promo.last", { percent: props.last.percent })}{" "}
            <When at={props.last.at} style="ago" />.{" "}
          </>
        )}
        {needsOther && <strong>{say("answers.promo.needsOther")}</strong>}
      </span>
    </div>
  );
}
