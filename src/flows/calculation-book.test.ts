// The book: batches after the answers, nothing lost on a stop, a limit that drops instead of growing, and forgetting.
import { beforeEach, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../test/support/house.ts";
import { line, offer } from "../../test/support/shop.ts";
import { instant } from "../core/basics/index.ts";
import { minor, points, quantity } from "../core/money/index.ts";
import type { Cart, Facts, Offer } from "../core/pricing/index.ts";
import {
  type CalculationRecord,
  type Database,
  type GoodsRecord,
  removeCalculations,
} from "../storage/index.ts";
import { BOOK_BATCH, BOOK_WAITING, CalculationBook } from "./calculation-book.ts";
import {
  type Calculation,
  openRecord,
  packCalculation,
  readWording,
  recordedLimits,
  unpackCalculation,
} from "./calculation-text.ts";
import { catalogueQuote } from "./catalogue-quote.ts";
import { forgetCalculations } from "./forget-calculations.ts";
import { findCalculations, readCalculation } from "./read-calculation.ts";
import { RuleShelf } from "./rule-shelf.ts";

const cart = (more: Partial<Cart> = {}): Cart => ({
  channel: "app",
  lines: [line("1", 2, { echoed: ["p"] }), line(null, null, { selected: false })],
  code: null,
  choices: [],
  pointsToSpend: points(0),
  outletId: null,
  employeeId: null,
  city: { name: null, kladr: null, fias: null },
  deliveryMethod: null,
  paymentMethod: null,
  pickupPoint: null,
  isEarlyAccess: false,
  ...more,
});

const factsOf = (offers: readonly Offer[], customer: Facts["customer"] = null): Facts => ({
  offers: new Map(offers.map((each) => [each.id, each])),
  customer,
  code: null,
  limits: new Map([["p", { usesLeft: 3, budgetLeft: minor(100) }]]),
  programme: null,
});

const known = (id: string): Facts["customer"] => ({
  id,
  segments: ["vip"],
  tier: null,
  birthday: null,
  orderCount: 2,
  balance: points(10),
  spent: { 30: minor(5) },
});

const goods = [
  offer("1", 100, { categoryIds: ["310", "300"], params: { color: ["red"] }, stock: quantity(5000) }),
];

function calculation(id: string, at: number, more: Partial<Calculation> = {}): Calculation {
  const facts = more.facts ?? factsOf(goods);
  const asked = more.cart ?? cart();
  return {
    id,
    at,
    cart: asked,
    facts,
    rules: { version: 7, hash: "h" },
    engineVersion: "1",
    foldedCode: null,
    quote: catalogueQuote(asked, facts),
    madeBy: "catalogue",
    ...more,
  };
}

const unpacked = (record: CalculationRecord, goods: readonly GoodsRecord[]) =>
  unpackCalculation(openRecord(record), new Map(goods.map(({ hash, body }) => [hash, readWording(body)])));

test("what is packed comes back as it was", () => {
  const facts = factsOf([...goods, offer("2", 5, { step: quantity(100), oldPrice: minor(900) })], known("u"));
  const before = calculation("a", 5, {
    facts,
    cart: cart({ code: "X", choices: [{ promotionId: "p", gifts: [] }] }),
  });
  const { record, goods: wordings } = packCalculation(before);
  const { quote, ...rest } = before;
  expect(unpacked(record, wordings)).toEqual({ ...rest, kept: { kind: "whole", quote } });
});

test("of an engine's quote only limits that differ from the rules' are kept", () => {
  const whole: Facts["limits"] = new Map([
    ["used", { usesLeft: 10, budgetLeft: minor(500) }],
    ["idle", { usesLeft: 3, budgetLeft: null }],
  ]);
  const limitsKept = (limits: Facts["limits"]) => {
    const facts = { ...factsOf(goods), limits };
    const { record, goods: wordings } = packCalculation(
      calculation("a", 5, { facts, madeBy: "engine" }),
      whole,
    );
    const stored = unpacked(record, wordings);
    expect(recordedLimits(whole, stored.facts.limits).get("idle")).toEqual(limits.get("idle"));
    return [...stored.facts.limits];
  };
  expect(limitsKept(whole)).toEqual([]);
  expect(limitsKept(new Map(whole))).toEqual([]);
  const used = { usesLeft: 9, budgetLeft: minor(420) };
  expect(limitsKept(new Map([...whole, ["used", used]]))).toEqual([["used", used]]);
  const unknown = { usesLeft: 1, budgetLeft: null };
  expect(limitsKept(new Map([...whole, ["unknown", unknown]]))).toEqual([["unknown", unknown]]);
  expect(limitsKept(new Map([["idle", whole.get("idle") ?? used]]))).toEqual([
    ["used", { usesLeft: null, budgetLeft: null }],
  ]);
});

test("a good is worded anew when anything of it changes, though it shares its lists with another", () => {
  const shared = goods[0] as Offer;
  const hash = (one: Offer): string | undefined =>
    packCalculation(calculation("a", 5, { facts: factsOf([one]) })).goods[0]?.hash;
  expect(hash(shared)).toBe(hash({ ...shared, price: minor(1) }));
  expect(hash({ ...shared, name: "another" })).not.toBe(hash(shared));
  expect(hash({ ...shared, usePoints: false })).not.toBe(hash(shared));
});

forEachEngine("the book of calculations", (engine) => {
  let house: HouseUnderTest;
  let book: CalculationBook;
  const counted = async (): Promise<number> => (await findCalculations(house, {}, 100)).items.length;

  beforeEach(async () => {
    house = houseOver(engine.database, instant(1_000_000_000_000));
    book = new CalculationBook(house);
    await engine.database.transaction((tx) => removeCalculations(tx, Number.MAX_SAFE_INTEGER, 10_000));
  });

  test("writes when it is closed, and takes no more after that", async () => {
    book.add(calculation("a", 1));
    await book.close();
    expect(await counted()).toBe(1);
    book.add(calculation("b", 2));
    await book.flush();
    expect(await counted()).toBe(1);
    expect(book.dropped).toBe(1);
  });

  test("the same id is written once, also in another batch", async () => {
    book.add(calculation("a", 1));
    book.add(calculation("a", 2));
    await book.flush();
    book.add(calculation("a", 3));
    await book.flush();
    expect((await findCalculations(house, {})).items.map(({ at }) => at)).toEqual([1]);
    expect(book.dropped).toBe(0);
  });

  test("more than a batch is written batch after batch, in order of coming", async () => {
    for (let index = 0; index < BOOK_BATCH * 2 + 5; index += 1) book.add(calculation(`i-${index}`, index));
    await book.flush();
    expect(book.waiting).toBe(0);
    const page = await findCalculations(house, {}, 100);
    expect(page.items[0]?.at).toBe(BOOK_BATCH * 2 + 4);
    const next = await findCalculations(house, page.next === null ? {} : { after: page.next }, 100);
    expect(next.items[0]?.at).toBe(BOOK_BATCH * 2 + 4 - 100);
  });

  test("a database that refuses costs explanations and rings once a minute, never an answer", async () => {
    const refusing = { ...engine.database, transaction: () => Promise.reject(new Error("full")) } as Database;
    const broken = { ...houseOver(refusing), database: refusing, alarm: house.alarm };
    const other = new CalculationBook(broken);
    for (let index = 0; index < 3; index += 1) {
      other.add(calculation(`x-${index}`, 1));
      await other.flush();
    }
    expect(other.dropped).toBe(3);
    expect(house.alarms).toEqual([{ kind: "calculations_dropped", details: { dropped: 1 } }]);
  });

  test("too many waiting are dropped", () => {
    const stuck = { ...engine.database, transaction: () => new Promise(() => undefined) } as Database;
    const other = new CalculationBook({ ...house, database: stuck });
    for (let index = 0; index < BOOK_WAITING + BOOK_BATCH + 10; index += 1)
      other.add(calculation(`y-${index}`, 1));
    expect(other.waiting).toBe(BOOK_WAITING);
    expect(other.dropped).toBe(10);
  });

  describe("is read", () => {
    beforeEach(async () => {
      book.add(calculation("a", 10, { facts: factsOf(goods, known("u-1")) }));
      book.add(calculation("b", 20, { foldedCode: "осень", facts: factsOf(goods, known("u-2")) }));
      book.add(calculation("c", 30, { cart: cart({ channel: "seller" }) }));
      await book.flush();
    });

    test("one by its request id, whole", async () => {
      const rules = new RuleShelf(house, "Europe/Moscow");
      const stored = await readCalculation(house, rules, "a");
      const whole = calculation("a", 10, { facts: factsOf(goods, known("u-1")) });
      const { gross, discount, total } = whole.quote;
      expect(stored).toEqual({ ...whole, doubt: null, answered: { gross, discount, total } });
      expect(await readCalculation(house, rules, "none")).toBeNull();
    });

    test("as a list by customer, code, channel and time, newest first", async () => {
      const ids = async (filter: Parameters<typeof findCalculations>[1]): Promise<string[]> =>
        (await findCalculations(house, filter)).items.map(({ id }) => id);
      expect(await ids({})).toEqual(["c", "b", "a"]);
      expect(await ids({ customerId: "u-1" })).toEqual(["a"]);
      expect(await ids({ code: "осень" })).toEqual(["b"]);
      expect(await ids({ channel: "seller" })).toEqual(["c"]);
      expect(await ids({ from: 10, until: 30 })).toEqual(["b", "a"]);
      expect((await findCalculations(house, {})).items[2]).toMatchObject({
        customerId: "u-1",
        rulesVersion: 7,
        lines: 2,
        totalMinor: 20_000,
        discountMinor: 0,
      });
    });
  });

  describe("forgets", () => {
    const fill = async (): Promise<void> => {
      for (let index = 0; index < 10; index += 1)
        book.add(calculation(`f-${index}`, house.now() - index * 1000));
      await book.flush();
    };

    test("by age", async () => {
      await fill();
      expect(await forgetCalculations(house, 4500, 1e9)).toMatchObject({ byAge: 5, bySize: 0 });
      expect(await counted()).toBe(5);
      expect(await forgetCalculations(house, 4500, 1e9)).toMatchObject({ byAge: 0, bySize: 0 });
    });

    test("by room, the oldest first and only as many as it takes", async () => {
      await fill();
      const { record } = packCalculation(calculation("f-0", house.now()));
      const each = record.input.length + record.result.length;
      expect(await forgetCalculations(house, 1e12, each * 4, 3)).toMatchObject({ byAge: 0, bySize: 6 });
      const left = (await findCalculations(house, {})).items.map(({ id }) => id);
      expect(left).toEqual(["f-0", "f-1", "f-2", "f-3"]);
    });

    test("goods that no calculation can name any more", async () => {
      await fill();
      house.pass(20 * 86_400_000);
      const { goods: forgotten } = await forgetCalculations(house, 0, 1e9);
      expect(forgotten).toBeGreaterThan(0);
      expect(await counted()).toBe(0);
    });
  });
});
