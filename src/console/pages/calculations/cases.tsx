// Test cases: carts that the rules must go on pricing as they did, tried against any rules at once.
import { Button } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { calculationCaseCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { moneyText } from "../../parts/amounts.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Money, When } from "../../parts/figures.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./calculations.module.css";
import { RulesChoice, rulesOf } from "./rules-choice.tsx";

type Case = ItemOf<typeof calculationCaseCalls.listCalculationCases>;
type Checked = AnswerOf<typeof calculationCaseCalls.checkCalculationCases>;

/** The list with its check. */
export function Cases(): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const mayWrite = useMay("promotions:write");
  const [choice, setChoice] = useState("current");
  const [leaving, setLeaving] = useState<Case | null>(null);
  const list = usePages(calculationCaseCalls.listCalculationCases, { query: {} });
  const check = useChange(calculationCaseCalls.checkCalculationCases);
  const columns = useMemo(
    () => columnsOf(reader, check.data, mayWrite ? setLeaving : null),
    [reader, check.data, mayWrite],
  );
  return (
    <>
      {list.rows.length > 0 && (
        <div className={classes.row}>
          <RulesChoice
            value={choice}
            onChange={(next) => {
              setChoice(next);
              check.reset();
            }}
          />
          <Button loading={check.isPending} onClick={() => check.mutate({ body: rulesOf(choice) })}>
            {say("calculations.tryAll")}
          </Button>
          {check.data !== undefined && <Summary checked={check.data} />}
        </div>
      )}
      <FormError error={check.error} />
      <DataTable
        name="cases"
        label={say("calculations.cases")}
        columns={columns}
        list={list}
        idOf={(one) => one.id}
        hrefOf={(one) => `/calculations/${one.calculationId}`}
        empty={<EmptyState title={say("calculations.noCases")} text={say("calculations.noCasesText")} />}
      />
      <Dropping one={leaving} onClose={() => setLeaving(null)} />
    </>
  );
}

function Summary({ checked }: { readonly checked: Checked }): ReactNode {
  const { say } = useReader();
  const { failed, cases } = checked;
  return (
    <strong role="status">
      {failed === 0
        ? say("calculations.allPassed", { count: cases.length })
        : say("calculations.somePassed", { count: failed })}
    </strong>
  );
}

function Dropping(props: { readonly one: Case | null; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { one, onClose } = props;
  const drop = useChange(calculationCaseCalls.removeCalculationCase, {
    touches: [calculationCaseCalls.listCalculationCases],
    onDone: onClose,
  });
  return (
    <ConfirmFresh
      isOpen={one !== null}
      onClose={onClose}
      title={say("calculations.dropTitle", { name: one?.name ?? "" })}
      text={say("calculations.dropText")}
      action={say("calculations.drop")}
      onConfirm={() => one !== null && drop.mutate({ params: { caseId: one.id } })}
      isSending={drop.isPending}
      error={drop.error}
    />
  );
}

function Result({ one, checked }: { readonly one: Case; readonly checked: Checked | undefined }): ReactNode {
  const { say, language } = useReader();
  const tried = checked?.cases.find(({ id }) => id === one.id);
  if (tried === undefined) return <span className="soft">—</span>;
  if (tried.isPassed) return <StateBadge tone="good">{say("calculations.passed")}</StateBadge>;
  if (tried.totalMinor === null)
    return <StateBadge tone="bad">{say("calculations.failedEngine")}</StateBadge>;
  const total = moneyText(tried.totalMinor, language);
  return <StateBadge tone="bad">{say("calculations.broken", { total })}</StateBadge>;
}

function columnsOf(
  { say }: Reader,
  checked: Checked | undefined,
  onDrop: ((one: Case) => void) | null,
): readonly Column<Case>[] {
  const columns: Column<Case>[] = [
    {
      id: "name",
      title: say("calculations.name"),
      isWide: true,
      cell: (one) => <span translate="no">{one.name}</span>,
    },
    {
      id: "result",
      title: say("calculations.result"),
      cell: (one) => <Result one={one} checked={checked} />,
    },
    {
      id: "expected",
      title: say("calculations.mustCost"),
      align: "end",
      cell: (one) => <Money minor={one.expected.totalMinor} />,
    },
    { id: "lines", title: say("calculations.lines"), align: "end", cell: (one) => one.lineCount },
    { id: "at", title: say("calculations.when"), cell: (one) => <When at={one.at} />, isHiddenAtFirst: true },
    { id: "createdAt", title: say("calculations.createdAt"), cell: (one) => <When at={one.createdAt} /> },
  ];
  if (onDrop !== null) {
    columns.push({
      id: "drop",
      title: "",
      about: say("calculations.drop"),
      cell: (one) => (
        <Button size="compact-sm" variant="subtle" onClick={() => onDrop(one)}>
          {say("calculations.drop")}
        </Button>
      ),
    });
  }
  return columns;
}
