// Past feedback from a file: taken once, shown as needing no reaction, told to nobody, counted like any other, and taken back as a whole.
import iconv from "iconv-lite";
import { beforeEach, expect, test } from "vitest";
import {
  createSecrets,
  deskTable,
  erasePerson,
  type FeedbackImported,
  importFeedback,
  proveAudit,
  reprocessFeedback,
  undoFeedbackImport,
  workOn,
} from "../../src/flows/index.ts";
import { type DeskRecord, deskItemsOfOrder, recountDesk, tallyText } from "../../src/storage/index.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";
import { numbersText } from "../support/traces.ts";

const HEADING = "source;feedbackId;eatsId;orderId;placeId;rating;date;comment;clientName;total";
const LINES = [
  "yandex-eats;f-1;e-1;o-1;lesnaya;2;2025-03-04 18:17;Холодный суп;Инга;900,50",
  "yandex-eats;;e-2;o-2;lesnaya;5;2025-03-05T10:00:00+03:00;;;",
  'app;;;o-3;;1;05.03.2025;"Опоздали; очень";;',
  "приложение;;;o-4;;4;06.03.2025 09:30;;;",
];
const WRONG = [
  "app;;;o-5;;6;05.03.2025;;;",
  "app;;;o-6;;3;31.02.2025;;;",
  "app;;;;;3;05.03.2025;;;",
  "telegram;;;o-7;;3;05.03.2025;;;",
  "app;;;o-8;;3;05.03.2099;;;",
];
const FILE = [HEADING, ...LINES, ...WRONG].join("\r\n");

forEachEngine("past feedback", (engine) => {
  let house: ReturnType<typeof houseOver>;
  const secrets = createSecrets("pepper");
  const take = (text: string | Uint8Array, isDry = false): Promise<FeedbackImported> =>
    importFeedback(house, typeof text === "string" ? Buffer.from(text) : text, {
      name: "past.csv",
      actor: "ann",
      clientId: "client",
      isDry,
    });
  const everyRow = (table: string) =>
    engine.database.read((tx) => tx.rows(`select * from ${table} order by 1, 2, 3`));
  const orders = async () =>
    engine.database.read((tx) =>
      tx.rows<{
        order: string;
        state: string;
        due: number | null;
        rating: number;
        day: number;
        asked: number;
      }>(
        `select order_id as "order", state, due_at as due, rating, day, was_asked as asked from desk_item order by seq`,
      ),
    );

  beforeEach(async () => {
    house = houseOver(engine.database);
    await engine.database.transaction(async (tx) => {
      for (const table of [
        "desk_word",
        "desk_item_dish",
        "desk_thread",
        "desk_item",
        "rating_revision",
        "rating",
        "feedback_revision",
        "feedback_item",
        "feedback_import_row",
        "feedback_import",
        "erased_source",
        "event",
      ])
        await tx.run(`delete from ${table}`);
      await recountDesk(tx);
    });
  });

  test("is looked at dry, then taken closed and marked, with no clock, no event and no ask", async () => {
    const before = await numbersText(engine);
    expect(await take(FILE, true)).toMatchObject({ kind: "checked", taken: 4, skipped: 5, known: 0 });
    expect(await numbersText(engine)).toBe(before);
    const done = await take(FILE);
    expect(done).toMatchObject({ kind: "imported", taken: 4, skipped: 5, known: 0 });
    expect(done.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [6, "rating_unreadable"],
      [7, "date_unreadable"],
      [8, "order_missing"],
      [9, "source_unknown"],
      [10, "date_implausible"],
    ]);
    expect(await orders()).toEqual([
      { order: "o-1", state: "no_reaction", due: null, rating: 2, day: 20250304, asked: 0 },
      { order: "o-2", state: "no_reaction", due: null, rating: 5, day: 20250305, asked: 0 },
      { order: "o-3", state: "no_reaction", due: null, rating: 1, day: 20250305, asked: 0 },
      { order: "o-4", state: "no_reaction", due: null, rating: 4, day: 20250306, asked: 0 },
    ]);
    const [item] = (await engine.database.read((tx) => deskItemsOfOrder(tx, "o-1"))) as [DeskRecord];
    expect(item).toMatchObject({ tags: ["imported"], comment: "Холодный суп", totalMinor: 90_050 });
    expect(await everyRow("event")).toEqual([]);
    expect(house.alarms).toEqual([]);
    await engine.database.transaction(async (tx) => {
      const kept = await tallyText(tx);
      await recountDesk(tx);
      expect(await tallyText(tx)).toBe(kept);
    });
    expect(await proveAudit(house)).toMatchObject({ brokenAt: null });
  });

  test("the same file, in either encoding and with other separators, changes nothing", async () => {
    await take(FILE);
    const before = await numbersText(engine);
    expect(await take(FILE)).toMatchObject({ kind: "unchanged", taken: 4 });
    const commas = FILE.replaceAll(";", ",")
      .replace("Опоздали, очень", "Опоздали; очень")
      .replace("900,50", "900.5");
    for (const other of [iconv.encode(FILE, "windows-1251"), Buffer.from(commas)]) {
      expect(await take(other)).toMatchObject({ kind: "unchanged", taken: 0, known: 4 });
    }
    expect(await numbersText(engine)).toBe(before);
  });

  test("in Windows-1251 it says the same", async () => {
    await take(iconv.encode(FILE, "windows-1251"));
    const [item] = (await engine.database.read((tx) => deskItemsOfOrder(tx, "o-3"))) as [DeskRecord];
    expect(item.comment).toBe("Опоздали; очень");
  });

  test("what is here already stays as it is, and what is delivered later is known", async () => {
    await marketplaceSays(house, { orderId: "o-1", rating: 1, sourceId: "f-1", comment: "Живой" });
    await appSays(house, { orderId: "o-4", rating: null });
    // The number at the source is another there.
    expect(await take(FILE.replace(";e-1;", ";e-o-1;"))).toMatchObject({ taken: 2, known: 2 });
    expect((await orders()).map(({ order, rating, asked }) => [order, rating, asked])).toEqual([
      ["o-1", 1, 0],
      ["o-4", null, 1],
      ["o-2", 5, 0],
      ["o-3", 1, 0],
    ]);
    const again = await appSays(house, { orderId: "o-3", rating: 1, comment: "Опоздали; очень" });
    expect(again).toMatchObject({ effect: "duplicate" });
    expect(await appSays(house, { orderId: "o-3", rating: 5 })).toMatchObject({ effect: "updated" });
  });

  test("is taken back as a whole, but for what has gone on since", async () => {
    const empty = await numbersText(engine);
    const { importId } = await take(FILE);
    expect(await undoFeedbackImport(house, importId ?? "", "ann")).toMatchObject({
      kind: "undone",
      removed: 4,
    });
    expect(await numbersText(engine)).toBe(empty);
    for (const table of [
      "rating",
      "rating_revision",
      "feedback_item",
      "feedback_revision",
      "desk_thread",
      "desk_word",
    ])
      expect(await everyRow(table)).toEqual([]);
    expect(await undoFeedbackImport(house, importId ?? "", "ann")).toMatchObject({ kind: "unchanged" });
    expect(await undoFeedbackImport(house, "none", "ann")).toBeNull();
    // Taken back, the file can be taken again.
    const second = await take(FILE);
    expect(second).toMatchObject({ kind: "imported", taken: 4 });
    const [item] = (await engine.database.read((tx) => deskItemsOfOrder(tx, "o-1"))) as [DeskRecord];
    const changes = [{ kind: "note" as const, text: "Позвонили" }];
    await workOn(house, { itemId: item.id, version: 1, actor: "ann", changes });
    await appSays(house, { orderId: "o-3", rating: 5 });
    expect(await undoFeedbackImport(house, second.importId ?? "", "ann")).toMatchObject({
      removed: 2,
      import: { kept: 2, state: "undone" },
    });
    expect((await orders()).map(({ order }) => order)).toEqual(["o-1", "o-3"]);
  });

  test("goes on where a crash interrupted it", async () => {
    const { importId } = await take(FILE);
    await engine.database.transaction(async (tx) => {
      await tx.run("update feedback_import set state = 'running', finished_at = null");
      // As if the last line had not been committed.
      await tx.run("delete from feedback_import_row where position = 5");
      const seq = "(select seq from desk_item where order_id = 'o-4')";
      await tx.run(`delete from desk_word where seq = ${seq}`);
      await tx.run("delete from desk_item where order_id = 'o-4'");
      await tx.run("delete from rating_revision where order_id = 'o-4'");
      await tx.run("delete from rating where order_id = 'o-4'");
      await recountDesk(tx);
    });
    expect(await take(FILE)).toMatchObject({ kind: "imported", importId, taken: 4 });
    expect(await orders()).toHaveLength(4);
  });

  test("the desk made again from nothing shows it as before", async () => {
    await take(FILE);
    const before = await orders();
    const counts = await everyRow("desk_tally");
    await engine.database.transaction(async (tx) => {
      for (const table of ["desk_word", "desk_item_dish", "desk_thread", "desk_item"])
        await tx.run(`delete from ${table}`);
      await recountDesk(tx);
    });
    await reprocessFeedback(house, 0);
    expect(await orders()).toEqual(before);
    expect(await everyRow("desk_tally")).toEqual(counts);
    await reprocessFeedback(house, 0);
    expect(await orders()).toEqual(before);
  });

  test("what was erased does not come back from a file", async () => {
    const { importId } = await take(FILE);
    for (const id of ["o-1", "o-3"]) {
      const wish = { kind: "order" as const, id, actor: "ann", reason: "request" };
      await erasePerson(house, wish, { secrets, shelf: null });
    }
    await undoFeedbackImport(house, importId ?? "", "ann");
    expect(await take(FILE)).toMatchObject({ taken: 2, known: 2 });
    expect((await orders()).map(({ order }) => order).sort()).toEqual(["o-2", "o-4"]);
  });

  test("our own table can be taken by another installation", async () => {
    await marketplaceSays(house, { orderId: "o-9", rating: 2, comment: "=1+1", sourceId: "f-9" });
    await appSays(house, { orderId: "o-10", rating: 4, comment: "Хорошо" });
    const pieces: Uint8Array[] = [];
    for await (const piece of deskTable(house, { filter: [], language: "ru", zone: null }, "csv"))
      pieces.push(piece);
    expect(await take(Buffer.concat(pieces), true)).toMatchObject({
      kind: "checked",
      skipped: 0,
      known: 1,
      taken: 1,
    });
  });
});
