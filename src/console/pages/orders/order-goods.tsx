// Goods of an order: what was sold, which promotions took how much off what, and what every unit cost, fixed at placement.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { moneyText, quantityText } from "../../parts/amounts.ts";
import { Money } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";
import { addressOfOffer } from "../catalogue/goods.tsx";
import { type Order, pointsText, usePromotionName } from "./order-words.tsx";
import classes from "./orders.module.css";

type Line = Order["lines"][number];

interface OrderProps {
  readonly order: Order;
}

/** The lines, with services. */
export function Goods({ order }: OrderProps): ReactNode {
  const reader = useReader();
  const { say } = reader;
  return (
    <Section title={say("orders.goods")}>
      <PlainTable
        label={say("orders.goods")}
        columns={lineColumns(reader)}
        rows={order.lines}
        idOf={({ position }) => String(position)}
      />
      {order.services.length > 0 && (
        <PlainTable
          label={say("orders.services")}
          rows={order.services}
          idOf={({ id }) => id}
          columns={[
            {
              id: "title",
              title: say("orders.services"),
              cell: ({ title }) => <span translate="no">{title}</span>,
            },
            {
              id: "price",
              title: say("orders.price"),
              align: "end",
              cell: (one) => <Money minor={one.priceMinor} />,
            },
          ]}
        />
      )}
    </Section>
  );
}

function lineColumns({ say, language }: Reader): readonly PlainColumn<Line>[] {
  return [
    {
      id: "good",
      title: say("orders.good"),
      cell: ({ offerId, name, giftUnits }) => (
        <>
          <Link href={addressOfOffer(offerId)} translate="no">
            {name}
          </Link>{" "}
          <span className="mono soft">{offerId}</span>
          {giftUnits > 0 && <div className={classes.under}>{say("orders.gifts", { count: giftUnits })}</div>}
        </>
      ),
    },
    {
      id: "price",
      title: say("orders.price"),
      align: "end",
      cell: (line) => <Money minor={line.priceMinor} />,
    },
    {
      id: "quantity",
      title: say("orders.quantity"),
      align: "end",
      cell: ({ quantity, returnedQuantity }) => (
        <>
          {quantityText(quantity, language)}
          {returnedQuantity > 0 && (
            <div className={classes.under}>
              {say("orders.back", { count: quantityText(returnedQuantity, language) })}
            </div>
          )}
        </>
      ),
    },
    {
      id: "discount",
      title: say("orders.discount"),
      align: "end",
      cell: ({ discountMinor }) => (discountMinor === 0 ? "—" : <Money minor={-discountMinor} />),
    },
    {
      id: "total",
      title: say("orders.total"),
      align: "end",
      cell: (line) => <Money minor={line.totalMinor} />,
    },
  ];
}

/** Which promotion took how much, off which goods. */
export function Promotions({ order }: OrderProps): ReactNode {
  const { say, language } = useReader();
  const nameOf = usePromotionName();
  const rows = order.promotions.map(({ promotionId, amountMinor }) => ({
    promotionId,
    amountMinor,
    parts: order.lines.flatMap(({ name, discounts }) =>
      discounts
        .filter((one) => one.promotionId === promotionId)
        .map((one) => `${name} ${moneyText(-one.amountMinor, language)}`),
    ),
  }));
  return (
    <Section title={say("orders.tookOff")}>
      {rows.length === 0 ? (
        <p className="soft">{say("orders.noPromotions")}</p>
      ) : (
        <PlainTable
          label={say("orders.tookOff")}
          rows={rows}
          idOf={({ promotionId }) => promotionId}
          columns={[
            {
              id: "promotion",
              title: say("orders.promotion"),
              cell: ({ promotionId }) => (
                <Link href={`/promotions/${encodeURIComponent(promotionId)}`} translate="no">
                  {nameOf(promotionId)}
                </Link>
              ),
            },
            {
              id: "lines",
              title: say("orders.offLines"),
              cell: ({ parts }) => (
                <ul className={classes.plain} translate="no">
                  {parts.map((part) => (
                    <li key={part}>{part}</li>
                  ))}
                </ul>
              ),
            },
            {
              id: "amount",
              title: say("orders.offTotal"),
              align: "end",
              cell: ({ amountMinor }) => (amountMinor === 0 ? "—" : <Money minor={-amountMinor} />),
            },
          ]}
        />
      )}
    </Section>
  );
}

/** Units that cost the same, of one line. */
interface Run {
  readonly key: string;
  readonly line: Line;
  readonly unit: Line["units"][number];
}

/** What every unit cost. */
export function Units({ order }: OrderProps): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const runs: Run[] = order.lines.flatMap((line) =>
    line.units.map((unit, index) => ({ key: `${line.position} ${index}`, line, unit })),
  );
  if (runs.length === 0) return null;
  const hasPoints = runs.some(({ unit }) => unit.pointsSpent + unit.pointsEarned > 0);
  return (
    <Section title={say("orders.units")} about={say("orders.unitsText")}>
      <PlainTable
        label={say("orders.units")}
        rows={runs}
        idOf={({ key }) => key}
        columns={runColumns(reader).filter(({ id }) => hasPoints || (id !== "points" && id !== "earned"))}
      />
    </Section>
  );
}

function runColumns(reader: Reader): readonly PlainColumn<Run>[] {
  const { say, language } = reader;
  return [
    { id: "good", title: say("orders.good"), cell: ({ line }) => <span translate="no">{line.name}</span> },
    {
      id: "count",
      title: say("orders.unit"),
      align: "end",
      cell: ({ line, unit }) => (line.isWeighed ? say("orders.weighed") : unit.count),
    },
    {
      id: "cost",
      title: say("orders.unitCost"),
      align: "end",
      cell: ({ unit }) => <Money minor={unit.priceMinor} />,
    },
    { id: "off", title: say("orders.unitOff"), align: "end", cell: (run) => <UnitDiscount run={run} /> },
    {
      id: "points",
      title: say("orders.unitPoints"),
      align: "end",
      cell: ({ unit }) => (unit.pointsSpent === 0 ? "—" : pointsText(unit.pointsSpent, reader)),
    },
    {
      id: "earned",
      title: say("orders.unitEarned"),
      align: "end",
      cell: ({ unit }) => unit.pointsEarned || "—",
    },
    {
      id: "back",
      title: say("orders.unitBack"),
      align: "end",
      cell: ({ line, unit: { returned } }) =>
        returned === 0 ? "—" : line.isWeighed ? quantityText(returned, language) : returned,
    },
  ];
}

/** How much less than the list price one costs; of a weighed line, all of it. */
function UnitDiscount({ run: { line, unit } }: { readonly run: Run }): ReactNode {
  const off = line.isWeighed ? line.discountMinor : line.priceMinor - unit.priceMinor;
  return off === 0 ? "—" : <Money minor={-off} />;
}

/** What differs from what the shopper had seen or asked for. */
export function Differences({ order }: OrderProps): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const texts = order.differences.map((difference) => differenceText(difference, reader));
  if (texts.length === 0) return null;
  return (
    <Section title={say("orders.differences")}>
      <ul className={classes.plain}>
        {texts.map((text) => (
          <li key={text} translate="no">
            {text}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const KINDS = [
  "line_price",
  "line_left_out",
  "quantity_lowered",
  "gift_gone",
  "code_not_applied",
  "points_fewer",
  "total",
  "priced_by_catalogue",
] as const;

function differenceText(difference: Order["differences"][number], { say, language }: Reader): string {
  const told = difference as Readonly<Record<string, unknown>>;
  const kind = KINDS.find((one) => one === difference.kind);
  if (kind === undefined) return say("orders.difference.other", { kind: difference.kind });
  const money = (name: string): string => moneyText(Number(told[name] ?? 0), language);
  const number = (name: string): string =>
    kind === "points_fewer" ? String(told[name] ?? 0) : quantityText(Number(told[name] ?? 0), language);
  const values: Parameters<Say>[1] = {
    name: String(told["name"] ?? ""),
    shown: money("shownMinor"),
    charged: money("chargedMinor"),
    asked: number("asked"),
    given: number("given"),
    held: number("held"),
  };
  return say(`orders.difference.${kind}`, values);
}
