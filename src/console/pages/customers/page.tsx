// Customers: one is found by id, card or phone; the list goes by id.
import { type ReactNode, useMemo, useState } from "react";
import { useLocation } from "wouter";
import { customerCalls } from "../../../contract/index.ts";
import { call, type ItemOf, usePages } from "../../api.ts";
import { CallFailed } from "../../calls.ts";
import { registerSearch } from "../../layout/palette-search.ts";
import { customerNamed, LIKE_PHONE_OR_CARD } from "../../parts/customer-lookup.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Count, Points } from "../../parts/figures.tsx";
import { FindField } from "../../parts/find-field.tsx";
import { useMayAsk } from "../../parts/may-ask.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { problemText } from "../../parts/problem-text.ts";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";

type Customer = ItemOf<typeof customerCalls.listCustomers>;

// Whoever has looked at customers once finds them from everywhere, by the beginning of an id.
registerSearch("customers", async (query) => {
  if (query.length > 100 || LIKE_PHONE_OR_CARD.test(query)) return [];
  const { items } = await call(customerCalls.listCustomers, { query: { query } });
  return items.map(({ id, tier }) => ({ path: addressOf(id), title: id, about: tier ?? "" }));
});

/** The page. */
export default function CustomersPage(): ReactNode {
  const { say } = useReader();
  const [{ q }] = useUrlState(["q"]);
  const mayList = useMayAsk(customerCalls.listCustomers);
  const asked = { query: q === "" ? {} : { query: q } };
  const list = usePages(customerCalls.listCustomers, asked, { isOn: mayList });
  const columns = useMemo(() => columnsOf(say), [say]);
  // At the counter of an outlet a customer names themselves: nobody there looks through the customers of the network.
  if (!mayList)
    return (
      <>
        <PageHeader title={say("pages.customers")} about={say("customers.exact")} />
        <Search />
      </>
    );
  return (
    <>
      <PageHeader title={say("pages.customers")} about={say("customers.about")} />
      <DataTable
        name="customers"
        label={say("pages.customers")}
        columns={columns}
        list={list}
        idOf={(customer) => customer.id}
        hrefOf={(customer) => addressOf(customer.id)}
        filters={<Search key={q} />}
        empty={
          <EmptyState
            title={say(q === "" ? "customers.empty" : "customers.notFound")}
            text={say(q === "" ? "customers.emptyText" : "customers.notFoundText")}
          />
        }
      />
    </>
  );
}

/** The address of a customer's page. */
export function addressOf(customerId: string): string {
  return `/customers/${encodeURIComponent(customerId)}`;
}

function Search(): ReactNode {
  const { say } = useReader();
  const [{ q }, setUrl] = useUrlState(["q"]);
  const [text, setText] = useState(q);
  const [fault, setFault] = useState<string | null>(null);
  const mayList = useMayAsk(customerCalls.listCustomers);
  const [isSeeking, setSeeking] = useState(false);
  const [, go] = useLocation();
  const seek = async (): Promise<void> => {
    const wanted = text.trim();
    if (wanted === "") return setUrl({ q: "" });
    setSeeking(true);
    try {
      const found = await customerNamed(wanted);
      if (found !== null) go(addressOf(found));
      else if (!mayList || LIKE_PHONE_OR_CARD.test(wanted)) setFault(say("customers.notFound"));
      else setUrl({ q: wanted }, true);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      setFault(problemText(error, say));
    } finally {
      setSeeking(false);
    }
  };
  const find = (): void => {
    setFault(null);
    void seek();
  };
  return (
    <FindField
      label={say("customers.search")}
      verb={say("customers.find")}
      text={text}
      maxLength={100}
      isSeeking={isSeeking}
      fault={fault}
      onText={setText}
      onFind={find}
    />
  );
}

function columnsOf(say: Say): readonly Column<Customer>[] {
  return [
    {
      id: "id",
      title: say("customers.id"),
      isWide: true,
      cell: ({ id }) => <span translate="no">{id}</span>,
    },
    {
      id: "tier",
      title: say("customers.tier"),
      cell: ({ tier }) => <span translate="no">{tier}</span>,
    },
    {
      id: "segments",
      title: say("customers.segments"),
      cell: ({ segments }) => <span translate="no">{segments.join(", ")}</span>,
    },
    {
      id: "orders",
      title: say("customers.orderCount"),
      align: "end",
      cell: ({ orderCount }) => (orderCount === null ? "—" : <Count value={orderCount} />),
    },
    {
      id: "balance",
      title: say("customers.balance"),
      align: "end",
      cell: ({ balancePoints }) => <Points points={balancePoints} />,
    },
  ];
}
