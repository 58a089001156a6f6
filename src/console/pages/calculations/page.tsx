// Calculations: carts found by what is known of them, and the test cases made of them.
import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { calculationCalls, calculationCaseCalls } from "../../../contract/index.ts";
import { type ItemOf, usePages } from "../../api.ts";
import { momentOf } from "../../parts/day-start.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Money, When } from "../../parts/figures.tsx";
import { useMayAsk } from "../../parts/may-ask.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";
import { Cases } from "./cases.tsx";
import { SEARCH, type Search, SearchFields } from "./search.tsx";
import { VerdictTold } from "./verdicts.tsx";

type Summary = ItemOf<typeof calculationCalls.listCalculations>;

/** The page. */
export default function CalculationsPage(): ReactNode {
  const { say } = useReader();
  const [{ show }, setUrl] = useUrlState(["show"]);
  const mayCases = useMayAsk(calculationCaseCalls.listCalculationCases);
  const choice = (
    <SegmentedControl
      aria-label={say("calculations.show")}
      value={show === "cases" ? "cases" : "carts"}
      onChange={(value) => setUrl({ show: value === "cases" ? value : "" }, true)}
      data={[
        { value: "carts", label: say("calculations.carts") },
        { value: "cases", label: say("calculations.cases") },
      ]}
    />
  );
  return (
    <>
      <PageHeader
        title={say("pages.calculations")}
        about={say("calculations.about")}
        actions={mayCases && choice}
      />
      {mayCases && show === "cases" ? <Cases /> : <Carts />}
    </>
  );
}

function Carts(): ReactNode {
  const { say, zone } = useReader();
  const [search, setSearch] = useUrlState(SEARCH);
  const list = usePages(calculationCalls.listCalculations, { query: queryOf(search, zone) });
  const columns = useMemo(() => columnsOf(say, search.promotion !== ""), [say, search.promotion]);
  const asked = search.promotion === "" ? "" : `?promotion=${encodeURIComponent(search.promotion)}`;
  return (
    <DataTable
      name="calculations"
      label={say("calculations.carts")}
      columns={columns}
      list={list}
      idOf={(one) => one.id}
      hrefOf={(one) => `/calculations/${one.id}${asked}`}
      filters={<SearchFields search={search} onChange={(change) => setSearch(change, true)} />}
      empty={<EmptyState title={say("calculations.empty")} text={say("calculations.emptyText")} />}
    />
  );
}

/** Days of the address are the shop's, the last one whole; links from numbers name moments. */
function queryOf(search: Search, zone: string) {
  const from = momentOf(search.from, zone);
  const until = momentOf(search.until, zone, 1);
  return {
    ...(search.customer === "" ? {} : { customerId: search.customer }),
    ...(search.order === "" ? {} : { orderId: search.order }),
    ...(search.code === "" ? {} : { code: search.code }),
    ...(search.request === "" ? {} : { requestId: search.request }),
    ...(search.promotion === "" ? {} : { promotionId: search.promotion }),
    ...(search.outlet === "" ? {} : { outletId: search.outlet }),
    ...(from === null ? {} : { from }),
    ...(until === null ? {} : { until }),
  };
}

function columnsOf(say: Say, hasVerdict: boolean): readonly Column<Summary>[] {
  const verdict: Column<Summary> = {
    id: "verdict",
    title: say("calculations.verdict"),
    isWide: true,
    cell: (one) =>
      one.verdict === null ? (
        <span className="soft">{say("calculations.noVerdict")}</span>
      ) : (
        <VerdictTold verdict={one.verdict} all={[one.verdict]} />
      ),
  };
  const columns: readonly Column<Summary>[] = [
    { id: "at", title: say("calculations.when"), cell: (one) => <When at={one.at} /> },
    {
      id: "customer",
      title: say("calculations.customer"),
      isWide: !hasVerdict,
      cell: (one) =>
        one.customerId === null ? (
          <span className="soft">{say("calculations.anonymous")}</span>
        ) : (
          <span translate="no">{one.customerId}</span>
        ),
    },
    {
      id: "code",
      title: say("calculations.code"),
      cell: (one) => one.code !== null && <span className="mono">{one.code}</span>,
    },
    {
      id: "outlet",
      title: say("calculations.outlet"),
      isHiddenAtFirst: true,
      cell: (one) => one.outletId !== null && <span translate="no">{one.outletId}</span>,
    },
    { id: "lines", title: say("calculations.lines"), align: "end", cell: (one) => one.lineCount },
    {
      id: "discount",
      title: say("calculations.discount"),
      align: "end",
      cell: (one) => one.discountMinor !== 0 && <Money minor={-one.discountMinor} />,
    },
    {
      id: "total",
      title: say("calculations.total"),
      align: "end",
      cell: (one) => <Money minor={one.totalMinor} />,
    },
  ];
  return hasVerdict ? [...columns, verdict] : columns;
}
