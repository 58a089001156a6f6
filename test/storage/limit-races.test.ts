// Limits under races: separate orders over real connections, and wrong ways to count that the same checks catch.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type claimUses,
  createSecrets,
  customerKeyOf,
  NOBODY,
  type UsesClaimed,
} from "../../src/flows/index.ts";
import {
  type Database,
  type OpenedDatabase,
  openDatabase,
  type StoredPromoCode,
  savePromoCodes,
} from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { checkThenAct, ignoredRowCount, lockedCode, releaseAlways } from "../support/limit-mutants.ts";
import { cancel, confirm, counterOf, NOON, rulesOf, type TriedOrder } from "../support/limits.ts";

/** How often each race is run; 20 in the long form. */
const ROUNDS = Number(process.env["PRILAVOK_RACE_ROUNDS"] ?? 1);

/** Connections at once: four instances of sixteen each. */
const LANES = 64;
const INSTANCES = 4;

const secrets = createSecrets("test-pepper");

forEachEngine("races for limits", (engine) => {
  const handles: OpenedDatabase[] = [];
  beforeAll(async () => {
    const more = engine.name === "postgres" ? INSTANCES - 1 : 0;
    for (let each = 0; each < more; each += 1) handles.push(await openDatabase({ url: engine.url }));
  });
  afterAll(async () => {
    for (const handle of handles) await handle.close();
  });

  const handleOf = (lane: number): Database =>
    [engine.database, ...handles][lane % (handles.length + 1)] as Database;

  /** Runs all jobs over the lanes; a job that throws fails the test, as nothing of the engine may reach a caller. */
  async function race<Result>(jobs: readonly ((database: Database) => Promise<Result>)[]): Promise<Result[]> {
    const results: Result[] = [];
    let next = 0;
    const lane = async (number: number): Promise<void> => {
      for (let mine = next++; mine < jobs.length; mine = next++)
        results.push(await (jobs[mine] as (typeof jobs)[number])(handleOf(number)));
    };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
    return results;
  }

  let series = 0;
  const freshId = (): string => {
    series += 1;
    return `p${series}`;
  };
  const rules = (id: string, limits: object, more: object = {}) =>
    rulesOf(engine.database, { promotions: [{ id, name: id, then: [{ percent: 10 }], limits, ...more }] });

  const granted = (outcomes: readonly UsesClaimed[]): number =>
    outcomes.filter(({ kind }) => kind === "claimed").length;

  async function compete(
    id: string,
    orders: number,
    orderOf: (index: number) => Omit<TriedOrder, "orderId">,
    claim?: typeof claimUses,
  ): Promise<UsesClaimed[]> {
    return race(
      Array.from({ length: orders }, (_, index) => (database: Database) => {
        const order = { orderId: `${id}-${index}`, applied: { [id]: 1000 }, ...orderOf(index) };
        return confirm(database, order, claim);
      }),
    );
  }

  for (const limit of [1, 10, 1000]) {
    test(`of 2,000 orders at once exactly ${limit} get the last uses`, {
      timeout: 120_000 * ROUNDS,
    }, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const id = freshId();
        const shelved = await rules(id, { uses: limit });
        expect(granted(await compete(id, 2000, () => ({ shelved })))).toBe(limit);
        expect((await counterOf(engine.database, { promotionId: id }))?.uses).toBe(limit);
      }
    });
  }

  test("a budget is spent by orders at once as far as it goes and no further", {
    timeout: 60_000,
  }, async () => {
    const id = freshId();
    const shelved = await rules(id, { budget: 100 });
    const amount = (index: number): number => 100 + ((index * 37) % 400);
    const outcomes = await race(
      Array.from({ length: 400 }, (_, index) => async (database: Database) => ({
        amount: amount(index),
        outcome: await confirm(database, {
          orderId: `${id}-${index}`,
          shelved,
          applied: { [id]: amount(index) },
        }),
      })),
    );
    const spent = outcomes
      .filter(({ outcome }) => outcome.kind === "claimed")
      .reduce((sum, each) => sum + each.amount, 0);
    expect((await counterOf(engine.database, { promotionId: id }))?.spent).toBe(spent);
    expect(spent).toBeLessThanOrEqual(10_000);
    // What was refused found less left than it wanted: nobody went away for nothing.
    expect(spent).toBeGreaterThan(10_000 - 500);
  });

  test("a limit of a day is kept by orders at once", async () => {
    const id = freshId();
    const shelved = await rules(id, { periods: [{ per: "day", uses: 7 }] });
    const outcomes = await compete(id, 200, (index) => ({ shelved, at: NOON + (index % 2) * 86_400_000 }));
    expect(granted(outcomes)).toBe(14);
  });

  test("one customer in four spellings of a phone gets one use out of 200 orders at once", async () => {
    const id = freshId();
    const shelved = await rules(id, { usesPerCustomer: 1 });
    const spellings = ["+7 (912) 345-67-89", "89123456789", "9123456789", "7 912 345 67 89"];
    const keys = spellings.map((phone) => customerKeyOf(secrets, null, { phone, loyaltyCard: null }));
    expect(new Set(keys).size).toBe(1);
    const outcomes = await compete(id, 200, (index) => ({ shelved, customerKey: keys[index % 4] ?? NOBODY }));
    expect(granted(outcomes)).toBe(1);
  });

  const code = (folded: string, promotionId: string, usesPerCode: number | null): StoredPromoCode => ({
    folded,
    code: folded,
    promotionId,
    state: "free",
    batch: "b",
    validUntil: null,
    createdAt: 0,
    usesPerCode,
    customerId: null,
    place: 1,
  });

  async function competeByCodes(claim?: typeof claimUses): Promise<UsesClaimed[]> {
    const id = freshId();
    const codes = Array.from({ length: 100 }, (_, index) => code(`${id}-${index}`, id, 1));
    await engine.database.transaction((tx) => savePromoCodes(tx, codes));
    const shelved = await rules(id, { uses: 10 }, { codes: {} });
    return compete(id, 100, (index) => ({ shelved, foldedCode: `${id}-${index}` }), claim);
  }

  test("a hundred codes of one promotion share its limit of ten", async () => {
    for (let round = 0; round < ROUNDS; round += 1) expect(granted(await competeByCodes())).toBe(10);
  });

  test("a code for one use is used once by a hundred orders at once", async () => {
    const id = freshId();
    await engine.database.transaction((tx) => savePromoCodes(tx, [code(id, id, 1)]));
    const shelved = await rules(id, {}, { codes: {} });
    expect(granted(await compete(id, 100, () => ({ shelved, foldedCode: id })))).toBe(1);
  });

  /** Orders come and are cancelled, some twice at once; gives how many stand, and every figure that a reader saw. */
  async function comeAndGo(id: string, limit: number, release = cancel) {
    const shelved = await rules(id, { uses: limit });
    const seen: number[] = [];
    const outcomes = await race(
      Array.from({ length: 400 * ROUNDS }, (_, index) => async (database: Database) => {
        const orderId = `${id}-${index}`;
        const outcome = await confirm(database, { orderId, shelved, applied: { [id]: 1000 } });
        seen.push((await counterOf(database, { promotionId: id }))?.uses ?? 0);
        if (outcome.kind !== "claimed" || index % 4 === 0) return outcome.kind === "claimed" ? 1 : 0;
        await Promise.all([release(database, orderId), release(handleOf(index), orderId)]);
        return 0;
      }),
    );
    return { standing: outcomes.reduce<number>((sum, one) => sum + one, 0), seen };
  }

  test("what cancelled orders give back is used again, and never more than there is", async () => {
    const id = freshId();
    const { standing, seen } = await comeAndGo(id, 10);
    expect(await counterOf(engine.database, { promotionId: id })).toEqual({
      uses: standing,
      spent: standing * 1000,
    });
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seen)).toBeLessThanOrEqual(10);
  });

  test("orders that share several limits in every order of them all go through", async () => {
    const ids = [freshId(), freshId(), freshId()];
    const limits = { uses: 1000, periods: [{ per: "day", uses: 1000 } as const] };
    const shelved = await rulesOf(engine.database, {
      promotions: ids.map((id) => ({ id, name: id, then: [{ percent: 1 }], limits })),
    });
    const orders = 300;
    const outcomes = await race(
      Array.from({ length: orders }, (_, index) => (database: Database) => {
        const turned = [...ids.slice(index % 3), ...ids.slice(0, index % 3)];
        const applied = Object.fromEntries(turned.map((id) => [id, 100]));
        return confirm(database, { orderId: `${ids[0]}-${index}`, shelved, applied });
      }),
    );
    expect(granted(outcomes)).toBe(orders);
    for (const promotionId of ids)
      expect((await counterOf(engine.database, { promotionId }))?.uses).toBe(orders);
  });

  describe("a wrong way to count is caught:", () => {
    test("to look first and count later", async () => {
      const id = freshId();
      const shelved = await rules(id, { uses: 10 });
      const claim = checkThenAct(engine.database);
      expect(granted(await compete(id, 500, () => ({ shelved }), claim))).toBeGreaterThan(10);
    });

    test("to guard the update and not to look what it did", async () => {
      const id = freshId();
      const shelved = await rules(id, { uses: 10 });
      expect(granted(await compete(id, 100, () => ({ shelved }), ignoredRowCount))).toBeGreaterThan(10);
    });

    // Writers take turns on SQLite, so that a lock too narrow does no harm there.
    if (engine.name === "postgres")
      test("to lock the code where the limit is the promotion's", async () => {
        expect(granted(await competeByCodes(lockedCode))).toBeGreaterThan(10);
      });

    test("to give back as often as one is asked", { timeout: 60_000 * ROUNDS }, async () => {
      const id = freshId();
      const { standing } = await comeAndGo(id, 10, (database, orderId) =>
        database.transaction((tx) => releaseAlways(tx, orderId)).then(() => ({ kind: "unchanged" as const })),
      );
      expect((await counterOf(engine.database, { promotionId: id }))?.uses).not.toBe(standing);
    });
  });
});
