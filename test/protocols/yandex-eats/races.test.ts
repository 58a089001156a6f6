// Deliveries at once end in one record; a version that looks before it writes is shown not to.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { canonicalText, decideEffect, parseMoment } from "../../../src/core/feedback/index.ts";
import { findFeedback, insertFeedback, listUnusableDeliveries } from "../../../src/storage/index.ts";
import { type EngineUnderTest, forEachEngine } from "../../support/engines.ts";
import { body, count } from "./bodies.ts";
import { emptyRecords, makeStand, type Stand } from "./stand.ts";

forEachEngine("deliveries at once", (engine) => {
  let stand: Stand;
  let token: string;
  beforeAll(() => {
    stand = makeStand(engine.database);
  });
  beforeEach(async () => {
    await emptyRecords(engine.database);
    token = await stand.token();
  });
  afterAll(() => stand.app.close());

  test("identical deliveries at once make one record, with an id and without", async () => {
    for (const id of ["x", null]) {
      await emptyRecords(engine.database);
      token = await stand.token();
      const sends = Array.from({ length: 32 }, () => stand.send(body({ id }), token));
      const answers = await Promise.all(sends);
      expect(answers.every((answer) => answer.status === 200)).toBe(true);
      expect(await stand.stored()).toMatchObject([{ deliveries: 32, revisions: [{ number: 1 }] }]);
    }
  });

  test("a delivery with an id and the same without one at once make one record", async () => {
    for (let round = 0; round < 20; round += 1) {
      await emptyRecords(engine.database);
      token = await stand.token();
      const ids = ["x", null, "x", null, "x", null];
      await Promise.all(ids.map((id) => stand.send(body({ id }), token)));
      expect(await stand.stored()).toMatchObject([{ deliveries: 6, canReply: true }]);
    }
  });

  test("one id for two orders at once: one keeps it, the other is quarantined", async () => {
    const eats = ["261104-00000001", "261104-00000002"];
    await Promise.all(eats.map((eatsId) => stand.send(body({ id: "x", eatsId }), token)));
    expect(await count(engine.database)).toBe(1);
    const kept = await engine.database.read((tx) => listUnusableDeliveries(tx, { before: null, limit: 9 }));
    expect(kept).toMatchObject([{ effect: "quarantined" }]);
  });
});

/** What a hurried version does: it looks, waits until everybody has looked, and then writes. */
async function receiveNaively(engine: EngineUnderTest, ids: readonly (string | null)[]): Promise<void> {
  const scope = { source: "yandex-eats", clientId: "hurried" };
  let looked = 0;
  let open: () => void = () => undefined;
  const allHaveLooked = new Promise<void>((resolve) => {
    open = resolve;
  });
  await Promise.all(
    ids.map(async (sourceId, index) => {
      const createdAt = parseMoment("2026-11-04T21:17:45.318204+03:00");
      if (createdAt === null) throw new Error("the date of the mutant is wrong");
      const none = { deliveredAt: null, takenAt: null, comment: null, presetComment: null, order: null };
      const ours = { sourceOrderId: "261104-00000001", orderId: "POS-1", placeId: "4021", rating: 5 };
      const content = { sourceId, createdAt, ...none, ...ours };
      const hash = createHash("sha256").update(canonicalText(content)).digest("base64url");
      const stored = await engine.database.read((tx) => findFeedback(tx, scope, content));
      looked += 1;
      if (looked === ids.length) open();
      await allHaveLooked;
      const decision = decideEffect({ content, hash }, stored);
      expect(decision.kind).toBe("created");
      const arrival = {
        ...{ content, hash, scope, deliveryId: `d${index}`, receivedAt: createdAt.at },
        ...{ effect: decision.kind, warnings: [], isUnassigned: false },
      };
      await engine.database.transaction((tx) => insertFeedback(tx, `item-${index}`, arrival));
    }),
  );
}

forEachEngine("a version that looks before it writes", (engine) => {
  beforeEach(() => emptyRecords(engine.database));

  test("makes two records of a feedback with an id and the same without one", async () => {
    await receiveNaively(engine, ["x", null]);
    expect(await count(engine.database)).toBe(2);
  });

  test("is kept from doubling identical deliveries only by the unique indexes", async () => {
    await receiveNaively(engine, ["x", "x"]);
    expect(await count(engine.database)).toBe(1);
    await emptyRecords(engine.database);
    await receiveNaively(engine, [null, null]);
    expect(await count(engine.database)).toBe(1);
    await engine.database.transaction(async (tx) => {
      await tx.run("drop index feedback_item_named");
      await tx.run("drop index feedback_item_unnamed");
    });
    await emptyRecords(engine.database);
    await receiveNaively(engine, ["x", "x"]);
    expect(await count(engine.database)).toBe(2);
    await emptyRecords(engine.database);
    await receiveNaively(engine, [null, null]);
    expect(await count(engine.database)).toBe(2);
  });
});
