// The worst that promotions together can do to the price of an offer: searched with the engine itself, reported with its cart.
import type { Minor } from "../money/index.ts";
import type { Offer } from "../pricing/index.ts";
import { fillBasket, goodsOf } from "./baskets.ts";
import type { Ruled } from "./beaten.ts";
import type { CatalogueView, GoodsBook } from "./catalogue.ts";
import { type Clause, conjunction } from "./clauses.ts";
import { deepestPrice, shareLeft } from "./deepest.ts";
import { type Remark, rubles } from "./finding.ts";
import { type Model, type Solving, solve } from "./solving.ts";
import type { Till, Trial } from "./witness.ts";

/** How low prices may go. */
export interface FloorSettings {
  /** Lowest unit price by offer id, kopecks. */
  readonly floors?: ReadonlyMap<string, Minor>;
  /** Lowest share of the list price, basis points. */
  readonly lowestShareBps?: number;
  /** Lowest margin, basis points of the price, where the cost is known. */
  readonly marginBps?: number;
}

interface Floor {
  readonly price: number;
  readonly code: "below_floor" | "below_margin";
}

/** The lowest price that the offer may have; null: nothing is asked. */
export function floorOf(offer: Offer, settings: FloorSettings, costs: CatalogueView["costs"]): Floor | null {
  const floors: Floor[] = [];
  const own = settings.floors?.get(offer.id);
  if (own !== undefined) floors.push({ price: own, code: "below_floor" });
  if (settings.lowestShareBps !== undefined)
    floors.push({ price: Math.floor((offer.price * settings.lowestShareBps) / 10_000), code: "below_floor" });
  const cost = costs?.get(offer.id);
  if (settings.marginBps !== undefined && settings.marginBps < 10_000 && cost !== undefined)
    floors.push({ price: Math.ceil((cost * 10_000) / (10_000 - settings.marginBps)), code: "below_margin" });
  return floors.reduce<Floor | null>(
    (most, each) => (most === null || each.price > most.price ? each : most),
    null,
  );
}

/** Work that an offer gets at least once its search begins. */
const LEAST_WORK = 60;

/** A worst case that was found. */
interface Breach {
  readonly offer: Offer;
  readonly floor: Floor;
  /** Kopecks per unit, fractions kept. */
  readonly price: number;
  readonly trial: Trial;
  readonly stack: readonly string[];
}

/** What was found, and how many offers were left unsearched. */
export interface StackReport {
  readonly remarks: readonly Remark[];
  readonly unsearched: number;
}

/** Remarks on offers that promotions together bring below their floor; one for each stack, with its worst offer. */
export function stackRemarks(
  all: readonly Ruled[],
  catalogue: CatalogueView,
  settings: FloorSettings,
  solving: Solving,
  till: Till,
): StackReport {
  const takers = all.filter(({ rule, clauses }) => rule.effects.length > 0 && clauses !== null);
  const suspects = suspectsOf(takers, catalogue, settings, solving.goods);
  const breaches = new Map<string, { worst: Breach; count: number }>();
  let unsearched = 0;
  for (const [place, suspect] of suspects.entries()) {
    const { floor, alike } = suspect;
    if (till.isSpent) {
      unsearched += alike;
      continue;
    }
    // What is left is shared by those still to come, so that no offer takes all of it.
    const share = Math.max(LEAST_WORK, till.left / (suspects.length - place));
    const breach = worstOf(suspect, solving, till, till.spent + share);
    if (breach === null) continue;
    const key = breach.stack.join("\n");
    const known = breaches.get(key);
    const isWorse =
      known === undefined || breach.price / floor.price < known.worst.price / known.worst.floor.price;
    breaches.set(key, { worst: isWorse ? breach : known.worst, count: (known?.count ?? 0) + alike });
  }
  const paths = new Map(all.map(({ document, path }) => [document.id, path]));
  const remarks = [...breaches.values()].map(({ worst, count }) => remarkOf(worst, count, paths));
  return { remarks, unsearched };
}

interface Suspect {
  readonly offer: Offer;
  readonly floor: Floor;
  readonly matching: readonly Ruled[];
  /** Offers that meet the same promotions and may fall as low, itself included. */
  readonly alike: number;
  readonly depth: number;
}

/** Offers that might fall below their floor: of those that meet the same promotions, the one that falls deepest. */
function suspectsOf(
  takers: readonly Ruled[],
  { offers, costs }: CatalogueView,
  settings: FloorSettings,
  goods: GoodsBook,
): Suspect[] {
  const groups = new Map<string, Suspect>();
  for (const offer of offers) {
    const floor = floorOf(offer, settings, costs);
    if (floor === null || floor.price <= 0 || offer.price <= 0 || !offer.isAvailable) continue;
    const places: number[] = [];
    for (let place = 0; place < takers.length; place += 1)
      if (goods.contains((takers[place] as Ruled).scope, offer.id)) places.push(place);
    if (places.length === 0) continue;
    const matching = places.map((place) => takers[place] as Ruled);
    const depth = deepestPrice(offer, matching, goods) / floor.price;
    if (depth >= 1) continue;
    const key = `${floor.code} ${places.join(" ")}`;
    const known = groups.get(key);
    const isDeeper = known === undefined || depth < known.depth;
    const own: Suspect = { offer, floor, matching, depth, alike: 1 };
    groups.set(key, { ...(isDeeper ? own : known), alike: (known?.alike ?? 0) + 1 });
  }
  return [...groups.values()].sort((a, b) => a.depth - b.depth);
}

/** Promotions that begin a stack in turn, at most. */
const MOST_LEADS = 8;
/** Promotions whose conditions are brought together on purpose; others may apply all the same. */
const MOST_GATHERED = 24;

/** Searches carts of the offer: each code or none, each choice or none, each promotion first in turn; spends up to `limit`. */
function worstOf(
  { offer, floor, matching }: Suspect,
  solving: Solving,
  till: Till,
  limit: number,
): Breach | null {
  const strength = new Map(
    matching.map((each) => [each, shareLeft(each, offer, offer.price, solving.goods)]),
  );
  const ranked = [...matching].sort((a, b) => (strength.get(a) as number) - (strength.get(b) as number));
  const automatic = ranked.filter(({ rule }) => !rule.needsCode && rule.choiceGroup === null);
  const codes = ranked.filter(({ rule }) => rule.needsCode).slice(0, MOST_LEADS);
  const choices = ranked
    .filter(({ rule }) => rule.choiceGroup !== null && !rule.needsCode)
    .slice(0, MOST_LEADS);
  const leads = [null, ...automatic.slice(0, MOST_LEADS)];
  let worst: Breach | null = null;
  const seen = new Set<string>();
  // Those without a lead first: the strongest together are the likeliest worst case.
  for (const lead of leads)
    for (const code of [...codes, null])
      for (const choice of [null, ...choices]) {
        if (till.isSpent || till.spent >= limit) return worst;
        const order = [code, choice, lead, ...automatic].filter((each) => each !== null);
        const cast = gather([...new Set(order)].slice(0, MOST_GATHERED), offer, solving);
        till.spend(1);
        const key = cast.members.map(({ document }) => document.id).join("\n");
        if (cast.model === null || seen.has(key)) continue;
        seen.add(key);
        const found = trialsOf(offer, floor, cast.members, cast.model, solving.goods, till);
        if (found !== null && (worst === null || found.price < worst.price)) worst = found;
      }
  return worst;
}

/** As many of the promotions as can hold together, in the order given. */
function gather(
  order: readonly Ruled[],
  offer: Offer,
  solving: Solving,
): { readonly members: readonly Ruled[]; readonly model: Model | null } {
  const own = solving.goods.setOf({ offers: [offer.id] });
  const span = { least: 1, most: Number.POSITIVE_INFINITY };
  let clause: Clause = [{ kind: "goods", measure: "distinct", of: own, span, path: "", is: true }];
  let model: Model | null = null;
  const members: Ruled[] = [];
  for (const each of order) {
    const joined = conjunction([[clause], each.clauses]) ?? [];
    for (const candidate of joined) {
      const solution = solve(candidate, solving);
      if (solution.kind === "never") continue;
      clause = candidate;
      model = solution.model;
      members.push(each);
      break;
    }
  }
  return { members, model };
}

function trialsOf(
  offer: Offer,
  floor: Floor,
  cast: readonly Ruled[],
  model: Model,
  goods: GoodsBook,
  till: Till,
): Breach | null {
  let worst: Breach | null = null;
  for (const count of countsOf(offer, cast)) {
    const span = { least: count, most: Number.POSITIVE_INFINITY };
    const own = {
      kind: "goods",
      measure: "quantity",
      of: goods.setOf({ offers: [offer.id] }),
      span,
      path: "",
      is: true,
    } as const;
    const basket = fillBasket([own, ...model.goods], goods, { favourite: offer, rank: 0, slack: 1 });
    const trial = basket === null ? null : till.priced(model, cast, basket);
    const line = trial?.quote.lines.find((each) => each.offerId === offer.id && each.lineIndex !== null);
    if (trial === null || line === undefined || !line.isCounted) continue;
    const price = (line.total * 1000) / line.quantity;
    if (price >= floor.price || (worst !== null && price >= worst.price)) continue;
    const stack = [...new Set(line.discounts.map(({ promotionId }) => promotionId))];
    worst = { offer, floor, price, trial, stack };
  }
  return worst;
}

/** Quantities at which promotions bite deepest: one, full sets, and just enough for each sum, with and without discounts. */
function countsOf(offer: Offer, cast: readonly Ruled[]): number[] {
  const step = offer.step ?? 1000;
  const counts = new Set<number>([step]);
  const add = (count: number): void => {
    const whole = Math.ceil(count / step) * step;
    if (whole > 0 && whole <= (offer.stock ?? 100_000_000)) counts.add(whole);
  };
  for (const { rule, clauses } of cast) {
    for (const effect of rule.effects) {
      if (effect.kind === "free_units") add(effect.take * 1000);
      if (effect.kind === "nth_cheaper") add(effect.every * 1000);
      if (effect.kind === "steps")
        for (const { from } of effect.levels) {
          for (const slack of effect.bySum ? [1, 1.5, 2.5] : [1])
            add(effect.bySum ? (from * slack * 1000) / offer.price : from);
        }
    }
    for (const { measure, span } of goodsOf(clauses?.[0] ?? [])) {
      if (measure === "quantity") add(span.least);
      if (measure === "list") add((span.least * 1000) / offer.price);
      if (measure === "left")
        for (const slack of [1, 1.5, 2.5]) add((span.least * slack * 1000) / offer.price);
    }
  }
  return [...counts].sort((a, b) => a - b).slice(0, 8);
}

function remarkOf(
  { offer, floor, price, trial, stack }: Breach,
  count: number,
  paths: ReadonlyMap<string, string>,
): Remark {
  const actual = Math.floor(price);
  const words = { offer: offer.id, actual: rubles(actual), needed: rubles(floor.price), count };
  return {
    code: floor.code,
    path: paths.get(stack[0] ?? "") ?? "promotions",
    promotionIds: stack,
    needed: floor.price,
    actual,
    words,
    witness: trial.witness,
  };
}
