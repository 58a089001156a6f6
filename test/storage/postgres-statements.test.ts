// Statements that PostgreSQL keeps prepared: few enough, and none whose answer changes when another instance adds a column.
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "../../src/storage/engines/postgres.ts";
import { keepPrepared, nameOfStatement } from "../../src/storage/engines/postgres-statements.ts";
import type { Database } from "../../src/storage/index.ts";
import { engines, freshPlace } from "../support/engines.ts";

describe.skipIf(!engines().includes("postgres"))("prepared statements", () => {
  let place: Awaited<ReturnType<typeof freshPlace>>;
  let database: Database;
  let other: pg.Client;
  beforeAll(async () => {
    place = await freshPlace("postgres");
    database = await openPostgres({ url: place.url, connections: 2 });
    other = new pg.Client({ connectionString: place.url });
    await other.connect();
    await other.query("create table shelf (id integer, name text)");
    await other.query("insert into shelf values (1, 'milk')");
  });
  afterAll(async () => {
    await other.end();
    await database.close();
    await place.remove();
  });

  const NAMED = "select name from shelf where id = ?";
  const OPEN = "select * from shelf where id = ?";
  const read = (sql: string) => database.transaction((tx) => tx.rows(sql, [1]));

  test("are kept by the server for writers, and go on after a column was added", async () => {
    for (let turn = 0; turn < 3; turn += 1) expect(await read(NAMED)).toEqual([{ name: "milk" }]);
    await read(OPEN);
    const kept = await database.transaction((tx) =>
      tx.rows<{ statement: string }>("select statement from pg_prepared_statements"),
    );
    expect(kept.map(({ statement }) => statement)).toContain(NAMED.replace("?", "$1"));
    expect(kept.map(({ statement }) => statement)).not.toContain(OPEN.replace("?", "$1"));
    await other.query("alter table shelf add column price integer");
    expect(await read(NAMED)).toEqual([{ name: "milk" }]);
    expect(await read(OPEN)).toEqual([{ id: 1, name: "milk", price: null }]);
  });

  test("mutant: one that gives all columns is refused by the server after that", async () => {
    const text = "select * from shelf where id = $1";
    const ask = (client: pg.Client) => client.query({ name: "all", text, values: [1] });
    await ask(other);
    await other.query("alter table shelf add column weight integer");
    await expect(ask(other)).rejects.toThrow("cached plan must not change result type");
  });

  test("leave alone what has no parameters, and what is no text", async () => {
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    keepPrepared(client as unknown as pg.PoolClient);
    expect((await client.query("select 1 as one", [])).rows).toEqual([{ one: 1 }]);
    expect((await client.query({ text: "select 2 as two" })).rows).toEqual([{ two: 2 }]);
    expect((await client.query("select $1::int as three", [3])).rows).toEqual([{ three: 3 }]);
    const { rows } = await client.query("select statement from pg_prepared_statements");
    expect(rows).toEqual([{ statement: "select $1::int as three" }]);
    await client.end();
  });
});

test("no more than some hundred texts get a name, and each its own", () => {
  const names = Array.from({ length: 2000 }, (_, index) => nameOfStatement(`select ${index} from shelf`));
  const given = names.filter((name) => name !== undefined);
  expect(new Set(given).size).toBe(given.length);
  expect(given.length).toBeLessThanOrEqual(400);
  expect(given.length).toBeGreaterThan(100);
  for (const open of ["select * from a", "insert into a values (1) returning *", "select i.*, 1 from a i"])
    expect(nameOfStatement(open)).toBeUndefined();
});
