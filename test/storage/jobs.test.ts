// Jobs on one database: once an interval however many instances there are, never beside themselves, and a stop waits.
import { afterEach, expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import type { House } from "../../src/flows/index.ts";
import { type Job, type JobBell, LEASE_MS, Scheduler } from "../../src/jobs/index.ts";
import { claimJob, finishJob, listLeases, renewJob, type Tx } from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";

const HOUR = 3_600_000;

forEachEngine("a job", (engine) => {
  let now = Date.UTC(2026, 10, 21);
  let ids = 0;
  const alarms: string[] = [];
  const told: string[] = [];
  const schedulers: Scheduler[] = [];
  const bell: JobBell = {
    done: (job) => void told.push(`${job} done`),
    failed: (job) => void told.push(`${job} failed`),
  };
  const house = (): House => ({
    database: engine.database,
    now: () => instant(now),
    newId: () => {
      ids += 1;
      return `instance-${ids}`;
    },
    alarm: (kind, details) => void alarms.push(`${kind} ${details["job"]}`),
  });
  const instance = (): Scheduler => {
    const scheduler = new Scheduler(house(), bell, async () => now);
    schedulers.push(scheduler);
    return scheduler;
  };
  const counted = (name: string, work = async (_signal: AbortSignal): Promise<void> => undefined) => {
    const job = {
      name,
      everyMs: HOUR,
      runs: 0,
      run: async (signal: AbortSignal) => {
        job.runs += 1;
        await work(signal);
        return {};
      },
    } satisfies Job & { runs: number };
    return job;
  };

  afterEach(async () => {
    for (const scheduler of schedulers.splice(0)) await scheduler.stop();
    alarms.length = 0;
    told.length = 0;
  });

  test("runs once an interval, on whichever of many instances looks first", async () => {
    const job = counted("once");
    const instances = Array.from({ length: 8 }, instance);
    for (let hour = 1; hour <= 3; hour += 1) {
      const ran = await Promise.all(instances.map((one) => one.look(job)));
      expect([job.runs, ran.filter(Boolean).length]).toEqual([hour, 1]);
      now += HOUR - 1;
      await Promise.all(instances.map((one) => one.look(job)));
      expect(job.runs).toBe(hour);
      now += 1;
    }
  });

  test("without the claim the same check sees it run on every instance", async () => {
    const job = counted("unclaimed");
    await Promise.all(Array.from({ length: 8 }, () => job.run(new AbortController().signal)));
    expect(job.runs).toBe(8);
  });

  test("never runs beside itself, however long it takes", async () => {
    let end: () => void = () => undefined;
    const job = counted(
      "long",
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    const [first, second] = [instance(), instance()];
    const run = first.look(job);
    while (job.runs === 0) await new Promise((next) => setImmediate(next));
    expect([await first.look(job), await second.look(job), job.runs]).toEqual([false, false, 1]);
    end();
    expect(await run).toBe(true);
  });

  test("of a process that died is taken over when its lease has ended", async () => {
    const job = counted("orphan", () => new Promise<void>(() => undefined));
    void new Scheduler(house(), bell, async () => now).look(job);
    while (job.runs === 0) await new Promise((next) => setImmediate(next));
    const heir = counted("orphan");
    const other = instance();
    now += LEASE_MS - 1;
    const quick = { ...heir, everyMs: 1000 };
    expect(await other.look(quick)).toBe(false);
    now += 1;
    expect(await other.look(quick)).toBe(true);
  });

  test("that fails is told, rings, and runs again at its next time", async () => {
    let isBroken = true;
    const job = counted("moody", async () => {
      if (isBroken) throw new Error("today not");
    });
    const one = instance();
    expect(await one.look(job)).toBe(true);
    expect([told, alarms]).toEqual([["moody failed"], ["job_failed moody"]]);
    expect((await engine.database.read(listLeases)).find(({ name }) => name === "moody")?.outcome).toBe(
      "failed",
    );
    isBroken = false;
    now += HOUR;
    expect(await one.look(job)).toBe(true);
    expect(told).toEqual(["moody failed", "moody done"]);
  });

  test("is waited for by a stop, told to hurry, and not begun after it", async () => {
    let isEnded = false;
    const job = counted("last", async (signal) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      isEnded = true;
    });
    const one = instance();
    const run = one.look(job);
    while (job.runs === 0) await new Promise((next) => setImmediate(next));
    await one.stop();
    expect([isEnded, await run, await one.look(counted("after"))]).toEqual([true, true, false]);
  });

  /** Two instances of which the second one's clock is a day ahead; how often they run a job that takes long. */
  const runsUnderSkew = async (name: string, isByOwnClocks: boolean): Promise<number> => {
    const ends: Array<() => void> = [];
    const job = counted(name, () => new Promise<void>((resolve) => void ends.push(resolve)));
    const instances = [0, 24 * HOUR].map((ahead) => {
      const one = { ...house(), now: () => instant(Date.now() + ahead) };
      const scheduler = new Scheduler(one, bell, isByOwnClocks ? async () => one.now() : undefined);
      schedulers.push(scheduler);
      return scheduler;
    }) as [Scheduler, Scheduler];
    const first = instances[0].look(job);
    while (job.runs === 0) await new Promise((next) => setImmediate(next));
    const second = instances[1].look(job);
    // Either it sees that the job is held and ends at once, or it runs and waits for its end.
    while (job.runs === 1 && (await Promise.race([second, nextTurn()])) === "turn");
    for (const end of ends) end();
    await Promise.all([first, second]);
    return job.runs;
  };
  const nextTurn = () => new Promise<"turn">((resolve) => setTimeout(() => resolve("turn"), 1));

  // An SQLite file has one process, and so one clock.
  const several: typeof test | undefined = engine.name === "postgres" ? test : undefined;

  several?.("is not taken from its owner by an instance whose clock is a day ahead", async () => {
    expect(await runsUnderSkew("skewed", false)).toBe(1);
  });

  several?.("by the instances' own clocks the same check sees it run twice", async () => {
    expect(await runsUnderSkew("skewed by own clocks", true)).toBe(2);
  });

  several?.("whose end meets its own renewal is given back all the same", async () => {
    const claim = { name: "met", owner: "one", until: 1000 };
    await engine.database.transaction((tx) => claimJob(tx, claim, 0, HOUR));
    const isEnded = await engine.database.transaction((tx) => {
      let isMet = false;
      const met: Tx = {
        ...tx,
        run: async (sql, parameters) => {
          if (!isMet) {
            isMet = true;
            await engine.database.transaction((other) => renewJob(other, "met", "one", 2000));
          }
          return tx.run(sql, parameters);
        },
      };
      return finishJob(met, "met", "one", "ok");
    });
    const lease = (await engine.database.read(listLeases)).find(({ name }) => name === "met");
    expect([isEnded, lease]).toEqual([true, expect.objectContaining({ until: 0, outcome: "ok" })]);
  });

  test("goes on when the clock was set back", async () => {
    const job = counted("yesterday");
    const one = instance();
    await one.look(job);
    now -= 24 * HOUR;
    expect(await one.look(job)).toBe(true);
    now += 24 * HOUR;
  });
});
