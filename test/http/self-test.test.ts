// The channels' self-test by the API, on both engines: it finds what is wrong, and the shop's database keeps no row of it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { facesOf } from "../../src/cli/faces.ts";
import { type Installation, openInstallation } from "../../src/cli/installation.ts";
import { testChannels } from "../../src/cli/self-test.ts";
import { readConfig } from "../../src/config/index.ts";
import { applyRules } from "../../src/flows/index.ts";
import type { Face } from "../../src/http/index.ts";
import { tableNames } from "../../src/storage/index.ts";
import { forEachEngine, freshPlace } from "../support/engines.ts";
import { fillCatalogue } from "../support/small-world.ts";

interface Check {
  readonly name: string;
  readonly path: string;
  readonly problem: string | null;
  readonly status: number | null;
}

forEachEngine("the channels' self-test", (engine) => {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-self-test-test-"));
  const alarms: string[] = [];
  let installation: Installation;
  let place: Awaited<ReturnType<typeof freshPlace>>;
  beforeAll(async () => {
    place = await freshPlace(engine.name);
    const read = readConfig({
      environment: {
        PRILAVOK_DATA_DIR: folder,
        PRILAVOK_DATABASE_URL: place.url,
        PRILAVOK_SECRET_KEY: "pepper",
        PRILAVOK_API_TOKEN: "test-administrator-token",
        PRILAVOK_YANDEX_EATS_BAD_CREDENTIALS_STATUS: "401",
      },
    });
    if (read.kind === "refused") throw new Error(read.problems.join());
    installation = await openInstallation(read.config, folder, { alarm: (kind) => alarms.push(kind) });
  });
  afterAll(async () => {
    await installation.close();
    rmSync(folder, { recursive: true, force: true });
    await place.remove();
  });

  /** Rows of every table, but of the counts of answered calls and of who called when. */
  async function rows(): Promise<Record<string, string>> {
    await installation.book.flush();
    return installation.database.read(async (tx) => {
      const found: Record<string, string> = {};
      for (const name of await tableNames(tx))
        found[name] = JSON.stringify(
          (await tx.rows(`select * from "${name}"`)).map((row) => JSON.stringify(row)).sort(),
        );
      return found;
    });
  }

  async function run(): Promise<{ isSound: boolean; checks: Check[] }> {
    const api = facesOf(installation).find(({ name }) => name === "api") as Face;
    const { buildServer, createLog, createMetrics } = await import("../../src/http/index.ts");
    const app = buildServer({
      log: createLog("silent", false, () => undefined),
      metrics: createMetrics(),
      faces: [api],
      trustProxy: [],
      readiness: { isServing: () => true, pingDatabase: async () => undefined, writersWaiting: () => 0 },
      limits: { eventLoopDelayMs: 60_000 },
    });
    const answer = await app.inject({
      method: "POST",
      url: "/api/v1/channels/self-test",
      headers: { authorization: "Bearer test-administrator-token" },
    });
    await app.close();
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json() as { isSound: boolean; checks: Check[] };
  }

  test("without goods it says so of what needs them, and all else is tried", async () => {
    const { isSound, checks } = await run();
    expect(isSound).toBe(false);
    const byName = Object.fromEntries(checks.map(({ name, problem }) => [name, problem]));
    expect(byName).toEqual({
      key_refused: null,
      basket: "no_goods",
      order: "no_goods",
      order_again: "no_goods",
      rating: null,
      secret_refused: null,
      token: null,
      token_refused: null,
      feedback: null,
    });
  });

  test("all is sound with goods and rules, and no table has a row more or less", async () => {
    const { house, rules } = installation;
    await fillCatalogue(house);
    // A limit that an order of the test would use up.
    const spring = { id: "spring", name: "Spring", then: [{ percent: 10 }], limits: { uses: 1 } };
    await applyRules(house, rules, { set: { promotions: [spring] } }, { note: "first" });
    const before = await rows();
    alarms.splice(0);
    const { isSound, checks } = await run();
    expect(checks.filter(({ problem }) => problem !== null)).toEqual([]);
    expect(isSound).toBe(true);
    expect(checks.map(({ path }) => path)).toContain("/yandex-eats/security/oauth/token");
    expect(await rows()).toEqual(before);
    expect(alarms).toEqual([]);
  });

  test("faces that answer otherwise than they should are told apart, each by its call", async () => {
    const broken: Face = {
      name: "irp",
      basePaths: ["/irp"],
      routes: (app: Parameters<Face["routes"]>[0]) => {
        for (const path of ["/basket", "/orders", "/rating"])
          app.post(`/irp${path}`, async () => ({
            totalPrice: 1,
            items: [{ subtotal: 2 }],
            orders: [{ success: true }],
          }));
      },
    } as unknown as Face;
    const eats = facesOf(installation).find(({ name }) => name !== "irp" && name !== "api") as Face;
    const checks = await testChannels(installation, () => [broken, eats]);
    const byName = new Map(checks.map(({ name, problem, said }) => [name, [problem, said !== null]]));
    expect(byName.get("key_refused")).toEqual(["wrong_status", true]);
    expect(byName.get("basket")).toEqual(["wrong_answer", true]);
    expect(byName.get("order")).toEqual(["wrong_answer", true]);
    expect(byName.get("rating")).toEqual(["wrong_answer", true]);
  });

  test("a self-test on the shop's own database would leave rows: the check that looks for them sees it", async () => {
    const before = await rows();
    // Open to everybody, since the keys of a test are known to its own database only.
    const open = readConfig({ environment: { PRILAVOK_SECRET_KEY: "pepper", PRILAVOK_IRP_AUTH: "none" } });
    if (open.kind === "refused") throw new Error(open.problems.join());
    const ours = { ...installation, config: open.config };
    await testChannels(installation, () => facesOf(ours).filter(({ name }) => name !== "api"));
    expect(await rows()).not.toEqual(before);
  });
});
