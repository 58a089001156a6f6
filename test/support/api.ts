// The management API of a house under test, called by `inject`: the whole server without a port.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { instant } from "../../src/core/basics/index.ts";
import {
  BackupDesk,
  CalculationBook,
  createSecrets,
  ExportShelf,
  type House,
  Passwords,
  RuleShelf,
  type Secrets,
  type TrySettings,
} from "../../src/flows/index.ts";
import { apiFace, buildServer, createMetrics, type Face, LiveCalls } from "../../src/http/index.ts";
import { createLog } from "../../src/http/log.ts";
import { type HostLookup, judgeAddress } from "../../src/outbound/index.ts";
import type { Database, OpenedDatabase } from "../../src/storage/index.ts";

/** The administrator's token of every API under test. */
export const ADMIN = "test-administrator-token";

/** How long sessions of tests live, ms. */
export const SESSION_TERMS = { idleMs: 3_600_000, absoluteMs: 86_400_000 };

/** What faces beside the API are made of. */
export interface HouseParts {
  readonly house: House;
  readonly secrets: Secrets;
  readonly rules: RuleShelf;
  readonly book: CalculationBook;
}

/** A server on a database, with a clock that the test turns. */
export interface ApiUnderTest {
  readonly app: FastifyInstance;
  readonly house: House;
  readonly secrets: Secrets;
  readonly rules: RuleShelf;
  readonly book: CalculationBook;
  readonly backups: BackupDesk;
  readonly backupFolder: string;
  readonly passwords: Passwords;
  /** Lines that were logged. */
  readonly logged: string[];
  /** Kinds of alarms that rang. */
  readonly alarms: string[];
  /** Moves the clock on. */
  pass(ms: number): void;
  /** Calls with the administrator's token unless another is given; null: none. */
  call(method: string, path: string, options?: CallOptions): Promise<LightMyRequestResponse>;
}

/** What a call carries beside its path. */
export interface CallOptions {
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Buffer;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
}

/** Names as tests know them: "inside" and its neighbours are in the house, everything else is on the internet. */
const namesOfTests: HostLookup = async (host) => [
  { address: /inside|localhost/.test(host) ? "10.0.0.7" : "93.184.215.14", family: 4 },
];

/** Builds the server; `others` are faces beside the API. */
export function apiOn(
  database: Database,
  others: (parts: HouseParts) => readonly Face[] = () => [],
  databaseUrl = "",
  cartSettings: TrySettings = { shortStock: "error", severalChoices: "first", addonPrices: false },
): ApiUnderTest {
  let now = Date.UTC(2026, 10, 21, 12);
  let ids = 0;
  const logged: string[] = [];
  const alarms: string[] = [];
  const house: House = {
    database,
    now: () => instant(now),
    newId: () => {
      ids += 1;
      return `01900000-0000-7000-8000-${String(ids).padStart(12, "0")}`;
    },
    alarm: (kind) => alarms.push(kind),
  };
  const secrets = createSecrets("test-pepper");
  const shelf = new ExportShelf(join(tmpdir(), `prilavok-exports-${process.pid}.jsonl`));
  // Cheap ones: what they cost is the business of their own test.
  const passwords = new Passwords({ memory: 8, passes: 1 });
  const rules = new RuleShelf(house, "Europe/Moscow");
  const book = new CalculationBook(house);
  const backupFolder = mkdtempSync(join(tmpdir(), "prilavok-backups-"));
  const source = {
    url: databaseUrl,
    secret: "test-pepper",
    withSecret: false,
  };
  const system = {
    parts: { version: "0.0.0", startedAt: now, dataFolder: backupFolder, backupFolder, settings: [] },
    backups: new BackupDesk({ ...source, database: database as OpenedDatabase, into: backupFolder }),
  };
  const live = new LiveCalls(() => now);
  const app = buildServer({
    live,
    log: createLog("info", false, (line) => logged.push(line)),
    metrics: createMetrics(),
    readiness: { isServing: () => true, pingDatabase: async () => undefined, writersWaiting: () => 0 },
    faces: [
      apiFace({
        house,
        secrets,
        rules,
        book,
        token: ADMIN,
        failedAuthLimit: 20,
        language: "en",
        cartSettings,
        loyaltyCodeMs: 120_000,
        correctionLimits: { mostPoints: 10_000, mostPerDay: 50 },
        live,
        system,
        attention: { backupMs: 86_400_000, feedMs: 0 },
        testChannels: async () => [],
        exportShelf: shelf,
        passwords,
        sessionTerms: SESSION_TERMS,
        judgeAddress: (url, allow) => judgeAddress(url, allow, namesOfTests),
      }),
      ...others({ house, secrets, rules, book }),
    ],
    trustProxy: [],
    // A busy test machine is no overload: shedding has tests of its own.
    limits: { eventLoopDelayMs: 60_000, memoryBytes: Number.MAX_SAFE_INTEGER },
  });
  return {
    app,
    house,
    secrets,
    rules,
    book,
    backups: system.backups,
    backupFolder,
    passwords,
    logged,
    alarms,
    pass: (ms) => {
      now += ms;
    },
    call: (method, path, { body, raw, token = ADMIN, headers = {}, address = "127.0.0.1" } = {}) =>
      app.inject({
        method: method as "GET",
        url: path,
        remoteAddress: address,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(raw === undefined && body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(raw === undefined ? {} : { payload: raw }),
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      }),
  };
}
