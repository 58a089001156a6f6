// After their time words and names go from everywhere, and no number changes; what comes again later brings none back.
import { beforeAll, expect, test } from "vitest";
import { forgetWords, proveAudit, reprocessFeedback, workOn } from "../../src/flows/index.ts";
import { type DeskRecord, deskItemsOfOrder } from "../../src/storage/index.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";
import { everyText, numbersText } from "../support/traces.ts";

const DAY_MS = 86_400_000;
const NAME = "Аполлинария";
const WORD = "превосходнейшемаринованный";
const TERMS = { wordsMs: 30 * DAY_MS, namesMs: 10 * DAY_MS };

forEachEngine("retention", (engine) => {
  let house: ReturnType<typeof houseOver>;
  const traces = async () => {
    const text = await everyText(engine);
    return [NAME, WORD].filter((trace) => text.includes(trace));
  };
  const numbers = () => numbersText(engine);
  const old = { orderId: "old", rating: 1, comment: `Суп ${WORD}`, customerName: NAME };

  beforeAll(async () => {
    house = houseOver(engine.database);
    await marketplaceSays(house, old);
    await marketplaceSays(house, { ...old, rating: 2, comment: `Опять ${WORD}` });
    await appSays(house, { orderId: "old", rating: 5, comment: `Это ${WORD}` });
    await appSays(house, { orderId: "asked", rating: null });
    const [item] = (await engine.database.read((tx) => deskItemsOfOrder(tx, "old"))) as [DeskRecord];
    const changes = [{ kind: "note" as const, text: `${WORD}: так сказала ${NAME}` }];
    await workOn(house, { itemId: item.id, version: 1, actor: "ann", changes });
    house.pass(25 * DAY_MS);
    await marketplaceSays(house, { orderId: "young", rating: 4, comment: "Хорошо", customerName: "Инга" });
  });

  test("takes nothing before its time, and nothing at all where everything is kept", async () => {
    expect(await forgetWords(house, { wordsMs: 0, namesMs: 0 })).toEqual({ words: 0, names: 0 });
    expect(await forgetWords(house, { wordsMs: 30 * DAY_MS, namesMs: 26 * DAY_MS })).toEqual({
      words: 0,
      names: 0,
    });
    expect(await traces()).toEqual([NAME, WORD]);
  });

  test("takes names first, words later, in portions, and leaves every number", async () => {
    const before = await numbers();
    expect(await forgetWords(house, TERMS)).toEqual({ words: 0, names: 1 });
    expect(await traces()).toEqual([WORD]);
    house.pass(6 * DAY_MS);
    // Two records and the rating that was only asked for: one at a time.
    const taken = [];
    for (let run = 0; run < 4; run += 1) taken.push((await forgetWords(house, TERMS, 1)).words);
    expect(taken).toEqual([1, 1, 1, 0]);
    expect(await traces()).toEqual([]);
    expect(await numbers()).toBe(before);
    expect(await everyText(engine)).toContain("Инга");
    expect(await forgetWords(house, TERMS)).toEqual({ words: 0, names: 0 });
  });

  test("is told in the log, which stays whole", async () => {
    const kept = await engine.database.read((tx) =>
      tx.rows<{ actor: string; details: string }>(
        "select actor, details from audit_entry where action = 'feedback.forget' order by number",
      ),
    );
    expect(kept.map(({ actor }) => actor)).toEqual(Array(4).fill("retention"));
    expect(JSON.parse(kept[0]?.details ?? "")).toMatchObject({ names: 1, words: 0 });
    expect(await proveAudit(house)).toMatchObject({ brokenAt: null });
  });

  test("the desk made again says the same", async () => {
    const before = await numbers();
    const items = () => engine.database.read((tx) => tx.rows("select * from desk_item order by seq"));
    const was = await items();
    await reprocessFeedback(house, 0);
    expect(await items()).toEqual(was);
    expect(await numbers()).toBe(before);
  });

  test("what comes again is taken without words, and its new stars count", async () => {
    const before = await numbers();
    expect(await marketplaceSays(house, { ...old, rating: 2, comment: `Опять ${WORD}` })).toMatchObject({
      effect: "duplicate",
    });
    expect(await appSays(house, { orderId: "old", rating: 5, comment: `Это ${WORD}` })).toMatchObject({
      effect: "duplicate",
    });
    expect(await numbers()).toBe(before);
    expect(await marketplaceSays(house, { ...old, rating: 3 })).toMatchObject({ effect: "updated" });
    expect(await appSays(house, { orderId: "asked", rating: 4, comment: WORD })).toMatchObject({
      effect: "updated",
    });
    const items = await engine.database.read((tx) =>
      tx.rows<{ rating: number; comment: string | null }>(
        "select rating, comment from desk_item order by seq",
      ),
    );
    expect(items).toEqual([
      { rating: 3, comment: "" },
      { rating: 5, comment: "" },
      { rating: 4, comment: "" },
      { rating: 4, comment: "Хорошо" },
    ]);
    expect(await traces()).toEqual([]);
  });
});
