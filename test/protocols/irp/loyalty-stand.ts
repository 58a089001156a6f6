// A stand for the webhooks of loyalty: a server with one key and the members of the samples' world.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import {
  createSecrets,
  importMembers,
  importProgramme,
  KeyRing,
  RuleShelf,
} from "../../../src/flows/index.ts";
import {
  type BonusesSettings,
  bonusesHistoryRoute,
  irpFace,
  type LoyaltyCodeSettings,
  loyaltyCodeRoute,
} from "../../../src/protocols/irp/index.ts";
import type { EngineUnderTest } from "../../support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../support/house.ts";
import { type ServerUnderTest, serverWith } from "../../support/inject-server.ts";
import { UNLIMITED, WORLD } from "../../support/irp-world.ts";

/** Settings as an operator finds them. */
const USUAL: LoyaltyCodeSettings & BonusesSettings = {
  type: "qr",
  lifetimeMs: 120_000,
  language: "ru",
  dates: "text",
};

/** Sets the stand up for the suite that calls it. */
export function loyaltyStand(engine: EngineUnderTest, difference: Partial<typeof USUAL> = {}) {
  const secrets = createSecrets("pepper");
  const settings = { ...USUAL, ...difference };
  let house: HouseUnderTest;
  let server: ServerUnderTest;
  let rules: RuleShelf;
  beforeAll(async () => {
    house = houseOver(engine.database);
    await importMembers(house, secrets, readFileSync(join(WORLD, "members.csv")));
    rules = new RuleShelf(house, "Europe/Moscow");
    const programme = readFileSync(join(WORLD, "programme.yaml"), "utf8");
    const applied = await importProgramme(house, rules, programme, { note: "test" });
    if (applied.kind === "refused") throw new Error(JSON.stringify(applied));
    rules.forget();
    const keyRing = new KeyRing(house, secrets, "irp", ["test-key-0001"]);
    server = serverWith([
      irpFace({ ...UNLIMITED, keyRing, bodyLimit: 256 * 1024, now: () => house.now() }, "/irp", [
        loyaltyCodeRoute(house, secrets, settings),
        bonusesHistoryRoute(house, secrets, rules, settings),
      ]),
    ]);
  });
  afterAll(() => server.app.close());
  return {
    secrets,
    settings,
    get house() {
      return house;
    },
    get rules() {
      return rules;
    },
    get server() {
      return server;
    },
    /** Calls a webhook; a text goes as it is. */
    call: (path: string, body: unknown, headers: Record<string, string> = { key: "test-key-0001" }) =>
      server.app.inject({
        method: "POST",
        url: `/irp${path}`,
        headers,
        payload: typeof body === "string" ? body : JSON.stringify(body),
      }),
  };
}
