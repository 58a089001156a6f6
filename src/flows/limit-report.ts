// How far the limits of a promotion are used, for whoever watches a campaign.
import type { Instant } from "../core/basics/index.ts";
import {
  type CounterKind,
  countersOf,
  type LimitName,
  type Limits,
  type PromotionDocument,
} from "../core/pricing/index.ts";
import { readUses, type Tx, type UsesTotal, usersOf, usesTotal } from "../storage/index.ts";
import type { House } from "./house.ts";
import type { ShelvedRules } from "./rule-shelf.ts";

/** One limit of a promotion. Money is kopecks. */
export interface LimitState {
  readonly limit: LimitName;
  /** The running period, such as "day 2026-11-22"; null: the limit has none. */
  readonly period: string | null;
  readonly most: number;
  /** Of limits per customer or code: by how many of them the promotion was used at all. */
  readonly used: number;
  /** Null for limits per customer or code. */
  readonly left: number | null;
  /** Customers or codes that have nothing left; null for limits of everybody together. */
  readonly exhausted: number | null;
}

/** Uses of a promotion: orders that stand, and every limit of the rules in force. */
export interface PromotionUses extends UsesTotal {
  readonly promotionId: string;
  readonly limits: readonly LimitState[];
}

/** Uses of a promotion in force, as of now; null where there is none of that id. */
export async function usesOfPromotion(
  house: House,
  shelved: ShelvedRules,
  promotionId: string,
): Promise<PromotionUses | null> {
  const promotion = shelved.documents.set.promotions.find(({ id }) => id === promotionId);
  if (promotion === undefined) return null;
  const at = house.now();
  return house.database.read(async (tx) => ({
    promotionId,
    ...(await usesTotal(tx, promotionId)),
    limits: await limitsOf(tx, shelved, promotion, at),
  }));
}

/** How far each limit of a promotion is used at an instant, in their order. */
export async function limitsOf(
  tx: Tx,
  { rules }: ShelvedRules,
  promotion: PromotionDocument,
  at: Instant,
): Promise<readonly LimitState[]> {
  const states: LimitState[] = [];
  const of = { promotionId: promotion.id, at, zone: rules.zone };
  for (const limits of spansOf(promotion.limits)) states.push(...(await statesOf(tx, { ...of, limits })));
  return states;
}

/** A promotion's limit of everybody together of which little is left. */
export interface NearLimit {
  readonly promotionId: string;
  readonly limit: LimitName;
  readonly period: string | null;
  readonly most: number;
  readonly used: number;
}

/** Limits of the rules in force of which at least `shareUsed` (0 to 1) is used, in one read. */
export async function limitsNearEnd(
  house: House,
  shelved: ShelvedRules,
  shareUsed: number,
): Promise<readonly NearLimit[]> {
  const at = house.now();
  const { zone } = shelved.rules;
  const counters = shelved.documents.set.promotions.flatMap(({ id, limits: whole }) =>
    spansOf(whole)
      .flatMap((limits) => countersOf({ promotionId: id, limits, at, zone, ...ANYBODY }))
      .filter(({ kind }) => kind === "all"),
  );
  const uses = await house.database.read((tx) => readUses(tx, counters));
  const usedOf = new Map(uses.map((use) => [`${use.promotionId}\n${use.period}`, use]));
  return counters.flatMap(({ promotionId, period, mostUses, mostSpent }) => {
    const use = usedOf.get(`${promotionId}\n${period}`);
    const near = (limit: LimitName, most: number | null, used: number): NearLimit[] =>
      most === null || used < most * shareUsed
        ? []
        : [{ promotionId, limit, period: period === "" ? null : period, most, used }];
    return [...near("uses", mostUses, use?.uses ?? 0), ...near("budget", mostSpent, use?.spent ?? 0)];
  });
}

function spansOf(limits: Limits | undefined): Limits[] {
  if (limits === undefined) return [];
  const { periods = [], ...whole } = limits;
  return [whole, ...periods];
}

/** A customer or a code that nobody is: only what is counted of them is asked. */
const ANYBODY = { customerKey: "", foldedCode: "", usesOfCode: null } as const;

async function statesOf(
  tx: Tx,
  of: Pick<Parameters<typeof countersOf>[0], "promotionId" | "limits" | "at" | "zone">,
): Promise<LimitState[]> {
  const states: LimitState[] = [];
  for (const counter of countersOf({ ...of, ...ANYBODY })) {
    const { kind, mostUses, mostSpent } = counter;
    const period = counter.period === "" ? null : counter.period;
    if (kind !== "all") {
      const most = mostUses ?? 0;
      const { all, full } = await usersOf(tx, counter, most);
      states.push({ limit: NAMES[kind], period, most, used: all, left: null, exhausted: full });
      continue;
    }
    const [used] = await readUses(tx, [counter]);
    const state = (limit: LimitName, most: number, so: number): LimitState => {
      return { limit, period, most, used: so, left: Math.max(0, most - so), exhausted: null };
    };
    if (mostUses !== null) states.push(state("uses", mostUses, used?.uses ?? 0));
    if (mostSpent !== null) states.push(state("budget", mostSpent, used?.spent ?? 0));
  }
  return states;
}

const NAMES: Readonly<Record<Exclude<CounterKind, "all">, LimitName>> = {
  customer: "usesPerCustomer",
  code: "usesPerCode",
};
