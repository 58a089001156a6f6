// The log of an SQLite file: what must be on the disk at once, what may wait for it, and who copies it into the file.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenedDatabase, openDatabase, type Tx } from "../../src/storage/index.ts";

let folder: string;
let database: OpenedDatabase;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "prilavok-log-"));
  database = await openDatabase({ url: `sqlite:${join(folder, "log.db")}` });
  await database.transaction((tx) =>
    tx.run("create table page (id integer primary key, text text not null)"),
  );
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const FULL = 2;
const NORMAL = 1;

/** How strictly the running commit is kept. */
const strictness = async (tx: Tx): Promise<number | undefined> =>
  (await tx.rows<{ synchronous: number }>("pragma synchronous"))[0]?.synchronous;

test("only losable work that comes alone is committed without the disk, and the next commit is strict again", async () => {
  const losable = () => database.transaction(strictness, { isLosable: true });
  const durable = () => database.transaction(strictness);
  expect(await losable()).toBe(NORMAL);
  expect(await durable()).toBe(FULL);
  expect(await losable()).toBe(NORMAL);
  // Together they are one commit, and it is the strict one.
  expect(await Promise.all([losable(), durable(), losable()])).toEqual([FULL, FULL, FULL]);
  expect(await durable()).toBe(FULL);
});

test("what must be durable and comes while a losable commit is open waits for a strict one", async () => {
  let later: Promise<number | undefined> | undefined;
  const first = database.transaction(
    async (tx) => {
      later = database.transaction(strictness);
      return strictness(tx);
    },
    { isLosable: true },
  );
  expect(await first).toBe(NORMAL);
  expect(await later).toBe(FULL);
});

test("losable work is seen by everybody as soon as it has resolved, and kept over an orderly end", async () => {
  await database.transaction((tx) => tx.run("insert into page (text) values ('seen')"), { isLosable: true });
  const texts = (tx: Tx) => tx.rows<{ text: string }>("select text from page");
  expect(await database.read(texts)).toEqual([{ text: "seen" }]);
  await database.close();
  database = await openDatabase({ url: `sqlite:${join(folder, "log.db")}` });
  expect(await database.read(texts)).toEqual([{ text: "seen" }]);
});

test("a long log is copied into the file beside the server, not by its commits", {
  timeout: 60_000,
}, async () => {
  const write = (count: number) =>
    database.transaction(async (tx) => {
      for (let row = 0; row < count; row += 1)
        await tx.run("insert into page (text) values (?)", ["x".repeat(4000)]);
    });
  for (let batch = 0; batch < 15; batch += 1) await write(100);
  const other = new Sqlite(join(folder, "log.db"));
  const copied = (): number =>
    (other.pragma("wal_checkpoint(NOOP)") as { checkpointed: number }[])[0]?.checkpointed ?? 0;
  // Short of the 2,000 pages at which the writer itself would do it.
  expect(copied()).toBeLessThan(2000);
  while (copied() < 1000) await new Promise((next) => setTimeout(next, 20));
  other.close();
  await write(1);
  expect(await database.read((tx) => tx.rows("select count(*) as n from page"))).toEqual([{ n: 1501 }]);
});
