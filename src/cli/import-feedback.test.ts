// `import feedback`, `feedback erase`, `feedback recount` and the queue as a person uses them, on a real database in a temporary folder.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";
import { openDatabase } from "../storage/index.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-import-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, argv);

/** Turns the item of an order to a state, past all counts. */
async function turn(orderId: string, state: string): Promise<void> {
  const database = await openDatabase({ url: `sqlite:${join(folder, "data", "prilavok.db")}` });
  await database.transaction((tx) =>
    tx.run("update desk_item set state = ? where order_id = ?", [state, orderId]),
  );
  await database.close();
}

test("past feedback is looked at, taken, taken again without effect, and taken back", async () => {
  const lines = [
    "orderId;rating;date;comment",
    "1;2;2025-03-04;Холодно",
    "2;9;2025-03-04;Мимо",
    "3;4;2025-03-05;",
  ];
  writeFileSync(join(folder, "past.csv"), lines.join("\n"));
  expect(await run("import", "feedback", "past.csv", "--dry-run", "--rejects", "left.csv")).toEqual({
    code: 0,
    out: "Read, nothing was changed: 2 taken, 1 left out.\n  line 3, left out: rating unreadable\n",
    error: "",
  });
  expect(readFileSync(join(folder, "left.csv"), "utf8")).toContain("3;rating_unreadable;");
  expect(statSync(join(folder, "left.csv")).mode & 0o777).toBe(0o600);
  const { out } = await run("import", "feedback", "past.csv");
  const id = /import undo (\S+)/.exec(out)?.[1] ?? "";
  expect(out).toContain("Imported: 2 taken, 1 left out.");
  expect((await run("import", "feedback", "past.csv")).out).toContain(
    "Nothing to do, this file was taken before",
  );
  expect((await run("import", "undo")).out).toContain("2 feedbacks  past.csv");
  // What was taken in is done: the queue is of what is open.
  const queue = () => run("feedback", "list", "--filter", "tag:imported", "--sort", "value");
  expect((await queue()).out).toBe("Nothing matches.\n");
  await turn("1", "new");
  expect((await queue()).out).toMatch(/^2000 = 4·500·1/);
  await turn("1", "no_reaction");
  expect((await run("feedback", "recount")).out).toBe("Nothing to do: the counts were right.\n");
  expect((await run("import", "undo", id)).out).toBe("Taken back: 2 feedbacks.\n");
  expect((await run("import", "undo", id)).out).toBe("Nothing to do: the import was taken back before.\n");
});

test("an erasure removes the exports that speak of the order, and writes its act for print", async () => {
  writeFileSync(join(folder, "more.csv"), "orderId;rating;date;comment\n7;2;2025-03-04;Анна\n");
  await run("import", "feedback", "more.csv");
  await run("export", "feedback", "--out", "all.csv");
  await run("export", "feedback", "--filter", "order:none", "--out", "none.csv");
  const done = await run("feedback", "erase", "--order", "7", "--reason", "request", "--page", "act.html");
  expect(done.out).toContain(`Файлы выгрузок удалены: ${join(folder, "all.csv")}`);
  expect([existsSync(join(folder, "all.csv")), existsSync(join(folder, "none.csv"))]).toEqual([false, true]);
  expect(readFileSync(join(folder, "act.html"), "utf8")).toContain("об уничтожении персональных данных");
  expect((await run("feedback", "erase", "--order", "none", "--reason", "request")).out).toBe(
    "Nothing to do: nothing is kept of it.\n",
  );
});
