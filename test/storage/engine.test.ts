// The conformance suite of the engines: what storage promises, asked of each one.
import { expect, test } from "vitest";
import { publishStock, type Tx } from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";

const put = (tx: Tx, name: string, value: string) =>
  tx.run(
    "insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
    [name, value],
  );
const get = async (tx: Tx, name: string) =>
  (await tx.rows<{ value: string }>("select value from setting where name = ?", [name]))[0]?.value;

forEachEngine("an engine", (engine) => {
  test("keeps what a transaction wrote, through raw statements and Kysely alike", async () => {
    await engine.database.transaction((tx) => put(tx, "a", "1"));
    const value = await engine.database.read((tx) =>
      tx.kysely.selectFrom("setting").select("value").where("name", "=", "a").executeTakeFirst(),
    );
    expect(value).toEqual({ value: "1" });
  });

  test("forgets everything of a transaction that threw, and nothing of its neighbours in the same commit", async () => {
    const outcomes = await Promise.allSettled([
      engine.database.transaction((tx) => put(tx, "left", "1")),
      engine.database.transaction(async (tx) => {
        await put(tx, "middle", "1");
        throw new Error("no");
      }),
      engine.database.transaction((tx) => put(tx, "right", "1")),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const seen = await engine.database.read(async (tx) => [
      await get(tx, "left"),
      await get(tx, "middle"),
      await get(tx, "right"),
    ]);
    expect(seen).toEqual(["1", undefined, "1"]);
  });

  test("a look sees what was committed before it, also while another one still reads an older state", async () => {
    const { look, transaction } = engine.database;
    await transaction((tx) => put(tx, "looked", "1"));
    const seen = await look(async (outer) => {
      const before = await get(outer, "looked");
      await transaction((tx) => put(tx, "looked", "2"));
      const inner = await look((tx) => get(tx, "looked"));
      return { before, inner, after: await get(outer, "looked") };
    });
    // SQLite's outer look keeps its state; PostgreSQL's statements each see what is committed.
    expect(seen).toEqual({ before: "1", inner: "2", after: engine.name === "sqlite" ? "1" : "2" });
    expect(await look((tx) => get(tx, "looked"))).toBe("2");
    const many = await Promise.all(Array.from({ length: 9 }, () => look((tx) => get(tx, "looked"))));
    expect(new Set(many)).toEqual(new Set(["2"]));
  });

  test("changes of goods are counted on SQLite with their commit, others are not", async () => {
    const { read, transaction } = engine.database;
    const counted = () => read(async (tx) => tx.catalogueChanges);
    const before = await counted();
    await transaction((tx) => put(tx, "a", "2"));
    expect(await counted()).toBe(before);
    await transaction((tx) => publishStock(tx, 1));
    expect(await counted()).toBe(before === null ? null : before + 1);
    expect(before === null).toBe(engine.name === "postgres");
  });

  test("survives a broken statement inside a transaction", async () => {
    await expect(
      engine.database.transaction((tx) => tx.run("insert into nowhere (x) values (1)")),
    ).rejects.toThrow();
    await engine.database.transaction((tx) => put(tx, "after", "yes"));
    expect(await engine.database.read((tx) => get(tx, "after"))).toBe("yes");
  });

  test("refuses the use of a transaction after its end", async () => {
    let leaked: Tx | undefined;
    await engine.database.transaction(async (tx) => {
      leaked = tx;
    });
    await expect(leaked?.rows("select 1 as one")).rejects.toThrow("after its end");
  });

  test("gives big whole numbers back as exact numbers", async () => {
    const big = 2 ** 53 - 1;
    await engine.database.transaction((tx) =>
      tx.run(
        "insert into channel_key (id, channel, label, prefix, hash, created_at) values (?, ?, ?, ?, ?, ?)",
        ["k", "irp", "", "", "h", big],
      ),
    );
    const rows = await engine.database.read((tx) =>
      tx.rows<{ created_at: number }>("select created_at from channel_key where id = ?", ["k"]),
    );
    expect(rows[0]?.created_at).toBe(big);
  });

  test("keeps four-byte text and gives it back unchanged", async () => {
    const text = "Пришёл 😡 не тот\u200d👩‍👩‍👧 é";
    await engine.database.transaction((tx) => put(tx, "text", text));
    expect(await engine.database.read((tx) => get(tx, "text"))).toBe(text);
  });

  test("runs five hundred writers at once and loses none", async () => {
    await engine.database.transaction((tx) => put(tx, "counter", "0"));
    await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        engine.database.transaction((tx) => put(tx, `w${index}`, "x")),
      ),
    );
    const rows = await engine.database.read((tx) =>
      tx.rows<{ n: number }>("select count(*) as n from setting where name like 'w%'"),
    );
    expect(rows[0]?.n).toBe(500);
  });

  test("keeps what was committed over a restart", async () => {
    await engine.database.transaction((tx) => put(tx, "kept", "yes"));
    await engine.reopen();
    expect(await engine.database.read((tx) => get(tx, "kept"))).toBe("yes");
  });
});
