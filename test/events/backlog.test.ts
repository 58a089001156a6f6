// A receiver that was away for six hours gets everything when it is back, each event once in its order, at a good pace.
import { afterAll, beforeAll, expect, test } from "vitest";
import { publishEvents } from "../../src/flows/index.ts";
import { eventPost } from "../../src/jobs/event-post.ts";
import { GuardedCaller } from "../../src/outbound/index.ts";
import { insertEvent } from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { deliveredTo, type PostOffice, postOffice, result, run, SECRETS } from "../support/post-office.ts";
import { startReceiver } from "../support/receiver.ts";

/** Events; the long form is 100,000 and holds the pace and the memory to their limits, too. */
const EVENTS = Number(process.env["PRILAVOK_BACKLOG_EVENTS"] ?? 400);
const IS_LONG = EVENTS >= 100_000;
const ENGINE = process.env["PRILAVOK_BACKLOG_ENGINE"];

const STEPS = 12;
const OUTAGE_MS = 6 * 3_600_000;

/** Calls that hang for 15 s, ten at once, for half an hour. */
const HANGING_PER_STEP = Math.ceil(Math.min(1200, EVENTS / STEPS / 2));

forEachEngine("a backlog", (engine) => {
  let office: PostOffice;
  beforeAll(() => {
    office = postOffice(engine.database);
  });
  afterAll(() => office.clear());

  /** Three events for each order, the orders mixed. */
  const note = async (from: number, to: number): Promise<void> => {
    for (let start = from; start < to; start += 500) {
      await engine.database.transaction(async (tx) => {
        for (let count = start; count < Math.min(start + 500, to); count += 1) {
          const subjectId = `order-${Math.floor(count / 30) * 10 + (count % 10)}`;
          const body = JSON.stringify({ turn: count, note: "x".repeat(400) });
          const event = {
            id: crypto.randomUUID(),
            kind: "order.changed",
            subjectType: "order",
            subjectId,
            body,
          };
          await insertEvent(tx, { ...event, addressee: null, at: office.house.now() });
        }
      });
    }
    while ((await publishEvents(office.house)) !== null);
  };

  const isWanted = ENGINE === undefined || ENGINE === engine.name;
  test.skipIf(!isWanted)(`of ${EVENTS} events drains`, { timeout: 1_800_000 }, async () => {
    const last = new Map<string, number>();
    const seen = new Set<string>();
    let disorder = 0;
    const receiver = await startReceiver((_request, response, { headers, body }) => {
      const id = String(headers["webhook-id"]);
      const { subject, data } = JSON.parse(body) as { subject: { id: string }; data: { turn: number } };
      if (!seen.has(id) && data.turn <= (last.get(subject.id) ?? -1)) disorder += 1;
      seen.add(id);
      last.set(subject.id, data.turn);
      receiver.calls.length = 0;
      response.end();
    });
    await office.endpoint("backlog", { url: receiver.url, allow: ["127.0.0.1"] });
    for (let step = 0; step < STEPS; step += 1) {
      await note(Math.floor((EVENTS * step) / STEPS), Math.floor((EVENTS * (step + 1)) / STEPS));
      let left = HANGING_PER_STEP;
      const hanging = office.courier(async () => {
        left -= 1;
        return result(left > 0 ? "timeout" : "not_sent");
      });
      while (left > 0) {
        const before = left;
        await hanging.look();
        await new Promise((next) => setImmediate(next));
        if (left === before) break;
        if (left <= 0) await hanging.stop();
      }
      await hanging.stop();
      office.house.pass(OUTAGE_MS / STEPS);
    }
    expect(seen.size).toBe(0);
    const caller = new GuardedCaller();
    const courier = office.courier(
      eventPost({ house: office.house, secrets: SECRETS, caller, imshop: null }),
    );
    const memory = process.memoryUsage().rss;
    let most = memory;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 200);
    const started = performance.now();
    for (let look = 0; look < 1000 && seen.size < EVENTS; look += 1) {
      await run(courier);
      // Whoever was tried last waits for five seconds or more of the clock.
      if (seen.size < EVENTS) office.house.pass(1000);
    }
    const seconds = (performance.now() - started) / 1000;
    clearInterval(watch);
    caller.close();
    await receiver.close();
    expect({ seen: seen.size, disorder }).toEqual({ seen: EVENTS, disorder: 0 });
    expect(await deliveredTo(office.house, "backlog")).toBe(EVENTS);
    if (!IS_LONG) return;
    const pace = Math.round(EVENTS / seconds);
    process.stderr.write(
      `${engine.name}: ${pace} events/s, ${Math.round((most - memory) / 1024 ** 2)} MiB more, ${Math.round(most / 1024 ** 2)} MiB\n`,
    );
    expect(pace).toBeGreaterThanOrEqual(200);
    expect((most - memory) / 1024 ** 2).toBeLessThan(300);
  });
});
