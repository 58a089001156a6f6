// Behind PgBouncer in transaction mode a session is somebody else's a moment later: nothing may be kept in it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LEASE_MS } from "../../src/jobs/index.ts";
import {
  claimJob,
  DatabaseUnavailable,
  migrate,
  type OpenedDatabase,
  openDatabase,
  type Tx,
} from "../../src/storage/index.ts";
import { engines, freshPlace } from "../support/engines.ts";
import { hasPooler, type Pooler, startPooler } from "../support/pooler.ts";

const isPossible = engines().includes("postgres") && hasPooler();

const timeouts = (tx: Tx) =>
  tx.rows<{ name: string; setting: string }>(
    `select name, setting from pg_settings
      where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'jit') order by name`,
  );
const OURS = [
  { name: "idle_in_transaction_session_timeout", setting: "10000" },
  { name: "jit", setting: "off" },
  { name: "lock_timeout", setting: "2000" },
  { name: "statement_timeout", setting: "5000" },
];

describe.skipIf(!isPossible).each([
  ["that refuses settings of a session", []],
  [
    "that ignores settings of a session",
    [
      "ignore_startup_parameters = statement_timeout,lock_timeout,idle_in_transaction_session_timeout,options",
    ],
  ],
])("behind a pooler %s", (_title, more) => {
  let place: Awaited<ReturnType<typeof freshPlace>>;
  let pooler: Pooler;
  let database: OpenedDatabase;
  let direct: OpenedDatabase;

  beforeAll(async () => {
    place = await freshPlace("postgres");
    pooler = await startPooler(place.url, ["default_pool_size = 2", ...more]);
    database = await openDatabase({ url: pooler.url });
    direct = await openDatabase({ url: place.url });
  });
  afterAll(async () => {
    await database.close();
    await direct.close();
    await pooler.stop();
    await place.remove();
  });

  test("it is noticed by itself, and the schema is made", async () => {
    expect([database.traits["connection"], direct.traits["connection"]]).toEqual(["pooled", "direct"]);
    expect((await migrate(database, 0)).applied.length).toBeGreaterThan(8);
  });

  test("every transaction and read has its time-outs, and leaves none behind for others", async () => {
    expect(await database.transaction(timeouts)).toEqual(OURS);
    expect(await database.read(timeouts)).toEqual(OURS);
    const stranger = await direct.read((tx) =>
      tx.rows<{ n: number }>(
        "select count(*) as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
      ),
    );
    expect(stranger[0]?.n).toBe(0);
    await expect(database.read((tx) => tx.rows("select pg_sleep(6)"))).rejects.toBeInstanceOf(
      DatabaseUnavailable,
    );
  });

  test("a hundred writers on two sessions lose nothing, and one of them gets a job", async () => {
    const claims = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        database.transaction(async (tx) => {
          await tx.run("insert into setting (name, value) values (?, ?)", [`w${index}`, `it's ${index}`]);
          return claimJob(tx, { name: "one", owner: `o${index}`, until: LEASE_MS }, 0, 1000);
        }),
      ),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    const [row] = await direct.read((tx) =>
      tx.rows<{ n: number }>("select count(*) as n from setting where name like 'w%'"),
    );
    expect(row?.n).toBe(100);
  });

  test("what it announces is heard by those who listen directly; itself it listens to nobody", async () => {
    const heard = new Promise<string>((resolve) => direct.onAnnounced(resolve));
    direct.listen?.();
    database.listen?.();
    await heard;
    const rules = new Promise<string>((resolve) =>
      direct.onAnnounced((topic) => {
        if (topic === "rules") resolve(topic);
      }),
    );
    await database.transaction(async (tx) => tx.announce("rules"));
    expect(await rules).toBe("rules");
    const listeners = await direct.read((tx) =>
      tx.rows(
        "select 1 from pg_stat_activity where application_name = 'prilavok listener' and datname = current_database()",
      ),
    );
    expect(listeners).toHaveLength(1);
  });
});
