// Rules with limits for tests, and orders that confirm by the claim alone, so that races are about nothing else.
import type { Limits, PromotionSet } from "../../src/core/pricing/index.ts";
import {
  claimUses,
  DraftShelf,
  releaseUses,
  type ShelvedRules,
  type UsesClaimed,
} from "../../src/flows/index.ts";
import type { Database } from "../../src/storage/index.ts";
import { houseOver } from "./house.ts";

/** Rules of one promotion `p` with these limits. */
export function rulesWith(database: Database, limits: Limits, more: object = {}): Promise<ShelvedRules> {
  return rulesOf(database, {
    promotions: [{ id: "p", name: "P", then: [{ percent: 10 }], limits, ...more }],
  });
}

/** Rules of a whole set, in Moscow. */
export function rulesOf(database: Database, set: PromotionSet): Promise<ShelvedRules> {
  return new DraftShelf(houseOver(database), "Europe/Moscow", { set, programme: null }).current();
}

/** An order that applies promotions. */
export interface TriedOrder {
  readonly orderId: string;
  readonly shelved: ShelvedRules;
  readonly at?: number;
  readonly customerKey?: string | null;
  readonly foldedCode?: string | null;
  /** By promotion id; `p` for 10 roubles where absent. */
  readonly applied?: Readonly<Record<string, number>>;
  /** When another order of the same cart used these promotions. */
  readonly heldSince?: number;
}

/** Noon of 22 November 2026 in Moscow. */
export const NOON = Date.UTC(2026, 10, 22, 9);

class Refused extends Error {
  readonly outcome: UsesClaimed;

  constructor(outcome: UsesClaimed) {
    super("refused");
    this.outcome = outcome;
  }
}

/** Confirms an order in a transaction of its own; a refusal rolls it back, as placing an order does. */
export async function confirm(
  database: Database,
  order: TriedOrder,
  claim: typeof claimUses = claimUses,
): Promise<UsesClaimed> {
  const { orderId, shelved, at = NOON, customerKey = null, foldedCode = null, applied = { p: 1000 } } = order;
  const held = order.heldSince === undefined ? {} : { heldSince: order.heldSince };
  const wanted = Object.entries(applied).map(([promotionId, amount]) => ({
    promotionId,
    amount,
    ...held,
  }));
  try {
    return await database.transaction(async (tx) => {
      const outcome = await claim(tx, { orderId, customerKey, foldedCode, applied: wanted, shelved, at });
      if (outcome.kind === "refused") throw new Refused(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

/** Cancels an order. */
export function cancel(database: Database, orderId: string, at = NOON, heirs: readonly string[] = []) {
  return database.transaction((tx) => releaseUses(tx, { orderId, at, heirs }));
}

/** A counter as it stands, read past all product code. */
export function counterOf(
  database: Database,
  { kind = "all", subject = "", period = "", promotionId = "p" } = {},
): Promise<{ uses: number; spent: number } | undefined> {
  return database.read((tx) =>
    tx.kysely
      .selectFrom("limit_use")
      .select(["uses", "spent"])
      .where("promotion_id", "=", promotionId)
      .where("kind", "=", kind)
      .where("subject", "=", subject)
      .where("period", "=", period)
      .executeTakeFirst(),
  );
}
