// The loyalty programme: what is owed, what waits for a second person, whether the book adds up, imports and entries.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ledgerCalls, promotionCalls } from "../../../contract/index.ts";
import type { ProgrammeDocument } from "../../../core/pricing/index.ts";
import { useCall } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count, Money, Points, When } from "../../parts/figures.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { type Fact, KeyValue } from "../../parts/key-value.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";
import { BalanceImports } from "./balance-imports.tsx";
import { LedgerEntries } from "./ledger-entries.tsx";
import classes from "./loyalty.module.css";
import { fieldsOf, termOf } from "./simulated-fields.ts";
import { Simulator } from "./simulator.tsx";
import { WaitingCorrections } from "./waiting-corrections.tsx";

/** The page. */
export default function LoyaltyPage(): ReactNode {
  const { say } = useReader();
  const maySeeRules = useMay("promotions:read");
  return (
    <>
      <PageHeader title={say("pages.loyalty")} about={say("loyalty.about")} />
      <Liability />
      <Section title={say("loyalty.waiting")} about={say("loyalty.waitingAbout")}>
        <WaitingCorrections />
      </Section>
      {maySeeRules && <Rules />}
      <Section title={say("loyalty.imports")} about={say("loyalty.importsAbout")}>
        <BalanceImports />
      </Section>
      <Section title={say("loyalty.book")} about={say("loyalty.bookAbout")}>
        <Invariants />
        <LedgerEntries />
      </Section>
    </>
  );
}

function Liability(): ReactNode {
  const { say } = useReader();
  const report = useCall(ledgerCalls.getLoyaltyReport, { query: {} });
  if (report.data === undefined) {
    return report.error === null ? (
      <ListSkeleton rows={3} />
    ) : (
      <ErrorState error={report.error} onRetry={() => void report.refetch()} />
    );
  }
  const { liability, ending, turnover } = report.data;
  const [whole] = turnover;
  return (
    <>
      <div className={classes.figures}>
        <Figure name={say("loyalty.owed")}>
          <Points points={liability.totalPoints} />
        </Figure>
        {liability.totalMinor !== null && (
          <Figure name={say("loyalty.worth")}>
            <Money minor={liability.totalMinor} isShort />
          </Figure>
        )}
        {ending.map(({ days, points }) => (
          <Figure key={days} name={say("loyalty.ending", { days })}>
            <Points points={points} />
          </Figure>
        ))}
      </div>
      {whole !== undefined && (
        <KeyValue
          facts={[
            { name: say("loyalty.issued"), value: <Count value={whole.issued} /> },
            { name: say("loyalty.redeemed"), value: <Count value={whole.redeemed} /> },
            { name: say("loyalty.expired"), value: <Count value={whole.expired} /> },
            {
              name: say("loyalty.byHand"),
              value: say("loyalty.upDown", { up: whole.correctedUp, down: whole.correctedDown }),
            },
          ]}
        />
      )}
    </>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={classes.figure}>
      <span className="soft">{name}</span>
      <strong>{children}</strong>
    </div>
  );
}

function Rules(): ReactNode {
  const { say } = useReader();
  const found = useCall(promotionCalls.getProgramme, {});
  if (found.data === undefined) return null;
  const { programme } = found.data;
  return (
    <Section title={say("loyalty.rules")}>
      {programme === null ? (
        <EmptyState title={say("loyalty.noProgramme")} text={say("loyalty.noProgrammeText")} />
      ) : (
        <>
          <KeyValue facts={termFacts(programme as ProgrammeDocument, say)} />
          <details className={classes.written}>
            <summary>{say("loyalty.written")}</summary>
            <JsonView value={programme} label={say("loyalty.rules")} />
          </details>
        </>
      )}
      <Simulator programme={programme} />
    </Section>
  );
}

/** The terms of a programme by their names; those of all tiers stand in one line. */
function termFacts(programme: ProgrammeDocument, say: Say): Fact[] {
  const tiers = Object.entries(programme.earn.byTier ?? {});
  return fieldsOf(programme)
    .filter(({ tier }) => tier === undefined || tier === tiers[0]?.[0])
    .map((field) => ({
      name: say(`loyalty.simulation.${field.name}`),
      value:
        field.tier === undefined ? (
          <Count value={termOf(programme, field)} />
        ) : (
          tiers.map(([tier, percent]) => (
            <span key={tier} className={classes.tier}>
              <span translate="no">{tier}</span> <Count value={percent} />
            </span>
          ))
        ),
    }));
}

/** The book is gone through only when somebody asks: it takes long where it is large. */
function Invariants(): ReactNode {
  const { say } = useReader();
  const [isAsked, setAsked] = useState(false);
  const check = useCall(ledgerCalls.getLedgerInvariants, {}, { isOn: isAsked });
  const ask = (): void => {
    if (isAsked) void check.refetch();
    else setAsked(true);
  };
  const { data } = check;
  return (
    <>
      {check.error !== null && <ErrorState error={check.error} />}
      {data !== undefined && (
        <KeyValue
          facts={[
            {
              name: say("loyalty.state"),
              value: (
                <StateBadge tone={data.isSound ? "good" : "bad"}>
                  {say(data.isSound ? "loyalty.sound" : "loyalty.unsound")}
                </StateBadge>
              ),
            },
            { name: say("loyalty.checkedAt"), value: <When at={data.checkedAt} /> },
            { name: say("loyalty.sum"), value: <Count value={data.sumPoints} /> },
            { name: say("loyalty.movements"), value: <Count value={data.movements} /> },
            { name: say("loyalty.entries"), value: <Count value={data.entries} /> },
            {
              name: say("loyalty.differences"),
              value:
                data.differences.length === 0 ? null : (
                  <span className="mono">{data.differences.join("; ")}</span>
                ),
            },
          ]}
        />
      )}
      <Button variant="default" mt="sm" mb="md" loading={check.isFetching} onClick={ask}>
        {say("loyalty.check")}
      </Button>
    </>
  );
}
