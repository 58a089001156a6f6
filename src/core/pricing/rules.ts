// A compiled rule set and the index that finds the promotions a cart may match, so that the others cost nothing.
import type { Zone } from "./clock.ts";
import type { GoodsKeys } from "./goods.ts";
import type { Rule } from "./rule.ts";

/** Which of several good combinations is taken. */
export type Objective = "shopperSaving" | "leastCost" | "priority";

/** A compiled set of promotions; make it with compileRules, treat it as opaque apart from the documented fields. */
export interface Rules {
  /** In authored order. */
  readonly promotions: readonly Rule[];
  readonly byId: ReadonlyMap<string, Rule>;
  /** Folded code (see foldCode) to promotion id, for codes listed in the set itself. */
  readonly codes: ReadonlyMap<string, string>;
  /** Offers that any promotion may give away: facts.offers must hold those that exist. */
  readonly giftOfferIds: readonly string[];
  /** Periods in days for which facts.customer.spent is read. */
  readonly spentDays: readonly number[];
  readonly objective: Objective;
  /** Kopecks. */
  readonly lowestUnitPrice: number;
  readonly zone: Zone;
  readonly index: RuleIndex;
}

/** Where rules are found. A rule stands under the most selective key that its author gave. */
export interface RuleIndex {
  readonly byOffer: ReadonlyMap<string, readonly IndexedRule[]>;
  readonly byGroup: ReadonlyMap<string, readonly IndexedRule[]>;
  readonly byCategory: ReadonlyMap<string, readonly IndexedRule[]>;
  readonly byVendor: ReadonlyMap<string, readonly IndexedRule[]>;
  readonly bySegment: ReadonlyMap<string, readonly Rule[]>;
  readonly byChannel: ReadonlyMap<string, readonly Rule[]>;
  readonly byOutlet: ReadonlyMap<string, readonly Rule[]>;
  /** Choice promotions, which are looked at whenever the menu is asked for. */
  readonly always: readonly Rule[];
  /** Instants at which a rule of `always` starts or ends, ascending. */
  readonly boundaries: readonly number[];
  /** Rules of `always` that are live between two boundaries, filled as asked for; the answer is the same either way. */
  readonly liveCache: Map<number, readonly Rule[]>;
  /** By position of a rule: the matching that met it last, and its place among that one's hits. */
  readonly tally: Tally;
}

/** Rows of one place a rule, instead of a map a calculation; what stands there counts for the calculation `turn` alone. */
export interface Tally {
  turn: number;
  readonly turns: Float64Array;
  readonly places: Int32Array;
}

/** A rule under a key of goods; `isWhole`: carrying the key is all that its scope asks for. */
export interface IndexedRule {
  readonly rule: Rule;
  readonly isWhole: boolean;
}

/** What the index needs to know of a promotion beside its rule. */
export interface IndexEntry {
  readonly rule: Rule;
  readonly keys: GoodsKeys | null;
  readonly segments: readonly string[] | null;
  readonly channels: readonly string[] | null;
  readonly outlets: readonly string[] | null;
}

function put<Value>(map: Map<string, Value[]>, keys: readonly string[], value: Value): void {
  for (const key of new Set(keys)) {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  }
}

/** Builds the index of live rules; those that need a code are found by code and stand nowhere here. */
export function indexRules(entries: readonly IndexEntry[]): RuleIndex {
  const goods = {
    offer: new Map<string, IndexedRule[]>(),
    group: new Map<string, IndexedRule[]>(),
    category: new Map<string, IndexedRule[]>(),
    vendor: new Map<string, IndexedRule[]>(),
  };
  const bySegment = new Map<string, Rule[]>();
  const byChannel = new Map<string, Rule[]>();
  const byOutlet = new Map<string, Rule[]>();
  const always: Rule[] = [];
  for (const { rule, keys, segments, channels, outlets } of entries) {
    if (!rule.isLive || rule.needsCode) continue;
    if (keys !== null) put(goods[keys.kind], keys.values, { rule, isWhole: keys.isWhole });
    else if (segments !== null) put(bySegment, segments, rule);
    else if (outlets !== null) put(byOutlet, outlets, rule);
    else if (channels !== null) put(byChannel, channels, rule);
    else always.push(rule);
  }
  const boundaries = new Set<number>();
  for (const rule of always)
    for (const edge of [rule.from, rule.until]) if (Number.isFinite(edge)) boundaries.add(edge);
  return {
    byOffer: goods.offer,
    byGroup: goods.group,
    byCategory: goods.category,
    byVendor: goods.vendor,
    bySegment,
    byChannel,
    byOutlet,
    always,
    boundaries: [...boundaries].sort((a, b) => a - b),
    liveCache: new Map(),
    tally: {
      turn: 0,
      turns: new Float64Array(entries.length),
      places: new Int32Array(entries.length),
    },
  };
}

const REMEMBERED_SPANS = 64;

/** Rules of `always` whose schedule covers the instant. */
export function liveAlways(index: RuleIndex, at: number): readonly Rule[] {
  if (index.boundaries.length === 0) return index.always;
  let low = 0;
  let high = index.boundaries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index.boundaries[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  let live = index.liveCache.get(low);
  if (live === undefined) {
    if (index.liveCache.size >= REMEMBERED_SPANS) index.liveCache.clear();
    live = index.always.filter((rule) => at >= rule.from && at < rule.until);
    index.liveCache.set(low, live);
  }
  return live;
}
