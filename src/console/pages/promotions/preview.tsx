// A draft tried on recorded carts: what it would have cost, whom it touches, who gains and who loses, with the carts themselves.
import { Anchor, Button, Checkbox, NumberInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { PREVIEW_LIMIT, promotionDraftCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { momentText, numberText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count, Money } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import type { Draft } from "./drafts.ts";
import { nameIn } from "./names.ts";
import classes from "./promotions.module.css";
import { promotionsOf } from "./sets.ts";

type Report = AnswerOf<typeof promotionDraftCalls.previewPromotionDraft>;
type Share = Report["promotions"][number];
type Cart = Report["cheaper"][number];

/** The part of the draft's page. Nothing is priced until it is asked for. */
export function Preview({ draft }: { readonly draft: Draft }): ReactNode {
  const { say, language } = useReader();
  const [last, setLast] = useState<number>(PREVIEW_LIMIT.usualCarts);
  const [isDateless, setDateless] = useState(false);
  const [wish, setWish] = useState<{ readonly last: number; readonly ignoreDates: boolean } | null>(null);
  const report = useCall(
    promotionDraftCalls.previewPromotionDraft,
    { params: { draftId: draft.id }, query: wish ?? {} },
    { isOn: wish !== null },
  );
  const run = (): void => {
    const next = { last, ignoreDates: isDateless };
    if (wish !== null && JSON.stringify(wish) === JSON.stringify(next)) void report.refetch();
    else setWish(next);
  };
  const names = new Map(promotionsOf(draft.set).map((one) => [one.id, nameIn(one["name"], language)]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  return (
    <Section title={say("promotions.preview.title")} about={say("promotions.preview.about")}>
      <div className={classes.wish}>
        <NumberInput
          label={say("promotions.preview.last")}
          value={last}
          onChange={(value) => setLast(Number(value) || PREVIEW_LIMIT.usualCarts)}
          min={1}
          max={PREVIEW_LIMIT.carts}
          allowDecimal={false}
          w={160}
          hideControls
        />
        <Checkbox
          label={say("promotions.preview.ignoreDates")}
          checked={isDateless}
          onChange={(event) => setDateless(event.currentTarget.checked)}
        />
        <Button variant="default" loading={report.isFetching} onClick={run}>
          {say(report.data === undefined ? "promotions.preview.run" : "promotions.preview.again")}
        </Button>
      </div>
      {report.isFetching && (
        <p className="soft" role="status">
          {say("promotions.preview.running")}
        </p>
      )}
      {report.error !== null && <ErrorState error={report.error} onRetry={() => void report.refetch()} />}
      {report.data !== undefined && <Shown report={report.data} nameOf={nameOf} />}
    </Section>
  );
}

function Shown({
  report,
  nameOf,
}: {
  readonly report: Report;
  readonly nameOf: (id: string) => string;
}): ReactNode {
  const { say, language } = useReader();
  if (report.looked === 0) {
    return <EmptyState title={say("promotions.preview.none")} text={say("promotions.preview.noneText")} />;
  }
  const list = (ids: readonly string[]): string => ids.map(nameOf).join(", ");
  return (
    <>
      <p className="soft">
        {say("promotions.preview.looked", {
          looked: numberText(report.looked, language),
          recorded: numberText(report.recorded, language),
        })}
        . {!report.isWhole && say("promotions.preview.notWhole")}
      </p>
      <dl className={classes.figures}>
        {(["cheaper", "dearer", "same"] as const).map((kind) => (
          <div key={kind}>
            <dt>{say(`promotions.preview.${kind}`)}</dt>
            <dd>
              <Count value={report.carts[kind]} />
            </dd>
          </div>
        ))}
      </dl>
      <Sums report={report} />
      <Shares report={report} nameOf={nameOf} />
      <Carts title={say("promotions.preview.cartsCheaper")} carts={report.cheaper} />
      <Carts title={say("promotions.preview.cartsDearer")} carts={report.dearer} />
      {report.asleep.length > 0 && (
        <p className="soft" translate="no">
          {say("promotions.preview.asleep", { names: list(report.asleep) })}
        </p>
      )}
      {report.neverApplied.length > 0 && (
        <p className="soft" translate="no">
          {say("promotions.preview.neverApplied", { names: list(report.neverApplied) })}
        </p>
      )}
    </>
  );
}

const SUMS = [
  ["goods", "grossMinor"],
  ["discount", "discountMinor"],
  ["total", "totalMinor"],
] as const;

function Sums({ report }: { readonly report: Report }): ReactNode {
  const { say } = useReader();
  return (
    <table className={classes.sums} aria-label={say("promotions.preview.title")}>
      <thead>
        <tr>
          <th>
            <span className="visually-hidden">{say("promotions.preview.title")}</span>
          </th>
          <th scope="col">{say("promotions.preview.before")}</th>
          <th scope="col">{say("promotions.preview.after")}</th>
          <th scope="col">{say("promotions.preview.difference")}</th>
        </tr>
      </thead>
      <tbody>
        {SUMS.map(([name, key]) => (
          <tr key={key}>
            <th scope="row">{say(`promotions.preview.${name}`)}</th>
            <td>
              <Money minor={report.before[key]} />
            </td>
            <td>
              <Money minor={report.after[key]} />
            </td>
            <td>
              <Money minor={report.after[key] - report.before[key]} hasSign />
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">{say("promotions.preview.earn")}</th>
          <td>
            <Count value={report.before.willEarnPoints} />
          </td>
          <td>
            <Count value={report.after.willEarnPoints} />
          </td>
          <td>
            <Count value={report.after.willEarnPoints - report.before.willEarnPoints} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function useShareColumns(nameOf: (id: string) => string): readonly Column<Share>[] {
  const { say } = useReader();
  return [
    {
      id: "name",
      title: say("promotions.preview.promotion"),
      isWide: true,
      cell: (row) => <span translate="no">{nameOf(row.promotionId)}</span>,
    },
    {
      id: "before",
      title: say("promotions.preview.before"),
      align: "end",
      cell: (row) => <Money minor={row.before.amountMinor} />,
    },
    {
      id: "after",
      title: say("promotions.preview.after"),
      align: "end",
      cell: (row) => <Money minor={row.after.amountMinor} />,
    },
    {
      id: "carts",
      title: say("promotions.preview.carts"),
      align: "end",
      cell: (row) => <Count value={row.after.carts} />,
    },
    {
      id: "winners",
      title: say("promotions.preview.winners"),
      align: "end",
      cell: (row) => <Count value={row.winners} />,
    },
    {
      id: "losers",
      title: say("promotions.preview.losers"),
      align: "end",
      cell: (row) => <Count value={row.losers} />,
    },
    {
      id: "examples",
      title: say("promotions.preview.examples"),
      cell: (row) => (
        <span className={classes.links}>
          {[...row.winning, ...row.losing].slice(0, 4).map((one) => (
            <Anchor
              key={one.calculationId}
              component={Link}
              href={`/calculations/${one.calculationId}`}
              size="sm"
            >
              <Money minor={one.totalAfterMinor - one.totalBeforeMinor} hasSign />
            </Anchor>
          ))}
        </span>
      ),
    },
  ];
}

function Shares({
  report,
  nameOf,
}: {
  readonly report: Report;
  readonly nameOf: (id: string) => string;
}): ReactNode {
  const { say } = useReader();
  const rows = report.promotions.filter(({ before, after }) => before.carts + after.carts > 0);
  const columns = useShareColumns(nameOf);
  return (
    <DataTable
      name="preview"
      label={say("promotions.preview.promotion")}
      columns={columns}
      list={{ rows, isPending: false, error: null }}
      idOf={({ promotionId }) => promotionId}
      empty={<p className="soft">{say("promotions.draft.nothing")}</p>}
    />
  );
}

function Carts({ title, carts }: { readonly title: string; readonly carts: readonly Cart[] }): ReactNode {
  const { say, language, zone } = useReader();
  if (carts.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul className={classes.plain}>
        {carts.map((cart) => (
          <li key={cart.calculationId}>
            <Anchor component={Link} href={`/calculations/${cart.calculationId}`}>
              {say("promotions.preview.cart", { date: momentText(cart.at, language, zone) })}
            </Anchor>{" "}
            <Money minor={cart.totalBeforeMinor} /> → <Money minor={cart.totalAfterMinor} />
          </li>
        ))}
      </ul>
    </div>
  );
}
