// What a delivery does to the record, case by case.
import { describe, expect, test } from "vitest";
import { present } from "../basics/index.ts";
import { canonicalText, type FeedbackContent } from "./content.ts";
import { carryOver, decideEffect, type StoredFeedback } from "./decision.ts";
import { parseMoment } from "./moment.ts";

const MONDAY = "2026-11-02T10:00:00.000001+03:00";
const TUESDAY = "2026-11-03T10:00:00.000001+03:00";

function content(change: Partial<FeedbackContent> = {}, createdAt = MONDAY): FeedbackContent {
  return {
    sourceId: null,
    sourceOrderId: "261102-00000001",
    orderId: "A-1",
    placeId: "lesnaya-12",
    rating: 5,
    createdAt: present(parseMoment(createdAt), "a date"),
    deliveredAt: null,
    takenAt: null,
    comment: null,
    presetComment: null,
    order: null,
    ...change,
  };
}

const incoming = (change: Partial<FeedbackContent> = {}, createdAt = MONDAY) => ({
  content: content(change, createdAt),
  hash: canonicalText(content(change, createdAt)),
});

function stored(itemId: string, ...revisions: readonly ReturnType<typeof incoming>[]): StoredFeedback {
  const first = present(revisions[0], "a revision").content;
  return {
    itemId,
    sourceId: first.sourceId,
    sourceOrderId: first.sourceOrderId,
    revisions: revisions.map(({ content: { createdAt }, hash }) => ({
      hash,
      at: createdAt.at,
      micros: createdAt.micros,
    })),
  };
}

describe("a delivery with an id", () => {
  test("of nothing stored is created", () => {
    expect(decideEffect(incoming({ sourceId: "x" }), [])).toEqual({ kind: "created" });
  });

  test("that says the same again is a duplicate", () => {
    const one = incoming({ sourceId: "x" });
    expect(decideEffect(one, [stored("1", one)])).toEqual({ kind: "duplicate", itemId: "1" });
  });

  test("that says something else is an update, at another moment too", () => {
    const decision = decideEffect(incoming({ sourceId: "x", rating: 1 }, TUESDAY), [
      stored("1", incoming({ sourceId: "x" })),
    ]);
    expect(decision).toEqual({ kind: "updated", itemId: "1", replaysOlder: false });
  });

  test("that says what an older revision said is an update with a remark", () => {
    const [good, bad] = [incoming({ sourceId: "x" }), incoming({ sourceId: "x", rating: 1 })];
    expect(decideEffect(good, [stored("1", good, bad)])).toEqual({
      kind: "updated",
      itemId: "1",
      replaysOlder: true,
    });
  });

  test("that names another order is quarantined", () => {
    const other = incoming({ sourceId: "x", sourceOrderId: "261102-00000002" });
    expect(decideEffect(other, [stored("1", incoming({ sourceId: "x" }))])).toEqual({
      kind: "quarantined",
      itemId: "1",
      reason: "identity_conflict",
    });
  });

  test("joins the record of the same order and moment that had none", () => {
    expect(decideEffect(incoming({ sourceId: "x" }), [stored("1", incoming())])).toEqual({
      kind: "merged",
      itemId: "1",
      revises: false,
      replaysOlder: false,
    });
  });

  test("joins and revises when it also says something else", () => {
    const decision = decideEffect(incoming({ sourceId: "x", rating: 2 }), [stored("1", incoming())]);
    expect(decision).toMatchObject({ kind: "merged", revises: true, replaysOlder: false });
    const older = stored("1", incoming({ rating: 2 }), incoming());
    expect(decideEffect(incoming({ sourceId: "x", rating: 2 }), [older])).toMatchObject({
      kind: "merged",
      revises: true,
      replaysOlder: true,
    });
  });

  test("does not join a record of another id, order or moment", () => {
    const others = [
      stored("1", incoming({ sourceId: "y" })),
      stored("2", incoming({}, TUESDAY)),
      stored("3", incoming({ sourceOrderId: "261102-00000002" })),
    ];
    expect(decideEffect(incoming({ sourceId: "x" }), others)).toEqual({ kind: "created" });
  });
});

describe("a delivery without an id", () => {
  test("of another moment of the same order is a second feedback", () => {
    expect(decideEffect(incoming({}, TUESDAY), [stored("1", incoming())])).toEqual({ kind: "created" });
  });

  test("belongs to the record that got an id meanwhile, by the moment of any revision", () => {
    const named = stored("1", incoming({ sourceId: "x" }), incoming({ sourceId: "x", rating: 1 }, TUESDAY));
    expect(decideEffect(incoming(), [named])).toEqual({ kind: "updated", itemId: "1", replaysOlder: true });
    expect(decideEffect(incoming({ rating: 1 }, TUESDAY), [named])).toEqual({
      kind: "duplicate",
      itemId: "1",
    });
  });

  test("of two records of one moment takes the one that says the same", () => {
    const both = [
      stored("1", incoming({ sourceId: "x", rating: 1 })),
      stored("2", incoming({ sourceId: "y", rating: 2 })),
    ];
    expect(decideEffect(incoming({ rating: 2 }), both)).toEqual({ kind: "duplicate", itemId: "2" });
    expect(decideEffect(incoming({ rating: 3 }), both)).toMatchObject({ kind: "updated", itemId: "1" });
  });
});

describe("what is carried over", () => {
  const order = {
    createdAt: null,
    comment: null,
    platform: "YE",
    deliveryKind: "yandex",
    customerName: null,
    total: 10,
    items: [],
  };

  test("an order that is not mentioned again stays, one that is replaces it", () => {
    expect(carryOver(content(), content({ order })).order).toBe(order);
    expect(carryOver(content({ order: { ...order, total: 2 } }), content({ order })).order?.total).toBe(2);
    expect(carryOver(content(), null).order).toBeNull();
  });

  test("a text that is not mentioned again is gone", () => {
    expect(carryOver(content(), content({ comment: "was here" })).comment).toBeNull();
  });
});

describe("the canonical text", () => {
  test("does not see how a moment was spelled, nor the id", () => {
    expect(canonicalText(content({ sourceId: "x" }, "2026-11-02 07:00:00,000001Z"))).toBe(
      canonicalText(content()),
    );
  });

  test("sees every field, and every part of the order", () => {
    const goods = { id: "1", name: "soup", quantity: 1, price: 2 };
    const order = {
      createdAt: null,
      comment: null,
      platform: null,
      deliveryKind: null,
      customerName: null,
      total: null,
      items: [{ ...goods, modifications: [goods] }],
    };
    const date = present(parseMoment(TUESDAY), "a date");
    const changes: Partial<FeedbackContent>[] = [
      {},
      { sourceOrderId: "other" },
      { orderId: "other" },
      { placeId: "other" },
      { rating: 1 },
      { createdAt: date },
      { deliveredAt: date },
      { takenAt: date },
      { comment: "a" },
      { presetComment: "a" },
      { order },
      { order: { ...order, createdAt: date } },
      { order: { ...order, comment: "a" } },
      { order: { ...order, platform: "a" } },
      { order: { ...order, deliveryKind: "a" } },
      { order: { ...order, customerName: "a" } },
      { order: { ...order, total: 1 } },
      { order: { ...order, items: [] } },
      { order: { ...order, items: [{ ...goods, modifications: [] }] } },
      { order: { ...order, items: [{ ...goods, quantity: 1.5, modifications: [goods] }] } },
    ];
    const texts = new Set(changes.map((change) => canonicalText(content(change))));
    expect(texts.size).toBe(changes.length);
  });
});
