// Suggested topics: what a customer writes leads to the topic a person would choose, and its denial to none.
import { describe, expect, test } from "vitest";
import { suggestTopics, TOPIC_HINTS } from "./topic-hints.ts";

const of = (comment: string | null, preset: string | null = null, lateMs: number | null = null) =>
  suggestTopics({ comment, preset, lateMs });

describe("topics are suggested", () => {
  test.each([
    ["Суп приехал холодный, курьер опоздал на сорок минут", ["cold", "late", "courier"]],
    ["Не положили хлеб и соус", ["missing"]],
    ["Забыли положить приборы", ["missing"]],
    ["Не хватает морса", ["missing"]],
    ["Привезли не тот заказ", ["wrong"]],
    ["Перепутали пакеты", ["wrong"]],
    ["Творог несвежий, скис", ["not_fresh"]],
    ["Рыба не свежая", ["not_fresh"]],
    ["Ещё и пролили всё, крышка вскрыта", ["opened"]],
    ["Всё еле тёплое", ["cold"]],
    ["ДОЛГО ЖДАЛИ", ["late"]],
    ["Курьер нахамил и накричал", ["courier", "rude"]],
    ["The soup was cold and the salad missing", ["missing", "cold"]],
    ["Rude rider, wrong order, two hours late", ["wrong", "late", "courier", "rude"]],
  ])("for %s", (comment, topics) => {
    expect([...of(comment)].sort()).toEqual([...topics].sort());
  });

  test("from ready-made remarks and from the time on the way, too", () => {
    expect(of(null, "Холодная еда")).toEqual(["cold"]);
    expect(of(null, null, 90 * 60_000)).toEqual(["late"]);
    expect(of(null, null, 90 * 60_000 - 1)).toEqual([]);
  });

  test.each([
    "Не холодный, не опоздали, спасибо!",
    "Вкусно",
    "",
    "Ветчина и хамон хороши",
    "Вообще не долго",
  ])("not for %s", (comment) => {
    expect(of(comment)).toEqual([]);
  });

  test("in one order, each once", () => {
    expect(of("грубый курьер опоздал, холодное, пролил, протухло, не тот, не положил")).toEqual([
      ...TOPIC_HINTS,
    ]);
  });
});
