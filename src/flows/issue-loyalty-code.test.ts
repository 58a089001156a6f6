// Loyalty codes: whose they are, how long they are good, how often, and how often they may be guessed.
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../test/support/house.ts";
import { instant } from "../core/basics/index.ts";
import { type lockLoyaltyNumber, saveCustomer, saveIdentity } from "../storage/index.ts";
import { cardHash, phoneHash } from "./find-customer.ts";
import { GUESS_LIMIT, GUESS_MS, issueLoyaltyCode, verifyLoyaltyCode } from "./issue-loyalty-code.ts";
import { mergeCustomers } from "./merge-customers.ts";
import { createSecrets } from "./secrets.ts";

const secrets = createSecrets("pepper");
const LIFETIME = 120_000;
/** The beginning of a window of time. */
const START = instant(Math.ceil(1_763_712_000_000 / LIFETIME) * LIFETIME);
const REFUSED = { kind: "refused", reason: "loyalty_code_refused" };

forEachEngine("a loyalty code", (engine) => {
  let house: HouseUnderTest;
  beforeAll(() =>
    engine.database.transaction(async (tx) => {
      for (const id of ["u-1", "u-2", "u-3"])
        await saveCustomer(tx, { id, segments: [], tier: null, birthday: null, orderCount: null }, 0);
      await saveIdentity(tx, "card", cardHash(secrets, "2200000104512") ?? "", "u-1");
      await saveIdentity(tx, "phone", phoneHash(secrets, "79120000012") ?? "", "u-1");
    }),
  );
  beforeEach(() => {
    house = houseOver(engine.database, START);
  });
  const issue = async (identifier: string): Promise<string> => {
    const issued = await issueLoyaltyCode(house, secrets, identifier, LIFETIME);
    return issued.kind === "issued" ? issued.code : issued.reason;
  };
  const verify = (code: string, lock?: typeof lockLoyaltyNumber) =>
    verifyLoyaltyCode(house, secrets, code, LIFETIME, lock);
  const wrongFor = (code: string): string => `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;

  test("is a number that scanners read, and digits; it is the same customer's by id, card and phone", async () => {
    const code = await issue("u-1");
    expect(code).toMatch(/^22\d{11}-\d{6}$/);
    const sum = [...code.slice(0, 13)].reduce(
      (all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3),
      0,
    );
    expect(sum % 10).toBe(0);
    expect(await issue("2200 0001 04512")).toBe(code);
    expect(await issue("8 (912) 000-00-12")).toBe(code);
    expect(await issue("u-2")).not.toBe(code);
    expect(code).not.toContain("2200000104512");
    expect(await verify(` ${code.replace("-", " ")} `)).toEqual({ kind: "verified", customerId: "u-1" });
  });

  test("is given to an id that is new to us, but to no phone and no card that nobody has", async () => {
    const code = await issue("brand-new");
    expect(await verify(code)).toEqual({ kind: "verified", customerId: "brand-new" });
    for (const stranger of ["+7 999 000-00-77", "89990000077", "4276000011112222"])
      expect(await issue(stranger)).toBe("customer_unknown");
  });

  test("is good once: the same one again is refused, and the next tap shows another", async () => {
    const code = await issue("u-1");
    expect(await verify(code)).toMatchObject({ kind: "verified" });
    expect(await verify(code)).toEqual(REFUSED);
    const next = await issue("u-1");
    expect(next).not.toBe(code);
    expect(await verify(next)).toMatchObject({ kind: "verified" });
  });

  test.each([
    [0, 0, true],
    [0, LIFETIME - 1, true],
    [0, 2 * LIFETIME - 1, true],
    [0, 2 * LIFETIME, false],
    [LIFETIME - 1, LIFETIME, true],
    [LIFETIME - 1, LIFETIME + 1, false],
    // The till's instance has a clock that is behind by one window, and by two.
    [LIFETIME, -1, true],
    [2 * LIFETIME, -LIFETIME - 1, false],
  ])("made %d ms into a window and used %d ms later: good is %j", async (madeAt, later, isGood) => {
    house.pass(madeAt);
    const code = await issue("u-2");
    house.pass(later);
    expect((await verify(code)).kind === "verified").toBe(isGood);
  });

  test("is refused when it is none", async () => {
    const [number = ""] = (await issue("u-1")).split("-");
    for (const none of [
      "",
      "1",
      "код",
      number,
      `${number}-12345`,
      "2299999999999-123456",
      `${number}-1234567`,
    ])
      expect(await verify(none), none).toEqual(REFUSED);
  });

  describe("guessed", () => {
    const guess = async (times: number) => {
      const wrong = wrongFor(await issue("u-3"));
      for (let time = 0; time < times; time += 1) await verify(wrong);
    };
    test("too often is refused though right, until the time is over", async () => {
      await guess(GUESS_LIMIT - 1);
      expect(await verify(await issue("u-3"))).toMatchObject({ kind: "verified" });
      await guess(GUESS_LIMIT);
      const right = await issue("u-3");
      expect(await verify(right)).toEqual({ kind: "refused", reason: "loyalty_code_guessed" });
      house.pass(GUESS_MS - 1);
      expect((await verify(await issue("u-3"))).kind).toBe("refused");
      house.pass(1);
      expect(await verify(await issue("u-3"))).toMatchObject({ kind: "verified" });
    });

    test("slowly starts anew after the time, and a clock set back blocks nobody", async () => {
      await guess(GUESS_LIMIT - 1);
      house.pass(GUESS_MS);
      await guess(GUESS_LIMIT - 1);
      expect(await verify(await issue("u-3"))).toMatchObject({ kind: "verified" });
      await guess(GUESS_LIMIT);
      house.pass(-3_600_000);
      expect(await verify(await issue("u-3"))).toMatchObject({ kind: "verified" });
    });

    test("all at once is counted one by one", async () => {
      const code = await issue("u-3");
      const answers = await Promise.all(Array.from({ length: 30 }, () => verify(wrongFor(code))));
      const counted = answers.filter((one) => one.kind === "refused" && one.reason === REFUSED.reason);
      expect(counted).toHaveLength(GUESS_LIMIT);
      house.pass(GUESS_MS);
    });
  });

  describe("taken at many tills at once", () => {
    const race = async (lock?: typeof lockLoyaltyNumber) => {
      // Those who come too late count as guesses of the round before.
      house.pass(GUESS_MS);
      const code = await issue("u-2");
      const answers = await Promise.all(Array.from({ length: 16 }, () => verify(code, lock)));
      return answers.filter(({ kind }) => kind === "verified").length;
    };
    test("is good at one", async () => {
      for (let time = 0; time < 10; time += 1) expect(await race()).toBe(1);
    });

    if (engine.name === "postgres")
      test("mutant: without the lock it is good at several", async () => {
        const look: typeof lockLoyaltyNumber = async (tx, number) => {
          const [row] = await tx.rows<{ customer_id: string; uses: number }>(
            "select customer_id, uses from loyalty_number where number = ?",
            [number],
          );
          if (row === undefined) return null;
          return { number, customerId: row.customer_id, uses: row.uses, failures: 0, failingSince: null };
        };
        const taken = [];
        for (let time = 0; time < 10; time += 1) taken.push(await race(look));
        expect(Math.max(...taken)).toBeGreaterThan(1);
      });
  });

  test("of a merged customer is the survivor's, also when it was shown before", async () => {
    await engine.database.transaction(async (tx) => {
      for (const id of ["m-1", "m-2"])
        await saveCustomer(tx, { id, segments: [], tier: null, birthday: null, orderCount: null }, 0);
    });
    const shown = await issue("m-1");
    await mergeCustomers(house, { fromId: "m-1", intoId: "m-2", reason: "", actor: "test" });
    expect(await verify(shown)).toEqual({ kind: "verified", customerId: "m-2" });
    expect(await issue("m-1")).toBe(await issue("m-2"));
  });

  test("first asked for on several devices at once is one customer's one number", async () => {
    const codes = await Promise.all(Array.from({ length: 12 }, () => issue("first-time")));
    expect(new Set(codes).size).toBe(1);
  });

  test("of another installation is nobody's", async () => {
    const code = await issue("u-1");
    expect(await verifyLoyaltyCode(house, createSecrets("other"), code, LIFETIME)).toEqual(REFUSED);
  });
});
