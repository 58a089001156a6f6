// What one instance changes another one hears at once where it listens, and sees within a second where it cannot.
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  applyRules,
  createKey,
  createSecrets,
  createToken,
  KeyRing,
  RuleShelf,
  revokeApiToken,
  revokeChannelKey,
  TokenRing,
} from "../../src/flows/index.ts";
import { RULE_SHELF_AGE } from "../../src/flows/rule-shelf.ts";
import { migrate, openDatabase, publishStock } from "../../src/storage/index.ts";
import { engines, forEachEngine, freshPlace } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

forEachEngine("an announcement", (engine) => {
  const heard: string[] = [];
  let isHeard = false;
  const listen = (): void => {
    if (isHeard) return;
    isHeard = true;
    engine.database.onAnnounced((topic) => void heard.push(topic));
  };

  test("is heard by its own instance after the commit", async () => {
    listen();
    await engine.database.transaction(async (tx) => {
      tx.announce("rules");
      tx.announce("rules");
      expect(heard).toEqual([]);
    });
    expect(heard.splice(0)).toEqual(["rules"]);
  });

  test("of a transaction that threw is never heard, also when its neighbours commit", async () => {
    listen();
    await Promise.allSettled([
      engine.database.transaction(async (tx) => {
        tx.announce("keys");
        await tx.run("delete from setting where name = 'absent'");
        throw new Error("no");
      }),
      engine.database.transaction(async (tx) => tx.announce("tokens")),
    ]);
    expect(heard.splice(0)).toEqual(["tokens"]);
  });
});

const SECRETS = createSecrets("pepper");
const LISTENERS =
  "select pid from pg_stat_activity where application_name = 'prilavok listener' and datname = current_database()";

/** An instance with a handle of its own, whose clock stands still: without an announcement it looks at nothing twice. */
async function instanceOn(url: string) {
  const database = await openDatabase({ url });
  const house = houseOver(database);
  const rules = new RuleShelf(house, "Europe/Moscow");
  const waiting = new Map<string, () => void>();
  database.onAnnounced((topic) => {
    if (topic === "rules") rules.forget();
    waiting.get(topic)?.();
    waiting.delete(topic);
  });
  const keys = new KeyRing(house, SECRETS, "irp", []);
  const tokens = new TokenRing(house, SECRETS, null, []);
  /** Resolves when `topic` is told next; asked for before the change is made. */
  const told = (topic: string): Promise<void> => new Promise((resolve) => waiting.set(topic, resolve));
  return { database, house, rules, keys, tokens, told };
}

type Instance = Awaited<ReturnType<typeof instanceOn>>;

const declare = engines().includes("postgres") ? describe : describe.skip;

declare("two instances on one PostgreSQL", () => {
  let url = "";
  let remove: () => Promise<void>;
  let here: Instance;
  let there: Instance;
  let percent = 0;

  beforeAll(async () => {
    const place = await freshPlace("postgres");
    url = place.url;
    remove = place.remove;
    const first = await openDatabase({ url });
    await migrate(first, 0);
    await first.close();
    return () => remove();
  });
  beforeEach(async () => {
    here = await instanceOn(url);
    there = await instanceOn(url);
    const ready = there.told("catalogue");
    there.database.listen?.();
    await ready;
  });
  afterEach(async () => {
    await here.database.close();
    await there.database.close();
  });

  /** Applies another percentage on `here`; gives the version. */
  const publish = async (): Promise<number> => {
    percent += 1;
    const promotions = [{ id: "a", name: "Акция", then: [{ percent }] }];
    const outcome = await applyRules(here.house, here.rules, { set: { promotions } }, { note: "" });
    if (outcome.kind !== "applied") throw new Error(outcome.kind);
    return outcome.version;
  };
  const versionThere = async (): Promise<number> => (await there.rules.current()).version;
  const listeners = (): Promise<{ pid: number }[]> =>
    here.database.read((tx) => tx.rows<{ pid: number }>(LISTENERS));

  test("rules published on one are in force on the other without its clock moving", async () => {
    await versionThere();
    const told = there.told("rules");
    const version = await publish();
    await told;
    expect(await versionThere()).toBe(version);
  });

  test("an instance that does not listen goes on with the old ones for a second, and no longer", async () => {
    const deaf = await instanceOn(url);
    const before = (await deaf.rules.current()).version;
    const told = there.told("rules");
    const version = await publish();
    await told;
    expect((await deaf.rules.current()).version).toBe(before);
    deaf.house.pass(RULE_SHELF_AGE);
    expect((await deaf.rules.current()).version).toBe(version);
    await deaf.database.close();
  });

  test("with its listening connection ended an instance sees them within a second, and hears again by itself", async () => {
    await versionThere();
    const [old] = await listeners();
    const again = there.told("keys");
    await here.database.read((tx) => tx.rows("select pg_terminate_backend(?)", [old?.pid ?? 0]));
    const version = await publish();
    there.house.pass(RULE_SHELF_AGE);
    expect(await versionThere()).toBe(version);
    // Every topic is told when the connection stands again: what was said meanwhile nobody knows.
    await again;
    const [fresh] = await listeners();
    expect(fresh?.pid).not.toBe(old?.pid);
    const told = there.told("rules");
    const next = await publish();
    await told;
    expect(await versionThere()).toBe(next);
  });

  test("what was published while it could not hear is seen when it can, without its clock moving", async () => {
    await versionThere();
    const again = there.told("keys");
    const [old] = await listeners();
    await here.database.read((tx) => tx.rows("select pg_terminate_backend(?)", [old?.pid ?? 0]));
    const version = await publish();
    await again;
    expect(await versionThere()).toBe(version);
  });

  test("a key and a token revoked on one are refused on the other", async () => {
    const key = await createKey(here.house, SECRETS, "irp", "one");
    const token = await createToken(here.house, SECRETS, {
      label: "one",
      scopes: ["rules:read"],
      expiresAt: null,
    });
    if (key.kind !== "created" || token.kind !== "created") throw new Error("not made");
    there.keys.forget();
    there.tokens.forget();
    expect([await there.keys.recognise([key.key]), await there.tokens.recognise(token.token)]).not.toContain(
      null,
    );
    const told = Promise.all([there.told("keys"), there.told("tokens")]);
    await revokeChannelKey(here.house, "irp", key.id);
    await revokeApiToken(here.house, token.id);
    await told;
    expect([await there.keys.recognise([key.key]), await there.tokens.recognise(token.token)]).toEqual([
      null,
      null,
    ]);
  });

  test("goods and stock that change on one are announced to the other", async () => {
    const told = there.told("catalogue");
    await here.database.transaction((tx) => publishStock(tx, 7));
    await told;
  });

  test("a closed instance leaves no listening connection behind", async () => {
    expect(await listeners()).toHaveLength(1);
    await there.database.close();
    expect(await listeners()).toHaveLength(0);
    there = await instanceOn(url);
  });
});
