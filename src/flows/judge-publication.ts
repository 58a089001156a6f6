// The publication gate over this installation: a rule set against its catalogue, stock, outlets and promo codes.
import type { Instant } from "../core/basics/index.ts";
import {
  compileRules,
  foldCode,
  type Offer,
  type PromotionSet,
  resolveOffer,
} from "../core/pricing/index.ts";
import {
  analysePublication,
  type CatalogueView,
  type CodesView,
  type Finding,
  type KnownNames,
  type PublicationReport,
  type PublicationSettings,
} from "../core/publication/index.ts";
import {
  allOutlets,
  blockedAmong,
  catalogueSections,
  findPromoCodes,
  loadOffers,
  offerIds,
  promoCodeSupply,
  type StoredPromoCode,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { caseFindings } from "./try-cases.ts";

/** Larger catalogues are not analysed: reading and searching them would take longer than a person waits. */
export const OFFERS_LIMIT = 100_000;

/** Offers read at a time. */
const BATCH = 2000;

/** Analyses `set` for a shop in `timeZone`, at the prices of an everyday cart, and tries the test cases on it. */
export async function judgePublication(
  house: House,
  set: PromotionSet,
  timeZone: string,
  settings: PublicationSettings = {},
): Promise<PublicationReport> {
  const today = house.now();
  const facts = await house.database.read(async (tx) => ({
    catalogue: await catalogueOf(tx),
    codes: await codesOf(tx, set, today),
    names: await namesOf(tx),
  }));
  const compiled = compileRules(set, timeZone);
  const rules = compiled.kind === "compiled" ? compiled.rules : null;
  const report = analysePublication({ set, rules, timeZone, settings, today, ...facts });
  if (rules === null) return report;
  const broken = await caseFindings(house, set, timeZone);
  // Errors stand first.
  return { ...report, findings: [...broken, ...report.findings] };
}

/** Errors that keep `set` from being published, beside those that `despite` names. */
export async function obstaclesOf(
  house: House,
  set: PromotionSet,
  timeZone: string,
  despite: readonly string[],
): Promise<{ readonly standing: readonly Finding[]; readonly passed: readonly string[] }> {
  const { findings } = await judgePublication(house, set, timeZone);
  const errors = findings.filter(({ severity }) => severity === "error");
  const passed = new Set<string>(errors.map(({ code }) => code).filter((code) => despite.includes(code)));
  return { standing: errors.filter(({ code }) => !passed.has(code)), passed: [...passed] };
}

const EVERYWHERE = { cities: [], priceTier: null, outletId: null };

/** All goods at their usual prices; null while there are none, or too many. */
export async function catalogueOf(tx: Tx): Promise<CatalogueView | null> {
  const ids = await offerIds(tx, OFFERS_LIMIT + 1);
  if (ids.length === 0 || ids.length > OFFERS_LIMIT) return null;
  const offers: Offer[] = [];
  for (let start = 0; start < ids.length; start += BATCH) {
    const loaded = await loadOffers(tx, ids.slice(start, start + BATCH));
    for (const { offer, stock } of loaded.offers.values())
      offers.push(resolveOffer(offer, stock, EVERYWHERE));
  }
  const { categories } = await catalogueSections(tx);
  return { offers, categories };
}

async function codesOf(tx: Tx, set: PromotionSet, at: Instant): Promise<CodesView> {
  const named = set.promotions.flatMap(({ codes }) => [
    ...(codes?.list ?? []),
    ...(codes?.showcase ?? []).map(({ code }) => code),
  ]);
  const folded = [...new Set(named.map(foldCode))];
  const rows = await findPromoCodes(tx, folded);
  const blocked = await blockedAmong(tx, folded);
  const isUsable = (row: StoredPromoCode): boolean =>
    row.state === "free" && !blocked.has(row.folded) && (row.validUntil === null || row.validUntil > at);
  // What only a promotion lists has no row, and may be blocked all the same.
  const listed = set.promotions.flatMap(({ id, codes }) =>
    (codes?.list ?? []).map(foldCode).flatMap((code) => (blocked.has(code) ? [[code, id] as const] : [])),
  );
  return {
    byCode: new Map([
      ...listed.map(([code, promotionId]) => [code, { promotionId, isUsable: false }] as const),
      ...rows.map((row) => [row.folded, { promotionId: row.promotionId, isUsable: isUsable(row) }] as const),
    ]),
    counts: await promoCodeSupply(tx, at),
  };
}

/** Outlets are known where any was imported; pickup points may have names of their own. */
async function namesOf(tx: Tx): Promise<KnownNames> {
  const outlets = await allOutlets(tx);
  return { outlets: outlets.length === 0 ? null : outlets.map(({ id }) => id) };
}

/** A finding for a person to read: severity, place, sentence, code, advice. */
export function findingLine(
  { severity, path, message, code, suggestion }: Finding,
  language: "ru" | "en",
): string {
  return `${severity}: ${path}: ${message[language]} [${code}] — ${suggestion[language]}`;
}

/** What was left out of the analysis, for a person to read; what a small shop simply does not have is no news. */
export function unanalysedLines({ notAnalysed }: PublicationReport): readonly string[] {
  return notAnalysed.map(({ reason, promotionIds, offers }) => {
    const about = promotionIds.length > 0 ? `: ${promotionIds.join(", ")}` : "";
    const goods = offers > 0 ? ` (${offers} offers)` : "";
    return `not analysed: ${reason.replaceAll("_", " ")}${about}${goods}`;
  });
}
