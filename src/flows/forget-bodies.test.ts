// Old bodies are emptied and nothing else is; a run goes on where the last one ended.
import { describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { instant } from "../core/basics/index.ts";
import { deliveryById, insertDelivery } from "../storage/index.ts";
import { forgetBodies } from "./forget-bodies.ts";
import type { House } from "./house.ts";

const DAY = 86_400_000;

forEachEngine("raw bodies", (engine) => {
  let now = Date.UTC(2026, 10, 21);
  const house = (): House => ({
    database: engine.database,
    now: () => instant(now),
    newId: () => "",
    alarm: () => undefined,
  });
  const put = (id: string, age: number): Promise<void> =>
    engine.database.transaction((tx) =>
      insertDelivery(tx, {
        id,
        channel: "yandex-eats",
        route: "/v1/feedback",
        clientId: "client",
        receivedAt: instant(now - age),
        requestId: id,
        contentType: null,
        body: new TextEncoder().encode(`отзыв ${id}`),
        status: 200,
        effect: "created",
        reason: null,
        warnings: [],
        itemId: null,
      }),
    );
  const sizes = async (ids: readonly string[]): Promise<number[]> =>
    Promise.all(
      ids.map(async (id) => (await engine.database.read((tx) => deliveryById(tx, id)))?.body.length ?? -1),
    );

  describe("are forgotten", () => {
    test("when they are older than they may be, and their deliveries stay known", async () => {
      for (let index = 0; index < 450; index += 1) await put(`old-${index}`, 31 * DAY + index);
      await put("edge", 30 * DAY);
      await put("young", DAY);
      const first = await forgetBodies(house(), 30 * DAY, 0);
      expect(first).toEqual({ emptied: 450, until: now - 30 * DAY });
      const [old0, old449, edge, young] = await sizes(["old-0", "old-449", "edge", "young"]);
      expect([old0, old449]).toEqual([0, 0]);
      expect([edge, young].every((size) => Number(size) > 0)).toBe(true);
      now += 1;
      expect(await forgetBodies(house(), 30 * DAY, first.until)).toEqual({
        emptied: 1,
        until: now - 30 * DAY,
      });
    });
  });
});
