// Records of feedback: what resending, editing, naming later and racing make of them, against a plain model.
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { importOutlets } from "../../../src/flows/index.ts";
import { listFeedback, listUnusableDeliveries, saveOutlet } from "../../../src/storage/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { body, type Words } from "./bodies.ts";
import { emptyRecords, makeStand, type Stand } from "./stand.ts";

forEachEngine("records", (engine) => {
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

  const deliver = async (words: Words) => {
    expect((await stand.send(body(words), token)).body).toEqual({ result: "OK" });
    return stand.stored();
  };

  test("a feedback without an id cannot be answered until its id arrives", async () => {
    const [nameless] = await deliver({ comment: "cold" });
    expect(nameless).toMatchObject({ canReply: false, effect: "created", deliveries: 1 });
    const named = await deliver({ comment: "cold", id: "x" });
    expect(named).toMatchObject([
      { id: nameless?.id, canReply: true, effect: "merged", deliveries: 2, content: { sourceId: "x" } },
    ]);
    expect(named[0]?.revisions).toHaveLength(1);
    const again = await deliver({ comment: "cold" });
    expect(again).toMatchObject([{ id: nameless?.id, canReply: true, effect: "duplicate", deliveries: 3 }]);
  });

  test("an id that arrives with other words makes a revision", async () => {
    await deliver({ comment: "cold" });
    expect(await deliver({ comment: "very cold", id: "x" })).toMatchObject([
      { effect: "merged", content: { comment: "very cold" }, revisions: [{ number: 1 }, { number: 2 }] },
    ]);
  });

  test("a second feedback at the same moment of the order, under another id, is another record", async () => {
    await deliver({ id: "x" });
    expect(await deliver({ id: "y" })).toMatchObject([{ effect: "created" }, { effect: "created" }]);
  });

  test("an id that names another order is quarantined: the record stays, an operator is told", async () => {
    const [before] = await deliver({ id: "x", comment: "mine" });
    const [after, ...others] = await deliver({ id: "x", eatsId: "261104-00000002", comment: "other" });
    expect(others).toEqual([]);
    expect(after).toEqual(before);
    expect(stand.alarms.at(-1)).toBe("feedback_identity_conflict");
    const kept = await engine.database.read((tx) => listUnusableDeliveries(tx, { before: null, limit: 9 }));
    expect(kept).toMatchObject([
      { effect: "quarantined", reason: "identity_conflict", status: 200, itemId: before?.id },
    ]);
    expect(Buffer.from(kept[0]?.body ?? []).toString()).toContain("other");
  });

  test("an order that is not mentioned again is kept, a comment that is not is gone from the latest", async () => {
    await deliver({ id: "x", hasOrder: true, comment: "cold" });
    const [item] = await deliver({ id: "x" });
    expect(item).toMatchObject({ effect: "updated", content: { order: { total: 10.5 }, comment: null } });
    expect(item?.revisions.map((revision) => revision.content.comment)).toEqual(["cold", null]);
    expect((await deliver({ id: "x" }))[0]).toMatchObject({ effect: "duplicate", deliveries: 3 });
  });

  test("an unknown outlet is queued for an operator until a delivery names a known one", async () => {
    expect(await deliver({ id: "x", restaurantId: "nowhere" })).toMatchObject([
      { isUnassigned: true, warnings: ["restaurant_unknown"] },
    ]);
    const queue = await engine.database.read((tx) => listFeedback(tx, { isUnassigned: true, limit: 9 }));
    expect(queue).toHaveLength(1);
    expect(await deliver({ id: "x" })).toMatchObject([{ isUnassigned: false, warnings: [] }]);
  });

  test("feedback leaves the queue when its outlet becomes known, by a repeat or by an import of outlets", async () => {
    const outlet = { name: null, city: null, timezone: null, yandexEatsId: null, pickupPointId: null };
    await deliver({ id: "x", restaurantId: "new-1" });
    await deliver({ id: "y", restaurantId: "new-2" });
    await engine.database.transaction((tx) => saveOutlet(tx, { ...outlet, id: "new-1" }));
    const [second, first] = await deliver({ id: "x", restaurantId: "new-1" });
    expect(first).toMatchObject({ isUnassigned: false, effect: "duplicate", warnings: [] });
    expect(second).toMatchObject({ isUnassigned: true });
    await importOutlets(stand.house, "test", [{ line: 1, outlet: { ...outlet, id: "new-2" } }]);
    expect(await stand.stored()).toMatchObject([{ isUnassigned: false }, { isUnassigned: false }]);
    await engine.database.transaction((tx) => tx.run("delete from outlet where id like 'new-%'"));
  });

  test("an outlet's own id counts only where it has none at Yandex Eats", async () => {
    expect(await deliver({ id: "x", restaurantId: "outlet-2" })).toMatchObject([{ isUnassigned: true }]);
    expect(await deliver({ id: "y", restaurantId: "4021" })).toMatchObject([{ isUnassigned: false }, {}]);
  });

  test("clients do not see each other's ids", async () => {
    await deliver({ id: "x" });
    const answer = await stand.call({
      method: "POST",
      url: "/security/oauth/token",
      payload: "client_id=yandex-eats-demo2&client_secret=a%2Bb%26c%3Dd%25e%2F",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    token = (answer.body as { access_token: string }).access_token;
    expect(await deliver({ id: "x", eatsId: "261104-00000009" })).toMatchObject([
      { effect: "created", clientId: "yandex-eats-demo2" },
      { effect: "created", clientId: "yandex-eats-demo" },
    ]);
  });

  test("a year beyond 2255 keeps its microseconds", async () => {
    const far = { id: null, createdAt: "9999-12-31T23:59:59.999998+00:00" };
    expect(await deliver(far)).toMatchObject([{ instants: { createdAt: "9999-12-31T23:59:59.999998Z" } }]);
    expect(await deliver({ ...far, createdAt: "9999-12-31T23:59:59.999999+00:00" })).toHaveLength(2);
  });

  test("pages follow each other by id, newest first", async () => {
    for (const id of ["a", "b", "c"]) await deliver({ id, eatsId: `261104-0000000${id}` });
    const [first] = await engine.database.read((tx) => listFeedback(tx, { limit: 1 }));
    const rest = await engine.database.read((tx) =>
      listFeedback(tx, { limit: 9, before: first?.id as string }),
    );
    expect([first, ...rest].map((item) => item?.content.sourceId)).toEqual(["c", "b", "a"]);
    const narrowed = await engine.database.read((tx) =>
      listFeedback(tx, {
        source: "yandex-eats",
        sourceOrderId: "261104-0000000b",
        orderId: "POS-1",
        limit: 9,
      }),
    );
    expect(narrowed).toHaveLength(1);
  });

  test("any sequence of deliveries ends as the model says", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 10 }), async (sequence) => {
        await emptyRecords(engine.database);
        token = await stand.token();
        const model: ModelRecord[] = [];
        for (const words of sequence) {
          await stand.send(body(words), token);
          play(model, words);
        }
        const stored = (await stand.stored()).toReversed();
        expect(
          stored.map((item) => ({
            id: item.content.sourceId,
            eatsId: item.content.sourceOrderId,
            effect: item.effect,
            deliveries: item.deliveries,
            said: item.revisions.map((revision) => revision.content.rating),
            hasOrder: item.content.order !== null,
            isReplay: item.warnings.includes("replay_of_older_revision"),
          })),
        ).toEqual(model.map(({ moments: _, texts: __, ...shown }) => shown));
      }),
      { numRuns: 40 },
    );
  });
});

interface ModelRecord {
  id: string | null;
  readonly eatsId: string;
  effect: string;
  deliveries: number;
  said: number[];
  hasOrder: boolean;
  isReplay: boolean;
  readonly moments: string[];
  readonly texts: string[];
}

const delivery = fc.record({
  id: fc.constantFrom("x", "y", null),
  eatsId: fc.constantFrom("261104-00000001", "261104-00000002"),
  createdAt: fc.constantFrom("2026-11-04T21:17:45.318204+03:00", "2026-11-05T21:17:45.318204+03:00"),
  rating: fc.constantFrom(1, 5),
  hasOrder: fc.boolean(),
});

type Delivered = typeof delivery extends fc.Arbitrary<infer Value> ? Value : never;

/** The rules of the contract as a person would work them through on paper, record by record. */
function play(records: ModelRecord[], words: Delivered): void {
  const text = JSON.stringify([words.createdAt, words.rating, words.hasOrder]);
  const note = (record: ModelRecord, effect: string): void => {
    record.deliveries += 1;
    record.isReplay = false;
    const isSame = record.texts.at(-1) === text;
    record.effect = effect === "repeat" ? (isSame ? "duplicate" : "updated") : effect;
    if (isSame) return;
    record.isReplay = record.texts.includes(text);
    record.texts.push(text);
    record.said.push(words.rating);
    record.moments.push(words.createdAt);
    record.hasOrder ||= words.hasOrder;
  };
  const byId = records.find((record) => words.id !== null && record.id === words.id);
  if (byId !== undefined) {
    if (byId.eatsId === words.eatsId) note(byId, "repeat");
    return;
  }
  const near = records.filter(
    (record) => record.eatsId === words.eatsId && record.moments.includes(words.createdAt),
  );
  if (words.id === null && near.length > 0) {
    note(near.find((record) => record.texts.at(-1) === text) ?? (near[0] as ModelRecord), "repeat");
    return;
  }
  const nameless = near.find((record) => record.id === null);
  if (nameless !== undefined) {
    nameless.id = words.id;
    note(nameless, "merged");
    return;
  }
  records.push({
    id: words.id,
    eatsId: words.eatsId,
    effect: "created",
    deliveries: 1,
    said: [words.rating],
    hasOrder: words.hasOrder,
    isReplay: false,
    moments: [words.createdAt],
    texts: [text],
  });
}
