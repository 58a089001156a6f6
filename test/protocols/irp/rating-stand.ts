// A stand for the rating webhook: a server with one key, a new order for each test, and a look at what was kept.
import { readFileSync } from "node:fs";
import { beforeAll, beforeEach, expect } from "vitest";
import { instant } from "../../../src/core/basics/index.ts";
import { createSecrets, type House, importOrders, KeyRing, ratingsOf } from "../../../src/flows/index.ts";
import { irpFace, ratingRoute } from "../../../src/protocols/irp/index.ts";
import type { EngineUnderTest } from "../../support/engines.ts";
import { type ServerUnderTest, serverWith } from "../../support/inject-server.ts";

/** A sample of this folder. */
export const sample = (name: string): string =>
  readFileSync(new URL(`samples/${name}`, import.meta.url), "utf8");

/** The documented answer. */
export const SUCCESS = JSON.parse(sample("62-rating-response.json")) as object;

const KEY = { key: "test-key-0001" };

/** Sets the stand up for the suite that calls it. */
export function ratingStand(engine: EngineUnderTest) {
  let ids = 0;
  let orders = 0;
  const alarms: string[] = [];
  const mount = (onAsked: "keep" | "reopen"): ServerUnderTest => {
    const keyRing = new KeyRing(house, createSecrets("pepper"), "irp", [KEY.key]);
    const gate = {
      keyRing,
      bodyLimit: 256 * 1024,
      callsPerSecond: 1e9,
      failuresPerMinute: 1e9,
      now: () => state.now,
    };
    return serverWith([irpFace(gate, "/irp", [ratingRoute(house, { onAsked, language: "ru" })])]);
  };
  const state = {
    /** Of the running test only. */
    order: "",
    now: 1_763_712_000_000,
    alarms,
    server: undefined as unknown as ServerUnderTest,
  };
  const house: House = {
    get database() {
      return engine.database;
    },
    now: () => instant(state.now),
    newId: () => `id-${String(ids++).padStart(6, "0")}`,
    alarm: (kind) => alarms.push(kind),
  };
  const send = (payload: string, headers: Record<string, string> = KEY, to = state.server) =>
    to.app.inject({ method: "POST", url: "/irp/rating", payload, headers });
  /** Sends and expects the documented answer. */
  const rate = async (
    body: object | string,
    to = state.server,
    headers: Record<string, string> = KEY,
  ): Promise<void> => {
    const answer = await send(typeof body === "string" ? body : JSON.stringify(body), headers, to);
    expect([answer.statusCode, answer.json()]).toEqual([200, SUCCESS]);
  };
  const ratingOf = async (orderId = state.order) =>
    (await ratingsOf(house, { orderId, before: null, limit: 10 }))[0] ?? null;
  const deliveries = () =>
    engine.database.read((tx) =>
      tx.rows<{
        effect: string;
        body: Uint8Array;
        item_id: string | null;
        warnings: string;
        reason: string | null;
        client_id: string;
        request_id: string;
      }>("select effect, body, item_id, warnings, reason, client_id, request_id from delivery order by id"),
    );
  const lastDelivery = async () => {
    const last = (await deliveries()).at(-1);
    return { ...last, body: Buffer.from(last?.body ?? []).toString() };
  };
  beforeAll(async () => {
    state.server = mount("keep");
    await importOrders(house, Buffer.from('["100245", "100300"]'));
    return () => state.server.app.close();
  });
  beforeEach(() => {
    orders += 1;
    state.order = `o-${orders}`;
    state.now += 1000;
    state.server.log.length = 0;
    alarms.length = 0;
  });
  return Object.assign(state, { house, mount, send, rate, ratingOf, deliveries, lastDelivery });
}
