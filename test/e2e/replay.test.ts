// A thousand carts of both apps come out the same to the bit: after a restart, from a backup elsewhere, and on either engine.
import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { type PromotionDocument, price, type Quote } from "../../src/core/pricing/index.ts";
import { newCheck, RuleShelf, replayCalculations } from "../../src/flows/index.ts";
import { openDatabase } from "../../src/storage/index.ts";
import { engines } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";
import { type Answer, echoOf } from "../support/irp-answer.ts";
import { DEMO_SHOP, randomBaskets } from "../support/random-baskets.ts";
import {
  CREDENTIALS,
  ROOT,
  runCli,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

const CARTS = 1000;
/** Of them carts that come back as the app shows them, gifts and all. */
const ECHOES = 200;
const IN_FLIGHT = 16;
const SEED = 20_261_122;
/** Copies of every record in the place where a replay is killed, so that it lasts. */
const COPIES = 8;

const folder = mkdtempSync(join(tmpdir(), "prilavok-replay-world-"));
const places: ServerPlace[] = [];
const servers: ServerProcess[] = [];
/** By engine: what is kept of each cart, in the order of sending. */
const kept = new Map<string, readonly string[]>();

/** The demonstration's world without what depends on the hour, with limits that matter, and a second version of it. */
function makeWorld(): { world: string; changed: string; draft: string } {
  const demo = join(ROOT, "examples", "demo-world");
  const world = join(folder, "world");
  mkdirSync(world);
  for (const name of readdirSync(demo)) copyFileSync(join(demo, name), join(world, name));
  const document = parse(readFileSync(join(demo, "promotions.yaml"), "utf8")) as {
    promotions: PromotionDocument[];
  };
  const lasting = document.promotions.filter(({ schedule }) => schedule === undefined);
  const limited: PromotionDocument[] = [
    { id: "budgeted", name: "Бюджет", then: [{ percent: 4 }], limits: { budget: 57.31 } },
    { id: "counted", name: "Счётная", then: [{ percent: 1 }], limits: { uses: 3, budget: 900 } },
  ];
  const write = (path: string, promotions: readonly PromotionDocument[]): string => {
    writeFileSync(path, stringify({ ...document, promotions }));
    return path;
  };
  const withPans = (percent: number): PromotionDocument[] =>
    [...lasting, ...limited].map((each) => (each.id === "pans-15" ? { ...each, then: [{ percent }] } : each));
  write(join(world, "promotions.yaml"), withPans(15));
  return {
    world,
    changed: write(join(folder, "changed.yaml"), withPans(17)),
    draft: write(join(folder, "draft.yaml"), withPans(30)),
  };
}

async function priced(url: string, body: object): Promise<{ id: string; answer: Answer }> {
  const reply = await fetch(`${url}/irp/basket`, {
    method: "POST",
    headers: { key: CREDENTIALS.irpKey, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(reply.status).toBe(200);
  return { id: String(reply.headers.get("x-request-id")), answer: (await reply.json()) as Answer };
}

/** Sends the bodies, some at once; gives ids and answers in the order of the bodies. */
async function sendAll(url: string, bodies: readonly object[]): Promise<{ id: string; answer: Answer }[]> {
  const answers: { id: string; answer: Answer }[] = [];
  for (let start = 0; start < bodies.length; start += IN_FLIGHT) {
    const some = bodies.slice(start, start + IN_FLIGHT).map((body) => priced(url, body));
    answers.push(...(await Promise.all(some)));
  }
  return answers;
}

async function newPlace(engine: "sqlite" | "postgres"): Promise<ServerPlace> {
  const place = await serverPlace(engine, {
    PRILAVOK_LIMITS_BASKET_RATE: "100000",
    PRILAVOK_LOG_LEVEL: "warn",
  });
  places.push(place);
  return place;
}

async function start(place: ServerPlace): Promise<ServerProcess> {
  const server = await startServer(place);
  servers.push(server);
  return server;
}

/** Types a command that must succeed; gives what it printed. */
async function typed(place: ServerPlace, ...argv: string[]): Promise<string> {
  const { code, out, error } = await runCli(place, argv);
  expect([code, error], `${argv.join(" ")}\n${out}`).toEqual([0, ""]);
  return out;
}

const allSame = { taken: CARTS, counts: { same: CARTS, differs: 0, rules_gone: 0, goods_gone: 0 } };

/** The results of `ids`, in their order. */
async function resultsOf(place: ServerPlace, ids: readonly string[]): Promise<string[]> {
  const database = await openDatabase({ url: place.databaseUrl });
  const rows = await database.read((tx) =>
    tx.rows<{ id: string; result: string }>("select id, result from calculation"),
  );
  await database.close();
  const byId = new Map(rows.map(({ id, result }) => [id, result]));
  return ids.map((id) => byId.get(id) ?? "");
}

let files: ReturnType<typeof makeWorld>;
beforeAll(() => {
  files = makeWorld();
});
afterAll(async () => {
  for (const server of servers) await server.kill();
  for (const place of places) await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(engines())(`${CARTS} recorded carts (%s)`, (engine) => {
  let first: ServerPlace;
  let second: ServerPlace;

  test("are the same after a restart, beside a server that goes on selling", async () => {
    first = await newPlace(engine);
    await typed(first, "import", "world", files.world);
    const before = await start(first);
    const bodies = randomBaskets(SEED, CARTS - ECHOES, DEMO_SHOP);
    const early = await sendAll(before.url, bodies.slice(0, 400));
    await typed(first, "promotions", "apply", files.changed);
    const late = await sendAll(before.url, bodies.slice(400));
    const shown = [...early, ...late];
    const echoes = bodies.slice(-ECHOES).map((body, index) => {
      const { answer } = shown[bodies.length - ECHOES + index] as { answer: Answer };
      return echoOf(body, answer);
    });
    const ids = [...shown, ...(await sendAll(before.url, echoes))].map(({ id }) => id);
    expect(await before.stop()).toBe(0);
    kept.set(engine, await resultsOf(first, ids));

    const again = await start(first);
    const until = new Date().toISOString();
    const replaying = typed(first, "replay", "--json", "--until", until);
    const more = await sendAll(again.url, randomBaskets(SEED + 1, 100, DEMO_SHOP));
    expect(more).toHaveLength(100);
    expect(JSON.parse(await replaying)).toMatchObject(allSame);
    const draft = JSON.parse(
      await typed(first, "replay", "--rules", files.draft, "--json", "--until", until),
    );
    expect(draft.carts).toMatchObject({ priced: CARTS, dearer: expect.any(Number) });
    expect(draft.carts.cheaper).toBeGreaterThan(100);
    const backup = JSON.parse(await typed(first, "backup", "create", "--to", folder, "--json"));
    await again.stop();

    second = await newPlace(engine);
    await typed(second, "backup", "restore", backup.folder);
    expect(JSON.parse(await typed(second, "replay", "--json", "--until", until))).toMatchObject(allSame);
  });

  test("show every kind of figure, or the rest would prove little", () => {
    const digests = (kept.get(engine) ?? []).map(
      (text) => JSON.parse(text) as { promotions: (string | number)[]; points: unknown; code: unknown },
    );
    const having = (test: (digest: (typeof digests)[number]) => boolean): number =>
      digests.filter(test).length;
    const applied = (id: string): number =>
      having(
        ({ promotions }) =>
          typeof promotions[promotions.indexOf(id) + 1] === "number" && promotions.includes(id),
      );
    for (const id of ["budgeted", "pans-15", "gift-spices", "code-welcome", "instead-500"])
      expect(applied(id), id).toBeGreaterThan(5);
    expect(having(({ code }) => code === "applied")).toBeGreaterThan(20);
    expect(having(({ points }) => points !== null)).toBeGreaterThan(100);
  });

  test("an engine that is off by a kopeck, or a fact that is, does not pass", async () => {
    const database = await openDatabase({ url: second.databaseUrl });
    const house = houseOver(database);
    const shelf = new RuleShelf(house, "Europe/Moscow");
    const plan = {
      span: { from: 0, until: Date.now() + 1, channel: null },
      every: 1,
      limit: null,
      worst: 1,
    };
    const { tally } = await replayCalculations(house, shelf, plan, newCheck(), {}, (...asked) => {
      const quote = price(...asked);
      return { ...quote, discount: (quote.discount + 1) as Quote["discount"] };
    });
    expect(tally.counts).toMatchObject({ same: 0 });
    const changed = await database.transaction((tx) =>
      tx.run(
        "update calculation set input = replace(input, ',349000,', ',349001,') where id = (select id from calculation where input like '%,349000,%' order by id limit 1)",
      ),
    );
    await database.close();
    expect(changed).toBe(1);
    const { code, out } = await runCli(second, ["replay", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out).counts).toMatchObject({ differs: 1 });
  });
});

test("both engines recorded the same figures for the same carts", ({ skip }) => {
  if (engines().length < 2) skip("there is no PostgreSQL here");
  const [sqlite, postgres] = [kept.get("sqlite"), kept.get("postgres")];
  expect(sqlite).toHaveLength(CARTS);
  expect(sqlite?.includes("")).toBe(false);
  expect(postgres).toEqual(sqlite);
});

describe("a replay that is killed", () => {
  test("goes on where it stopped, and its report and table are those of one that was not", async () => {
    const place = places[1] as ServerPlace;
    const database = await openDatabase({ url: place.databaseUrl });
    await database.transaction((tx) =>
      tx.run(
        `with recursive copy (n) as (select 1 union all select n + 1 from copy where n < ?)
          insert into calculation (id, at, channel, customer_id, code, rules_version, rules_hash, engine_version, input, result, size)
          select id || '-' || n, at, channel, customer_id, code, rules_version, rules_hash, engine_version, input, result, size
          from calculation cross join copy`,
        [COPIES],
      ),
    );
    await database.close();
    const kills = join(place.environment["PRILAVOK_DATA_DIR"] as string, "replay");
    mkdirSync(kills, { recursive: true });
    const argv = (table: string) => [
      "replay",
      "--rules",
      files.draft,
      "--json",
      "--out",
      join(folder, table),
    ];
    const child = spawn(process.execPath, [join(ROOT, "bin", "prilavok.js"), ...argv("carts.csv")], {
      cwd: ROOT,
      env: { PATH: process.env["PATH"] ?? "", ...place.environment },
      stdio: "ignore",
    });
    const watcher = watch(kills, (_, name) => {
      if (name?.endsWith(".json")) child.kill("SIGKILL");
    });
    const signal = await new Promise((resolve) => child.once("close", (_, by) => resolve(by)));
    watcher.close();
    expect(signal).toBe("SIGKILL");
    expect(readdirSync(kills).filter((name) => name.endsWith(".json"))).toHaveLength(1);
    const resumed = JSON.parse(await typed(place, ...argv("carts.csv"), "--resume"));
    expect(readdirSync(kills).filter((name) => name.endsWith(".json"))).toEqual([]);
    const whole = JSON.parse(await typed(place, ...argv("whole.csv")));
    expect(whole.taken).toBeGreaterThan(CARTS * COPIES);
    expect({ ...resumed, until: null }).toEqual({ ...whole, until: null });
    const [table, expected] = ["carts.csv", "whole.csv"].map((name) =>
      readFileSync(join(folder, name), "utf8"),
    );
    expect(table === expected).toBe(true);
    expect(existsSync(kills)).toBe(true);
  });
});
