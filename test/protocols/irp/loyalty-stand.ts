// A stand for the webhooks of loyalty: a server with one key and the members of the samples' world.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { createSecrets, importMembers, KeyRing } from "../../../src/flows/index.ts";
import { irpFace, type LoyaltyCodeSettings, loyaltyCodeRoute } from "../../../src/protocols/irp/index.ts";
import type { EngineUnderTest } from "../../support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../support/house.ts";
import { type ServerUnderTest, serverWith } from "../../support/inject-server.ts";
import { UNLIMITED, WORLD } from "../../support/irp-world.ts";

/** Settings as an operator finds them. */
const USUAL: LoyaltyCodeSettings = { type: "qr", lifetimeMs: 120_000, language: "ru" };

/** Sets the stand up for the suite that calls it. */
export function loyaltyStand(engine: EngineUnderTest, difference: Partial<LoyaltyCodeSettings> = {}) {
  const secrets = createSecrets("pepper");
  const settings = { ...USUAL, ...difference };
  let house: HouseUnderTest;
  let server: ServerUnderTest;
  beforeAll(async () => {
    house = houseOver(engine.database);
    await importMembers(house, secrets, readFileSync(join(WORLD, "members.csv")));
    const keyRing = new KeyRing(house, secrets, "irp", ["test-key-0001"]);
    server = serverWith([
      irpFace({ ...UNLIMITED, keyRing, bodyLimit: 256 * 1024, now: () => house.now() }, "/irp", [
        loyaltyCodeRoute(house, secrets, settings),
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
