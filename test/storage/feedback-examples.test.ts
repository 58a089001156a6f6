// The filters of the documents do what the documents say.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readDeskFilter } from "../../src/flows/index.ts";
import { deskRows } from "../../src/storage/index.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const DOCS = join(import.meta.dirname, "../../docs");

/** Lines of the blocks of a document: the filter and what is said of it. */
function examples(file: string): [string, string][] {
  const text = readFileSync(join(DOCS, file), "utf8");
  return [...text.matchAll(/^```filter\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
    (block as string)
      .trimEnd()
      .split("\n")
      .map((line): [string, string] => {
        const at = line.lastIndexOf("#");
        return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
  );
}

const all = ["feedback.md", "feedback.ru.md"].flatMap(examples);

forEachEngine("filters of the documents", (engine) => {
  let house: ReturnType<typeof houseOver>;
  const names = ["A", "B", "C", "D", "E"];

  beforeAll(async () => {
    house = houseOver(engine.database);
    await marketplaceSays(house, {
      orderId: "1001",
      rating: 1,
      comment: "Холодный суп",
      dishes: ["Суп дня"],
    });
    await appSays(house, { orderId: "1001", rating: 5 });
    await appSays(house, { orderId: "1002", rating: 2, comment: "Опоздали на час" });
    await appSays(house, { orderId: "1003", rating: null });
    await marketplaceSays(house, { orderId: "1004", rating: 4, comment: "Great soup" });
  });

  test("there are some", () => expect(all.length).toBeGreaterThan(15));

  test.each(all)("%s", async (filter, said) => {
    const read = readDeskFilter(house, filter, { me: null, zone: null });
    if (read.kind === "refused") {
      expect(`refused at ${read.problem.at + 1}`).toBe(said);
      return;
    }
    const rows = await engine.database.read((tx) => deskRows(tx, read.filter, 0, 10));
    expect(rows.map(({ item }) => names[item.seq - 1]).join(" ")).toBe(said);
  });
});
