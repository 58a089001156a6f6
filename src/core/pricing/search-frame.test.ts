// The frame of a search against what it is made of: steps, ranks, enemies, victims, classes of goods and worth to come.
import { describe, expect, test } from "vitest";
import { boardFor, searchOn } from "../../../test/support/boards.ts";
import { contestOf, type Random, randomOf } from "../../../test/support/contests.ts";
import type { PromotionDocument } from "./index.ts";
import { isIn } from "./rank-set.ts";
import type { Search } from "./search.ts";
import { type Frame, frameOf, type Step } from "./search-frame.ts";
import type { Slot } from "./slot.ts";

/** A contest in which some promotions give gifts of a worth instead, some replace others, and some are no part of it. */
function searchOf(random: Random): Search {
  const contest = contestOf(14, 3, random);
  const promotions = contest.promotions.map((each, index): PromotionDocument => {
    const draw = random(0, 9);
    const worth = { worth: random(1, 100), then: [{ gifts: [{ offer: "o01" }] }] };
    const free = { combining: { layer: random(0, 1) * 10 } };
    return { ...each, priority: random(0, 3), ...(draw < 2 ? worth : {}), ...(index < 4 ? free : {}) };
  });
  const search = searchOn(boardFor(contest.cart, contest.facts, promotions), 1000);
  for (const index of search.play.slots.keys())
    if (!search.free.includes(index) && random(0, 3) === 0) search.flags[index] = 0;
  return search;
}

interface Framed {
  readonly frame: Frame;
  readonly search: Search;
}

/** Checks forty frames, the same for every test; gives them. */
function forAll(check: (frame: Frame, search: Search) => void): Framed[] {
  const random = randomOf(11);
  return Array.from({ length: 40 }, () => {
    const search = searchOf(random);
    const frame = frameOf(search);
    check(frame, search);
    return { frame, search };
  });
}

/** Indexes of the free steps in a set of ranks. */
const inSet = ({ byRank }: Frame, set: Int32Array): number[] =>
  byRank.filter(({ rank }) => isIn(set, rank)).map(({ index }) => index);

const sorted = (numbers: Iterable<number>): number[] => [...numbers].sort((a, b) => a - b);

describe("the frame of a search", () => {
  test("has as its steps what is free and what is in, in the order of application", () => {
    const drawn = forAll(({ steps }, { free, flags, play }) => {
      const isStep = (index: number): boolean => free.includes(index) || flags[index] === 1;
      expect(steps.map(({ index }) => index)).toEqual([...play.slots.keys()].filter(isStep));
      for (const { index, isFree, slot } of steps) {
        expect(isFree).toBe(free.includes(index));
        expect(slot).toBe(play.slots[index]);
      }
    });
    expect(drawn.some(({ frame }) => frame.steps.some((step) => !step.isFree))).toBe(true);
    expect(drawn.some(({ frame, search }) => frame.steps.length < search.play.slots.length)).toBe(true);
  });

  test("ranks the free ones by merit, and those that are in not at all", () => {
    forAll(({ steps, byRank, byMost }) => {
      const merits = steps.filter((step) => step.isFree).map(({ slot }) => slot.rule.merit);
      expect(byRank.map(({ slot }) => slot.rule.merit)).toEqual(sorted(merits));
      expect(byRank.map(({ rank }) => rank)).toEqual([...byRank.keys()]);
      for (const step of steps) if (!step.isFree) expect(step.rank).toBe(-1);
      const most = [...byRank].sort((a, b) => b.reach.most - a.reach.most || a.rank - b.rank);
      expect(byMost.map(({ rank }) => rank)).toEqual(most.map(({ rank }) => rank));
    });
  });

  test("knows enemies and victims among the free ones, and who may harm one that is in", () => {
    forAll((frame, { free, conflicts, clusters }) => {
      for (const { index, isFree, enemies, victims, mayHarm } of frame.steps) {
        const foes = isFree ? (conflicts?.[index] ?? []).filter((enemy) => free.includes(enemy)) : [];
        expect(sorted(inSet(frame, enemies))).toEqual(sorted(new Set(foes)));
        const owners = clusters
          .filter(([, ...others]) => others.includes(index))
          .map(([owner]) => owner as number);
        expect(sorted(inSet(frame, victims))).toEqual(
          sorted(new Set(owners.filter((owner) => free.includes(owner)))),
        );
        expect(mayHarm).toBe(owners.some((owner) => !free.includes(owner)));
      }
    });
  });

  test("opens a layer where it begins, and lets those rise that have conditions on money and only rise", () => {
    const drawn = forAll(({ steps }) => {
      for (const [place, { slot, opensLayer, isRising }] of steps.entries()) {
        expect(opensLayer).toBe(slot.rule.layer !== steps[place - 1]?.slot.rule.layer);
        expect(isRising).toBe(slot.rule.dynamic.length > 0 && slot.rule.isRising);
      }
    });
    expect(drawn.some(({ frame }) => frame.steps.some((step) => step.isRising))).toBe(true);
  });

  test("sums the worth of all steps to come", () => {
    forAll(({ steps, worthFrom }) => {
      for (let place = 0; place <= steps.length; place += 1)
        expect(worthFrom[place]).toBe(steps.slice(place).reduce((sum, { slot }) => sum + slot.rule.worth, 0));
      expect(worthFrom).toHaveLength(steps.length + 1);
    });
  });
});

/** What a step does to a pool: its share there, null where it does not act. */
function shareOn({ slot, reach }: Step, pool: number): number | null {
  const place = (slot as Slot).goods.indexOf(pool);
  return place < 0 ? null : (reach.shares[place] as number);
}

describe("goods are of one class", () => {
  test("where every step takes the same share of them, and only there", () => {
    const drawn = forAll(({ steps, classOf, classes }, { play }) => {
      const kinds = play.situation.pools.map((_, pool) =>
        JSON.stringify(steps.map((step) => shareOn(step, pool))),
      );
      expect(classes).toBe(new Set(kinds).size);
      for (const [left, kind] of kinds.entries())
        for (const [right, other] of kinds.entries())
          expect(classOf[left] === classOf[right]).toBe(kind === other);
    });
    expect(drawn.some(({ frame }) => frame.classes < 20)).toBe(true);
  });

  test("and each step tells what its share leaves of each of its classes", () => {
    forAll(({ steps, classOf }) => {
      for (const step of steps) {
        const own = new Set(step.slot.goods.map((pool) => classOf[pool] as number));
        expect(sorted(step.classes)).toEqual(sorted(own));
        for (const pool of step.slot.goods) {
          const at = step.classes.indexOf(classOf[pool] as number);
          const share = shareOn(step, pool) as number;
          expect(step.keeps[at]).toBe(1 - share);
          expect(step.slopes[at]).toBeCloseTo(-Math.log(1 - share), 12);
        }
      }
    });
  });
});
