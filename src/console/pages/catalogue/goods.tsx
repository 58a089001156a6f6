// Goods of the catalogue, found by a word, a category, a brand, and whether they are on sale.
import { Select } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { catalogueCalls, catalogueSectionCalls } from "../../../contract/index.ts";
import { type ItemOf, useCall, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Money } from "../../parts/figures.tsx";
import { SaveTable } from "../../parts/save-table.tsx";
import { SearchField } from "../../parts/search-field.tsx";
import type { ShownTable } from "../../parts/shown-table.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { type UrlValues, useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";
import classes from "./catalogue.module.css";

type Offer = ItemOf<typeof catalogueCalls.listOffers>;

const FILTERS = ["q", "category", "brand", "sale"] as const;
type Filter = UrlValues<(typeof FILTERS)[number]>;

/** The address of an item's page. */
export function addressOfOffer(offerId: string): string {
  return `/catalogue/offers/${encodeURIComponent(offerId)}`;
}

/** The list. */
export function Goods(): ReactNode {
  const { say } = useReader();
  const [filter, setFilter] = useUrlState(FILTERS);
  const list = usePages(catalogueCalls.listOffers, { query: queryOf(filter) });
  const columns = useMemo(() => columnsOf(say), [say]);
  const isAny = FILTERS.some((name) => filter[name] !== "");
  return (
    <DataTable
      name="catalogue"
      label={say("catalogue.view.goods")}
      columns={columns}
      list={list}
      idOf={({ id }) => id}
      hrefOf={({ id }) => addressOfOffer(id)}
      filters={<Filters filter={filter} onChange={(change) => setFilter(change)} />}
      tools={<SaveTable make={() => tableOf(list.rows, say)} isOff={list.rows.length === 0} isSmall />}
      empty={
        <EmptyState
          title={say(isAny ? "catalogue.notFound" : "catalogue.empty")}
          text={say(isAny ? "catalogue.notFoundText" : "catalogue.emptyText")}
        />
      }
    />
  );
}

function queryOf({ q, category, brand, sale }: Filter) {
  return {
    ...(q === "" ? {} : { query: q.slice(0, 100) }),
    ...(category === "" ? {} : { categoryId: category }),
    ...(brand === "" ? {} : { vendor: brand }),
    ...(sale === "" ? {} : { available: sale === "yes" }),
  };
}

function columnsOf(say: Say): readonly Column<Offer>[] {
  return [
    {
      id: "name",
      title: say("catalogue.name"),
      isWide: true,
      cell: ({ name }) => <span translate="no">{name}</span>,
    },
    { id: "id", title: say("catalogue.id"), cell: ({ id }) => <span className="mono">{id}</span> },
    {
      id: "brand",
      title: say("catalogue.brand"),
      cell: ({ vendor }) =>
        vendor !== null && (
          <span translate="no" className={classes.brand}>
            {vendor}
          </span>
        ),
    },
    { id: "sale", title: say("catalogue.sale"), cell: ({ isAvailable }) => <Sale isOn={isAvailable} /> },
    {
      id: "oldPrice",
      title: say("catalogue.oldPrice"),
      align: "end",
      cell: ({ oldPriceMinor }) => oldPriceMinor !== null && <Money minor={oldPriceMinor} />,
    },
    {
      id: "price",
      title: say("catalogue.price"),
      align: "end",
      cell: ({ priceMinor }) => <Money minor={priceMinor} />,
    },
  ];
}

/** Whether it may be bought. */
export function Sale({ isOn }: { readonly isOn: boolean }): ReactNode {
  const { say } = useReader();
  return (
    <StateBadge tone={isOn ? "good" : "quiet"}>
      {say(isOn ? "catalogue.onSale" : "catalogue.offSale")}
    </StateBadge>
  );
}

function Filters(props: {
  readonly filter: Filter;
  readonly onChange: (change: Partial<Filter>) => void;
}): ReactNode {
  const { say } = useReader();
  const { filter, onChange } = props;
  const categories = useCall(catalogueSectionCalls.listCategories, {}).data?.items ?? [];
  const brands = useCall(catalogueSectionCalls.listBrands, { query: { limit: 100 } }).data?.items ?? [];
  const choices = [
    {
      name: "category",
      label: say("catalogue.anyCategory"),
      data: categories.map(({ id, name, offers }) => ({ value: id, label: `${name} · ${offers}` })),
    },
    {
      name: "brand",
      label: say("catalogue.anyBrand"),
      data: brands.map(({ name, offers }) => ({ value: name, label: `${name} · ${offers}` })),
    },
    {
      name: "sale",
      label: say("catalogue.availability"),
      data: [
        { value: "yes", label: say("catalogue.onSale") },
        { value: "no", label: say("catalogue.offSale") },
      ],
    },
  ] as const;
  return (
    <>
      <SearchField label={say("catalogue.search")} value={filter.q} onChange={(q) => onChange({ q })} />
      {choices.map(({ name, label, data }) => (
        <Select
          key={name}
          aria-label={label}
          placeholder={label}
          data={[...data]}
          value={filter[name] === "" ? null : filter[name]}
          onChange={(value) => onChange({ [name]: value ?? "" })}
          searchable={name !== "sale"}
          clearable
          allowDeselect
          w={190}
        />
      ))}
    </>
  );
}

/** The rows on the screen as a table. */
function tableOf(offers: readonly Offer[], say: Say): ShownTable {
  const heads = ["name", "id", "brand", "sale", "oldPrice", "price"] as const;
  return {
    name: "catalogue",
    head: heads.map((head) => say(`catalogue.${head}`)),
    rows: offers.map((offer) => [
      offer.name,
      offer.id,
      offer.vendor ?? "",
      say(offer.isAvailable ? "catalogue.onSale" : "catalogue.offSale"),
      offer.oldPriceMinor === null ? null : { kopecks: offer.oldPriceMinor },
      { kopecks: offer.priceMinor },
    ]),
  };
}
