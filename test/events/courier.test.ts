// Deliveries: when they are tried, in which order, how many at once, and what becomes of them when an instance ends.
import { afterEach, expect, test } from "vitest";
import { type AttemptResult, LANE_LEASE_MS } from "../../src/flows/index.ts";
import { BEAT_MS, CourierPace } from "../../src/jobs/index.ts";
import { forEachEngine } from "../support/engines.ts";
import {
  attemptsMade,
  deliveredTo,
  lastNumber,
  PAUSES,
  type PostOffice,
  postOffice,
  result,
  run,
} from "../support/post-office.ts";

const HOUR = 3_600_000;

forEachEngine("deliveries", (engine) => {
  const offices: PostOffice[] = [];
  const open = (): PostOffice => {
    const office = postOffice(engine.database);
    offices.push(office);
    return office;
  };
  afterEach(async () => {
    for (const office of offices.splice(0)) await office.clear();
  });

  test("a delivery that fails is tried ten times at the pauses of the schedule, and is then given up", async () => {
    const office = open();
    await office.endpoint("failing");
    await office.note("a");
    const number = await lastNumber(engine.database);
    const courier = office.courier(async () => result("server_error"));
    const start = office.house.now();
    await run(courier);
    for (const pause of PAUSES) {
      office.house.pass(pause - 1);
      await run(courier);
      office.house.pass(1);
      await run(courier);
    }
    office.house.pass(100 * HOUR);
    await run(courier);
    let due: number = start;
    const expected = [start, ...PAUSES.map((pause) => (due += pause))];
    expect(await attemptsMade(office.house, "failing", number)).toEqual({ state: "dead", at: expected });
    expect(office.house.alarms.map(({ kind }) => kind)).toEqual(["webhook_given_up"]);
  });

  test("jitter moves each pause by a fifth at most", async () => {
    const office = open();
    await office.endpoint("jitter");
    await office.note("a");
    const number = await lastNumber(engine.database);
    const chances = [0, 1];
    const courier = office.courier(
      async () => result("timeout"),
      () => chances.shift() ?? 0.5,
    );
    const start = office.house.now();
    await run(courier);
    office.house.pass(4_000);
    await run(courier);
    office.house.pass(360_000);
    await run(courier);
    expect((await attemptsMade(office.house, "jitter", number)).at).toEqual([
      start,
      start + 4_000,
      start + 364_000,
    ]);
  });

  test("events of one subject go out one after another: a later one waits for the earlier one's retries", async () => {
    const office = open();
    await office.endpoint("ordered");
    for (const order of ["a", "b", "a", "b", "a"]) await office.note(order);
    const last = await lastNumber(engine.database);
    const arrived: Record<string, number[]> = {};
    let failures = 3;
    const courier = office.courier(async (_endpoint, { subject, number }) => {
      if (subject === "order:a" && failures > 0) {
        failures -= 1;
        return result("connection_reset");
      }
      arrived[subject] = [...(arrived[subject] ?? []), number];
      return result("delivered");
    });
    await run(courier);
    expect(arrived).toEqual({ "order:b": [last - 3, last - 1] });
    for (const pause of PAUSES.slice(0, 3)) {
      office.house.pass(pause);
      await run(courier);
    }
    expect(arrived["order:a"]).toEqual([last - 4, last - 2, last]);
  });

  test("an endpoint gets ten at once and no more, over all instances", async () => {
    const office = open();
    await office.endpoint("busy");
    for (let order = 0; order < 25; order += 1) await office.note(`order-${order}`);
    let flying = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const post = async (): Promise<AttemptResult> => {
      flying += 1;
      most = Math.max(most, flying);
      await new Promise<void>((resolve) => waiting.push(resolve));
      flying -= 1;
      return result("delivered");
    };
    const couriers = [office.courier(post), office.courier(post)];
    await Promise.all(couriers.map((courier) => courier.look()));
    expect(flying).toBe(10);
    let isDone = false;
    const all = Promise.all(couriers.map((courier) => courier.settled())).then(() => {
      isDone = true;
    });
    while (!isDone) {
      waiting.shift()?.();
      await new Promise((next) => setImmediate(next));
    }
    await all;
    await Promise.all(couriers.map(run));
    expect(most).toBe(10);
    expect(await deliveredTo(office.house, "busy")).toBe(25);
  });

  test("an endpoint that never answers keeps no other waiting", async () => {
    const office = open();
    await office.endpoint("dead");
    await office.endpoint("alive");
    for (let order = 0; order < 30; order += 1) await office.note(`order-${order}`);
    const hanging: (() => void)[] = [];
    const arrived = new Set<number>();
    const courier = office.courier((endpoint, { number }) => {
      if (endpoint.id === "alive") {
        arrived.add(number);
        return Promise.resolve(result("delivered"));
      }
      return new Promise((resolve) => hanging.push(() => resolve(result("timeout"))));
    });
    await courier.look();
    while (arrived.size < 30) await new Promise((next) => setImmediate(next));
    expect(hanging).toHaveLength(10);
    for (const end of hanging) end();
    await courier.stop();
  });

  test("what a killed instance had in hand is sent again by another when its time is over, not before", async () => {
    const office = open();
    await office.endpoint("resumed");
    await office.note("a");
    const killed = office.courier(() => new Promise(() => undefined));
    await killed.look();
    let calls = 0;
    const other = office.courier(async () => {
      calls += 1;
      return result("delivered");
    });
    office.house.pass(LANE_LEASE_MS - 1);
    await run(other);
    expect(calls).toBe(0);
    office.house.pass(1);
    await run(other);
    expect(calls).toBe(1);
  });

  test("a late end of an attempt whose lane was taken over changes nothing", async () => {
    const office = open();
    await office.endpoint("late");
    await office.note("a");
    await office.note("a");
    const number = await lastNumber(engine.database);
    const ends: ((ended: AttemptResult) => void)[] = [];
    const slow = office.courier(() => new Promise((resolve) => ends.push(resolve)));
    await slow.look();
    office.house.pass(LANE_LEASE_MS);
    const order: number[] = [];
    const other = office.courier(async (_endpoint, delivery) => {
      order.push(delivery.number);
      return result("delivered");
    });
    await run(other);
    ends[0]?.(result("server_error"));
    await slow.settled();
    await run(other);
    expect(order).toEqual([number - 1, number]);
    expect(await deliveredTo(office.house, "late")).toBe(2);
  });

  test("a stop gives back what was on its way, and does not count it", async () => {
    const office = open();
    await office.endpoint("stopped");
    await office.note("a");
    const number = await lastNumber(engine.database);
    const courier = office.courier(
      (_endpoint, _delivery, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => resolve(result("not_sent")));
        }),
    );
    await courier.look();
    await courier.stop();
    const next = office.courier(async () => result("delivered"));
    await run(next);
    expect(await attemptsMade(office.house, "stopped", number)).toMatchObject({
      state: "delivered",
      at: [office.house.now()],
    });
  });

  test("beside calls few begin at a time and all arrive; with nothing due nobody asks the database again and again", async () => {
    const office = open();
    await office.endpoint("paced");
    for (let count = 0; count < 30; count += 1) await office.note(`p${count}`);
    let now = 0;
    let onTheWay = 0;
    let most = 0;
    const pace = new CourierPace({ perSecond: 300, isCalled: () => true, monotonicMs: () => now });
    const courier = office.courier(
      async () => {
        onTheWay += 1;
        most = Math.max(most, onTheWay);
        await new Promise((next) => setImmediate(next));
        onTheWay -= 1;
        return result("delivered");
      },
      undefined,
      pace,
    );
    await courier.look();
    await expect
      .poll(
        async () => {
          now += BEAT_MS;
          return deliveredTo(office.house, "paced");
        },
        { timeout: 30_000, interval: BEAT_MS },
      )
      .toBe(30);
    // A beat's worth for each that has passed since the last turn.
    expect(most).toBeLessThanOrEqual(3);
    const { turns } = office;
    const before = turns();
    for (let beat = 0; beat < 20; beat += 1) await new Promise((next) => setTimeout(next, BEAT_MS));
    // The turn that found nothing more may still have been to come.
    expect(turns() - before).toBeLessThanOrEqual(1);
    await courier.stop();
  });
});
