// What an import changed: goods that came, went, or cost something else, one kind at a time.
import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { catalogueImportCalls } from "../../../contract/index.ts";
import { type ItemOf, usePages } from "../../api.ts";
import { numberText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Money } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";
import classes from "./catalogue.module.css";
import { addressOfOffer } from "./goods.tsx";
import type { Import } from "./imports.tsx";

type Change = ItemOf<typeof catalogueImportCalls.listImportChanges>;

const KINDS = ["added", "vanished", "dearer", "cheaper", "changed"] as const;
type Kind = (typeof KINDS)[number];

/** Changes of one kind that are kept by name. */
const MOST_KEPT = 1000;

/** The lists. */
export function Difference({ one }: { readonly one: Import }): ReactNode {
  const { say, language } = useReader();
  const [url, setUrl] = useUrlState(["kind"]);
  const counts = countsOf(one);
  const kind = KINDS.find((name) => name === url.kind) ?? KINDS.find((name) => counts[name] > 0) ?? "added";
  const list = usePages(catalogueImportCalls.listImportChanges, {
    params: { importId: one.id },
    query: { kind },
  });
  const columns = useMemo(() => columnsOf(say, kind), [say, kind]);
  if (KINDS.every((name) => counts[name] === 0)) return null;
  const isOlder = counts[kind] > 0 && !list.isPending && list.rows.length === 0;
  return (
    <Section title={say(one.state === "held" ? "catalogue.wouldChange" : "catalogue.difference")}>
      <DataTable
        name="import-changes"
        label={say("catalogue.difference")}
        columns={columns}
        list={list}
        idOf={({ offerId }) => offerId}
        filters={
          <div className={classes.kinds}>
            <SegmentedControl
              aria-label={say("catalogue.which")}
              value={kind}
              onChange={(value) => setUrl({ kind: value })}
              data={KINDS.filter((name) => counts[name] > 0).map((name) => ({
                value: name,
                label: say(`catalogue.kindOf.${name}`, { count: numberText(counts[name], language) }),
              }))}
            />
          </div>
        }
        empty={<EmptyState title={say(isOlder ? "catalogue.older" : "catalogue.nothingChanged")} />}
      />
      {counts[kind] > MOST_KEPT && list.rows.length > 0 && (
        <p className="soft">{say("catalogue.onlyFirst", { count: numberText(MOST_KEPT, language) })}</p>
      )}
    </Section>
  );
}

/** How many of each kind; the API counts price changes among all changes. */
function countsOf({ counts }: Import): Readonly<Record<Kind, number>> {
  const of = (name: string): number => counts[name] ?? 0;
  return {
    added: of("added"),
    vanished: of("vanished"),
    dearer: of("dearer"),
    cheaper: of("cheaper"),
    changed: of("changed") - of("dearer") - of("cheaper"),
  };
}

function columnsOf(say: Say, kind: Kind): readonly Column<Change>[] {
  const price = (id: "beforeMinor" | "afterMinor", title: string): Column<Change> => ({
    id,
    title,
    align: "end",
    cell: (change) => change[id] !== null && <Money minor={change[id]} />,
  });
  const shift: Column<Change> = {
    id: "shift",
    title: say("catalogue.shift"),
    align: "end",
    cell: ({ beforeMinor, afterMinor }) => <Money minor={(afterMinor ?? 0) - (beforeMinor ?? 0)} hasSign />,
  };
  return [
    {
      id: "name",
      title: say("catalogue.name"),
      isWide: true,
      cell: ({ offerId, name }) =>
        kind === "vanished" ? (
          <span translate="no">{name}</span>
        ) : (
          <Link href={addressOfOffer(offerId)} translate="no">
            {name}
          </Link>
        ),
    },
    { id: "id", title: say("catalogue.id"), cell: ({ offerId }) => <span className="mono">{offerId}</span> },
    ...(kind === "added" ? [] : [price("beforeMinor", say("catalogue.beforePrice"))]),
    ...(kind === "vanished" ? [] : [price("afterMinor", say("catalogue.afterPrice"))]),
    ...(kind === "dearer" || kind === "cheaper" ? [shift] : []),
  ];
}
