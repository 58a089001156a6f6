// One <offer> of a feed to an offer of the catalogue, or to the reason why it cannot be one.
import { type Bps, bps, type Minor, minor, ONE_UNIT, quantity, WHOLE } from "../../core/money/index.ts";
import type { CatalogueOffer, OfferVariant } from "../../core/pricing/index.ts";
import { cleanText, readDecimal, readFlag } from "./values.ts";

/** A child element as it stood. */
export interface Child {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An offer element with the children that matter. */
export interface OfferElement {
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Child[];
}

/** The offer and what was put right, or the reason it is left out. */
export type OfferOutcome =
  | { readonly kind: "offer"; readonly offer: CatalogueOffer; readonly warnings: readonly Remark[] }
  | { readonly kind: "bad"; readonly remark: Remark };

/** A reason of the small set, and what stood there. */
export interface Remark {
  readonly reason: string;
  readonly detail: string;
}

/** Children that are read; everything else of an offer (descriptions, pictures, addresses) is passed over. */
export const TAGS: ReadonlySet<string> = new Set([
  "name",
  "typeprefix",
  "vendor",
  "model",
  "price",
  "oldprice",
  "currencyid",
  "categoryid",
  "maxpromocodediscountpercent",
  "usebonuses",
  "available",
  "param",
]);

const MAX_ID = 200;
const MAX_NAME = 500;
const MAX_WORD = 200;
const MAX_PARAMS = 200;
const MAX_VARIANTS = 5000;
const MAX_CATEGORIES = 50;

/** What made the offer unusable; thrown and caught within this file only. */
class Bad extends Error {
  readonly remark: Remark;

  constructor(reason: string, detail: string) {
    super(reason);
    this.remark = { reason, detail: cleanText(detail, 100) };
  }
}

/** Reads the element; never throws. */
export function readOffer(element: OfferElement): OfferOutcome {
  const warnings: Remark[] = [];
  const warn = (reason: string, detail = ""): void => {
    warnings.push({ reason, detail: cleanText(detail, 100) });
  };
  try {
    return { kind: "offer", offer: build(element, warn), warnings };
  } catch (error) {
    if (error instanceof Bad) return { kind: "bad", remark: error.remark };
    throw error;
  }
}

type Warn = (reason: string, detail?: string) => void;

function build({ attributes, children }: OfferElement, warn: Warn): CatalogueOffer {
  const id = readId(attributes["id"] ?? "");
  const groupId = cleanText(attributes["group_id"] ?? "", MAX_ID + 1);
  if (groupId.length > MAX_ID) throw new Bad("group_id_too_long", groupId);
  checkCurrency(children);
  const { price, oldPrice, isAvailable, variants } = readVariants(attributes, children, warn);
  return {
    id,
    groupId: groupId === "" ? id : groupId,
    name: readName(children),
    vendor: textOf(children, "vendor", MAX_WORD) || null,
    categoryIds: readCategories(children, warn),
    params: readParams(children, warn),
    step: readStep(attributes["fraction"]),
    codeCap: readCodeCap(textOf(children, "maxpromocodediscountpercent", MAX_WORD), warn),
    usePoints: readUsePoints(textOf(children, "usebonuses", MAX_WORD), warn),
    price,
    oldPrice,
    isAvailable,
    variants,
  };
}

function readId(text: string): string {
  const id = cleanText(text, MAX_ID + 1);
  if (id === "") throw new Bad("no_id", "");
  if (id.length > MAX_ID) throw new Bad("id_too_long", id);
  return id;
}

function textOf(children: readonly Child[], tag: string, limit: number): string {
  const child = children.find((candidate) => candidate.tag === tag);
  return child === undefined ? "" : cleanText(child.text, limit);
}

function readName(children: readonly Child[]): string {
  const name = textOf(children, "name", MAX_NAME);
  if (name !== "") return name;
  const parts = ["typeprefix", "vendor", "model"].map((tag) => textOf(children, tag, MAX_WORD));
  const composed = parts.filter((part) => part !== "").join(" ");
  if (composed === "") throw new Bad("no_name", "");
  return composed;
}

/** Prices are kopecks: another currency's number must not pass for roubles. */
function checkCurrency(children: readonly Child[]): void {
  const currency = textOf(children, "currencyid", MAX_WORD);
  if (!/^(?:|RUR|RUB|643|₽)$/i.test(currency)) throw new Bad("currency_not_roubles", currency);
}

function readCategories(children: readonly Child[], warn: Warn): string[] {
  const ids = new Set<string>();
  for (const child of children) {
    const id = child.tag === "categoryid" ? cleanText(child.text, MAX_ID) : "";
    if (id !== "" && ids.size < MAX_CATEGORIES) ids.add(id);
  }
  if (ids.size === 0) warn("no_category");
  return [...ids];
}

function readParams(children: readonly Child[], warn: Warn): Record<string, string[]> {
  const params = new Map<string, string[]>();
  let count = 0;
  for (const child of children) {
    if (child.tag !== "param") continue;
    const name = cleanText(child.attributes["name"] ?? "", MAX_WORD);
    const value = cleanText(child.text, MAX_NAME);
    if (name === "" || value === "") continue;
    count += 1;
    if (count > MAX_PARAMS) {
      warn("too_many_params");
      break;
    }
    const values = params.get(name);
    if (values === undefined) params.set(name, [value]);
    else if (!values.includes(value)) values.push(value);
  }
  return Object.fromEntries(params);
}

/** A wrong step would sell a wrong quantity, so the offer is left out rather than sold whole. */
function readStep(fraction: string | undefined): CatalogueOffer["step"] {
  if (fraction === undefined || fraction.trim() === "") return null;
  const step = readDecimal(fraction, 3);
  if (step === null || step <= 0 || step > 1000 * ONE_UNIT) throw new Bad("fraction_unreadable", fraction);
  return quantity(step);
}

/** An unreadable cap is read as "codes never apply": the good stays on sale and no money is given away. */
function readCodeCap(text: string, warn: Warn): Bps | null {
  if (text === "") return null;
  const cap = readDecimal(text.replace(/\s*%$/, ""), 2);
  if (cap === null || cap < 0) {
    warn("promocode_limit_unreadable", text);
    return bps(0);
  }
  if (cap > WHOLE) warn("promocode_limit_over_100", text);
  return bps(Math.min(cap, WHOLE));
}

/** Absent means yes, as the format says; an unreadable word means no, the side that costs nothing. */
function readUsePoints(text: string, warn: Warn): boolean {
  if (text === "") return true;
  const flag = readFlag(text);
  if (flag === null) warn("use_bonuses_unreadable", text);
  return flag ?? false;
}

interface Draft {
  city: string | null;
  tier: string | null;
  price: Minor | null;
  oldPrice: Minor | null;
  isAvailable: boolean | null;
}

/** The tag without attributes is the default; equal tags later in the offer replace earlier ones. */
function readVariants(
  attributes: Readonly<Record<string, string>>,
  children: readonly Child[],
  warn: Warn,
): Pick<CatalogueOffer, "price" | "oldPrice" | "isAvailable"> & { variants: OfferVariant[] } {
  const drafts = new Map<string, Draft>();
  const usual = draftFor(drafts, {});
  usual.isAvailable = readAvailable(attributes["available"], warn);
  for (const child of children) {
    if (child.tag !== "price" && child.tag !== "oldprice" && child.tag !== "available") continue;
    const draft = draftFor(drafts, child.attributes);
    const isUsual = draft === usual;
    if (child.tag === "available") {
      const flag = readFlag(child.text);
      if (flag === null) warn("available_unreadable", child.text);
      draft.isAvailable = flag ?? false;
    } else if (child.tag === "price") {
      const price = readPrice(child.text);
      if (price === null && isUsual) throw new Bad("price_unreadable", child.text);
      if (price === null) warn("variant_price_unreadable", child.text);
      draft.price = price;
    } else if (child.text.trim() !== "") {
      draft.oldPrice = readPrice(child.text);
      if (draft.oldPrice === null) warn("old_price_unreadable", child.text);
    }
    if (drafts.size > MAX_VARIANTS) throw new Bad("too_many_variants", "");
  }
  const price = usual.price;
  if (price === null) throw new Bad("no_price", "");
  drafts.delete(keyOf(null, null));
  dropLowOldPrices(usual, [...drafts.values()], warn);
  const variants = [...drafts.values()].filter(
    (draft) => draft.price !== null || draft.oldPrice !== null || draft.isAvailable !== null,
  );
  return { price, oldPrice: usual.oldPrice, isAvailable: usual.isAvailable ?? true, variants };
}

/** An old price must stand above the price of its own variant, or of the default where the variant names none. */
function dropLowOldPrices(usual: Draft, others: readonly Draft[], warn: Warn): void {
  for (const draft of [usual, ...others]) {
    const price = draft.price ?? usual.price;
    if (draft.oldPrice === null || price === null || draft.oldPrice > price) continue;
    warn("old_price_not_above_price", String(draft.oldPrice / 100));
    draft.oldPrice = null;
  }
}

function keyOf(city: string | null, tier: string | null): string {
  return JSON.stringify([city, tier]);
}

function draftFor(drafts: Map<string, Draft>, attributes: Readonly<Record<string, string>>): Draft {
  const city = cleanText(attributes["city"] ?? "", MAX_WORD).toLowerCase() || null;
  const tier = cleanText(attributes["priceTier"] ?? attributes["pricetier"] ?? "", MAX_WORD) || null;
  const key = keyOf(city, tier);
  let draft = drafts.get(key);
  if (draft === undefined) {
    draft = { city, tier, price: null, oldPrice: null, isAvailable: null };
    drafts.set(key, draft);
  }
  return draft;
}

/** The format requires it; feeds without it mean "on sale", so that is assumed and told. */
function readAvailable(text: string | undefined, warn: Warn): boolean {
  if (text === undefined || text.trim() === "") {
    warn("available_missing");
    return true;
  }
  const flag = readFlag(text);
  if (flag === null) warn("available_unreadable", text);
  return flag ?? false;
}

/** Kopecks above zero, or null. */
function readPrice(text: string): Minor | null {
  const value = readDecimal(text, 2);
  return value === null || value <= 0 ? null : minor(value);
}
