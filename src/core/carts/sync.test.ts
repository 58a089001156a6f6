// The five cases of cart synchronisation, the odd spellings of its date, and the laws of merging.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../basics/index.ts";
import { quantity } from "../money/index.ts";
import type { AppLine } from "./cart-line.ts";
import { decideSync, mergeLines, NO_CART, readSyncDate, type StoredCart } from "./sync.ts";

const line = (ref: string, count: number | null, more: Partial<AppLine> = {}): AppLine => ({
  ref,
  privateRef: ref,
  productRef: null,
  name: null,
  quantity: count === null ? null : quantity(count * 1000),
  selected: true,
  kitId: null,
  addonRefs: [],
  warehouseId: null,
  deliveryGroup: null,
  fractionOptionId: null,
  ...more,
});

const NOW = instant(1_763_712_000_000);
const S = 1_763_700_000_000;
const date = (at: number) => ({ at, wasSeconds: false });
const stored: StoredCart = { syncAt: S, lines: [line("a", 1)] };
const sent = [line("b", 2)];

describe("with R sent and S stored", () => {
  test("no R: carts stay apart", () => {
    expect(decideSync(null, stored, sent, NOW)).toEqual({ kind: "apart" });
  });

  test.each([
    ["S = 0", 5e11, NO_CART],
    ["S older", S + 1, stored],
    ["R in the future", NOW + 1e9, stored],
  ])("R > S: the request replaces, R is answered (%s)", (_, r, cart) => {
    expect(decideSync(date(r), cart, sent, NOW)).toEqual({
      kind: "sent",
      store: { syncAt: r, lines: sent },
      syncAt: r,
    });
  });

  test.each([
    ["R older", S - 1],
    ["R = 0", 0],
  ])("R < S: the stored cart is answered with S (%s)", (_, r) => {
    expect(decideSync(date(r), stored, sent, NOW)).toEqual({
      kind: "stored",
      lines: stored.lines,
      syncAt: S,
    });
  });

  test("R = S: the request counts, is stored when it differs, and S stays", () => {
    expect(decideSync(date(S), stored, sent, NOW)).toEqual({
      kind: "sent",
      store: { syncAt: S, lines: sent },
      syncAt: S,
    });
    expect(decideSync(date(S), stored, stored.lines, NOW)).toEqual({ kind: "sent", store: null, syncAt: S });
  });

  test("R = S = 0: both are merged and S is now", () => {
    const cart = { syncAt: 0, lines: [line("a", 1)] };
    const lines = [line("a", 1), line("b", 2)];
    expect(decideSync(date(0), cart, sent, NOW)).toEqual({
      kind: "merged",
      lines,
      store: { syncAt: NOW, lines },
      syncAt: NOW,
    });
  });
});

describe("the date", () => {
  test.each([
    [1_763_712_000_123, 1_763_712_000_123, false],
    ["1763712000123", 1_763_712_000_123, false],
    [" 1763712000123 ", 1_763_712_000_123, false],
    [1_763_712_000_123.7, 1_763_712_000_123, false],
    [1_763_712_000, 1_763_712_000_000, true],
    ["1763712000,5", 1_763_712_000_500, true],
    [0, 0, false],
    ["0", 0, false],
    [-0, 0, false],
    [1e11, 1e11, false],
  ])("%j is read", (value, at, wasSeconds) => {
    expect(readSyncDate(value)).toEqual({ at: at + 0, wasSeconds });
  });

  test.each([
    null,
    undefined,
    "",
    "none",
    -1,
    "-5",
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    true,
    {},
    [],
    "2025-11-21T00:00:00Z",
  ])("%j is as absent", (value) => {
    expect(readSyncDate(value)).toBeNull();
  });
});

describe("merging", () => {
  test("takes the larger quantity and a tick from either side", () => {
    const merged = mergeLines(
      [
        line("a", 3, { selected: false }),
        line("b", 1, { selected: false }),
        line("c", null),
        line("d", null),
      ],
      [line("a", 2), line("b", 4, { selected: false }), line("c", 1), line("d", null)],
    );
    expect(merged.map(({ ref, quantity: count, selected }) => [ref, count, selected])).toEqual([
      ["a", 3000, true],
      ["b", 4000, false],
      ["c", 1000, true],
      ["d", null, true],
    ]);
  });

  test("keeps lines apart by kit, add-ons and warehouse, and not by the order of add-ons", () => {
    const kit = line("a", 1, { kitId: "k" });
    const addons = line("a", 1, { addonRefs: ["x", "y"] });
    const same = line("a", 2, { addonRefs: ["y", "x"] });
    const warehouse = line("a", 1, { warehouseId: "w" });
    expect(mergeLines([line("a", 1), kit, addons], [same, warehouse])).toHaveLength(4);
  });

  const lines = fc.array(
    fc
      .tuple(
        fc.constantFrom("a", "b", "c"),
        fc.constantFrom(null, 1, 2, 3),
        fc.boolean(),
        fc.constantFrom(null, "k"),
      )
      .map(([ref, count, selected, kitId]) => line(ref, count, { selected, kitId })),
    { maxLength: 6 },
  );

  test("again with either side changes nothing, and no line is lost", () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const once = mergeLines(left, right);
        expect(mergeLines(once, right)).toEqual(once);
        expect(once.length).toBeGreaterThanOrEqual(Math.max(left.length, right.length));
        const most = (of: readonly AppLine[]) => Math.max(0, ...of.map((one) => one.quantity ?? 0));
        expect(most(once)).toBe(Math.max(most(left), most(right)));
      }),
    );
  });
});
