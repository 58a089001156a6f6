// At most one notice for the cart and one for a line: sentences joined, each once.
import type { Lowering, Notice, QuoteLine } from "../../core/pricing/index.ts";
import type { QuotedCart } from "../../flows/index.ts";
import { noticeText, problemText, quantityText, SENTENCES } from "./messages.ts";
import type { IrpSettings } from "./settings.ts";

/** Finds a good's name; null where the catalogue has none. */
export type GoodNames = (offerId: string) => string | null;

/** The names of the goods that a calculation knows. */
export function goodNamesOf(quoted: Pick<QuotedCart, "facts">): GoodNames {
  return (offerId) => quoted.facts.offers.get(offerId)?.name ?? null;
}

function joined(sentences: readonly (string | null)[]): string | null {
  const once = new Set(sentences.filter((sentence) => sentence !== null && sentence !== ""));
  return once.size === 0 ? null : [...once].join(" ");
}

/** The sentence on a line that cannot be bought and the sentence of information, each null when there is none. */
export function lineWords(
  line: QuoteLine,
  lowering: Lowering | undefined,
  settings: IrpSettings,
  names: GoodNames,
): { readonly error: string | null; readonly notice: string | null } {
  if (line.problem === null && line.notices.length === 0 && lowering === undefined) return SILENT;
  const { language } = settings;
  const words = line.notices.map((notice: Notice) => noticeText(notice, language, names));
  if (lowering === "lowered")
    words.unshift(SENTENCES[language].lowered(quantityText(line.quantity, language)));
  if (lowering === "unticked") words.unshift(SENTENCES[language].unavailable);
  if (line.problem === null) return { error: null, notice: joined(words) };
  const trouble = problemText(line.problem, language);
  const isSoft =
    settings.unavailableLine === "notice" &&
    (line.problem.kind === "unknown_offer" || line.problem.kind === "unavailable");
  return isSoft
    ? { error: null, notice: joined([trouble, ...words]) }
    : { error: trouble, notice: joined(words) };
}

const SILENT = { error: null, notice: null } as const;

/** The cart's notice; null when there is nothing to say. */
export function cartNotice(quoted: QuotedCart, settings: IrpSettings, nameless: number): string | null {
  const sentences = SENTENCES[settings.language];
  const names = goodNamesOf(quoted);
  const words = quoted.quote.notices.map((notice) => noticeText(notice, settings.language, names));
  if (quoted.madeBy === "catalogue") words.unshift(sentences.pricedWithoutPromotions);
  if (nameless > 0) words.push(sentences.namelessLines);
  if (settings.priceNotice && quoted.hasOtherPrices) words.push(sentences.priceChanged);
  return joined(words);
}

/** Codes of notices that say why a promo code did nothing. */
const ABOUT_CODE: ReadonlySet<Notice["code"]> = new Set([
  "code_unknown",
  "code_redeemed",
  "code_blocked",
  "code_not_redeemable",
  "code_condition",
  "code_replaced",
  "code_no_effect",
]);

/** Why the promo code was not applied; null when nothing is said of it. */
export function codeTrouble(quoted: QuotedCart, settings: IrpSettings): string | null {
  const names = goodNamesOf(quoted);
  const about = quoted.quote.notices.filter(({ code }) => ABOUT_CODE.has(code));
  return joined(about.map((notice) => noticeText(notice, settings.language, names)));
}
