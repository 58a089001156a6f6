// A process ended at a random moment under load loses nothing that it acknowledged and doubles nothing that is repeated.
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/storage/index.ts";
import { engines } from "../support/engines.ts";
import {
  CREDENTIALS,
  eatsToken,
  ROOT,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

const WRITERS = 64;
const ROUNDS = Number(process.env["PRILAVOK_KILL_ROUNDS"] ?? 5);

interface Sent {
  readonly kind: "feedback" | "rating";
  readonly id: string;
}

const key = (sent: Sent): string => `${sent.kind} ${sent.id}`;

/** Sends one write; true when it was acknowledged. A cut connection is no answer. */
async function send(url: string, token: string, sent: Sent): Promise<boolean> {
  return (await statusOf(url, token, sent)) === 200;
}

/** Most times that a server which says it is busy is asked. */
const TRIES = 20;

/** Sends one write as a vendor repeats it: a busy server (503) is asked again; true when it was acknowledged. */
async function repeat(url: string, token: string, sent: Sent): Promise<boolean> {
  for (let attempt = 1; attempt < TRIES; attempt += 1) {
    const status = await statusOf(url, token, sent);
    if (status !== 503) return status === 200;
    await setTimeout(100 * attempt);
  }
  return send(url, token, sent);
}

/** The answer's status; null for a cut connection. */
async function statusOf(url: string, token: string, sent: Sent): Promise<number | null> {
  const [path, headers, body] =
    sent.kind === "feedback"
      ? ["/yandex-eats/v1/feedback", { authorization: `Bearer ${token}` }, feedbackBody(sent.id)]
      : [
          "/irp/rating",
          { key: CREDENTIALS.irpKey },
          { id: sent.id, rating: 4, comment: `оценка ${sent.id}` },
        ];
  try {
    const answer = await fetch(url + (path as string), {
      method: "POST",
      headers: { ...(headers as Record<string, string>), "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}

function feedbackBody(id: string): object {
  return {
    feedback: {
      id,
      createdAt: "2026-11-04T21:17:45.318204+03:00",
      eatsId: `261104-${id.replace(/\D/g, "").padStart(8, "0").slice(-8)}`,
      orderId: `POS-${id}`,
      restaurantId: "lesnaya-12",
      rating: 5,
      deliveredAt: "2026-11-04T20:58:40+03:00",
    },
  };
}

/** 64 writers send different things until the process is killed, after `killAfter` acknowledgements. */
async function load(
  server: ServerProcess,
  token: string,
  round: number,
  killAfter: number,
): Promise<{ acknowledged: Set<string>; tried: Map<string, Sent> }> {
  const acknowledged = new Set<string>();
  const tried = new Map<string, Sent>();
  let isAlive = true;
  const writer = async (number: number): Promise<void> => {
    for (let count = 0; isAlive && count < 2000; count += 1) {
      const sent: Sent = {
        kind: number % 2 === 0 ? "feedback" : "rating",
        id: `r${round}w${number}n${count}`,
      };
      tried.set(key(sent), sent);
      if (await send(server.url, token, sent)) acknowledged.add(key(sent));
      if (acknowledged.size >= killAfter && isAlive) {
        isAlive = false;
        await server.kill();
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
  if (isAlive) await server.kill();
  return { acknowledged, tried };
}

/** What the database holds, with how often. */
async function stored(place: ServerPlace): Promise<Map<string, number>> {
  const database = await openDatabase({ url: place.databaseUrl });
  try {
    return await database.read(async (tx) => {
      const counts = new Map<string, number>();
      const count = (kind: Sent["kind"], id: string): void =>
        void counts.set(`${kind} ${id}`, (counts.get(`${kind} ${id}`) ?? 0) + 1);
      for (const row of await tx.rows<{ id: string }>("select source_id as id from feedback_item"))
        count("feedback", row.id);
      for (const row of await tx.rows<{ id: string }>("select order_id as id from rating"))
        count("rating", row.id);
      return counts;
    });
  } finally {
    await database.close();
  }
}

/** One round: load, kill, audit, restart, repeat everything, audit again. */
async function round(
  place: ServerPlace,
  number: number,
  entry?: string,
): Promise<{ lost: string[]; doubled: string[]; acknowledged: number }> {
  const server = await startServer(place, entry);
  const token = await eatsToken(server.url);
  const { acknowledged, tried } = await load(server, token, number, 200 + Math.floor(Math.random() * 400));
  const afterKill = await stored(place);
  const lost = [...acknowledged].filter((name) => !afterKill.has(name));
  const again = await startServer(place);
  const fresh = await eatsToken(again.url);
  const all = [...tried.values()];
  for (let start = 0; start < all.length; start += WRITERS) {
    const answers = await Promise.all(
      all.slice(start, start + WRITERS).map((sent) => repeat(again.url, fresh, sent)),
    );
    expect(answers.every(Boolean)).toBe(true);
  }
  await again.stop();
  const afterRepeat = await stored(place);
  const doubled = all.map(key).filter((name) => afterRepeat.get(name) !== 1);
  return { lost, doubled, acknowledged: acknowledged.size };
}

for (const engine of ["sqlite", "postgres"] as const) {
  const declare = engines().includes(engine) ? describe : describe.skip;
  declare(`kill -9 under ${WRITERS} writers (${engine})`, () => {
    let place: ServerPlace | undefined;
    afterAll(async () => place?.remove());

    test(`${ROUNDS} rounds lose nothing acknowledged and double nothing repeated`, {
      timeout: 300_000,
    }, async () => {
      place = await serverPlace(engine, {
        PRILAVOK_LIMITS_FEEDBACK_RATE: "100000",
        PRILAVOK_LIMITS_BASKET_RATE: "100000",
        PRILAVOK_LOG_LEVEL: "warn",
      });
      for (let number = 0; number < ROUNDS; number += 1) {
        const { lost, doubled, acknowledged } = await round(place, number);
        expect(acknowledged).toBeGreaterThanOrEqual(200);
        expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
      }
    });
  });
}

test("a server that acknowledges before the commit is caught", { timeout: 120_000 }, async () => {
  const place = await serverPlace("sqlite", {
    PRILAVOK_LIMITS_FEEDBACK_RATE: "100000",
    PRILAVOK_LIMITS_BASKET_RATE: "100000",
    PRILAVOK_LOG_LEVEL: "warn",
  });
  const { lost } = await round(place, 0, join(ROOT, "test", "e2e", "mutants", "acknowledge-early.ts"));
  await place.remove();
  expect(lost.length).toBeGreaterThan(0);
});
