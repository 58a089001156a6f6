// A server with only the Yandex Eats face, a clock that tests turn and the clients and places of the samples.
import type { FastifyInstance, InjectOptions } from "fastify";
import { v7 as uuidv7 } from "uuid";
import { type Instant, instant } from "../../../src/core/basics/index.ts";
import { createSecrets, type House } from "../../../src/flows/index.ts";
import { buildServer, createLog, createMetrics } from "../../../src/http/index.ts";
import {
  type YandexEatsFace,
  type YandexEatsSettings,
  yandexEatsFace,
} from "../../../src/protocols/yandex-eats/index.ts";
import { type Database, type FeedbackView, listFeedback, saveOutlet } from "../../../src/storage/index.ts";

export { sample } from "./recorded.ts";

/** Outlets that the samples call known: one by its own id, one by its id at Yandex Eats. */
const OUTLETS = [
  { id: "lesnaya-12", yandexEatsId: null },
  { id: "outlet-2", yandexEatsId: "4021" },
];

/** The first client of the samples. */
export const CLIENT = { clientId: "yandex-eats-demo", secret: "s3cr3t-Demo-Value-0001" } as const;

/** The installation's secret of the tests. */
export const PEPPER = "pepper of the tests";

/** A face on a server, and what tests do with it. */
export interface Stand {
  readonly app: FastifyInstance;
  readonly house: House;
  readonly face: YandexEatsFace;
  readonly settings: YandexEatsSettings;
  readonly logged: string[];
  readonly alarms: string[];
  /** Write transactions begun so far. */
  writes(): number;
  turnClock(ms: number): void;
  token(scope?: string): Promise<string>;
  send(body: string | Buffer, token: string, headers?: Record<string, string>): Promise<Answer>;
  call(options: InjectOptions): Promise<Answer>;
  stored(query?: { sourceOrderId?: string; orderId?: string }): Promise<FeedbackView[]>;
}

/** An answer with its body as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Start of every test's clock. */
export const NOON: Instant = instant(Date.UTC(2026, 10, 5, 12));

/** Builds it on a migrated database. */
export function makeStand(database: Database, settings: Partial<YandexEatsSettings> = {}): Stand {
  let clock: number = NOON;
  const logged: string[] = [];
  const alarms: string[] = [];
  let writes = 0;
  const counted: Database = {
    engine: database.engine,
    traits: database.traits,
    read: (work) => database.read(work),
    look: (work) => database.look(work),
    transaction: (work) => {
      writes += 1;
      return database.transaction(work);
    },
    onAnnounced: (listener) => database.onAnnounced(listener),
    close: () => database.close(),
  };
  const house: House = {
    database: counted,
    now: () => instant(clock),
    newId: () => uuidv7(),
    alarm: (kind) => alarms.push(kind),
  };
  const all: YandexEatsSettings = {
    mode: "tolerant",
    basePath: "/yandex-eats",
    clients: [CLIENT, { clientId: "yandex-eats-demo2", secret: "a+b&c=d%e/" }],
    tokenLifetimeSeconds: 3600,
    badCredentialsStatus: 400,
    secrets: createSecrets(PEPPER),
    limits: { deliveriesPerSecond: 1_000_000 },
    ...settings,
  };
  const face = yandexEatsFace(house, all);
  const app = buildServer({
    log: createLog("info", false, (line) => logged.push(line)),
    metrics: createMetrics(),
    faces: [face],
    trustProxy: [],
    // A machine that runs other suites beside this one is slow; shedding has tests of its own.
    limits: { eventLoopDelayMs: 3_600_000, memoryBytes: Number.MAX_SAFE_INTEGER },
    readiness: { isServing: () => true, pingDatabase: async () => undefined, writersWaiting: () => 0 },
  });
  const call = async (options: InjectOptions): Promise<Answer> => {
    const response = await app.inject(options);
    return { status: response.statusCode, headers: response.headers, body: parsed(response.body) };
  };
  return {
    app,
    house,
    face,
    settings: all,
    logged,
    alarms,
    call,
    writes: () => writes,
    turnClock: (ms) => {
      clock += ms;
    },
    token: async (scope = "read write") => {
      const form = { client_id: CLIENT.clientId, client_secret: CLIENT.secret, scope };
      const payload = new URLSearchParams({ grant_type: "client_credentials", ...form }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const answer = await call({
        method: "POST",
        url: "/yandex-eats/security/oauth/token",
        payload,
        headers,
      });
      return (answer.body as { access_token: string }).access_token;
    },
    send: (body, token, headers = {}) =>
      call({
        method: "POST",
        url: "/yandex-eats/v1/feedback",
        payload: body,
        headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...headers },
      }),
    stored: (query = {}) => database.read((tx) => listFeedback(tx, { ...query, limit: 1000 })),
  };
}

/** Empties what deliveries leave, so that one database serves many samples; the outlets of the samples are there. */
export async function emptyRecords(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    for (const table of ["feedback_revision", "feedback_item", "delivery", "oauth_token"]) {
      await tx.run(`delete from ${table}`);
    }
    for (const outlet of OUTLETS) {
      await saveOutlet(tx, { ...outlet, name: null, city: null, timezone: null, pickupPointId: null });
    }
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
