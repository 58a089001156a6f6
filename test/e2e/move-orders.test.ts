// The move of orders with their ledger, killed in the middle, in its short form; `npm run move-proof` is the long one.
import { describe, expect, test } from "vitest";
import { proveMove } from "../move-proof/proof.ts";
import { engines } from "../support/engines.ts";

const ORDERS = Number(process.env["PRILAVOK_MOVE_ORDERS"] ?? 4000);

const declare = engines().includes("postgres") ? describe : describe.skip;

declare("`db move` of orders", () => {
  test(`${ORDERS} orders with points, limits and events are on both sides alike after a kill in the middle`, {
    timeout: 3_600_000,
  }, async () => {
    const seen = await proveMove(ORDERS, () => undefined);
    expect(seen.faults).toEqual([]);
    expect(seen.target).toEqual(seen.source);
    expect(seen.target).toMatchObject({ orders: ORDERS, ledgerSum: 0 });
    expect(seen.killedAt).toBeGreaterThan(0);
  });
});
