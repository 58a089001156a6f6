// Picking goods from the catalogue: by a text, by the tree of categories, by vendor. What is picked is known by its name.
import { MultiSelect, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useMemo, useState } from "react";
import { catalogueCalls, catalogueSectionCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { numberText } from "../../parts/amounts.ts";
import { type NamedChoice, REST_MS, useOffers, withPicked } from "../../parts/use-offers.ts";
import { useReader } from "../../reader.tsx";
import { asList } from "./form-state.ts";
import { type FieldProps, useFrame } from "./simple-fields.tsx";

/** Several offers. */
export function OffersPicker(props: FieldProps): ReactNode {
  const { say } = useReader();
  const [text, setText] = useState("");
  const picked = asList(props.value).map(String);
  const data = useOffers(text, picked);
  return (
    <MultiSelect
      {...useFrame(props)}
      data={data}
      value={picked}
      onChange={(ids) => props.onChange(ids.length === 0 ? undefined : ids)}
      searchable
      searchValue={text}
      onSearchChange={setText}
      // The server has searched already: by words, by the beginning of an id.
      filter={({ options }) => options}
      nothingFoundMessage={say("promotions.form.nothingFound")}
      translate="no"
    />
  );
}

/** One offer. */
export function OfferPicker(props: FieldProps): ReactNode {
  const { say } = useReader();
  const [text, setText] = useState("");
  const picked = typeof props.value === "string" && props.value !== "" ? props.value : null;
  const data = useOffers(text, picked === null ? [] : [picked]);
  return (
    <Select
      {...useFrame(props)}
      data={data}
      value={picked}
      onChange={(id) => props.onChange(id ?? "")}
      searchable
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={say("promotions.form.nothingFound")}
      translate="no"
    />
  );
}

interface Category {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly offers: number;
}

/** Categories as a tree told line by line, each with its depth. */
export function treeLines(items: readonly Category[]): readonly (Category & { readonly depth: number })[] {
  const children = new Map<string | null, Category[]>();
  const known = new Set(items.map(({ id }) => id));
  for (const one of items) {
    const parent = one.parentId !== null && known.has(one.parentId) ? one.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), one]);
  }
  const lines: (Category & { depth: number })[] = [];
  const walk = (parent: string | null, depth: number): void => {
    for (const one of children.get(parent) ?? []) {
      lines.push({ ...one, depth });
      walk(one.id, depth + 1);
    }
  };
  walk(null, 0);
  return lines;
}

/** Categories, in the shape of their tree. */
export function CategoriesPicker(props: FieldProps): ReactNode {
  const { say, language } = useReader();
  const picked = asList(props.value).map(String);
  const tree = useCall(catalogueSectionCalls.listCategories, {});
  const lines = useMemo(() => treeLines(tree.data?.items ?? []), [tree.data]);
  const byId = new Map(lines.map((line) => [line.id, line]));
  const known = lines.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <MultiSelect
      {...useFrame(props)}
      data={withPicked([], picked, known).concat(known.filter(({ value }) => !picked.includes(value)))}
      value={picked}
      onChange={(ids) => props.onChange(ids.length === 0 ? undefined : ids)}
      searchable
      filter={({ options, search }) => inTreeOrder(options as NamedChoice[], lines, search)}
      renderOption={({ option }) => {
        const line = byId.get(option.value);
        const depth = line?.depth ?? 0;
        return (
          <span style={{ paddingLeft: depth * 16 }}>
            {option.label} <span className="soft number">{numberText(line?.offers ?? 0, language)}</span>
          </span>
        );
      }}
      nothingFoundMessage={say("promotions.form.nothingFound")}
      translate="no"
    />
  );
}

function inTreeOrder(
  options: readonly NamedChoice[],
  lines: readonly Category[],
  search: string,
): NamedChoice[] {
  const wanted = search.trim().toLowerCase();
  const place = new Map(lines.map(({ id }, index) => [id, index]));
  return options
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .sort((left, right) => (place.get(left.value) ?? -1) - (place.get(right.value) ?? -1));
}

/** Vendors, spelt as in the catalogue. */
export function VendorsPicker(props: FieldProps): ReactNode {
  const { say } = useReader();
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text, REST_MS);
  const picked = asList(props.value).map(String);
  const found = useCall(catalogueSectionCalls.listBrands, {
    query: { query: query || undefined, limit: 50 },
  });
  const names = (found.data?.items ?? []).map(({ name }) => ({ value: name, label: name }));
  return (
    <MultiSelect
      {...useFrame(props)}
      data={withPicked(names, picked, [])}
      value={picked}
      onChange={(next) => props.onChange(next.length === 0 ? undefined : next)}
      searchable
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={say("promotions.form.nothingFound")}
      translate="no"
    />
  );
}

/** Outlets of the shop. */
export function OutletsPicker(props: FieldProps): ReactNode {
  const picked = asList(props.value).map(String);
  const outlets = useCall(catalogueCalls.listOutlets, { query: { limit: 100 } });
  const known = (outlets.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name || id }));
  return (
    <MultiSelect
      {...useFrame(props)}
      data={withPicked(known, picked, known)}
      value={picked}
      onChange={props.onChange}
      searchable
      translate="no"
    />
  );
}
