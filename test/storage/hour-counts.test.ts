// Counts by hour: what they say of carts is what the carts themselves say, for any span, and calls are counted over restarts.
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import { callBucket } from "../../src/core/numbers/index.ts";
import { CallTally } from "../../src/flows/index.ts";
import {
  addCalculations,
  type CalculationRecord,
  countCalculations,
  countCarts,
  HOUR_MS,
  hourCounts,
  type Tx,
} from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const START = 1_763_712_000_000;
const SPREAD = 6 * HOUR_MS;

const record = (id: string, at: number): CalculationRecord => ({
  id,
  at,
  channel: at % 2 === 0 ? "app" : "seller",
  customerId: null,
  code: null,
  rulesVersion: 1,
  rulesHash: "h",
  engineVersion: "1",
  input: "{}",
  result: "{}",
});

forEachEngine("counts by hour", (engine) => {
  beforeAll(async () => {
    const whole = [0, 1, 2, 3, 4, 5].map((hour) => START + hour * HOUR_MS);
    const odd = Array.from({ length: 200 }, (_, index) => START + ((index * 7919 * 1013) % SPREAD));
    const records = [...whole, ...whole.map((at) => at - 1), ...odd].map((at, index) =>
      record(`c-${index}`, at),
    );
    for (let from = 0; from < records.length; from += 37)
      await engine.database.transaction((tx) => addCalculations(tx, records.slice(from, from + 37)));
    // Known ones again: they are neither written nor counted twice.
    await engine.database.transaction((tx) => addCalculations(tx, records.slice(0, 50)));
  });

  /** Whether `count` says of random spans what a plain count of the rows says. */
  async function isRight(count: (tx: Tx, from: number, until: number) => Promise<number>): Promise<boolean> {
    const edge = fc.oneof(
      fc.integer({ min: -HOUR_MS, max: SPREAD + HOUR_MS }),
      fc.integer({ min: -1, max: 7 }).map((hour) => hour * HOUR_MS),
    );
    const checked = await fc.check(
      fc.asyncProperty(edge, edge, async (left, right) => {
        const [from, until] = [START + Math.min(left, right), START + Math.max(left, right)];
        const [told, plain] = await engine.database.read(async (tx) => [
          await count(tx, from, until),
          await countCalculations(tx, { from, until, channel: null }),
        ]);
        expect(told).toBe(plain);
      }),
      { numRuns: 300 },
    );
    return !checked.failed;
  }

  test("carts of any span are those that the list has; counting whole hours alone is found out", async () => {
    expect(await isRight(countCarts)).toBe(true);
    const wholeOnly = async (tx: Tx, from: number, until: number) =>
      (await hourCounts(tx, "carts", Math.floor(from / HOUR_MS), Math.floor(until / HOUR_MS))).reduce(
        (sum, { amount }) => sum + amount,
        0,
      );
    expect(await isRight(wholeOnly)).toBe(false);
  });

  test("calls of two processes add up, and what could not be written is written later", async () => {
    const house = houseOver(engine.database, instant(START));
    const [one, other] = [new CallTally(house), new CallTally(houseOver(engine.database, instant(START)))];
    one.note("irp", 200, 4);
    one.note("irp", 503, 4);
    other.note("irp", 200, 4.4);
    other.note("yandex-eats", 401, 80);
    await Promise.all([one.flush(), other.flush()]);
    let isAway = true;
    const failing = {
      ...house,
      database: {
        ...engine.database,
        transaction: <Result>(work: (tx: Tx) => Promise<Result>) =>
          isAway ? Promise.reject(new Error("away")) : engine.database.transaction(work),
      },
    };
    const third = new CallTally(failing);
    third.note("irp", 200, 4);
    await third.flush();
    third.note("irp", 200, 4);
    isAway = false;
    await third.flush();
    await third.flush();
    const hour = START / HOUR_MS;
    const told = async (kind: string) =>
      Object.fromEntries(
        (await engine.database.read((tx) => hourCounts(tx, kind, hour, hour + 1))).map(({ part, amount }) => [
          part,
          amount,
        ]),
      );
    expect(await told("calls")).toEqual({
      [`irp ${callBucket(4)}`]: 5,
      [`yandex-eats ${callBucket(80)}`]: 1,
    });
    expect(await told("faults")).toEqual({ irp: 1 });
    expect(await told("refusals")).toEqual({ "yandex-eats": 1 });
  });
});
