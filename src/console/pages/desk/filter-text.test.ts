// The buttons of the inbox change the written filter and nothing else in it.
import { expect, test } from "vitest";
import { hasTerm, isSameFilter, quoted, termsOf, toggled, valueIn, withValue } from "./filter-text.ts";

test("terms are parted by blanks, not by those within quotes", () => {
  expect(termsOf('rating:1..2  item:"суп дня" "холодный суп" -tag:x')).toEqual([
    "rating:1..2",
    'item:"суп дня"',
    '"холодный суп"',
    "-tag:x",
  ]);
  expect(termsOf("  ")).toEqual([]);
});

test("a field is set in its place, added at the end, or taken away", () => {
  expect(withValue("branch:a суп", "branch", "b")).toBe("branch:b суп");
  expect(withValue("суп", "branch", "на лесной")).toBe('суп branch:"на лесной"');
  expect(withValue("branch:a суп -branch:b", "branch", null)).toBe("суп -branch:b");
});

test("a value is read where it is not negated", () => {
  expect(valueIn("-tag:a tag:b", "tag")).toBe("b");
  expect(valueIn("-tag:a", "tag")).toBeNull();
});

test("a term is switched on and off", () => {
  expect(toggled("rating:1", "has:comment")).toBe("rating:1 has:comment");
  expect(toggled("rating:1 has:comment", "has:comment")).toBe("rating:1");
  expect(hasTerm("rating:1", "rating:1")).toBe(true);
});

test("quotes of a value cannot break out of it", () => {
  expect(quoted('a" state:new "')).toBe('"a state:new "');
  expect(quoted("plain")).toBe("plain");
});

test("the order of terms does not make another list", () => {
  expect(isSameFilter("a  b", "b a")).toBe(true);
  expect(isSameFilter("a", "b")).toBe(false);
});
