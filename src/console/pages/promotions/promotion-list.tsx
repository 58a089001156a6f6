// The table of promotions: status, window, limits, what each gave, where it stands, and its rule as one sentence.
import type { ReactNode } from "react";
import { momentText, percentText } from "../../parts/amounts.ts";
import { Count, Money } from "../../parts/figures.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable, type Rows } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import { type Entry, STATE_TONES } from "./board.ts";
import classes from "./promotions.module.css";

/** The table. */
export function PromotionList(props: {
  readonly list: Rows<Entry>;
  readonly filters: ReactNode;
  readonly empty: ReactNode;
}): ReactNode {
  const { say } = useReader();
  const columns: readonly Column<Entry>[] = [
    { id: "name", title: say("promotions.name"), isWide: true, cell: (entry) => <NameCell entry={entry} /> },
    {
      id: "status",
      title: say("promotions.status"),
      cell: (entry) => (
        <StateBadge tone={STATE_TONES[entry.status]}>{say(`promotions.states.${entry.status}`)}</StateBadge>
      ),
    },
    { id: "window", title: say("promotions.window"), cell: (entry) => <Window entry={entry} /> },
    { id: "budget", title: say("promotions.budget"), cell: (entry) => <Used share={entry.usedShare} /> },
    {
      id: "uses",
      title: say("promotions.uses"),
      align: "end",
      cell: (entry) => <Count value={entry.orders} />,
    },
    {
      id: "discount",
      title: say("promotions.discount"),
      align: "end",
      cell: (entry) => <Money minor={entry.discountMinor} isShort />,
    },
    {
      id: "layer",
      title: say("promotions.layer"),
      align: "end",
      cell: (entry) => <Count value={entry.layer} />,
    },
    {
      id: "group",
      title: say("promotions.group"),
      cell: (entry) => <span translate="no">{entry.bestOf ?? entry.group ?? entry.choiceGroup ?? ""}</span>,
    },
  ];
  return (
    <DataTable
      name="promotions"
      label={say("pages.promotions")}
      columns={columns}
      list={props.list}
      idOf={({ promotionId }) => promotionId}
      hrefOf={({ promotionId }) => `/promotions/${encodeURIComponent(promotionId)}`}
      filters={props.filters}
      empty={props.empty}
    />
  );
}

function NameCell({ entry }: { readonly entry: Entry }): ReactNode {
  const { say, language } = useReader();
  return (
    <>
      <span translate="no">{entry.name[language]}</span>
      {entry.needsCode && <span className="soft"> {say("promotions.withCode")}</span>}
      <span className={classes.sentence} translate="no">
        {entry.sentence[language]}
      </span>
    </>
  );
}

/** From when until when, in the shop's time. */
export function Window({ entry }: { readonly entry: Pick<Entry, "from" | "until"> }): ReactNode {
  const { say, language, zone } = useReader();
  const { from, until } = entry;
  if (from === null && until === null) return <span className="soft">{say("promotions.always")}</span>;
  const date = (at: string): string => momentText(at, language, zone, "day");
  return (
    <span>
      {from !== null && say("promotions.from", { date: date(from) })}{" "}
      {until !== null && say("promotions.until", { date: date(until) })}
    </span>
  );
}

function Used({ share }: { readonly share: number | null }): ReactNode {
  const { language } = useReader();
  if (share === null) return <span className="soft">—</span>;
  const text = percentText(Math.round(share * 10_000), language);
  return (
    <span className={classes.used}>
      <span className={classes.bar} aria-hidden>
        <span style={{ width: `${Math.min(100, share * 100)}%` }} data-full={share >= 0.9 || undefined} />
      </span>
      <span className="number">{text}</span>
    </span>
  );
}
