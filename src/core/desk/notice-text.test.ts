// Words of messages: nobody's number in them, one line each when there are several, never longer than a chat takes.
import { expect, test } from "vitest";
import { type ItemNotice, itemNoticeText, noticesText } from "./notice-text.ts";

const ITEM: ItemNotice = {
  rule: "Низкие",
  rating: 1,
  branch: "Лесная",
  source: "yandex-eats",
  orderId: "1001",
  totalMinor: 1_234_550,
  comment: "Холодный суп,\nперезвоните 8 912 345-67-89",
  link: "https://shop.example/desk/items/i1",
};

test("an item is told with stars, place, order and masked words", () => {
  expect(itemNoticeText(ITEM, "ru").text).toBe(
    "★☆☆☆☆ Лесная, Яндекс Еда\nПравило «Низкие»\nЗаказ 1001, 12\u00a0345,50\u00a0₽\n«Холодный суп, перезвоните [phone]»\nhttps://shop.example/desk/items/i1",
  );
});

test("what is not known is left out", () => {
  const bare = { ...ITEM, rating: null, branch: null, totalMinor: null, comment: null };
  expect(itemNoticeText(bare, "en")).toEqual({
    line: "– Yandex Eats: Низкие https://shop.example/desk/items/i1",
    text: '– Yandex Eats\nRule "Низкие"\nOrder 1001\nhttps://shop.example/desk/items/i1',
  });
  expect(itemNoticeText({ ...ITEM, totalMinor: 100_000, comment: " " }, "en").text).toContain(
    "1\u00a0000\u00a0₽\nhttps",
  );
  expect(itemNoticeText({ ...ITEM, comment: "а".repeat(300) }, "en").text).toContain(`«${"а".repeat(200)}…»`);
});

test("several are told by a line each, ten at most, and what was lost is said", () => {
  const parts = Array.from({ length: 12 }, (_, index) => ({ line: `l${index}`, text: "t" }));
  expect(noticesText(parts, 0, "en").split("\n")).toEqual([
    "Notices together: 12",
    ...parts.slice(0, 10).map(({ line }) => line),
    "and 2 more",
  ]);
  expect(noticesText(parts, 5, "ru")).toMatch(
    /^Уведомлений вместе: 12\n(.+\n){10}и ещё 2\nЕщё 5 более ранних/,
  );
  expect(noticesText(parts.slice(0, 1), 7, "en")).toBe(
    "t\n7 earlier ones did not fit into the queue: look at the list of feedback.",
  );
  expect(noticesText([{ line: "", text: "x".repeat(9000) }], 0, "en")).toHaveLength(3501);
});
