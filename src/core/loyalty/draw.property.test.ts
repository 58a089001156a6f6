// Laws of drawing points: no other way of taking as many leaves more at any later instant.
import fc from "fast-check";
import { expect, test } from "vitest";
import { instant } from "../basics/index.ts";
import { draw, type Lot, type Take } from "./lot.ts";
import { accountChanges, afterPairs, entriesOf, pairsOf } from "./posting.ts";
import { settle } from "./settle.ts";

const AT = instant(5);
const RUNS = Number(process.env["PRILAVOK_PROPERTY_RUNS"] ?? 5000);

const lots = fc
  .array(
    fc.record({
      available: fc.nat(4),
      pending: fc.nat(2),
      activeFrom: fc.nat(7),
      life: fc.option(fc.integer({ min: 1, max: 9 })),
      createdAt: fc.nat(3),
    }),
    { maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map(
      ({ life, activeFrom, ...one }, index) =>
        ({
          ...one,
          id: `l${index}`,
          customerId: "c",
          kind: "opening",
          orderId: null,
          amount: 20,
          held: 0,
          expired: 0,
          activeFrom,
          expiresAt: life === null ? null : activeFrom + life,
        }) as unknown as Lot,
    ),
  );

/** Every way to take `amount` from lots that are active now. */
function* ways(from: readonly Lot[], amount: number): Generator<readonly number[]> {
  const [lot, ...rest] = from;
  if (lot === undefined) {
    if (amount === 0) yield [];
    return;
  }
  const isUsable = lot.activeFrom <= AT && (lot.expiresAt === null || lot.expiresAt > AT);
  for (let taken = 0; taken <= Math.min(amount, isUsable ? lot.available : 0); taken += 1)
    for (const others of ways(rest, amount - taken)) yield [taken, ...others];
}

/** Points of the lots that are left at a later instant. */
const leftAt = (from: readonly Lot[], taken: readonly number[], at: number): number =>
  from.reduce(
    (sum, lot, index) =>
      sum + (lot.expiresAt !== null && lot.expiresAt <= at ? 0 : lot.available - (taken[index] ?? 0)),
    0,
  );

const LATER = Array.from({ length: 17 }, (_, index) => AT + index);

/** True when no way leaves more at any later instant, and all was taken that could be. */
function isBest(take: typeof draw, from: readonly Lot[], amount: number): boolean {
  const takes = take(from, amount, AT);
  const ours = from.map((lot) => takes.find(({ lotId }) => lotId === lot.id)?.amount ?? 0);
  const sum = ours.reduce<number>((total, one) => total + one, 0);
  const all = [...ways(from, amount)];
  if (all.length === 0) return sum < amount && [...ways(from, sum + 1)].length === 0;
  return (
    sum === amount &&
    all.every((other) => LATER.every((at) => leftAt(from, ours, at) >= leftAt(from, other, at)))
  );
}

test("first to expire first leaves the most at every later instant", () => {
  fc.assert(
    fc.property(lots, fc.nat(12), (from, amount) => isBest(draw, from, amount)),
    { numRuns: RUNS },
  );
});

const byAge: typeof draw = (from, amount, at) => {
  const takes: Take[] = [];
  let left = amount;
  for (const lot of [...from].sort((one, two) => one.createdAt - two.createdAt)) {
    const [take] = draw([lot], left, at);
    if (take !== undefined) takes.push(take);
    left -= take?.amount ?? 0;
  }
  return takes;
};

const deafToTime: typeof draw = (from, amount) =>
  draw(
    from.map((lot) => ({ ...lot, activeFrom: instant(0), expiresAt: null })),
    amount,
    AT,
  );

test.each([
  ["the oldest first", byAge],
  ["whatever there is", deafToTime],
])("mutant: %s is found out", (_, mutant) => {
  expect(() =>
    fc.assert(
      fc.property(lots, fc.nat(12), (from, amount) => isBest(mutant, from, amount)),
      { numRuns: 3000, seed: 7 },
    ),
  ).toThrow();
});

test("whatever is posted comes to 0, and settling twice is settling once", () => {
  fc.assert(
    fc.property(lots, fc.nat(12), (from, amount) => {
      const settled = settle(from, AT);
      expect(settle(settled.lots, AT).postings).toEqual([]);
      const taken = pairsOf(draw(settled.lots, amount, AT), "c", "available", "held");
      const pairs = [...settled.postings.flatMap((posting) => posting.pairs), ...taken];
      const entries = entriesOf(pairs);
      expect(entries.reduce((sum, entry) => sum + entry.amount, 0)).toBe(0);
      const after = afterPairs(from, pairs);
      const change = accountChanges(entries).get("c") ?? { pending: 0, available: 0, held: 0 };
      for (const account of ["pending", "available", "held"] as const) {
        const sum = (some: readonly Lot[]): number => some.reduce((total, lot) => total + lot[account], 0);
        expect(after.every((lot) => lot[account] >= 0)).toBe(true);
        expect(sum(after) - sum(from)).toBe(change[account]);
      }
    }),
    { numRuns: RUNS },
  );
});
