// The recorded sequences end in the right items of the desk: repeats make none, changes revise, late details join.
import { expect, test } from "vitest";
import { type DeskRecord, deskItemsOfOrder, deskThread } from "../../../src/storage/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { entries } from "./recorded.ts";
import { makeStand, sample } from "./stand.ts";

/** What each sequence leaves: items, how often the customer spoke, and whether the dishes are known. */
const ENDS: Readonly<Record<string, readonly { revision: number; dishes: boolean }[]>> = {
  S01: [{ revision: 1, dishes: true }],
  S02: [{ revision: 2, dishes: true }],
  S04: [{ revision: 1, dishes: true }],
  S06: [
    { revision: 1, dishes: true },
    { revision: 1, dishes: true },
  ],
  S08: [{ revision: 1, dishes: true }],
};

forEachEngine("recorded sequences on the desk", (engine) => {
  test.each(Object.keys(ENDS))("%s", async (name) => {
    const stand = makeStand(engine.database);
    const token = await stand.token();
    const steps = entries.filter((entry) => entry.sequence?.startsWith(name) === true);
    expect(steps.length).toBeGreaterThan(1);
    let said: { orderId: string; rating: number; comment?: string | null } | undefined;
    for (const { file, recommended } of steps) {
      stand.turnClock(60_000);
      expect((await stand.send(sample(file), token)).status).toBe(recommended.status);
      said = JSON.parse(sample(file)).feedback;
    }
    if (said === undefined) throw new Error("no step");
    const { orderId, rating, comment } = said;
    const items = await engine.database.read((tx) => deskItemsOfOrder(tx, orderId));
    expect(items.map(({ revision, dishes }) => ({ revision, dishes: dishes.length > 0 }))).toEqual(
      ENDS[name],
    );
    const last = items.at(-1) as DeskRecord;
    expect(last).toMatchObject({ source: "yandex-eats", rating, comment: comment ?? null, state: "new" });
    const thread = await engine.database.read((tx) => deskThread(tx, last.id));
    expect(thread.map(({ kind }) => kind)).toEqual(
      last.revision === 1 ? ["received"] : ["received", "revised"],
    );
  });
});
