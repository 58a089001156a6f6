// What counts as holding a person's words, and what does not.
import { expect, test } from "vitest";
import { withoutNeedles } from "./erasure-copies.ts";

test("a phone or a name is found wherever it stands, a short word as a word, a figure only as the whole text", () => {
  const told = {
    at: "2026-11-22T10:11:12.010Z",
    phone: "тел.+79120000012",
    name: "Спасибо, Аня!",
    other: "Анянова",
    said: "10",
    count: 10,
    whole: "Анна Лесная, дом 10",
  };
  const erased = withoutNeedles(JSON.stringify(told), ["10", "Аня", "9120000012", "Анна Лесная"]);
  expect(JSON.parse(erased)).toEqual({ ...told, phone: "", name: "", said: "", whole: "" });
});

test("a text that holds nothing of it stays as it is, to the last blank", () => {
  const text = '{ "a" : "b" }';
  expect(withoutNeedles(text, [])).toBe(text);
  expect(JSON.parse(withoutNeedles(text, ["bb"]))).toEqual({ a: "b" });
});
