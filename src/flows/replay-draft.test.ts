// What a draft would have cost: the same as pricing the same carts under it in earnest, and frank where the records lack something.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { type IrpWorld, irpWorld } from "../../test/support/irp-world.ts";
import { randomBaskets, SAMPLE_SHOP } from "../../test/support/random-baskets.ts";
import type { PromotionDocument, PromotionSet } from "../core/pricing/index.ts";
import { removeCalculations } from "../storage/index.ts";
import { applyRules, returnToVersion } from "./apply-rules.ts";
import { type DraftTally, type Effect, tallyJson, tallyOf } from "./draft-tally.ts";
import { findCalculations } from "./read-calculation.ts";
import { newDraftReplay, replayUnderDraft } from "./replay-draft.ts";
import { type DraftReport, draftReport } from "./replay-report.ts";
import type { ReplayPlan, ReplayState } from "./replay-run.ts";
import { draftLines } from "./replay-text.ts";
import { DraftShelf } from "./rule-shelf.ts";
import { withoutDates } from "./undated-rules.ts";

const CARTS = 80;
const BODIES = randomBaskets(11, CARTS, SAMPLE_SHOP);

forEachEngine("a draft over recorded carts", (engine) => {
  let world: IrpWorld;
  let plan: ReplayPlan;

  const sold = async (): Promise<void> => {
    await engine.database.transaction((tx) => removeCalculations(tx, Number.MAX_SAFE_INTEGER, 10_000));
    for (const body of BODIES) {
      world.house.pass(1);
      expect((await world.basket(body)).statusCode).toBe(200);
    }
    await world.desk.book.flush();
    plan = {
      span: { from: 0, until: world.house.now() + 1, channel: null },
      every: 1,
      limit: null,
      worst: 4,
      page: 9,
    };
  };

  const inForce = async (): Promise<PromotionSet> => (await world.desk.rules.current()).documents.set;
  const draftOf = async (set: PromotionSet) => {
    const { programme } = (await world.desk.rules.current()).documents;
    return new DraftShelf(world.house, "Europe/Moscow", { set, programme }).current();
  };

  const run = async (
    set: PromotionSet,
    state?: ReplayState<DraftTally>,
    watch?: Parameters<typeof replayUnderDraft>[5],
  ): Promise<ReplayState<DraftTally>> =>
    replayUnderDraft(world.house, world.desk.rules, await draftOf(set), plan, state, watch);

  const reportOf = async (set: PromotionSet): Promise<DraftReport> =>
    draftReport(await run(set), await draftOf(set), plan.span);

  /** The set in force with one promotion changed, or one more. */
  const withPromotion = async (promotion: PromotionDocument): Promise<PromotionSet> => {
    const { promotions, ...set } = await inForce();
    return { ...set, promotions: [...promotions.filter(({ id }) => id !== promotion.id), promotion] };
  };

  beforeAll(async () => {
    world = await irpWorld(engine);
    const limited = { id: "limited", name: "Limited", then: [{ amount: 11 }], limits: { budget: 9000 } };
    const more = { set: await withPromotion(limited) };
    expect(await applyRules(world.house, world.desk.rules, more, { note: "" })).toMatchObject({
      kind: "applied",
    });
    await sold();
  });
  afterAll(() => world.close());

  test("the rules in force change nothing", async () => {
    const report = await reportOf(await inForce());
    expect(report.carts).toEqual({ priced: CARTS, cheaper: 0, dearer: 0, same: CARTS });
    expect(report.after).toEqual(report.before);
    for (const { before, after } of report.promotions) expect(after).toEqual(before);
    expect([report.cheaper, report.dearer]).toEqual([[], []]);
    expect(Object.values(report.gaps).every((count) => count === 0)).toBe(true);
  });

  test("gives what the same carts cost where the draft is really in force", async () => {
    const half: PromotionDocument = {
      id: "p-cook10",
      name: "Half",
      scope: { categories: ["310"] },
      then: [{ percent: 50 }],
    };
    const set = await withPromotion(half);
    const effects: Effect[] = [];
    const { tally } = await run(set, newDraftReplay(), { onCart: (effect) => void effects.push(effect) });
    const before = (await findCalculations(world.house, {}, 100)).items.map(({ totalMinor }) => totalMinor);
    expect(effects.map(({ totalBefore }) => totalBefore).reverse()).toEqual(before);
    await applyRules(world.house, world.desk.rules, { set }, { note: "" });
    await sold();
    const after = (await findCalculations(world.house, {}, 100)).items;
    expect(effects.map(({ totalAfter }) => totalAfter).reverse()).toEqual(
      after.map(({ totalMinor }) => totalMinor),
    );
    expect(effects.map(({ discountAfter }) => discountAfter).reverse()).toEqual(
      after.map(({ discountMinor }) => discountMinor),
    );
    expect(tally.after.total).toBe(after.reduce((sum, { totalMinor }) => sum + totalMinor, 0));
    expect(tally.carts.cheaper).toBeGreaterThan(5);
    const changes = effects.map(({ totalBefore, totalAfter }) => totalBefore - totalAfter);
    expect(tally.cheaper.map(({ totalBefore, totalAfter }) => totalBefore - totalAfter)).toEqual(
      changes.sort((left, right) => right - left).slice(0, 4),
    );
    await returnToVersion(world.house, world.desk.rules, null, { note: "" });
    await sold();
  });

  test("goes on after an interruption and ends as if there had been none", async () => {
    const set = await withPromotion({ id: "new", name: "New", then: [{ percent: 7 }] });
    const whole = await run(set);
    for (const pages of [1, 4, 8]) {
      let kept = "";
      let done = 0;
      const stop = new Error("killed");
      const onPage = (state: ReplayState<DraftTally>): void => {
        done += 1;
        if (done > pages) throw stop;
        kept = JSON.stringify({ ...state, tally: tallyJson(state.tally) });
      };
      await expect(run(set, newDraftReplay(), { onPage })).rejects.toBe(stop);
      const state = JSON.parse(kept) as ReplayState<object>;
      expect(await run(set, { ...state, tally: tallyOf(state.tally) })).toEqual(whole);
    }
  });

  describe("tells", () => {
    test("gifts that only the draft gives, from the catalogue; unknown ones are never given", async () => {
      const gift = (offer: string): PromotionDocument => ({
        id: `gift-${offer}`,
        name: "Gift",
        then: [{ gifts: [{ offer }] }],
      });
      const known = await reportOf(await withPromotion(gift("501010")));
      expect(known.gaps.gifts_of_today).toBeGreaterThan(0);
      // A cart in which nothing counts gets none.
      const units = known.promotions.find(({ id }) => id === "gift-501010")?.after.carts ?? 0;
      expect(units).toBeGreaterThan(CARTS - 5);
      expect(known.gifts.find(({ offerId }) => offerId === "501010")?.units).toBe(units);
      expect(known.after.freeUnits - known.before.freeUnits).toBe(units);
      expect(known.after.total).toBe(known.before.total);
      const unknown = await reportOf(await withPromotion(gift("no-such")));
      expect(unknown.giftsUnknown).toEqual(["no-such"]);
      expect(unknown.after).toEqual(unknown.before);
      expect(unknown.neverApplied).toContain("gift-no-such");
    });

    test("segments that nobody was in, and periods of spending that were not recorded", async () => {
      const report = await reportOf(
        await withPromotion({
          id: "new",
          name: "New",
          audience: [
            {
              any: [
                { customer: { segments: ["staff"] } },
                { not: { customer: { spent: { days: 30, atLeast: 1 } } } },
              ],
            },
          ],
          then: [{ percent: 5 }],
        }),
      );
      expect(report.segmentsUnseen).toEqual(["staff"]);
      expect(report.gaps.spent_unknown).toBeGreaterThan(0);
      expect(draftLines(report).join("\n")).toMatch(/segments that no recorded customer was in.*staff/);
    });

    test("choices that the draft does not offer, and takes their gifts out of the cart", async () => {
      const { promotions, ...set } = await inForce();
      const without = promotions.filter(({ choice }) => choice === undefined);
      const report = await reportOf({ ...set, promotions: without });
      expect(report.gaps.choice_gone).toBeGreaterThan(0);
      expect(report.gifts).toEqual([]);
      expect(report.before.gross).toBeGreaterThan(report.after.gross);
    });

    test("codes: one that the draft moves to another promotion goes there, one that it drops is unknown", async () => {
      const { promotions, ...set } = await inForce();
      const code = (id: string): PromotionDocument => ({
        id,
        name: "Code",
        codes: { list: ["ОСЕНЬ500"] },
        then: [{ amount: 1 }],
      });
      const rest = promotions.filter(({ id }) => id !== "p-code-osen500");
      const moved = await reportOf({ ...set, promotions: [...rest, code("moved")] });
      expect(moved.promotions.find(({ id }) => id === "moved")?.after.carts).toBeGreaterThan(0);
      expect(moved.gaps.code_unknown).toBe(0);
      const dropped = await reportOf({ ...set, promotions: rest });
      expect(dropped.gaps.code_unknown).toBeGreaterThan(0);
      expect(dropped.promotions.find(({ id }) => id === "p-code-osen500")?.after.carts).toBe(0);
    });

    test("limits that were used count as they were, and as new where the draft changes them", async () => {
      const write = (value: string, id: string) =>
        engine.database.transaction((tx) =>
          tx.run("update calculation set input = ? where id = ?", [value, id]),
        );
      const rows = await engine.database.read((tx) =>
        tx.rows<{ id: string; input: string }>("select id, input from calculation"),
      );
      const used = [["limited", { usesLeft: null, budgetLeft: 500 }]];
      for (const { id, input } of rows)
        await write(JSON.stringify({ ...(JSON.parse(input) as object), limits: used }), id);
      const same = await reportOf(await inForce());
      expect(same.promotions.find(({ id }) => id === "limited")?.after.amount).toBeLessThanOrEqual(
        CARTS * 500,
      );
      expect(same.gaps.limits_as_new).toBe(0);
      const changed = { id: "limited", name: "Limited", then: [{ amount: 11 }], limits: { budget: 9001 } };
      const report = await reportOf(await withPromotion(changed));
      expect(report.gaps.limits_as_new).toBe(CARTS);
      expect(report.after).toEqual(report.before);
      for (const { id, input } of rows) await write(input, id);
    });

    test("promotions that could not run then, unless their dates are left out", async () => {
      const later = await withPromotion({
        id: "later",
        name: "Later",
        schedule: { from: "2031-01-01" },
        then: [{ percent: 20 }],
      });
      const report = await reportOf(later);
      expect(report.asleep).toEqual(["later"]);
      expect(report.carts.same).toBe(CARTS);
      const undated = await reportOf(withoutDates(later));
      expect(undated.asleep).toEqual([]);
      expect(undated.carts.cheaper).toBeGreaterThan(0);
    });

    test("carts that an engine cannot price, and goes on with the others", async () => {
      const draft = await draftOf(await inForce());
      const state = await replayUnderDraft(
        world.house,
        world.desk.rules,
        draft,
        plan,
        newDraftReplay(),
        {},
        () => {
          throw new Error("a fault");
        },
      );
      expect(state.tally.leftOut.engine_failed).toBe(CARTS);
      expect(draftLines(draftReport(state, draft, plan.span)).join("\n")).toContain("the engine failed");
    });

    test("all of it in words", async () => {
      const lines = draftLines(
        await reportOf(await withPromotion({ id: "n", name: "N", then: [{ percent: 9 }] })),
      );
      expect(lines[0]).toMatch(/^80 carts: \d+ cheaper for the shopper, 0 dearer, \d+ the same\.$/);
      expect(lines.join("\n")).toMatch(/discount, ₽ +[\d ]+\.\d\d +[\d ]+\.\d\d +\+[\d ]+\.\d\d\n/);
      expect(lines.join("\n")).toMatch(/Cheaper by the most:\n {2}\S+ {2}[\d ]+\.\d\d → [\d ]+\.\d\d {2}\(-/);
    });
  });
});
