// The webhook of the history of points: the documented shape, the shopper's words, sums that come to the balance.
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { instant } from "../../../src/core/basics/index.ts";
import { DEFAULT_TERMS } from "../../../src/core/loyalty/index.ts";
import { points } from "../../../src/core/money/index.ts";
import { earnPoints } from "../../../src/flows/earn-points.ts";
import { capturePoints, holdPoints, releasePoints } from "../../../src/flows/hold-points.ts";
import { applyRules, expirePoints, mergeCustomers, setPoints } from "../../../src/flows/index.ts";
import { returnPoints } from "../../../src/flows/return-points.ts";
import { canariesIn, canary } from "../../support/canary.ts";
import { forEachEngine } from "../../support/engines.ts";
import { loyaltyStand } from "./loyalty-stand.ts";
import { sample } from "./rating-stand.ts";

const DAY = 86_400_000;

/** Bodies of the fuzz on SQLite; a tenth of them on PostgreSQL. */
const BODIES = Math.ceil(Number(process.env["PRILAVOK_FUZZ_RUNS"] ?? 10_000) / 5);

interface Bonus {
  readonly added: number;
  readonly expired: number;
  readonly definitionMessage: string;
  readonly activationDate: string | null;
  readonly expirationDate: string | null;
}

const EXAMPLE = JSON.parse(sample("85-bonuses-history-response.json")) as { bonuses: Bonus[] };

forEachEngine("the webhook of the history of points", (engine) => {
  const stand = loyaltyStand(engine);
  const ask = async (body: unknown, path = "/bonuses/history", from = stand) => {
    const answer = await from.call(path, body);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json() as { bonuses: Bonus[] };
  };
  const historyOf = async (userIdentifier: string) => (await ask({ userIdentifier })).bonuses;
  const at = (days = 0) => instant(stand.house.now() + days * DAY);
  const earn = (customerId: string, orderId: string, amount: number, more: { days?: number } = {}) =>
    engine.database.transaction((tx) =>
      earnPoints(tx, stand.house, {
        orderId,
        customerId,
        amount: points(amount),
        activeFrom: at(),
        expiresAt: more.days === undefined ? null : at(more.days),
        at: at(),
      }),
    );
  const hold = (customerId: string, orderId: string, amount: number) =>
    engine.database.transaction((tx) =>
      holdPoints(tx, stand.house, {
        orderId,
        customerId,
        amount: points(amount),
        at: at(),
        releaseAt: at(30),
      }),
    );
  const capture = (orderId: string) =>
    engine.database.transaction((tx) => capturePoints(tx, stand.house, { orderId, at: at() }));
  const release = (orderId: string) =>
    engine.database.transaction((tx) =>
      releasePoints(tx, stand.house, { orderId, at: at(), terms: DEFAULT_TERMS }),
    );

  test("answers exactly as the sample does", async () => {
    stand.house.pass(1_763_800_000_000 - stand.house.now());
    await earn("u-104512", "ЗК-100245", 147);
    expect(await ask({ userIdentifier: "u-104512" })).toEqual(EXAMPLE);
    expect(await historyOf("2200000104512")).toEqual(EXAMPLE.bonuses);
    expect(await historyOf("8 912 000-00-12")).toEqual(EXAMPLE.bonuses);
  });

  test("tells what came and went, newest first; what only moved within the account is not told", async () => {
    await earn("u-1", "o-1", 100, { days: 10 });
    stand.house.pass(1000);
    await hold("u-1", "o-2", 30);
    await capture("o-2");
    stand.house.pass(1000);
    await hold("u-1", "o-3", 20);
    await release("o-3");
    stand.house.pass(1000);
    await engine.database.transaction((tx) =>
      returnPoints(tx, stand.house, {
        orderId: "o-2",
        returnId: "r-1",
        spentBack: points(10),
        earnedBack: points(0),
        at: at(),
        terms: DEFAULT_TERMS,
      }),
    );
    stand.house.pass(1000);
    await engine.database.transaction((tx) =>
      setPoints(tx, stand.house, { customerId: "u-1", amount: points(85), at: at(), key: "adjusted" }),
    );
    stand.house.pass(10 * DAY);
    await expirePoints(stand.house);
    const told = (await historyOf("u-1")).map(({ added, expired, definitionMessage }) => [
      added,
      expired,
      definitionMessage,
    ]);
    expect(told).toEqual([
      [0, 80, "Срок действия истёк"],
      [5, 0, "Начислено магазином"],
      [10, 0, "Возврат по заказу o-2"],
      [0, 30, "Оплата заказа o-2"],
      [100, 0, "За заказ o-1"],
    ]);
  });

  test("dates are texts of milliseconds, and null where points never end", async () => {
    await earn("u-2", "d-1", 5, { days: 3 });
    expect(await historyOf("u-2")).toEqual([
      {
        added: 5,
        expired: 0,
        definitionMessage: "За заказ d-1",
        activationDate: String(at()),
        expirationDate: String(at(3)),
      },
    ]);
  });

  test("of merged customers is one, under each of their names", async () => {
    await earn("m-1", "m-o1", 40);
    stand.house.pass(1);
    await earn("m-2", "m-o2", 2);
    stand.house.pass(1);
    await mergeCustomers(stand.house, { fromId: "m-1", intoId: "m-2", reason: "", actor: "test" });
    const both = [
      ["За заказ m-o2", 2],
      ["За заказ m-o1", 40],
    ];
    for (const id of ["m-1", "m-2"])
      expect((await historyOf(id)).map(({ definitionMessage, added }) => [definitionMessage, added])).toEqual(
        both,
      );
  });

  test("comes to the balance, whatever happened", async () => {
    const step = fc.tuple(fc.constantFrom("earn", "hold", "capture", "release", "set", "pass"), fc.nat(100));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        run += 1;
        const id = `law-${engine.name}-${run}`;
        let held = "";
        for (const [index, [what, size]] of steps.entries()) {
          const step = `${id}-${index}`;
          if (what === "earn") await earn(id, step, size, { days: size });
          if (what === "hold" && size > 0) {
            held = step;
            await hold(id, held, size);
          }
          if (what === "capture") await capture(held);
          if (what === "release") await release(held);
          if (what === "set")
            await engine.database.transaction((tx) =>
              setPoints(tx, stand.house, {
                customerId: id,
                amount: points(size),
                at: at(),
                key: step,
              }),
            );
          if (what === "pass") stand.house.pass((size * DAY) / 10);
        }
        const [account] = await engine.database.read((tx) =>
          tx.rows<{ total: number }>(
            "select pending + available + held as total from points_account where customer_id = ?",
            [id],
          ),
        );
        const history = await historyOf(id);
        const sum = history.reduce((all, { added, expired }) => all + added - expired, 0);
        expect(sum).toBe(account?.total ?? 0);
        for (const { added, expired, definitionMessage } of history) {
          expect(Math.min(added, expired)).toBe(0);
          expect(added + expired).toBeGreaterThan(0);
          expect(definitionMessage).not.toBe("");
        }
      }),
      { numRuns: engine.name === "sqlite" ? 150 : 30 },
    );
  });

  test.each([
    [{}],
    [{ userIdentifier: null }],
    [{ userIdentifier: "nobody" }],
    [{ userIdentifier: canary.phone }],
    [{ userIdentifier: ["u-1"] }],
  ])("of %j is empty", async (body) => {
    expect(await ask(body)).toEqual({ bonuses: [] });
  });

  test("logs no name of the customer", async () => {
    stand.server.log.length = 0;
    for (const userIdentifier of [canary.phone, canary.name, canary.email, "u-104512"])
      await ask({ userIdentifier });
    const log = stand.server.log.join("");
    expect(log).toContain('"outcome":"history"');
    expect(canariesIn(log, "log")).toEqual([]);
    expect(log).not.toContain("u-104512");
  });

  test("needs the key", async () => {
    expect((await stand.call("/bonuses/history", { userIdentifier: "u-1" }, {})).statusCode).toBe(401);
  });

  const bodies = engine.name === "sqlite" ? BODIES : Math.ceil(BODIES / 10);
  test(`${bodies} bodies that no app sends are answered with a list or a refusal`, {
    timeout: 600_000,
  }, async () => {
    const odd = fc.oneof(
      fc.constantFrom("u-104512", "u-1", "89120000012", "", "none", null, 0, 1e300, -1, true),
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.jsonValue({ maxDepth: 3 }),
    );
    const names = ["userIdentifier", "externalUserId", "userId", "__proto__", "page"] as const;
    const body = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.dictionary(fc.constantFrom(...names), odd).map((one) => JSON.stringify(one)),
      },
      { weight: 1, arbitrary: fc.jsonValue().map((one) => JSON.stringify(one)) },
      { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const answer = await stand.call("/bonuses/history", text);
        const told = answer.json();
        if (answer.statusCode === 200) expect(Object.keys(told)).toEqual(["bonuses"]);
        else expect([answer.statusCode, told.success]).toEqual([400, false]);
      }),
      { numRuns: bodies },
    );
  });

  describe("set otherwise", () => {
    const english = loyaltyStand(engine, { dates: "number", language: "en" });
    test("dates are numbers and sentences English", async () => {
      const [bonus] = (await ask({ userIdentifier: "u-104512" }, "/bonuses/history", english)).bonuses;
      expect(bonus).toMatchObject({
        activationDate: 1_763_800_000_000,
        definitionMessage: "For order ЗК-100245",
      });
    });
  });

  describe("without a programme", () => {
    beforeAll(async () => {
      await applyRules(stand.house, stand.rules, { programme: null }, { note: "none" });
      stand.rules.forget();
    });
    test("there are no points to tell of", async () => {
      expect(await ask({ userIdentifier: "u-104512" })).toEqual({ bonuses: [] });
    });
  });
});
