// The law of split carts: whatever the cut and the order of its parts, they sum to the whole to the kopeck.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grossHalfUp, minor, multiplyRoundDown, type Quantity, quantity } from "../money/index.ts";
import { type Group, type GroupLine, type PartLine, type SharedLine, shareOfGroup } from "./split-group.ts";

/** A cart, and every unit of it dealt to one of `parts` shipments, in the order they arrive. */
interface Cut {
  readonly lines: readonly GroupLine[];
  readonly parts: readonly (readonly PartLine[])[];
}

const cuts = (step: number): fc.Arbitrary<Cut> =>
  fc
    .tuple(
      fc.array(
        fc.record({
          price: fc.integer({ min: 0, max: 200_000 }),
          count: fc.integer({ min: 1, max: 12 }),
          share: fc.integer({ min: 0, max: 1000 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      fc.integer({ min: 2, max: 5 }),
      fc.infiniteStream(fc.nat()),
    )
    .map(([goods, parts, chance]) => {
      const lines = goods.map(({ price, count, share }, index): GroupLine => {
        const gross = grossHalfUp(minor(price), quantity(count * step));
        const discount = minor(Math.floor((gross * share) / 1000));
        return {
          key: `k${index}`,
          price: minor(price),
          quantity: quantity(count * step),
          total: minor(gross - discount),
          discounts: [{ promotionId: "p", amount: discount }],
          giftUnits: 0,
          points: null,
        };
      });
      const dealt = Array.from({ length: parts }, () => new Map<string, number>());
      for (const line of lines)
        for (let unit = 0; unit < line.quantity; unit += step) {
          const to = dealt[(chance.next().value as number) % parts];
          to?.set(line.key, (to.get(line.key) ?? 0) + step);
        }
      return {
        lines,
        parts: dealt
          .filter((units) => units.size > 0)
          .map((units, mark) =>
            [...units].map(([key, count]) => ({ key, quantity: quantity(count), mark: `${mark}` })),
          ),
      };
    })
    .filter(({ parts }) => parts.length > 1);

type Share = (group: Group, part: readonly PartLine[]) => { lines: readonly SharedLine[]; group: Group };

const ours: Share = (group, part) => {
  const share = shareOfGroup(group, part);
  if (share.kind !== "shared") throw new Error(share.kind);
  return { lines: share.lines, group: share.group ?? group };
};

/** The broken twin: every part in proportion, none gets what rounding left. */
const forgetful: Share = (group, part) => ({
  group,
  lines: part.map((line) => {
    const from = group.lines.find(({ key }) => key === line.key) as GroupLine;
    const gross = grossHalfUp(from.price, line.quantity);
    const all = grossHalfUp(from.price, from.quantity) - from.total;
    const discount = minor(multiplyRoundDown(all, line.quantity, from.quantity));
    return { ...from, quantity: line.quantity, gross, discount, total: minor(gross - discount) };
  }),
});

/** Sums of all parts by key, added up without knowing how shares are made; every answer is asked for twice. */
function paid(cut: Cut, share: Share) {
  let group: Group = { lines: cut.lines, parts: [] };
  const answers = cut.parts.map((part) => {
    const { lines, group: after } = share(group, part);
    group = after;
    return lines;
  });
  cut.parts.forEach((part, index) => {
    expect(share(group, [...part].reverse()).lines).toEqual([...(answers[index] ?? [])].reverse());
  });
  const sums = new Map<string, { quantity: number; total: number }>();
  for (const line of answers.flat()) {
    expect(line.total).toBeGreaterThanOrEqual(0);
    expect(line.total).toBeLessThanOrEqual(line.gross);
    expect(line.gross).toBe(grossHalfUp(line.price, line.quantity as Quantity));
    expect(line.gross - line.discount).toBe(line.total);
    const sum = sums.get(line.key) ?? { quantity: 0, total: 0 };
    sums.set(line.key, { quantity: sum.quantity + line.quantity, total: sum.total + line.total });
  }
  return sums;
}

function sumsAreEqual(cut: Cut, share: Share, slack: (line: GroupLine) => number): void {
  const sums = paid(cut, share);
  for (const line of cut.lines) {
    const sum = sums.get(line.key);
    expect(sum?.quantity).toBe(line.quantity);
    expect(Math.abs((sum?.total ?? -1) - line.total)).toBeLessThanOrEqual(slack(line));
  }
}

describe("parts of a split cart", () => {
  test("in whole pieces sum to the whole exactly", () => {
    fc.assert(
      fc.property(cuts(1000), (cut) => sumsAreEqual(cut, ours, () => 0)),
      { numRuns: 300 },
    );
  });

  test("of weighed goods do too, wherever a part's price can carry it", () => {
    // A part may not cost more than its own gross; half a kopeck a part is what a whole may be short of.
    const slack = (cut: Cut) => (line: GroupLine) => {
      const discount = grossHalfUp(line.price, line.quantity) - line.total;
      return discount * 100 > line.quantity * cut.parts.length && line.total > 0 ? 0 : cut.parts.length;
    };
    fc.assert(
      fc.property(cuts(100), (cut) => sumsAreEqual(cut, ours, slack(cut))),
      { numRuns: 300 },
    );
  });

  test("and a share that forgets the remainder is caught", () => {
    expect(() =>
      fc.assert(fc.property(cuts(1000), (cut) => sumsAreEqual(cut, forgetful, () => 0))),
    ).toThrow();
  });
});
