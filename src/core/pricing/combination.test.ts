// The best combination in examples: rivals, mandatory promotions, thresholds, other objectives.
import { describe, expect, test } from "vitest";
import { type Brief, quoteOf, SHOP, verdictOf } from "../../../test/support/small-shop.ts";
import { bps } from "../money/index.ts";

describe("the best combination", () => {
  const rivals = [
    { id: "ten", combining: { with: "none" as const } },
    { id: "twenty", then: [{ percent: 20 }], combining: { with: "none" as const } },
  ];

  test("a beaten promotion names the winner and the difference", () => {
    expect(verdictOf(quoteOf(rivals), "ten")).toEqual({
      promotionId: "ten",
      kind: "not_applied",
      reason: "beaten",
      winnerId: "twenty",
      differenceMinor: 2500,
    });
  });

  test("of equal ones the higher priority stands, then the lower id", () => {
    const equal = [
      { id: "b", combining: { bestOf: "x" } },
      { id: "a", combining: { bestOf: "x" } },
    ];
    expect(verdictOf(quoteOf(equal), "a")).toMatchObject({ kind: "applied" });
    expect(
      verdictOf(
        quoteOf([
          { ...equal[0], id: "b", priority: 1 },
          { id: "a", combining: { bestOf: "x" } },
        ]),
        "b",
      ),
    ).toMatchObject({ kind: "applied" });
  });

  test("a mandatory promotion is never left out, and the first of two rivals stands", () => {
    const [ten, twenty] = rivals as [(typeof rivals)[0], (typeof rivals)[0]];
    expect(quoteOf([{ ...ten, combining: { with: "none", mandatory: true } }, twenty]).total).toBe(22500);
    const both = [ten, twenty].map((each) => ({
      ...each,
      combining: { with: "none" as const, mandatory: true },
    }));
    expect(quoteOf(both).total).toBe(22500);
  });

  test("of two mandatory rivals the one of higher priority stands, in whichever order they would apply", () => {
    const must = { with: "none" as const, mandatory: true };
    const fixed: Brief = { id: "fixed", then: [{ fixedPrice: 90 }], combining: must };
    const ten: Brief = { id: "ten", combining: must };
    const applied = (promotions: readonly Brief[]): string[] =>
      quoteOf(promotions).steps.map((step) => step.promotionId);
    expect(applied([fixed, { ...ten, priority: 1 }])).toEqual(["ten"]);
    expect(applied([{ ...fixed, priority: 1 }, ten])).toEqual(["fixed"]);
  });

  test("a mandatory promotion of the menu keeps nothing out until it is chosen, and then even what is mandatory", () => {
    const must = { with: "none" as const, layer: 0, mandatory: true };
    const menu: Brief = { id: "menu", choice: { group: "A" }, then: [{ percent: 30 }], combining: must };
    const plain: Brief = { id: "plain", priority: 5, combining: must };
    expect(quoteOf([menu, { ...plain, combining: { layer: 0 } }]).total).toBe(22_500);
    expect(quoteOf([menu, plain]).total).toBe(22_500);
    expect(quoteOf([menu, plain], { choices: [{ promotionId: "menu", gifts: [] }] }).total).toBe(17_500);
  });

  test("a mandatory promotion whose own sum is not reached keeps no rival out", () => {
    const quote = quoteOf([
      { id: "first", then: [{ percent: 1 }], combining: { mandatory: true } },
      {
        id: "must",
        when: [{ sum: { atLeast: 250 } }],
        combining: { layer: 1, with: "none", mandatory: true },
      },
      { id: "rival", then: [{ percent: 50 }], combining: { layer: 1 } },
    ]);
    expect(quote.steps.map((step) => step.promotionId)).toEqual(["first", "rival"]);
    expect(verdictOf(quote, "must")).toMatchObject({ reason: "condition", failed: { actual: 24750 } });
  });

  test("a small discount is left out where it would spoil a large one", () => {
    const quote = quoteOf([
      { id: "small", then: [{ percent: 1 }] },
      { id: "large", then: [{ amount: 100 }], when: [{ sum: { atLeast: 250 } }], combining: { layer: 1 } },
    ]);
    expect(quote.total).toBe(15000);
    expect(verdictOf(quote, "small")).toEqual({
      promotionId: "small",
      kind: "not_applied",
      reason: "left_out",
      differenceMinor: 9750,
    });
  });

  test("declared worth weighs as money", () => {
    const gift = { id: "gift", then: [{ gifts: [{ offer: "g" }] }], combining: { bestOf: "x" } };
    const money = { id: "money", then: [{ amount: 5 }], combining: { bestOf: "x" } };
    expect(quoteOf([gift, money]).total).toBe(24500);
    expect(quoteOf([{ ...gift, worth: 6 }, money]).total).toBe(25000);
  });

  test("other objectives: least cost takes the cheapest that nothing can be added to, priority the first", () => {
    expect(quoteOf(rivals, {}, {}, { objective: "leastCost" }).total).toBe(22500);
    const ranked = [
      { ...rivals[1], id: "x", priority: 1 },
      { ...rivals[0], id: "y", priority: 2 },
    ];
    expect(quoteOf(ranked, {}, {}, { objective: "priority" }).total).toBe(22500);
    expect(quoteOf([{ id: "p" }], {}, {}, { objective: "priority" }).total).toBe(22500);
    const failing = {
      id: "a",
      priority: 9,
      when: [{ sum: { atLeast: 999 } }],
      combining: { with: "none" as const },
    };
    expect(quoteOf([failing, { id: "b" }], {}, {}, { objective: "priority" }).total).toBe(22500);
  });

  test("by priority what nobody chose is left out, the order of application does not matter, and it is proven", () => {
    const alone = { with: "none" as const };
    const fixed: Brief = { id: "fixed", then: [{ fixedPrice: 10 }], combining: alone };
    const ten: Brief = { id: "ten", priority: 1, combining: alone };
    const menu: Brief = { id: "menu", priority: 9, choice: { group: "A" }, combining: { layer: 0 } };
    const quote = quoteOf([fixed, ten, menu], {}, {}, { objective: "priority" });
    expect(quote).toMatchObject({ total: 22_500, proof: { isOptimal: true, gapMinor: 0 } });
    expect(quote.steps.map((step) => step.promotionId)).toEqual(["ten"]);
  });

  test("what is chosen together applies together and is not replaced; a code may replace codes alone", () => {
    const applied = (promotions: readonly Brief[], code: string | null, ...chosen: string[]): string[] =>
      quoteOf(promotions, { code, choices: chosen.map((promotionId) => ({ promotionId, gifts: [] })) })
        .steps.map((step) => step.promotionId)
        .sort();
    const group = {
      choice: { group: "A" },
      combining: { with: "none" as const, replaces: "nothing" as const },
    };
    const pair: Brief[] = [
      { id: "x", ...group },
      { id: "y", ...group },
    ];
    expect(applied(pair, null, "x", "y")).toEqual(["x", "y"]);
    const all: Brief = {
      id: "all",
      codes: { list: ["C"] },
      combining: { replaces: "all-discounts" },
      then: [{ percent: 50 }],
    };
    expect(applied([...pair, all, { id: "auto" }], "C", "x")).toEqual(["all", "x"]);
    const codes: Brief = {
      id: "x",
      choice: { group: "A" },
      then: [{ percent: 50 }],
      combining: { replaces: "code-discounts" },
    };
    const byCode: Brief = { id: "code", codes: { list: ["C"] } };
    expect(applied([codes, byCode, { id: "auto" }], "C", "x")).toEqual(["auto", "x"]);
    const autos: Brief = { ...codes, combining: { replaces: "automatic-discounts" } };
    expect(applied([autos, byCode, { id: "auto" }], "C", "x")).toEqual(["code", "x"]);
  });

  test("least cost weighs several rivals and takes what has none", () => {
    const many = [5, 7, 9, 3].map((percent, index) => ({
      id: `r${index}`,
      then: [{ percent }],
      combining: index === 3 ? {} : { group: "x", with: ["y"] },
      ...(index === 3 ? { scope: { offers: ["b"] } } : {}),
    }));
    expect(quoteOf(many, {}, {}, { objective: "leastCost" }).steps.map((step) => step.promotionId)).toEqual([
      "r3",
    ]);
  });

  test("amounts off the cart one after another are taken outright, also below a code's limit", () => {
    const three = [
      { id: "p", then: [{ percent: 10 }] },
      { id: "x", then: [{ amount: 20 }] },
      { id: "y", then: [{ amount: 30 }], combining: { layer: 1 } },
      { id: "z", then: [{ amount: 40 }], codes: { list: ["Z"] } },
    ];
    expect(quoteOf(three, { code: "z" })).toMatchObject({ total: 13500, proof: { isOptimal: true } });
    const part = [
      ...three,
      { id: "w", then: [{ amount: 1 }], scope: { offers: ["a"] }, combining: { layer: 20 } },
    ];
    expect(quoteOf(part, { code: "z" })).toMatchObject({ total: 13400, proof: { isOptimal: true } });
  });

  test("beyond the budget of work the answer says how much may have been missed", () => {
    const group = (index: number): string => `g${index}`;
    const areFriends = (a: number, b: number): boolean =>
      ((a + 1) * (b + 1) * 7919 + (a + b) * 104_729) % 1009 < 760;
    const indexes = Array.from({ length: 120 }, (_, index) => index);
    const many = indexes.map((index) => ({
      id: `p${index}`,
      then: [{ percent: 1 + ((index * 13) % 17) / 10 }],
      // Sums to be reached after discounts: no order of trying them is a good one.
      when: [{ sum: { atLeast: 100 + ((index * 29) % 120) } }],
      combining: {
        layer: index % 4,
        group: group(index),
        with: indexes.filter((other) => areFriends(index, other)).map(group),
      },
    }));
    for (const objective of ["shopperSaving", "leastCost"] as const) {
      const quote = quoteOf(many, {}, {}, { objective }, "plain");
      expect(quote.proof.isOptimal).toBe(false);
      expect(quote.proof.gapMinor).toBeGreaterThan(0);
    }
  });
});

describe("a choice that the search takes back", () => {
  test("gives back what a code took of the feed's limit", () => {
    // 50 of the pans leave the code 20 % of 150: 80. 45 off the tea leave it 20 % of 200, just the limit: 85.
    const limited = SHOP.map((each) => (each.id === "a" ? { ...each, codeCap: bps(2000) } : each));
    const offers = new Map(limited.map((each) => [each.id, each]));
    for (const [pans, tea] of [
      ["x", "y"],
      ["y", "x"],
    ] as const) {
      const promotions: Brief[] = [
        { id: pans, scope: { offers: ["a"] }, then: [{ amount: 50 }], combining: { bestOf: "g" } },
        { id: tea, scope: { offers: ["b"] }, then: [{ amount: 45 }], combining: { bestOf: "g" } },
        { id: "code", codes: { list: ["X"] }, scope: { offers: ["a"] }, then: [{ percent: 20 }] },
      ];
      const quote = quoteOf(promotions, { code: "X" }, { offers });
      expect(quote.discount).toBe(8500);
      expect(verdictOf(quote, tea)).toMatchObject({ kind: "applied" });
      expect(quote.proof).toEqual({ isOptimal: true, gapMinor: 0 });
    }
  });

  test("counts what gifts are worth, those of earlier and of later promotions", () => {
    const gift = (id: string, layer: number, worth: number): Brief => ({
      id,
      worth,
      then: [{ gifts: [{ offer: "g" }] }],
      combining: { layer, bestOf: `${layer}` },
    });
    const money = (id: string, layer: number, amount: number): Brief => ({
      id,
      then: [{ amount }],
      combining: { layer, bestOf: `${layer}` },
    });
    const applied = (...briefs: readonly Brief[]): unknown[] =>
      quoteOf(briefs).verdicts.flatMap((each) => (each.kind === "applied" ? [each.promotionId] : []));
    expect(applied(money("m1", 1, 50), gift("g1", 1, 60))).toEqual(["g1"]);
    expect(applied(money("m1", 1, 50), gift("g1", 1, 40))).toEqual(["m1"]);
    const three = [1, 2, 3].flatMap((layer) => [money(`m${layer}`, layer, 50), gift(`g${layer}`, layer, 60)]);
    expect(applied(...three)).toEqual(["g1", "g2", "g3"]);
    const last = [money("m1", 1, 50), gift("g1", 1, 40), money("m2", 2, 50), gift("g2", 2, 60)];
    expect(applied(...last)).toEqual(["m1", "g2"]);
  });
});
