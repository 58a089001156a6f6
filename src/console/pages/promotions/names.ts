// Names of the things that a promotion refers to, for its sentence: categories and goods under their names, not their ids.
import { useMemo } from "react";
import { catalogueCalls, catalogueSectionCalls, promotionSentence } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { useReader } from "../../reader.tsx";

/** A promotion that fits the schema, as the sentence takes it. */
export type Fitting = Parameters<typeof promotionSentence>[0];

/** Offer ids that stand anywhere in a document. */
export function offersOf(value: unknown): readonly string[] {
  const found = new Set<string>();
  const walk = (one: unknown, key: string): void => {
    if (typeof one === "string") {
      if (key === "offer" || key === "offers") found.add(one);
    } else if (Array.isArray(one)) for (const each of one) walk(each, key);
    else if (typeof one === "object" && one !== null)
      for (const [name, each] of Object.entries(one)) walk(each, name);
  };
  walk(value, "");
  return [...found].filter((id) => id !== "");
}

/** The sentence of a promotion with the names of today's catalogue. */
export function useSentence(promotion: Fitting): string {
  const { language } = useReader();
  const ids = useMemo(() => offersOf(promotion).slice(0, 100), [promotion]);
  const tree = useCall(catalogueSectionCalls.listCategories, {});
  const offers = useCall(
    catalogueCalls.listOffers,
    { query: { ids: ids.join(","), limit: 100 } },
    { isOn: ids.length > 0 },
  );
  return useMemo(() => {
    const categories = new Map((tree.data?.items ?? []).map(({ id, name }) => [id, name]));
    const goods = new Map((offers.data?.items ?? []).map(({ id, name }) => [id, name]));
    return promotionSentence(promotion, language, (kind, id) => {
      if (kind === "category") return categories.get(id) ?? null;
      return kind === "offer" ? (goods.get(id) ?? null) : null;
    });
  }, [promotion, language, tree.data, offers.data]);
}

/** A name in the reader's language. */
export function nameIn(name: unknown, language: "ru" | "en"): string {
  if (typeof name === "string") return name;
  const { ru = "", en = ru } = (name ?? {}) as { ru?: string; en?: string };
  return language === "ru" ? ru : en;
}
