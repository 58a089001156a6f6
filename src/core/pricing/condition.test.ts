// What of the money a promotion's conditions look at, and whether more of it can make them fail: searches build on both.
import { expect, test } from "vitest";
import { rulesOf } from "../../../test/support/shop.ts";
import type { Condition } from "./index.ts";

const AT_LEAST: Condition = { sum: { atLeast: 1 } };
const AT_MOST: Condition = { sum: { atMost: 1 } };
const OF_SOME: Condition = { sum: { atLeast: 1, of: { offers: ["a"] } } };
const AT_LIST: Condition = { sum: { atLeast: 1, atMost: 2, measured: "list" } };
const COUNTED: Condition = { quantity: { atMost: 1 } };

test.each<[string, Condition[], string, boolean, number]>([
  ["nothing asked", [], "nothing", true, 0],
  ["what lies in the cart and is list price", [AT_LIST, COUNTED, { channels: ["app"] }], "nothing", true, 0],
  ["a sum to reach", [AT_LEAST], "total", true, 1],
  ["a sum not to pass", [AT_MOST], "total", false, 1],
  ["a sum to reach and one not to pass", [AT_LEAST, AT_MOST], "total", false, 2],
  ["a sum of some goods", [OF_SOME], "parts", true, 1],
  ["a sum of some goods beside others", [AT_LEAST, OF_SOME, COUNTED], "parts", true, 2],
  ["all of sums to reach", [{ all: [AT_LEAST, OF_SOME] }], "parts", true, 1],
  ["any of sums to reach", [{ any: [AT_LEAST, COUNTED] }], "total", true, 1],
  ["any of sums of which one is not to pass", [{ any: [AT_LEAST, AT_MOST] }], "total", false, 1],
  ["all of sums of which one is not to pass", [{ all: [AT_MOST, AT_LEAST] }], "total", false, 1],
  ["not a sum", [{ not: AT_LEAST }], "total", false, 1],
  ["not a number of goods", [{ not: COUNTED }], "nothing", true, 0],
  ["any of what no discount changes", [{ any: [AT_LIST, COUNTED] }], "nothing", true, 0],
])("%s", (_, when, dependsOn, isRising, asked) => {
  const [rule] = rulesOf([{ id: "p", name: "p", when, then: [{ percent: 10 }] }]).promotions;
  expect([rule?.dependsOn, rule?.isRising, rule?.dynamic.length]).toEqual([dependsOn, isRising, asked]);
});
