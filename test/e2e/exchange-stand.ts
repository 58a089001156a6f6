// The recorded IMSHOP exchanges against a real server of either engine, with the sample world loaded by command.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { openDatabase } from "../../src/storage/index.ts";
import { engines } from "../support/engines.ts";
import {
  CREDENTIALS,
  ROOT,
  runCli,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

const SAMPLES = join(ROOT, "test", "protocols", "irp", "samples");

/** The recorded exchange of that name. */
export const text = (name: string): string => readFileSync(join(SAMPLES, name), "utf8");

/** A line of an answer. */
export interface Line {
  id: string;
  price: number;
  quantity: number;
  discount: number;
  subtotal: number;
  gift?: number;
  selected?: boolean;
  canBePurchased?: boolean;
  notice?: string;
  itemKitId?: string;
  addons?: unknown;
  warehouseId?: string;
  appliedDiscounts?: string[];
  bonuses?: { canSpend: number; willEarn: number };
}

/** An answer to a cart. */
export interface Answer {
  totalPrice: number;
  discount: number;
  appliedPromocode: string | null;
  items: Line[];
  notice?: string;
  promocodeStatus?: string;
  bonuses?: { canSpend: number; willEarn: number };
  giftCards?: { number: string; success: boolean; status: string }[];
  promoGroups?: unknown[][];
  extraServices?: { serviceId: string; price: number; isSelected: boolean }[];
  lastSyncDate?: number;
}

const cents = (value: number): number => Math.round(value * 100);

/** What must be true of every basket answer. */
export function checkInvariants(answer: Answer): void {
  const counted = answer.items.filter((line) => line.selected !== false && line.canBePurchased !== false);
  for (const line of answer.items) {
    const gross = Math.round((Math.round(line.price * 100) * Math.round(line.quantity * 1000)) / 1000 + 1e-7);
    expect(cents(line.subtotal), line.id).toBe(gross - cents(line.discount));
    expect(line.discount).toBeGreaterThanOrEqual(0);
    expect(line.subtotal).toBeGreaterThanOrEqual(0);
  }
  expect(cents(answer.totalPrice)).toBe(counted.reduce((sum, line) => sum + cents(line.subtotal), 0));
  expect(cents(answer.discount)).toBe(counted.reduce((sum, line) => sum + cents(line.discount), 0));
  const nulls = Object.entries(answer).filter(
    ([name, value]) => value === null && name !== "appliedPromocode",
  );
  expect(nulls).toEqual([]);
  for (const line of answer.items)
    expect(Object.values(line).filter((value) => value === null || value === "")).toEqual([]);
}

/** What a test of the exchanges may do with its server. */
export interface ExchangeStand {
  /** Where it listens; another one after each `storedCart` on SQLite. */
  url(): string;
  post(
    path: string,
    body: string,
    headers?: Record<string, string>,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** The answer to a recorded cart: 200, and right in all that every answer must be. */
  basket(name: string): Promise<Answer>;
  /** The stored cart of the samples' customer as a test wants it; null for none. */
  storedCart(syncAt: number | null): Promise<void>;
}

/** Declares the tests of `declareTests` on each engine, with a server of their own. */
export function forEachExchangeStand(title: string, declareTests: (stand: ExchangeStand) => void): void {
  for (const engine of ["sqlite", "postgres"] as const) {
    const declare = engines().includes(engine) ? describe : describe.skip;
    declare(`${title} (${engine})`, () => declareTests(standOf(engine)));
  }
}

function standOf(engine: "sqlite" | "postgres"): ExchangeStand {
  let place: ServerPlace;
  let server: ServerProcess;

  beforeAll(async () => {
    place = await serverPlace(engine);
    const imported = await runCli(place, ["import", "world", join("examples", "irp-samples-world")]);
    expect(imported.code, imported.out + imported.error).toBe(0);
    server = await startServer(place);
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await place?.remove();
  });

  const post: ExchangeStand["post"] = async (path, body, headers = { key: CREDENTIALS.irpKey }) => {
    const response = await fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  return {
    url: () => server.url,
    post,
    async basket(name) {
      const { status, body } = await post("/irp/basket", text(name));
      expect(status, JSON.stringify(body)).toBe(200);
      checkInvariants(body as Answer);
      return body as Answer;
    },
    async storedCart(syncAt) {
      if (engine === "sqlite") await server.stop();
      const database = await openDatabase({ url: place.databaseUrl });
      await database.transaction((tx) => tx.run("delete from stored_cart"));
      await database.close();
      if (engine === "sqlite") server = await startServer(place);
      if (syncAt === null) return;
      const body = JSON.stringify({
        items: [{ configurationId: "880102", quantity: 1 }],
        externalUserId: "u-104512",
        lastSyncDate: syncAt,
      });
      expect((await post("/irp/basket", body)).status).toBe(200);
    },
  };
}
