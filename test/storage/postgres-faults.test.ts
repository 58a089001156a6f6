// What PostgreSQL may do to a transaction, and what its caller is told: "nothing happened" or "nobody knows", never a raw error.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CommitUnknown,
  DatabaseUnavailable,
  migrate,
  type OpenedDatabase,
  openDatabase,
  type Tx,
} from "../../src/storage/index.ts";
import { engines, freshPlace } from "../support/engines.ts";
import { type FaultProxy, faultProxy } from "../support/fault-proxy.ts";

const put = (tx: Tx, name: string) =>
  tx.run("insert into setting (name, value) values (?, 'x') on conflict (name) do nothing", [name]);

const declare = engines().includes("postgres") ? describe : describe.skip;

declare("a transaction on PostgreSQL", () => {
  let place: Awaited<ReturnType<typeof freshPlace>>;
  let proxy: FaultProxy;
  let direct: OpenedDatabase;
  let database: OpenedDatabase;

  beforeAll(async () => {
    place = await freshPlace("postgres");
    direct = await openDatabase({ url: place.url });
    await migrate(direct, 0);
    proxy = await faultProxy(place.url);
    database = await openDatabase({ url: proxy.url });
  });
  afterAll(async () => {
    await database.close();
    await proxy.close();
    await direct.close();
    await place.remove();
  });

  const isThere = async (name: string): Promise<boolean> =>
    (await direct.read((tx) => tx.rows("select 1 from setting where name = ?", [name]))).length === 1;

  const failure = (work: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
    database.transaction(work).then(
      () => "no failure",
      (error: unknown) => error,
    );

  test("whose commit never arrived is in doubt, has not happened, and is whole when repeated", async () => {
    proxy.cut("before-commit");
    expect(await failure((tx) => put(tx, "lost"))).toBeInstanceOf(CommitUnknown);
    expect(await isThere("lost")).toBe(false);
    await database.transaction((tx) => put(tx, "lost"));
    expect(await isThere("lost")).toBe(true);
  });

  test("whose answer never came is in doubt, has happened, and changes nothing when repeated", async () => {
    proxy.cut("after-commit");
    expect(await failure((tx) => put(tx, "kept"))).toBeInstanceOf(CommitUnknown);
    expect(await isThere("kept")).toBe(true);
    expect(await database.transaction((tx) => put(tx, "kept"))).toBe(0);
  });

  test("is not run again by itself when its commit is in doubt", async () => {
    let runs = 0;
    proxy.cut("after-commit");
    await failure(async (tx) => {
      runs += 1;
      await put(tx, `run${runs}`);
    });
    expect([runs, await isThere("run1")]).toEqual([1, true]);
  });

  test("whose connection is ended before the commit has not happened, says so, and ends no process", async () => {
    const error = await failure(async (tx) => {
      await put(tx, "ended");
      const [row] = await tx.rows<{ pid: number }>("select pg_backend_pid() as pid");
      await direct.read((other) => other.rows("select pg_terminate_backend(?)", [row?.pid ?? 0]));
      await put(tx, "ended too");
    });
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect([await isThere("ended"), await isThere("ended too")]).toEqual([false, false]);
    await database.transaction((tx) => put(tx, "after the end"));
    expect(await isThere("after the end")).toBe(true);
  });

  test.each([
    ["55P03", "a lock waited for too long"],
    ["57014", "a statement that took too long"],
    ["53300", "too many connections"],
    ["53100", "a full disk"],
    ["25006", "a server that only reads"],
    ["40001", "a serialization failure that comes again and again"],
    ["40P01", "a deadlock that comes again and again"],
  ])("met by %s (%s) has not happened and may be repeated", async (code) => {
    const error = await failure(async (tx) => {
      await put(tx, `met ${code}`);
      await tx.run(`do $$ begin raise exception 'no' using errcode = '${code}'; end $$`);
    });
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(((error as Error).cause as { code: string }).code).toBe(code);
    expect(await isThere(`met ${code}`)).toBe(false);
  });

  test("that waits for a row longer than two seconds is told to come back", async () => {
    await direct.transaction((tx) => put(tx, "held"));
    const waited = await direct.transaction(async (tx) => {
      await tx.run("update setting set value = 'y' where name = 'held'");
      return failure((other) => other.run("update setting set value = 'z' where name = 'held'"));
    });
    expect(waited).toBeInstanceOf(DatabaseUnavailable);
    expect(((waited as Error).cause as { code: string }).code).toBe("55P03");
  });

  test("that breaks a rule of the data is told so, and not to come back", async () => {
    const error = await failure((tx) => tx.run("insert into setting (name, value) values ('null', null)"));
    expect((error as { code: string }).code).toBe("23502");
  });

  test("refused by a deferred rule at its commit leaves no doubt", async () => {
    await direct.transaction(async (tx) => {
      await tx.run("create table parent (id text primary key)");
      await tx.run("create table child (id text references parent (id) deferrable initially deferred)");
    });
    const error = await failure((tx) => tx.run("insert into child (id) values ('orphan')"));
    expect((error as { code: string }).code).toBe("23503");
  });

  test("that goes on after a failed statement is our mistake, and not taken for committed", async () => {
    const error = await failure(async (tx) => {
      await tx.run("insert into nowhere (x) values (1)").catch(() => undefined);
    });
    expect((error as Error).name).toBe("AbortedTransactionError");
  });

  test("and a read on a database that is gone are told to come back, and work when it is back", async () => {
    proxy.vanish();
    const read = database.read((tx) => tx.rows("select 1 as one")).catch((error: unknown) => error);
    expect(await failure((tx) => put(tx, "gone"))).toBeInstanceOf(DatabaseUnavailable);
    expect(await read).toBeInstanceOf(DatabaseUnavailable);
    proxy.restore();
    await database.transaction((tx) => put(tx, "back"));
    expect([await isThere("gone"), await isThere("back")]).toEqual([false, true]);
  });
});
