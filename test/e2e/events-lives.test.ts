// Many lives of a shop that is killed at random points: each event is told under one id, in order, and none is missed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { migrate, openDatabase, saveEndpoint } from "../../src/storage/index.ts";
import { engines, freshPlace } from "../support/engines.ts";
import { blankEndpoint, SECRETS, WEBHOOK_SECRET } from "../support/post-office.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { childEnvironment, ROOT } from "../support/server.ts";

const LIVES = Number(process.env["PRILAVOK_KILL_LIVES"] ?? 20);

/** A shop that has begun. */
async function begin(argv: readonly string[], entry: string) {
  const child = spawn(process.execPath, [join(ROOT, entry), ...argv], {
    env: childEnvironment({}),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit") as Promise<[number | null, string | null]>;
  await Promise.race([once(child.stdout, "data"), exited]);
  return { child, exited };
}

/** Lives until so many webhooks more have come and a moment has passed, which ends it anywhere in its work. */
async function live(url: string, name: string, receiver: Receiver, entry: string): Promise<void> {
  const { child, exited } = await begin([url, name], entry);
  const until = receiver.calls.length + 1 + Math.floor(Math.random() * 60);
  while (receiver.calls.length < until) await receiver.arrival();
  await new Promise((next) => setTimeout(next, Math.random() * 8));
  child.kill("SIGKILL");
  await exited;
}

/** What the receiver should have been told, by the shop's own books. */
async function books(url: string) {
  const database = await openDatabase({ url });
  try {
    return await database.read(async (tx) => ({
      ratings: await tx.rows<{ id: string; revisions: number }>("select id, revisions from rating"),
      events: await tx.rows<{ id: string; subject: string; number: number }>(
        "select id, subject_id as subject, number from event where kind like 'rating.%' order by number",
      ),
    }));
  } finally {
    await database.close();
  }
}

const SHOP = join("test", "support", "event-process.ts");

/** `lives` killed lives and one that ends well; what is wrong afterwards, all of it empty when nothing is. */
async function experiment(url: string, lives: number, entry = SHOP) {
  const database = await openDatabase({ url });
  await migrate(database, 0);
  const receiver = await startReceiver();
  const secret = SECRETS.seal(WEBHOOK_SECRET);
  await database.transaction((tx) =>
    saveEndpoint(tx, {
      ...blankEndpoint("far", Date.now()),
      url: receiver.url,
      allow: ["127.0.0.1"],
      secret,
    }),
  );
  await database.close();
  for (let life = 0; life < lives; life += 1) {
    await live(url, `l${life}`, receiver, entry);
    if (life % 100 === 99)
      process.stdout.write(`${life + 1} lives, ${receiver.calls.length} webhooks came\n`);
  }
  const { exited } = await begin([url, "last", "drain"], SHOP);
  expect((await exited)[0]).toBe(0);
  await receiver.close();
  const { ratings, events } = await books(url);
  const known = new Map(events.map((event) => [event.id, event]));
  const came = new Map<string, number>();
  const last = new Map<string, number>();
  const foreign: string[] = [];
  const disorder: string[] = [];
  for (const { headers } of receiver.calls) {
    const id = String(headers["webhook-id"]);
    const event = known.get(id);
    if (event === undefined) {
      foreign.push(id);
      continue;
    }
    if (!came.has(id) && event.number < (last.get(event.subject) ?? 0)) disorder.push(id);
    came.set(id, (came.get(id) ?? 0) + 1);
    last.set(event.subject, Math.max(event.number, last.get(event.subject) ?? 0));
  }
  const told = new Map<string, number>();
  for (const { subject } of events) told.set(subject, (told.get(subject) ?? 0) + 1);
  return {
    untold: ratings.filter(({ id, revisions }) => told.get(id) !== revisions).map(({ id }) => id),
    lost: events.filter(({ id }) => !came.has(id)).map(({ id }) => id),
    foreign,
    disorder,
    holes: events.filter(({ number }, index) => number !== index + 1).length,
    count: events.length,
    twice: [...came.values()].filter((count) => count > 1).length,
  };
}

for (const name of ["sqlite", "postgres"] as const) {
  const declare = engines().includes(name) ? describe : describe.skip;
  // On PostgreSQL what a killed process was sending is left alone for half a minute: other processes may live.
  const lives = name === "sqlite" ? LIVES : Math.ceil(LIVES / 100);
  declare(`the lives of a shop (${name})`, () => {
    let remove = async (): Promise<void> => undefined;
    afterAll(() => remove());

    test(`${lives} kills: every event comes, under its one id, in the order of its subject`, {
      timeout: 120_000 + lives * 60_000,
    }, async () => {
      const place = await freshPlace(name);
      remove = place.remove;
      const { count, twice, ...wrong } = await experiment(place.url, lives);
      process.stdout.write(`${name}: ${lives} kills, ${count} events, ${twice} came more than once\n`);
      expect(wrong).toEqual({ untold: [], lost: [], foreign: [], disorder: [], holes: 0 });
      expect(count).toBeGreaterThan(lives * 2);
    });
  });
}

test("a shop that believes in an arrival before it sends is caught", { timeout: 120_000 }, async () => {
  const place = await freshPlace("sqlite");
  const { lost } = await experiment(place.url, 3, join("test", "e2e", "mutants", "believing-shop.ts"));
  await place.remove();
  expect(lost.length).toBeGreaterThan(0);
});
