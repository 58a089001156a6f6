// What people write is taken when it fits, and otherwise every mistake is told with its place and what was meant.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProgramme, checkPromotionSet } from "./authored-check.ts";
import { MISTAKES_LIMIT, mistakesOf } from "./mistake.ts";
import { promotionSetSchema } from "./promotion.ts";

const full = {
  promotions: [
    {
      id: "kitchen",
      name: { ru: "Кухня", en: "Kitchen" },
      status: "active",
      schedule: { from: "2026-11-01", hours: [{ from: "10:00", to: "12:00" }], weekdays: [1, 7] },
      audience: [{ customer: { tiers: ["gold"], birthday: { daysBefore: 3, daysAfter: 3 } } }],
      scope: {
        categories: ["300"],
        not: { offers: ["1"] },
        price: { from: 100 },
        params: { Цвет: ["синий"] },
      },
      when: [{ sum: { atLeast: "3000.50", of: { vendors: ["Заречье"] } } }, { any: [{ channels: ["app"] }] }],
      then: [{ percent: 10 }, { amount: 100, per: "unit" }, { giftChoice: { options: [{ offer: "9" }] } }],
      codes: { list: ["ОСЕНЬ"], showcase: [{ code: "ОСЕНЬ", title: "Осень", description: "−10 %" }] },
      combining: { with: ["a"], replaces: "nothing" },
      limits: { uses: 10, per: "day", budget: 1000 },
      texts: { hint: "Ещё {missing}" },
    },
  ],
  objective: "shopperSaving",
};

const one = (more: object, first: object = {}) => ({
  promotions: [{ id: "p", name: "П", then: [{ percent: 5 }], ...first, ...more }],
});

const problemsOf = (value: unknown) => {
  const result = checkPromotionSet(value);
  return result.kind === "fits" ? [] : result.problems;
};

test("a document that uses everything fits", () => {
  expect(problemsOf(full)).toEqual([]);
});

describe("a mistake is told with its path and what was probably meant", () => {
  test.each([
    ["a misspelt key", one({ scop: {} }), "promotions[0].scop", /not known/, /“scope”/],
    ["another case", one({ Scope: {} }), "promotions[0].Scope", /not known/, /“scope”/],
    [
      "swapped letters",
      one({ scope: { cateogries: ["1"] } }),
      "promotions[0].scope.cateogries",
      /known/,
      /“categories”/,
    ],
    [
      "a foreign key",
      one({ scope: { colour: ["1"] } }),
      "promotions[0].scope.colour",
      /known/,
      /offers, groups/,
    ],
    [
      "a missing key",
      { promotions: [{ id: "p", then: [{ percent: 1 }] }] },
      "promotions[0].name",
      /missing/,
      /people/,
    ],
    ["no effect", one({ then: [] }), "promotions[0].then", /at least 1/, undefined],
    [
      "an unknown effect",
      one({ then: [{ precent: 1 }] }),
      "promotions[0].then[0].precent",
      /known/,
      /“percent”/,
    ],
    [
      "a foreign effect",
      one({ then: [{ zzz: 1 }] }),
      "promotions[0].then[0]",
      /no known effect/,
      /percent, amount/,
    ],
    [
      "two effects in one",
      one({ then: [{ percent: 1, amount: 2 }] }),
      "promotions[0].then[0]",
      /several keys/,
      /own/,
    ],
    [
      "a number in quotes",
      one({ then: [{ percent: "10%" }] }),
      "promotions[0].then[0].percent",
      /"10%"/,
      /quotes/,
    ],
    [
      "too much",
      one({ then: [{ percent: 101 }] }),
      "promotions[0].then[0].percent",
      /most is 100/,
      /Percent/,
    ],
    [
      "a text without quotes",
      one({ scope: { offers: [1] } }),
      "promotions[0].scope.offers[0]",
      /a text/,
      /"1"/,
    ],
    ["no list", one({ scope: { offers: "1" } }), "promotions[0].scope.offers", /a list/, /\[/],
    [
      "roubles with words",
      one({ then: [{ amount: "500 р" }] }),
      "promotions[0].then[0].amount",
      /500 р/,
      /two dec/,
    ],
    [
      "roubles as a list",
      one({ then: [{ amount: [] }] }),
      "promotions[0].then[0].amount",
      /roubles/,
      /Roubles/,
    ],
    [
      "negative roubles",
      one({ then: [{ amount: -1 }] }),
      "promotions[0].then[0].amount",
      /too small/,
      undefined,
    ],
    ["a wrong word", one({ status: "activ" }), "promotions[0].status", /one of draft/, /“active”/],
    ["a far word", one({ status: "whatever" }), "promotions[0].status", /one of draft/, undefined],
    [
      "a weekday of 8",
      one({ when: [{ weekdays: [8] }] }),
      "promotions[0].when[0].weekdays[0]",
      /most is 7/,
      undefined,
    ],
    ["with whom", one({ combining: { with: "al" } }), "promotions[0].combining.with", /all, none/, /“all”/],
    [
      "an empty customer",
      one({ when: [{ customer: {} }] }),
      "promotions[0].when[0].customer",
      /empty/,
      /known/,
    ],
    ["a condition as text", one({ when: ["sum"] }), "promotions[0].when[0]", /a condition/, /sum, quantity/],
    ["an empty id", one({ id: "" }), "promotions[0].id", /not be empty/, undefined],
    ["half a step", one({ texts: { hint: {} } }), "promotions[0].texts.hint.ru", /missing/, /Russian/],
    [
      "odd keys",
      one({ scope: { params: { "a b": "x" } } }),
      'promotions[0].scope.params["a b"]',
      /list/,
      undefined,
    ],
    ["null", one({ scope: null }), "promotions[0].scope", /not empty/, undefined],
    ["a bare list", [], "", /not a list/, /promotions:/],
    ["nothing", null, "", /set of promotions/, undefined],
    ["a long id", one({ id: "x".repeat(101) }), "promotions[0].id", /101 characters/, undefined],
  ])("%s", (_, value, path, message, suggestion) => {
    const [first] = problemsOf(value);
    expect(first?.path).toBe(path);
    expect(first?.message).toMatch(message);
    if (suggestion !== undefined) expect(first?.suggestion).toMatch(suggestion);
  });
});

test("all mistakes are told at once, and no more than a person reads", () => {
  const wrong = { promotions: Array.from({ length: 500 }, () => ({})) };
  expect(problemsOf(one({ scop: 1, whem: 2, limits: { per: "year" } }))).toHaveLength(3);
  expect(problemsOf(wrong)).toHaveLength(MISTAKES_LIMIT);
});

test("a programme is checked the same way", () => {
  const programme = {
    id: "a",
    name: "А",
    earn: { percent: 5, byTier: { gold: 7 } },
    spend: { percentOfLine: 30 },
  };
  expect(checkProgramme(programme).kind).toBe("fits");
  expect(checkProgramme({ ...programme, earn: { procent: 5 } })).toMatchObject({
    kind: "refused",
    problems: [{ path: "earn.procent", suggestion: "did you mean “percent”?" }],
  });
  expect(checkProgramme({ ...programme, earn: { percent: 5, byTier: { gold: "7" } } }).kind).toBe("refused");
});

/** A copy with one place replaced, removed or renamed. */
function spoil(value: unknown, at: number, how: "replace" | "remove" | "rename", by: unknown): unknown {
  let left = at;
  const copy = (node: unknown): unknown => {
    if (node === null || typeof node !== "object") return node;
    if (Array.isArray(node))
      return node.flatMap((each) => (left-- === 0 ? (how === "remove" ? [] : [by]) : [copy(each)]));
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, each]): [string, unknown][] => {
        if (left-- !== 0) return [[key, copy(each)]];
        return how === "remove" ? [] : [[how === "rename" ? `${key}s` : key, how === "rename" ? each : by]];
      }),
    );
  };
  return copy(value);
}

test("the explanation finds mistakes exactly where the schema refuses", () => {
  let refused = 0;
  fc.assert(
    fc.property(
      fc.nat(90),
      fc.constantFrom("replace" as const, "remove" as const, "rename" as const),
      fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.constantFrom<unknown>(1, "1", 0.5, true, [], {}, ["1"], "all"),
      ),
      (at, how, by) => {
        const value = spoil(full, at, how, by);
        const isRefused = checkPromotionSet(value).kind === "refused";
        refused += isRefused ? 1 : 0;
        expect(mistakesOf(promotionSetSchema, value).length > 0).toBe(isRefused);
      },
    ),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(1000);
});
