// The channels' self-test: calls as vendors make them, through our own door, before a shop of its own that is thrown away after.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CalculationBook,
  createClient,
  createKey,
  type FeedEvent,
  type House,
  importFeed,
} from "../flows/index.ts";
import { buildServer, type ChannelCheck, createLog, createMetrics, type Face } from "../http/index.ts";
import { loadOffers, migrate, type OpenedDatabase, offerIds, openDatabase } from "../storage/index.ts";
import type { Installation } from "./installation.ts";
import { type Credentials, irpCalls, type TestedCall, yandexEatsCalls } from "./self-test-calls.ts";

/** Goods of the shop that carts are tried with: the first of the catalogue. */
const GOODS = 20;

/** Longest part of an answer that is told, characters. */
const SAID = 300;

/**
 * Makes every call once, under the settings and the rules in force. The shop's own database is only read: keys, carts, orders and
 * feedback of the test live in a file of their own, so that no number, list or limit of the shop ever shows them.
 */
export async function testChannels(
  installation: Installation,
  facesOf: (installation: Installation) => readonly Face[],
): Promise<readonly ChannelCheck[]> {
  const folder = await mkdtemp(join(tmpdir(), "prilavok-self-test-"));
  const database = await openDatabase({ url: `sqlite:${join(folder, "trial.db")}` });
  try {
    const house = await trialHouse(installation, database);
    const goods = await copyGoods(installation.house, house);
    const trial = { ...installation, database, house, book: new CalculationBook(house) };
    const app = buildServer({
      log: createLog("silent", false, () => undefined),
      metrics: createMetrics(),
      faces: facesOf(trial),
      trustProxy: [],
      readiness: { isServing: () => true, pingDatabase: async () => undefined, writersWaiting: () => 0 },
    });
    const { irp, eats } = await credentials(trial);
    const { config } = installation;
    const checks: ChannelCheck[] = [];
    for (const call of [
      ...irpCalls(config.text("irp.basePath"), irp, goods, config.text("irp.auth") !== "none"),
      ...yandexEatsCalls(
        config.text("yandexEats.basePath"),
        eats,
        Number(config.text("yandexEats.badCredentialsStatus")),
      ),
    ])
      checks.push(await make(app, call));
    await app.close();
    await trial.book.close();
    return checks;
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same house before the trial's database; what happens there rings no bell and tells nobody. */
async function trialHouse({ house }: Installation, database: OpenedDatabase): Promise<House> {
  await migrate(database, house.now());
  return {
    database,
    now: house.now,
    newId: house.newId,
    alarm: () => undefined,
    ...(house.timezone === undefined ? {} : { timezone: house.timezone }),
  };
}

/** Brings some goods of the shop; gives their ids. */
async function copyGoods(from: House, to: House): Promise<readonly string[]> {
  const { offers } = await from.database.read(async (tx) => loadOffers(tx, await offerIds(tx, GOODS)));
  const found = [...offers.values()].map(({ offer }) => offer).filter(({ isAvailable }) => isAvailable);
  if (found.length === 0) return [];
  async function* read(): AsyncGenerator<FeedEvent[]> {
    yield found.map(
      (offer, index): FeedEvent => ({
        kind: "offer",
        line: index + 1,
        // The trial has no tree of categories, and no stock of its own.
        offer: { ...offer, categoryIds: [], variants: [] },
      }),
    );
  }
  await importFeed(to, { name: "self-test", read });
  return found.map(({ id }) => id);
}

/** A key and a client as vendors have them, known to the trial only. */
async function credentials({ house, secrets }: Installation): Promise<{ irp: string; eats: Credentials }> {
  const key = await createKey(house, secrets, "irp", "self-test");
  const client = await createClient(house, secrets, "yandex-eats", "self-test");
  return { irp: key.kind === "created" ? key.key : "", eats: client };
}

async function make(app: ReturnType<typeof buildServer>, call: TestedCall): Promise<ChannelCheck> {
  const { channel, name, path, wanted } = call;
  const about = { channel, name, path, wanted };
  if (call.isWithoutGoods) return { ...about, status: null, problem: "no_goods", said: null, ms: 0 };
  const started = performance.now();
  const { headers, body } = call.send();
  const answer = await app.inject({ method: "POST", url: path, headers, payload: body });
  const ms = Math.round(performance.now() - started);
  const status = answer.statusCode;
  const problem =
    status !== wanted ? "wrong_status" : call.isRight(parsed(answer.body)) ? null : "wrong_answer";
  return { ...about, status, problem, said: problem === null ? null : answer.body.slice(0, SAID), ms };
}

/** The answer as JSON; undefined: it is none. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
