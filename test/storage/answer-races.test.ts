// Money and people in a race: budgets, cool-downs, second persons and the only answer of a feedback, with wrong ways caught.
import { beforeAll, beforeEach, expect, test } from "vitest";
import { USUAL_POLICY } from "../../src/core/desk/index.ts";
import {
  answerBudgets,
  approveAnswer,
  declineAnswer,
  draftAnswer,
  sendAnswer,
  setAnswerBudget,
  settleAnswer,
  switchAnswerPlace,
  takeAnswers,
  undoAnswer,
  writeAnswerPolicy,
} from "../../src/flows/index.ts";
import { budgetUse, claimBudget, type Database, openDatabase, type Tx } from "../../src/storage/index.ts";
import { answerNow, giveFeedback, itemNow, letGo, openOutlet } from "../support/answers.ts";
import { forEachEngine } from "../support/engines.ts";
import { type HouseUnderTest, houseOver } from "../support/house.ts";

/** Answers that are sent at once. */
const SENDS = 100;

/** The month of the clock of tests, November 2025. */
const MONTH = 202511;

const APOLOGY = "Простите нас, приходите ещё.";

forEachEngine("promo codes in a race", (engine) => {
  let house: HouseUnderTest;
  let branch = "";
  let branches = 0;

  beforeAll(() => {
    house = houseOver(engine.database);
  });
  beforeEach(async () => {
    branches += 1;
    branch = `branch-${branches}`;
    await openOutlet(engine.database, branch);
  });

  const draft = async (house: HouseUnderTest, promoPercent: number | null, more: object = {}) => {
    const { itemId } = await giveFeedback(house, { placeId: branch, ...more });
    const wish = { itemId, text: APOLOGY, templateId: null, promoPercent, actor: "t-1" };
    const drafted = await draftAnswer(house, wish);
    if (drafted.kind !== "drafted") throw new Error(drafted.reason);
    return drafted.answer;
  };
  const send = (over: HouseUnderTest, answerId: string, version = 1) =>
    sendAnswer(over, { answerId, version, confirmed: ["same_text"], actor: "t-1", role: "admin" });
  const used = () => engine.database.read((tx) => budgetUse(tx, { branchId: branch, month: MONTH }));

  test(`of ${SENDS} answers sent at once against a budget of 10 codes exactly 10 are queued`, {
    timeout: 120_000,
  }, async () => {
    await setAnswerBudget(house, { branchId: branch, budget: { promos: 10, amountMinor: null }, actor: "a" });
    const drafts = [];
    for (let each = 0; each < SENDS; each += 1) drafts.push(await draft(house, 10));
    const second = engine.name === "postgres" ? await openDatabase({ url: engine.url }) : null;
    const houses = [house, ...(second === null ? [] : [{ ...house, database: second as Database }])];
    const sent = await Promise.all(
      drafts.map(({ id }, index) => send(houses[index % houses.length] as HouseUnderTest, id)),
    );
    await second?.close();
    expect(sent.filter(({ kind }) => kind === "queued").length).toBe(10);
    const others = sent.filter(({ kind }) => kind !== "queued");
    for (const other of others) expect(other).toMatchObject({ remarks: [{ check: "budget_spent" }] });
    expect(await used()).toEqual({ usedPromos: 10, usedMinor: 10 * 10_000 });
  });

  test("a budget in kopecks is spent as far as it goes and no further", async () => {
    await setAnswerBudget(house, {
      branchId: branch,
      budget: { promos: null, amountMinor: 100_000 },
      actor: "a",
    });
    const drafts = [];
    for (let each = 0; each < 12; each += 1) drafts.push(await draft(house, 20, { total: 700 }));
    const sent = await Promise.all(drafts.map(({ id }) => send(house, id)));
    expect(sent.filter(({ kind }) => kind === "queued").length).toBe(7);
    expect(await used()).toEqual({ usedPromos: 7, usedMinor: 98_000 });
    const unpriced = await draft(house, 10, { total: null });
    expect(await send(house, unpriced.id)).toMatchObject({ remarks: [{ check: "sum_unknown" }] });
  });

  test("what reached nobody is given back once; what may have arrived is not", async () => {
    const outcomes = [200, 204, 400, 403, 404, 500] as const;
    const queued = [];
    for (const _ of outcomes) {
      const { itemId } = await giveFeedback(house, { placeId: branch });
      queued.push(await letGo(house, itemId, { promo: 10 }));
    }
    expect((await used()).usedPromos).toBe(6);
    house.pass(10_000);
    const taken = await takeAnswers(house, "here", 100);
    const mine = taken.filter(({ branchId }) => branchId === branch);
    expect(mine.length).toBe(6);
    for (const [index, { id, attemptId }] of mine.entries()) {
      const status = outcomes[index] as number;
      const end = { kind: "answered", status, retryAfterMs: null, isPage: false, note: null } as const;
      const attempt = { answerId: id, attemptId: attemptId as string };
      await settleAnswer(house, attempt, end);
      expect(await settleAnswer(house, attempt, end)).toBeNull();
    }
    // Delivered and unknown stay taken.
    expect(await used()).toEqual({ usedPromos: 2, usedMinor: 20_000 });
    await switchAnswerPlace(house, { placeId: branch, isSubscribed: true, actor: "a" });
    const { itemId } = await giveFeedback(house, { placeId: branch });
    const undone = await letGo(house, itemId, { promo: 10 });
    expect((await used()).usedPromos).toBe(3);
    await undoAnswer(house, { answerId: undone.id, actor: "t-1" });
    expect((await undoAnswer(house, { answerId: undone.id, actor: "t-1" })).kind).toBe("refused");
    expect((await used()).usedPromos).toBe(2);
    const told = await answerBudgets(house, MONTH);
    expect(told.branches.find(({ branchId }) => branchId === branch)).toMatchObject({
      usedPromos: 2,
      own: null,
    });
  });

  test("a customer gets one code in thirty days, however many answers go at once", async () => {
    const customers = `c-${branches}`;
    const drafts = [];
    for (let each = 0; each < 8; each += 1) {
      const one = await draft(house, 10);
      await engine.database.transaction((tx) =>
        tx.run("update desk_item set customer_id = ? where id = ?", [customers, one.itemId]),
      );
      drafts.push(one);
    }
    const sent = await Promise.all(drafts.map(({ id }) => send(house, id)));
    const [first, ...more] = sent.filter(({ kind }) => kind === "queued");
    expect(more).toEqual([]);
    expect((await used()).usedPromos).toBe(1);
    const other = drafts.find(({ id }) => first?.kind === "queued" && id !== first.answer.id);
    house.pass(29 * 86_400_000);
    expect(await send(house, other?.id ?? "")).toMatchObject({
      remarks: [{ check: "cool_down", detail: "29" }],
    });
    house.pass(86_400_000);
    expect((await send(house, other?.id ?? "")).kind).toBe("queued");
    house.pass(-30 * 86_400_000);
  });

  test("of many answers to one feedback one goes, and after it arrived none", async () => {
    const { itemId } = await giveFeedback(house, { placeId: branch });
    const drafts = [];
    for (let each = 0; each < 10; each += 1) {
      const wish = { itemId, text: `${APOLOGY} ${each}`, templateId: null, promoPercent: null, actor: "t-1" };
      const drafted = await draftAnswer(house, wish);
      if (drafted.kind === "drafted") drafts.push(drafted.answer);
    }
    const sent = await Promise.all(drafts.map(({ id }) => send(house, id)));
    expect(sent.filter(({ kind }) => kind === "queued").length).toBe(1);
    const rest = sent.filter(({ kind }) => kind !== "queued");
    for (const one of rest) expect(one).toMatchObject({ remarks: [{ check: "answer_on_its_way" }] });
    house.pass(10_000);
    for (const { id, attemptId } of await takeAnswers(house, "here", 100)) {
      const end = { kind: "answered", status: 200, retryAfterMs: null, isPage: false, note: null } as const;
      await settleAnswer(house, { answerId: id, attemptId: attemptId as string }, end);
    }
    const late = drafts.find(({ id }) => !sent.some((one) => one.kind === "queued" && one.answer.id === id));
    expect(await send(house, late?.id ?? "")).toMatchObject({ remarks: [{ check: "answered_already" }] });
    // The index itself holds, too, whatever the flows do.
    const force = (tx: Tx) => tx.run("update answer set state = 'delivered' where id = ?", [late?.id ?? ""]);
    await expect(engine.database.transaction(force)).rejects.toThrow();
  });

  test("several instances take each answer once", async () => {
    for (let each = 0; each < 20; each += 1)
      await letGo(house, (await giveFeedback(house, { placeId: branch })).itemId);
    house.pass(10_000);
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, index) => takeAnswers(house, `i-${index}`, 4)),
    );
    const ids = taken.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const rest = await takeAnswers(house, "last", 100);
    expect(new Set([...ids, ...rest.map(({ id }) => id)]).size).toBeGreaterThanOrEqual(20);
  });

  test("above the limit another person agrees, whose own ceiling is high enough", async () => {
    const { id } = await draft(house, 40);
    const wish = { answerId: id, version: 1, confirmed: ["same_text"] };
    const waits = await sendAnswer(house, { ...wish, actor: "asks", role: "admin" });
    expect(waits).toMatchObject({ kind: "waits", answer: { state: "awaiting_approval" } });
    expect((await used()).usedPromos).toBe(0);
    const by = (actor: string, role: "admin" | "agent") =>
      approveAnswer(house, { answerId: id, actor, role });
    expect(await by("asks", "admin")).toEqual({ kind: "refused", reason: "same_person" });
    expect(await by("other", "agent")).toEqual({ kind: "refused", reason: "above_ceiling" });
    expect(await by("other", "admin")).toMatchObject({ kind: "queued", answer: { approvedBy: "other" } });
    expect((await used()).usedPromos).toBe(1);
    expect(await by("third", "admin")).toEqual({ kind: "refused", reason: "wrong_state" });

    const declined = await draft(house, 20);
    const asked = { ...wish, answerId: declined.id, actor: "asks", role: "agent" } as const;
    expect((await sendAnswer(house, asked)).kind).toBe("waits");
    expect((await itemNow(house, declined.itemId)).answer).toBe("awaiting_approval");
    const decline = { answerId: declined.id, actor: "other", role: "admin" } as const;
    expect((await declineAnswer(house, decline)).kind).toBe("taken_back");
    expect((await itemNow(house, declined.itemId)).answer).toBe("no");
    expect((await answerNow(house, declined.id)).state).toBe("draft");
  });

  test("a place without subscription is offered no answers until it is switched on again", async () => {
    const { itemId } = await giveFeedback(house, { placeId: branch });
    const { id } = await letGo(house, itemId);
    house.pass(10_000);
    for (const { id: answerId, attemptId } of await takeAnswers(house, "here", 100)) {
      const status = answerId === id ? 403 : 200;
      const end = { kind: "answered", status, retryAfterMs: null, isPage: false, note: null } as const;
      await settleAnswer(house, { answerId, attemptId: attemptId as string }, end);
    }
    const next = await draft(house, null);
    expect(await send(house, next.id)).toMatchObject({ remarks: [{ check: "no_subscription" }] });
    await switchAnswerPlace(house, { placeId: branch, isSubscribed: true, actor: "a" });
    expect((await send(house, next.id)).kind).toBe("queued");
  });

  test("the policy counts as soon as it is set", async () => {
    const { id } = await draft(house, 10);
    const ceilings = { ...USUAL_POLICY.ceilings, admin: 0 };
    await writeAnswerPolicy(house, { ...USUAL_POLICY, ceilings }, "a");
    expect((await send(house, id)).kind).toBe("waits");
    await writeAnswerPolicy(house, USUAL_POLICY, "a");
  });

  /** Looks first and counts later; on SQLite, where writers take turns, the look is a read of its own. */
  async function naive(tx: Tx, month: { branchId: string; month: number }, most: number): Promise<boolean> {
    const look = (of: Tx) => budgetUse(of, month);
    const { usedPromos } = tx.engine === "postgres" ? await look(tx) : await engine.database.read(look);
    if (usedPromos >= most) return false;
    await tx.run(
      `insert into answer_budget (branch_id, month, used_promos, used_minor) values (?, ?, 1, 0)
       on conflict (branch_id, month) do update set used_promos = answer_budget.used_promos + 1`,
      [month.branchId, month.month],
    );
    return true;
  }

  test("the race tells a budget that is looked at first from one that is claimed", async () => {
    const race = async (month: number, claim: (tx: Tx, at: number) => Promise<boolean>): Promise<number> => {
      const won = await Promise.all(
        Array.from({ length: SENDS }, () => engine.database.transaction((tx) => claim(tx, month))),
      );
      return won.filter(Boolean).length;
    };
    const budget = { promos: 10, amountMinor: null };
    const at = (month: number) => ({ branchId: branch, month });
    expect(await race(209901, (tx, month) => claimBudget(tx, at(month), budget, 0))).toBe(10);
    expect(await race(209902, (tx, month) => naive(tx, at(month), 10))).toBeGreaterThan(10);
  });
});
