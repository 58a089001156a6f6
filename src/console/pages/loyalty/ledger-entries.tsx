// Entries of the points ledger from a day on, as they stand in the book.
import { TextInput } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { ledgerCalls } from "../../../contract/index.ts";
import { type ItemOf, usePages } from "../../api.ts";
import { dayOf, momentOf } from "../../parts/day-start.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import type { Say, WordKey } from "../../words.ts";
import { kindText } from "../customers/customer-lists.tsx";

type Entry = ItemOf<typeof ledgerCalls.listLedgerEntries>;

/** Entries of a page. */
const PAGE_SIZE = 50;

const DAY_MS = 86_400_000;
/** Days back that are shown at first. */
const DAYS = 7;

/** The list, oldest first as the book is written. */
export function LedgerEntries(): ReactNode {
  const { say, zone } = useReader();
  const [{ from, until }, setUrl] = useUrlState(["from", "until"]);
  const usual = useMemo(() => dayOf(new Date(Date.now() - DAYS * DAY_MS).toISOString(), zone), [zone]);
  const begin = momentOf(from, zone) ?? momentOf(usual, zone);
  const end = momentOf(until, zone, 1);
  const list = usePages(ledgerCalls.listLedgerEntries, {
    query: {
      ...(begin === null ? {} : { from: begin }),
      ...(end === null ? {} : { until: end }),
      limit: PAGE_SIZE,
    },
  });
  const columns = useMemo(() => columnsOf(say), [say]);
  return (
    <DataTable
      name="ledger-entries"
      label={say("loyalty.entries")}
      columns={columns}
      list={list}
      idOf={(entry) => `${entry.movementId} ${entry.position}`}
      filters={
        <>
          <TextInput
            type="date"
            aria-label={say("loyalty.from")}
            value={dayOf(from, zone) || usual}
            onChange={(event) => setUrl({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label={say("loyalty.until")}
            value={dayOf(until, zone)}
            onChange={(event) => setUrl({ until: event.currentTarget.value })}
          />
        </>
      }
      empty={<EmptyState title={say("loyalty.noEntries")} text={say("loyalty.noEntriesText")} />}
    />
  );
}

function columnsOf(say: Say): readonly Column<Entry>[] {
  return [
    { id: "at", title: say("customers.at"), cell: ({ at }) => <When at={at} /> },
    { id: "kind", title: say("customers.what"), cell: ({ kind }) => kindText(kind, say) },
    {
      id: "account",
      title: say("loyalty.account"),
      cell: ({ account }) => accountText(account, say),
    },
    {
      id: "customer",
      title: say("customers.id"),
      cell: ({ customerId }) =>
        customerId === null ? (
          say("loyalty.programme")
        ) : (
          <Link href={`/customers/${encodeURIComponent(customerId)}`} translate="no">
            {customerId}
          </Link>
        ),
    },
    {
      id: "points",
      title: say("loyalty.points"),
      align: "end",
      cell: ({ points }) => <Count value={points} />,
    },
    {
      id: "order",
      title: say("customers.order"),
      isHiddenAtFirst: true,
      cell: ({ orderId }) => <span translate="no">{orderId}</span>,
    },
    {
      id: "reason",
      title: say("customers.reason"),
      isWide: true,
      cell: ({ reason }) => <span translate="no">{reason}</span>,
    },
  ];
}

/** What an account is called; one that the console does not know yet by its own name. */
function accountText(account: string, say: Say): ReactNode {
  const key = `loyalty.accountName.${account}`;
  const text = say(key as WordKey);
  return text === key ? <span className="mono">{account}</span> : text;
}
