// What an endpoint's failures lead to: alarms, a pause, an end; and what happens when it comes back.
import { afterEach, expect, test } from "vitest";
import { type AttemptResult, endpointOf } from "../../src/flows/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { PAUSES, type PostOffice, postOffice, result, run } from "../support/post-office.ts";

const HOUR = 3_600_000;

forEachEngine("the health of an endpoint", (engine) => {
  const offices: PostOffice[] = [];
  const open = (): PostOffice => {
    const office = postOffice(engine.database);
    offices.push(office);
    return office;
  };
  afterEach(async () => {
    for (const office of offices.splice(0)) await office.clear();
  });

  test("429 with Retry-After pauses the whole endpoint, and no longer than an hour", async () => {
    const office = open();
    await office.endpoint("throttling");
    await office.note("a");
    const calls: string[] = [];
    const courier = office.courier(async (_endpoint, { subject }) => {
      calls.push(subject);
      return result("throttled", { status: 429, retryAfterMs: 7_000 });
    });
    await run(courier);
    await office.note("b");
    await run(courier);
    expect(calls).toEqual(["order:a"]);
    office.house.pass(7_000);
    await run(courier);
    expect(calls).toEqual(["order:a", "order:b"]);
    const { pausedUntil } = (await endpointOf(office.house, "throttling")) ?? {};
    expect(pausedUntil).toBe(office.house.now() + 7_000);
  });

  test("410 switches the endpoint off; what waits is sent when it is on again", async () => {
    const office = open();
    await office.endpoint("gone");
    await office.note("a");
    let answer: AttemptResult = result("gone");
    const calls: number[] = [];
    const courier = office.courier(async (_endpoint, { number }) => {
      calls.push(number);
      return answer;
    });
    await run(courier);
    expect(await endpointOf(office.house, "gone")).toMatchObject({
      state: "disabled",
      disabledReason: "gone",
    });
    expect(office.house.alarms.at(-1)).toMatchObject({
      kind: "webhook_disabled",
      details: { reason: "gone" },
    });
    await office.note("b");
    office.house.pass(24 * HOUR);
    await run(courier);
    expect(calls).toHaveLength(1);
    answer = result("delivered");
    await office.endpoint("gone", { state: "enabled" });
    await run(courier);
    expect(calls, "the second event came while it was off and is not queued").toHaveLength(2);
  });

  test("alarms come at 50, 70, 90 and 100 failures in a row; five days of nothing else switch it off", async () => {
    const office = open();
    await office.endpoint("sick");
    const courier = office.courier(async () => result("server_error"));
    for (let hour = 0; hour <= 120; hour += 1) {
      await office.note(`order-${hour}`);
      // One attempt an hour: what failed before is out of the way.
      await engine.database.transaction((tx) =>
        tx.run("update webhook_lane set due_at = ? where endpoint_id = 'sick' and subject <> ?", [
          9e12,
          `order:order-${hour}`,
        ]),
      );
      await run(courier);
      const { state } = (await endpointOf(office.house, "sick")) ?? {};
      expect(state).toBe(hour < 120 ? "enabled" : "disabled");
      office.house.pass(HOUR);
    }
    const told = office.house.alarms.filter(({ kind }) => kind === "webhook_failing");
    expect(told.map(({ details }) => details["percent"])).toEqual([50, 70, 90, 100]);
    expect(office.house.alarms.at(-1)).toMatchObject({
      kind: "webhook_disabled",
      details: { reason: "failing" },
    });
  });

  test("when nothing can be reached at all, no endpoint is charged; one that is alone in it is", async () => {
    const office = open();
    for (const id of ["one", "two", "three"]) await office.endpoint(id);
    await office.note("a");
    const broken = office.courier(async () => result("dns_error"));
    for (const pause of [0, ...PAUSES]) {
      office.house.pass(pause);
      await run(broken);
    }
    for (const id of ["one", "two", "three"]) {
      expect(await endpointOf(office.house, id)).toMatchObject({
        failures: 0,
        failingMs: 0,
        state: "enabled",
      });
    }
    await office.note("b");
    const lone = office.courier(async ({ id }) => result(id === "three" ? "dns_error" : "delivered"));
    await run(lone);
    const before = (await endpointOf(office.house, "three"))?.failures ?? 0;
    office.house.pass(5_000);
    await run(lone);
    expect(await endpointOf(office.house, "three")).toMatchObject({ failures: before + 1 });
  });

  test("an endpoint that comes back gets all that waited at once", async () => {
    const office = open();
    await office.endpoint("back");
    for (let order = 0; order < 12; order += 1) await office.note(`order-${order}`);
    let isUp = false;
    const arrived = new Set<string>();
    const courier = office.courier(async (_endpoint, { subject }) => {
      if (!isUp) return result("connection_refused");
      arrived.add(subject);
      return result("delivered");
    });
    await run(courier);
    office.house.pass(5_000);
    await run(courier);
    isUp = true;
    await office.note("fresh");
    await run(courier);
    await run(courier);
    expect(arrived.size).toBe(13);
  });
});
