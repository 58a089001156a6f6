// Words and names go, all else stays, and that there were words can still be told.
import { expect, test } from "vitest";
import { instant } from "../basics/index.ts";
import type { FeedbackContent } from "./content.ts";
import { forgetContent, forgetGiven } from "./forgetting.ts";
import { decideRating } from "./rating.ts";

const moment = { at: instant(0), micros: 0, offsetMinutes: 0, text: "" };
const order = {
  createdAt: null,
  comment: "Домофон 12",
  platform: null,
  deliveryKind: null,
  customerName: "Инга",
  total: 900,
  items: [],
};
const content: FeedbackContent = {
  sourceId: "1",
  sourceOrderId: "2",
  orderId: "3",
  placeId: "4",
  rating: 2,
  createdAt: moment,
  deliveredAt: null,
  takenAt: null,
  comment: "Холодно",
  presetComment: "Не вкусно",
  order,
};

test("words go without names and names without words", () => {
  expect(forgetContent(content, { words: true, names: false })).toEqual({
    ...content,
    comment: "",
    order: { ...order, comment: null },
  });
  expect(forgetContent(content, { words: false, names: true })).toEqual({
    ...content,
    order: { ...order, customerName: null },
  });
});

test("who said nothing has not said an empty word", () => {
  const silent = { ...content, comment: null, order: null };
  expect(forgetContent(silent, { words: true, names: true })).toEqual(silent);
});

test("a rating's words go and it is still known that there were some", () => {
  expect(forgetGiven({ stars: 4, comment: "" })).toEqual({ stars: 4, comment: "" });
  const given = forgetGiven({ stars: 4, comment: "Вкусно" });
  expect(given).toEqual({ stars: 4, comment: "", wordsGone: true });
  const first = decideRating(null, given, "keep");
  expect(first.state).toEqual({ stars: 4, comment: "", isAsked: false, wordsGone: true });
  // Said again it is no change; only asked for, it keeps the mark; said anew without words, it loses it.
  expect(decideRating(first.state, given, "keep").kind).toBe("unchanged");
  const asked = decideRating(first.state, { stars: "asked", comment: "" }, "keep");
  expect(asked.state).toMatchObject({ stars: 4, wordsGone: true });
  const silent = decideRating(first.state, { stars: "silent", comment: "" }, "keep");
  expect(silent.kind).toBe("unchanged");
  expect(decideRating(first.state, { stars: 4, comment: "" }, "keep")).toEqual({
    kind: "revised",
    state: { stars: 4, comment: "", isAsked: false },
  });
});
