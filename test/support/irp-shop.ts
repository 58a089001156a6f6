// A shop for one suite: opened and closed with it, each answer checked against the invariants and its echo.
import { afterAll, beforeAll, expect } from "vitest";
import type { EngineUnderTest } from "./engines.ts";
import { type Answer, echoOf, essence, expectInvariants } from "./irp-answer.ts";
import { type Difference, type IrpWorld, irpWorld } from "./irp-world.ts";

/** A line of a request. */
export const item = (configurationId: unknown, count: unknown = 1, more: Record<string, unknown> = {}) => ({
  configurationId,
  quantity: count,
  ...more,
});

/** A shop for the suite that calls it, and its answers, each checked against the invariants. */
export function irpShop(engine: EngineUnderTest, difference: Difference = {}) {
  let world: IrpWorld;
  beforeAll(async () => {
    world = await irpWorld(engine, difference);
  });
  afterAll(() => world.close());
  return {
    get world() {
      return world;
    },
    price: async (body: Record<string, unknown>): Promise<Answer> => {
      const answer = await world.basket(body);
      expect(answer.statusCode, answer.body).toBe(200);
      const parsed = answer.json() as Answer;
      expectInvariants(parsed);
      const again = await world.basket(echoOf(body, parsed));
      expect(essence(again.json() as Answer)).toEqual(essence(parsed));
      return parsed;
    },
  };
}
