// Callers who place orders while something is done to the server or its database, and what must be true of it afterwards.
import { openDatabase } from "../../src/storage/index.ts";
import { auditOrders, isPlaced, sendOrder } from "./orders.ts";
import type { ServerPlace } from "./server.ts";

const CALLERS = 8;

/** Callers who place orders until told to end; what they saw. */
export class Callers {
  /** Answers of placed orders by key. */
  readonly placed = new Map<string, string>();
  readonly tried = new Set<string>();
  readonly statuses = new Map<number, number>();
  #isOver = false;
  readonly #ended: Promise<unknown>;

  constructor(url: string, name: string) {
    this.#ended = Promise.all(Array.from({ length: CALLERS }, (_, number) => this.#call(url, name, number)));
  }

  async #call(url: string, name: string, number: number): Promise<void> {
    for (let count = 0; !this.#isOver; count += 1) {
      const uuid = `${name}w${number}n${count}`;
      this.tried.add(uuid);
      const answer = await sendOrder(url, uuid, number);
      this.statuses.set(answer.status, this.seen(answer.status) + 1);
      if (isPlaced(answer)) this.placed.set(uuid, answer.text);
      if (answer.status !== 200) await new Promise((next) => setTimeout(next, 20));
    }
  }

  /** How often this status was answered; 0: no answer. */
  seen(status: number): number {
    return this.statuses.get(status) ?? 0;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#ended;
  }

  /** Sends these orders again; gives those that are not placed now, or answered otherwise than before. */
  async repeat(url: string, uuids: Iterable<string> = this.tried): Promise<string[]> {
    const odd: string[] = [];
    for (const uuid of uuids) {
      const answer = await sendOrder(url, uuid, Number(/w(\d+)n/.exec(uuid)?.[1]));
      if (!isPlaced(answer) || answer.text !== (this.placed.get(uuid) ?? answer.text)) odd.push(uuid);
    }
    return odd;
  }
}

/** Resolves when it is so, with how long that took, ms; rejects after a minute and a half. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < 90_000) {
    if (await isSo()) return performance.now() - started;
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error("it never came");
}

/** What must be empty after any fault. */
export interface Wrong {
  /** Acknowledged, and not there exactly once. */
  readonly lost: readonly string[];
  /** There, and sent by nobody. */
  readonly strange: readonly string[];
  /** Sentences about orders that are not whole. */
  readonly faults: readonly string[];
}

/** Nothing is wrong. */
export const SOUND: Wrong = { lost: [], strange: [], faults: [] };

/** Looks into the database of a server that has ended. */
export async function wrongWith(place: ServerPlace, callers: Callers): Promise<Wrong> {
  const database = await openDatabase({ url: place.databaseUrl });
  const { keys, faults } = await database.read(auditOrders);
  await database.close();
  return {
    lost: [...callers.placed.keys()].filter((uuid) => keys.get(uuid) !== 1),
    strange: [...keys.keys()].filter((uuid) => !callers.tried.has(uuid)),
    faults,
  };
}
