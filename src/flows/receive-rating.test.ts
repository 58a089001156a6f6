// Deliveries of one rating that come at once, on both engines: one row, a full history, and a twin that loses both.
import { describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { instant } from "../core/basics/index.ts";
import { decideRating } from "../core/feedback/index.ts";
import { claimRating, listRatings, reviseRating } from "../storage/index.ts";
import type { House } from "./house.ts";
import { type RatingReading, ratingsOf, receiveRating } from "./receive-rating.ts";

const AT = instant(1_763_712_000_000);
const delivery = {
  channel: "irp",
  route: "/irp/rating",
  clientId: "setting",
  requestId: "r",
  contentType: null,
  body: new Uint8Array([123, 125]),
};
type Usable = Extract<RatingReading, { kind: "usable" }>;
const say = (orderId: string, stars: number, comment: string): Usable => ({
  kind: "usable",
  orderId,
  given: { stars, comment },
  warnings: [],
});

/** Takes all readings at once. */
type Take = (house: House, readings: readonly Usable[]) => Promise<unknown>;

const ours: Take = (house, readings) =>
  Promise.all(readings.map((reading) => receiveRating(house, delivery, reading, "keep")));

/** The broken twin: everyone looks, then everyone writes what it decided by that look. */
const early: Take = async (house, readings) => {
  const looks = await Promise.all(
    readings.map(({ orderId }) =>
      house.database.read((tx) => listRatings(tx, { orderId, before: null, limit: 1 })),
    ),
  );
  await Promise.allSettled(
    readings.map(({ orderId, given }, index) => {
      const seen = looks[index]?.[0] ?? null;
      const decision = decideRating(seen, given, "keep");
      if (decision.kind === "unchanged") return undefined;
      return house.database.transaction(async (tx) => {
        await claimRating(tx, { orderId, newId: house.newId(), at: AT });
        const number = (seen?.revisions ?? 0) + 1;
        await reviseRating(tx, orderId, { ...decision.state, number, deliveryId: "d", receivedAt: AT });
      });
    }),
  );
};

forEachEngine("deliveries of one rating at once", (engine) => {
  let ids = 0;
  let orders = 0;
  const house = (): House => ({
    database: engine.database,
    now: () => AT,
    newId: () => `id-${String(ids++).padStart(6, "0")}`,
    alarm: () => undefined,
  });

  /** True when there is one rating, its history has each comment once, without gaps, and ends with the rating. */
  const isWhole = async (take: Take, comments: readonly string[]): Promise<boolean> => {
    orders += 1;
    const orderId = `o-${orders}`;
    await take(
      house(),
      comments.map((comment, index) => say(orderId, 1 + (index % 5), comment)),
    );
    const views = await ratingsOf(house(), { orderId, before: null, limit: 10 });
    const history = views[0]?.history ?? [];
    const last = history.at(-1);
    return (
      views.length === 1 &&
      history.every(({ number }, index) => number === index + 1) &&
      [...new Set(history.map(({ comment }) => comment))].sort().join() ===
        [...new Set(comments)].sort().join() &&
      last?.comment === views[0]?.comment &&
      last?.stars === views[0]?.stars
    );
  };
  const different = Array.from({ length: 20 }, (_, index) => `слово ${String(index).padStart(2, "0")}`);

  test("that differ leave one row and every word in its history", async () => {
    for (let round = 0; round < 3; round += 1) expect(await isWhole(ours, different)).toBe(true);
  });

  test("that are equal leave one row and one revision, and every body", async () => {
    const readings = Array.from({ length: 20 }, () => say("equal", 5, "да"));
    const before = (await engine.database.read((tx) => tx.rows("select id from delivery"))).length;
    await ours(house(), readings);
    const [rating] = await ratingsOf(house(), { orderId: "equal", before: null, limit: 10 });
    expect(rating).toMatchObject({ revisions: 1, stars: 5 });
    expect((await engine.database.read((tx) => tx.rows("select id from delivery"))).length).toBe(before + 20);
  });

  describe("and a twin that decides before it holds the rating", () => {
    test("is caught by the same check", async () => {
      expect(await isWhole(early, different)).toBe(false);
    });
  });

  test("are there after a restart", async () => {
    await ours(house(), [say("kept", 5, "да")]);
    await engine.reopen();
    const [rating] = await ratingsOf(house(), { orderId: "kept", before: null, limit: 1 });
    expect(rating).toMatchObject({ stars: 5, comment: "да" });
  });
});
