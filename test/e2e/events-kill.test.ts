// A server killed at random moments under load owes nobody an event: what was committed is delivered, what was not is never told.
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/storage/index.ts";
import { engines } from "../support/engines.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import {
  CREDENTIALS,
  eatsToken,
  ROOT,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

const WRITERS = 16;
const ROUNDS = Number(process.env["PRILAVOK_KILL_ROUNDS"] ?? 2);
/** Most things that writers are ahead of the webhooks: a kill meets some under way, and no round leaves thousands to deliver. */
const AHEAD = 300;

/** A call of the management API; a server that asks to come back is asked again. */
async function api(server: ServerProcess, method: string, path: string, body?: object): Promise<Response> {
  for (;;) {
    const answer = await apiOnce(server, method, path, body);
    if (answer.status !== 503) return answer;
    await answer.arrayBuffer();
  }
}

function apiOnce(server: ServerProcess, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${CREDENTIALS.apiToken}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** One write of the app or of the marketplace; a cut connection is no answer. */
async function write(server: ServerProcess, token: string, id: string): Promise<void> {
  const isRating = id.endsWith("r");
  const feedback = {
    id,
    createdAt: "2026-11-04T21:17:45.318204+03:00",
    eatsId: `e-${id}`,
    orderId: `POS-${id}`,
    restaurantId: "lesnaya-12",
    rating: 5,
    deliveredAt: "2026-11-04T20:58:40+03:00",
  };
  try {
    const answer = await fetch(`${server.url}${isRating ? "/irp/rating" : "/yandex-eats/v1/feedback"}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(isRating ? { key: CREDENTIALS.irpKey } : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(isRating ? { id, rating: 4 } : { feedback }),
    });
    await answer.arrayBuffer();
  } catch {
    // Killed in the middle: whether it was committed, the database says.
  }
}

/** Writers write until `killAfter` webhooks more have come, then the server is killed. */
async function killedRound(
  server: ServerProcess,
  receiver: Receiver,
  round: number,
  killAfter: number,
): Promise<void> {
  const token = await eatsToken(server.url);
  const start = receiver.calls.length;
  const arrived = (): number => receiver.calls.length - start;
  let isAlive = true;
  let written = 0;
  const writer = async (number: number): Promise<void> => {
    for (let count = 0; isAlive; count += 1) {
      while (written - arrived() > AHEAD && arrived() < killAfter) await receiver.arrival();
      written += 1;
      await write(server, token, `${round}-${number}-${count}${count % 2 === 0 ? "r" : "f"}`);
      if (arrived() >= killAfter && isAlive) {
        isAlive = false;
        await server.kill();
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
}

interface Books {
  /** Things that the database holds. */
  readonly things: Set<string>;
  /** Ids of events, and the things they tell of. */
  readonly events: Map<string, string>;
  readonly numbers: number[];
}

/** What the database holds, read when no server runs. */
async function books(place: ServerPlace): Promise<Books> {
  const database = await openDatabase({ url: place.databaseUrl });
  try {
    return await database.read(async (tx) => {
      const ids = await tx.rows<{ id: string }>(
        "select id from rating union all select id from feedback_item",
      );
      const events = await tx.rows<{ id: string; subject_id: string; number: number | null }>(
        "select id, subject_id, number from event where kind <> 'webhook.test' order by number",
      );
      return {
        things: new Set(ids.map(({ id }) => id)),
        events: new Map(events.map((event) => [event.id, event.subject_id])),
        numbers: events.flatMap(({ number }) => (number === null ? [] : [number])),
      };
    });
  } finally {
    await database.close();
  }
}

/** Waits until a last event has its number and nothing waits for the endpoint: whatever was noted before it has arrived. */
async function drained(server: ServerProcess, id: string): Promise<void> {
  const { eventId } = (await (await api(server, "POST", `/webhooks/${id}/test`)).json()) as {
    eventId: string;
  };
  for (let look = 0; look < 3000; look += 1) {
    const isNumbered = (await api(server, "GET", `/events/${eventId}`)).status === 200;
    const webhook = (await (await api(server, "GET", `/webhooks/${id}`)).json()) as { waiting: number };
    if (isNumbered && webhook.waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the deliveries did not end");
}

/** Kills `rounds` times, then lets a whole server deliver the rest; gives what is wrong. */
async function experiment(place: ServerPlace, rounds: number, entry?: string) {
  const receiver = await startReceiver();
  let server = await startServer(place, entry);
  const wish = { url: receiver.url, kinds: ["*"], allow: ["127.0.0.1"] };
  const made = (await (await api(server, "POST", "/webhooks", wish)).json()) as { webhook: { id: string } };
  for (let round = 0; round < rounds; round += 1) {
    await killedRound(server, receiver, round, 100 + Math.floor(Math.random() * 200));
    server = await startServer(place, entry);
    if (round % 50 === 49)
      process.stdout.write(`${round + 1} kills, ${receiver.calls.length} webhooks came\n`);
  }
  await server.kill();
  server = await startServer(place);
  if (entry === undefined) await drained(server, made.webhook.id);
  await server.stop();
  await receiver.close();
  const { things, events, numbers } = await books(place);
  const arrived = new Set(receiver.calls.map(({ headers }) => String(headers["webhook-id"])));
  const told = new Set(events.values());
  const isOurs = (body: string): boolean => !body.includes('"webhook.test"');
  const foreign = receiver.calls.filter(
    ({ headers, body }) => isOurs(body) && !events.has(String(headers["webhook-id"])),
  );
  return {
    untold: [...things].filter((id) => !told.has(id)),
    invented: [...told].filter((id) => !things.has(id)),
    undelivered: [...events.keys()].filter((id) => !arrived.has(id)),
    foreign: foreign.length,
    things: things.size,
    numbers,
  };
}

const SETTINGS = {
  PRILAVOK_LIMITS_FEEDBACK_RATE: "100000",
  PRILAVOK_LIMITS_BASKET_RATE: "100000",
  PRILAVOK_LOG_LEVEL: "warn",
};

for (const engine of ["sqlite", "postgres"] as const) {
  const declare = engines().includes(engine) ? describe : describe.skip;
  declare(`events under kill -9 (${engine})`, () => {
    let place: ServerPlace | undefined;
    afterAll(async () => place?.remove());

    test(`${ROUNDS} rounds: everything committed is delivered, and nothing else`, {
      timeout: 600_000 + ROUNDS * 60_000,
    }, async () => {
      place = await serverPlace(engine, SETTINGS);
      const { things, numbers, ...wrong } = await experiment(place, ROUNDS);
      expect(things).toBeGreaterThan(ROUNDS * 50);
      expect(wrong).toEqual({ untold: [], invented: [], undelivered: [], foreign: 0 });
      expect(new Set(numbers).size).toBe(numbers.length);
    });
  });
}

test("a server that believes in an arrival before it sends is caught", { timeout: 600_000 }, async () => {
  const place = await serverPlace("sqlite", SETTINGS);
  const entry = join(ROOT, "test", "e2e", "mutants", "believe-early.ts");
  const { undelivered } = await experiment(place, 1, entry);
  await place.remove();
  expect(undelivered.length).toBeGreaterThan(0);
});
