// kill -9 while 64 callers place orders: what was answered is there, whole, once; a repeat gets the same answer to the byte.

import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/storage/index.ts";
import { engines } from "../support/engines.ts";
import {
  auditOrders,
  fillShop,
  isPlaced,
  type OrderAudit,
  type OrderSent,
  sendOrder,
  UNHURRIED,
} from "../support/orders.ts";
import { ROOT, type ServerPlace, serverPlace, startServer } from "../support/server.ts";

const WRITERS = 64;

/** The long form is 50 rounds of 10,000. */
const ROUNDS = Number(process.env["PRILAVOK_KILL_ROUNDS"] ?? 5);
const ORDERS = Number(process.env["PRILAVOK_KILL_ORDERS"] ?? 500);

/** Answers by key: null where none came. */
type Sent = Map<string, { readonly customer: number; readonly answer: OrderSent | null }>;

/** Places orders until the server is killed, after `killAfter` answers. */
async function load(place: ServerPlace, round: number, killAfter: number, entry?: string): Promise<Sent> {
  const server = await startServer(place, entry);
  const sent: Sent = new Map();
  let placed = 0;
  let isAlive = true;
  const writer = async (customer: number): Promise<void> => {
    for (let count = 0; isAlive; count += 1) {
      const uuid = `r${round}w${customer}n${count}`;
      sent.set(uuid, { customer, answer: null });
      const answer = await sendOrder(server.url, uuid, customer);
      if (!isPlaced(answer)) continue;
      sent.set(uuid, { customer, answer });
      placed += 1;
      if (placed < killAfter || !isAlive) continue;
      isAlive = false;
      await server.kill();
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, customer) => writer(customer)));
  return sent;
}

async function audit(place: ServerPlace): Promise<OrderAudit> {
  const database = await openDatabase({ url: place.databaseUrl });
  try {
    return await database.read(auditOrders);
  } finally {
    await database.close();
  }
}

/** Sends everything again; gives the keys whose answer differs from the first, or that are not placed now. */
async function repeatAll(place: ServerPlace, sent: Sent): Promise<{ odd: string[]; readyMs: number }> {
  const started = performance.now();
  const server = await startServer(place);
  const readyMs = performance.now() - started;
  const odd: string[] = [];
  const waiting = [...sent];
  const again = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [uuid, { customer, answer }] = next;
      const second = await sendOrder(server.url, uuid, customer);
      if (!isPlaced(second) || (answer !== null && answer.text !== second.text)) odd.push(uuid);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, again));
  await server.stop();
  return { odd, readyMs };
}

async function round(place: ServerPlace, number: number, entry?: string) {
  const sent = await load(place, number, ORDERS * (0.3 + 0.7 * Math.random()), entry);
  const afterKill = await audit(place);
  const acknowledged = [...sent].filter(([, { answer }]) => answer !== null).map(([uuid]) => uuid);
  const lost = acknowledged.filter((uuid) => !afterKill.keys.has(uuid));
  const { odd, readyMs } = await repeatAll(place, sent);
  const afterRepeat = await audit(place);
  const doubled = [...sent.keys()].filter((uuid) => afterRepeat.keys.get(uuid) !== 1);
  const faults = [...afterKill.faults, ...afterRepeat.faults];
  return { acknowledged: acknowledged.length, lost, doubled, odd, faults, readyMs };
}

describe(`kill -9 under ${WRITERS} callers who place orders`, () => {
  let place: ServerPlace | undefined;
  afterEach(async () => {
    await place?.remove();
    place = undefined;
  });

  for (const engine of ["sqlite", "postgres"] as const) {
    test.skipIf(!engines().includes(engine))(
      `${ROUNDS} rounds lose, double and halve nothing (${engine})`,
      { timeout: 300_000 + ROUNDS * ORDERS * 100 },
      async () => {
        place = await serverPlace(engine, UNHURRIED);
        await fillShop(place);
        const ready: number[] = [];
        let total = 0;
        for (let number = 0; number < ROUNDS; number += 1) {
          const { acknowledged, readyMs, ...wrong } = await round(place, number);
          expect(wrong).toEqual({ lost: [], doubled: [], odd: [], faults: [] });
          ready.push(Math.round(readyMs));
          total += acknowledged;
          if (number % 10 === 9)
            process.stdout.write(`${engine}: ${number + 1} kills, ${total} orders so far\n`);
        }
        process.stdout.write(
          `${engine}: ${ROUNDS} kills, ${total} orders acknowledged, ready again after ${ready.join(", ")} ms\n`,
        );
      },
    );
  }

  test("a server that acknowledges before the commit is caught", { timeout: 300_000 }, async () => {
    place = await serverPlace("sqlite", UNHURRIED);
    await fillShop(place);
    const { lost } = await round(place, 0, join(ROOT, "test", "e2e", "mutants", "acknowledge-early.ts"));
    expect(lost.length).toBeGreaterThan(0);
  });
});
