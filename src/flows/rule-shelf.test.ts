// The rules in force are at hand: at once after an apply here, within a second elsewhere, and never lost to a bad document.
import { expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { houseOver } from "../../test/support/house.ts";
import type { ProgrammeDocument, PromotionSet } from "../core/pricing/index.ts";
import { addRuleset, latestRulesetVersion, listPromotions, type Tx } from "../storage/index.ts";
import { applyRules, returnToVersion, rulesHistory } from "./apply-rules.ts";
import { canonicalJson } from "./canonical-json.ts";
import { RULE_SHELF_AGE, RuleShelf } from "./rule-shelf.ts";

const ZONE = "Europe/Moscow";
const percent = (id: string, value: number) => ({ id, name: `Акция ${id}`, then: [{ percent: value }] });
const set = (...promotions: PromotionSet["promotions"]): PromotionSet => ({ promotions });
const programme: ProgrammeDocument = {
  id: "points",
  name: "Баллы",
  earn: { percent: 5 },
  spend: { percentOfLine: 30 },
};

forEachEngine("the rule shelf", (engine) => {
  const here = () => {
    const house = houseOver(engine.database);
    return { house, shelf: new RuleShelf(house, ZONE) };
  };
  const store = (version: number, documents: unknown, terms: unknown = null) =>
    engine.database.transaction((tx: Tx) =>
      addRuleset(tx, {
        version,
        hash: "",
        documents: canonicalJson(documents),
        programme: terms === null ? null : canonicalJson(terms),
        note: "",
        createdAt: 0,
      }),
    );
  const ids = async (shelf: RuleShelf) => [...(await shelf.current()).rules.byId.keys()];

  test("an installation without rules has none, and prices with that", async () => {
    const { shelf } = here();
    expect(await shelf.current()).toMatchObject({ version: 0, programme: null });
    expect(await ids(shelf)).toEqual([]);
    expect(await shelf.documentsOf(7)).toBeNull();
  });

  test("applying makes a version, is seen at once here, and within a second by another instance", async () => {
    const { house, shelf } = here();
    const other = here();
    await other.shelf.current();
    const first = await applyRules(house, shelf, { set: set(percent("a", 10)), programme }, { note: "one" });
    expect(first).toMatchObject({ kind: "applied", version: 1, difference: { added: [{ id: "a" }] } });
    expect(await ids(shelf)).toEqual(["a"]);
    expect((await shelf.current()).programme?.earnBps).toBe(500);
    expect(await ids(other.shelf)).toEqual([]);
    other.house.pass(RULE_SHELF_AGE);
    expect(await ids(other.shelf)).toEqual(["a"]);
    expect((await other.shelf.current()).hash).toBe((await shelf.current()).hash);
  });

  test("applying the same again, its keys in another order, does nothing and says so", async () => {
    const { house, shelf } = here();
    const again = await applyRules(
      house,
      shelf,
      { set: set({ then: [{ percent: 10 }], name: "Акция a", id: "a" }) },
      { note: "again" },
    );
    expect(again).toMatchObject({ kind: "unchanged", version: 1, hash: (await shelf.current()).hash });
    expect(await rulesHistory(house, 9)).toHaveLength(1);
  });

  test("a dry run tells the difference and changes nothing", async () => {
    const { house, shelf } = here();
    const change = { set: set(percent("a", 15), percent("b", 5)) };
    const planned = await applyRules(house, shelf, change, { note: "", isDryRun: true });
    expect(planned).toMatchObject({
      kind: "planned",
      difference: { added: [{ id: "b" }], changed: [{ id: "a", fields: [{ path: "then[0].percent" }] }] },
    });
    expect(await ids(shelf)).toEqual(["a"]);
  });

  test("what does not compile is refused with its path, and nothing changes", async () => {
    const { house, shelf } = here();
    const twins = { set: set(percent("a", 1), percent("a", 2)) };
    const refused = await applyRules(house, shelf, twins, { note: "" });
    expect(refused).toMatchObject({
      kind: "refused",
      reason: "does_not_compile",
      problems: [{ path: "promotions[1].id" }],
    });
    const worthless = { programme: { ...programme, pointValue: 0 } };
    expect(await applyRules(house, shelf, worthless, { note: "" })).toMatchObject({ kind: "refused" });
    expect((await shelf.current()).version).toBe(1);
  });

  test("an old version comes back as a new one, its programme apart", async () => {
    const { house, shelf } = here();
    await applyRules(house, shelf, { set: set(percent("b", 20)), programme: null }, { note: "two" });
    expect(await ids(shelf)).toEqual(["b"]);
    const back = await returnToVersion(house, shelf, 1, { note: "back to 1" });
    expect(back).toMatchObject({ kind: "applied", version: 3 });
    expect(await ids(shelf)).toEqual(["a"]);
    expect((await shelf.current()).programme?.earnBps).toBe(500);
    expect((await shelf.current()).hash).toBe((await shelf.ofVersion(1))?.hash);
    expect((await shelf.documentsOf(2))?.set).toEqual(set(percent("b", 20)));
    expect(await returnToVersion(house, shelf, 99, { note: "" })).toEqual({
      kind: "refused",
      reason: "no_such_version",
    });
    expect((await rulesHistory(house, 9)).map(({ note }) => note)).toEqual(["back to 1", "two", "one"]);
    const current = await engine.database.read(listPromotions);
    expect(current).toEqual([{ id: "a", document: JSON.stringify(percent("a", 10)) }]);
    expect(await returnToVersion(house, shelf, 0, { note: "nothing" })).toMatchObject({
      kind: "applied",
      version: 4,
    });
    expect((await shelf.current()).programme).toBeNull();
    // Without a number the last change is undone, and then its undoing.
    expect(await returnToVersion(house, shelf, null, { note: "" })).toMatchObject({ version: 5 });
    expect(await ids(shelf)).toEqual(["a"]);
    expect((await shelf.current()).programme?.earnBps).toBe(500);
    expect((await rulesHistory(house, 1))[0]?.note).toBe("back to version 3");
    expect(await returnToVersion(house, shelf, null, { note: "", isDryRun: true })).toMatchObject({
      kind: "planned",
      difference: { removed: [{ id: "a" }] },
    });
    expect((await shelf.current()).version).toBe(5);
  });

  test("of two applies at once exactly one version each comes out, or one is told to look again", async () => {
    const one = here();
    const two = here();
    const before = await engine.database.read(latestRulesetVersion);
    const outcomes = await Promise.all([
      applyRules(one.house, one.shelf, { set: set(percent("x", 1)) }, { note: "" }),
      applyRules(two.house, two.shelf, { set: set(percent("y", 2)) }, { note: "" }),
    ]);
    const applied = outcomes.filter(({ kind }) => kind === "applied").length;
    const refused = outcomes.filter(
      (one) => one.kind === "refused" && one.reason === "changed_meanwhile",
    ).length;
    expect(applied + refused).toBe(2);
    expect(applied).toBeGreaterThan(0);
    expect(await engine.database.read(latestRulesetVersion)).toBe(before + applied);
    const [stored] = await engine.database.read(listPromotions);
    expect(await ids(here().shelf)).toEqual([stored?.id]);
  });

  test("a stored version that does not compile leaves the last good rules in force and rings once", async () => {
    const { house, shelf } = here();
    await applyRules(house, shelf, { set: set(percent("good", 10)), programme }, { note: "" });
    const { version } = await shelf.current();
    await store(version + 1, set(percent("fresh", 10), percent("bad", 900)), programme);
    for (let look = 0; look < 3; look += 1) {
      house.pass(RULE_SHELF_AGE);
      expect(await ids(shelf)).toEqual(["good"]);
    }
    expect((await shelf.current()).version).toBe(version);
    expect(house.alarms).toEqual([
      {
        kind: "ruleset_refused",
        details: { version: version + 1, path: "promotions[1].then[0].percent", problems: 1 },
      },
    ]);
  });

  test("started upon such a version, it goes without the broken promotions, and without a broken programme", async () => {
    const { house, shelf } = here();
    expect(await ids(shelf)).toEqual(["fresh"]);
    expect((await shelf.current()).programme).not.toBeNull();
    expect(house.alarms).toHaveLength(1);
    const { version } = await shelf.current();
    await store(version + 1, set(percent("fresh", 10)), { ...programme, pointValue: 0 });
    const later = here();
    expect(await ids(later.shelf)).toEqual(["fresh"]);
    expect((await later.shelf.current()).programme).toBeNull();
    await store(version + 2, { ...set(percent("fresh", 10)), lowestUnitPrice: "much" });
    expect(await ids(here().shelf)).toEqual([]);
  });

  test("many carts at once look at the database once, and a clock put back does not freeze the rules", async () => {
    const { house } = here();
    let reads = 0;
    const counting = {
      ...house,
      database: {
        ...engine.database,
        read: <R>(work: (tx: Tx) => Promise<R>) => {
          reads += 1;
          return engine.database.read(work);
        },
      },
    };
    const shelf = new RuleShelf(counting, ZONE);
    const all = await Promise.all(Array.from({ length: 20 }, () => shelf.current()));
    expect(new Set(all).size).toBe(1);
    expect(reads).toBe(1);
    await shelf.current();
    expect(reads).toBe(1);
    house.pass(-5000);
    await shelf.current();
    expect(reads).toBe(2);
  });

  /** Ids seen by a cart that comes right after an apply, while an earlier look at the database is still under way. */
  const seenAfterApply = async (Shelf: typeof RuleShelf, id: string): Promise<string[]> => {
    const { house } = here();
    let hold: Promise<void> | null = null;
    const database = {
      ...engine.database,
      transaction: engine.database.transaction.bind(engine.database),
      read: async <R>(work: (tx: Tx) => Promise<R>) => {
        const result = await engine.database.read(work);
        await hold;
        return result;
      },
    };
    const slow = { ...house, database };
    const shelf = new Shelf(slow, ZONE);
    await shelf.current();
    let release = () => {};
    hold = new Promise((resolve) => {
      release = resolve;
    });
    house.pass(RULE_SHELF_AGE);
    const looking = shelf.current();
    await applyRules(slow, shelf, { set: set(percent(id, 3)), programme: null }, { note: "" });
    const after = shelf.current();
    release();
    await looking;
    const seen = [...(await after).rules.byId.keys()];
    return seen.concat(await ids(shelf));
  };

  test("an apply that comes while the shelf is looking is not missed", async () => {
    expect(await seenAfterApply(RuleShelf, "late")).toEqual(["late", "late"]);
  });

  test("a look that has found newer rules gives them, though the shelf is told of others while it looks", async () => {
    const { house, shelf: elsewhere } = here();
    let told = (): void => undefined;
    const database = {
      ...engine.database,
      read: async <R>(work: (tx: Tx) => Promise<R>) => {
        const result = await engine.database.read(work);
        told();
        told = () => undefined;
        return result;
      },
    };
    const shelf = new RuleShelf({ ...house, database }, ZONE);
    await shelf.current();
    await applyRules(house, elsewhere, { set: set(percent("found", 4)), programme: null }, { note: "" });
    house.pass(RULE_SHELF_AGE);
    told = () => shelf.forget();
    expect(await ids(shelf)).toEqual(["found"]);
  });

  test("a shelf that does not forget would miss it", async () => {
    class Mutant extends RuleShelf {
      override forget(): void {}
    }
    expect(await seenAfterApply(Mutant, "missed")).not.toContain("missed");
  });
});
