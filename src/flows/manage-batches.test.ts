// Batches of promo codes after they were made: switched off as a whole, handed out, listed.
import { expect, test } from "vitest";
import { allCodes, codeShop, SHARED } from "../../test/support/code-shop.ts";
import { forEachEngine } from "../../test/support/engines.ts";
import { cancel, confirm } from "../../test/support/limits.ts";
import { foldCode } from "../core/pricing/index.ts";
import { codeBatchById, type Tx } from "../storage/index.ts";
import { textFile } from "./csv-stream.ts";
import { codeFacts } from "./find-code.ts";
import { generateCodes } from "./generate-codes.ts";
import { importCodes } from "./import-codes.ts";
import { codesOf, codeTable, findBatch, findBatches, findCodes, switchBatch } from "./manage-batches.ts";

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

forEachEngine("batches at hand", (engine) => {
  const shop = codeShop(engine);

  test("a batch is switched off as a whole and on again", async () => {
    const { house, shelf } = await shop();
    const made = await generateCodes(house, shelf, {
      ...SHARED,
      name: "switched",
      pattern: "S-####",
      count: 3,
    });
    if (made.kind === "refused") throw new Error(made.reason);
    const { id } = made.batch;
    const codes = await allCodes(house, id);
    const { rules } = await shelf.current();
    const states = () =>
      Promise.all(
        codes.map(
          async (code) =>
            (await engine.database.read((tx: Tx) => codeFacts(tx, code, rules, house.now())))?.state,
        ),
      );
    expect(await states()).toEqual(["free", "free", "free"]);
    expect(await switchBatch(house, id, true)).toMatchObject({ disabledAt: house.now() });
    expect(await states()).toEqual(["blocked", "blocked", "blocked"]);
    house.pass(5);
    // Again changes nothing, not even since when.
    expect(await switchBatch(house, id, true)).toMatchObject({ disabledAt: house.now() - 5 });
    expect(await switchBatch(house, id, false)).toMatchObject({ disabledAt: null });
    expect(await states()).toEqual(["free", "free", "free"]);
    expect(await switchBatch(house, "none", true)).toBeNull();
  });

  test("a batch that is handed out and imported elsewhere makes the same codes", async () => {
    const { house, shelf } = await shop();
    const wish = {
      ...SHARED,
      name: "travels",
      pattern: 'ё"-####; A',
      count: 1200,
      usesPerCode: 3,
      validUntil: house.now() + 1,
    };
    const made = await generateCodes(house, shelf, wish);
    if (made.kind === "refused") throw new Error(made.reason);
    const text = await textOf(codeTable(house, made.batch.id));
    expect(text.split("\r\n")).toHaveLength(1202);
    expect(await importCodes(house, shelf, textFile(text), { batch: "back" })).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 1200,
      refused: 0,
    });
    const codes = await allCodes(house, made.batch.id);
    const removeAll = (tx: Tx) => tx.run("delete from promo_code where batch = ?", [made.batch.id]);
    await engine.database.transaction(removeAll);
    expect(await importCodes(house, shelf, textFile(text), { batch: "back" })).toMatchObject({ added: 1200 });
    const back = await findBatch(house, "back");
    expect((await allCodes(house, back?.id ?? "")).sort()).toEqual(codes.sort());
    for await (const [code] of codesOf(house, back?.id ?? "")) {
      expect(code).toMatchObject({ usesPerCode: 3, validUntil: wish.validUntil, state: "free" });
    }
  });

  test("a code that orders used up is redeemed for whoever reads or imports the table, until an order is cancelled", async () => {
    const { house, shelf } = await shop();
    const wish = { ...SHARED, name: "used", pattern: "USED-####-####-###", count: 3, usesPerCode: 1 };
    const made = await generateCodes(house, shelf, wish);
    if (made.kind === "refused") throw new Error(made.reason);
    const { id } = made.batch;
    const states = async (): Promise<(string | undefined)[]> =>
      (await findCodes(house, id, { after: 0, limit: 9 })).map(({ state, uses }) => `${state} ${uses}`);
    const fresh = await textOf(codeTable(house, id));
    const foldedCode = foldCode((await allCodes(house, id))[1] ?? "");
    const shelved = await shelf.current();
    await confirm(engine.database, {
      orderId: "uses a code",
      shelved,
      foldedCode,
      applied: { [SHARED.promotionId]: 100 },
    });
    expect(await states()).toEqual(["free 0", "redeemed 1", "free 0"]);
    const used = await textOf(codeTable(house, id));
    expect(used.match(/redeemed/g)).toHaveLength(1);
    for (const text of [fresh, used])
      expect(await importCodes(house, shelf, textFile(text), { batch: "back" })).toMatchObject({
        changed: 0,
        unchanged: 3,
      });
    await cancel(engine.database, "uses a code");
    expect(await states()).toEqual(["free 0", "free 0", "free 0"]);
  });

  test("batches are listed newest first, page by page", async () => {
    const { house } = await shop();
    const all = await findBatches(house, { before: null, limit: 100 });
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    const rest = await findBatches(house, { before: all[1]?.id ?? "", limit: 100 });
    expect(rest).toEqual(all.slice(2));
    const [first] = all;
    expect(await engine.database.read((tx: Tx) => codeBatchById(tx, first?.id ?? ""))).toEqual(first);
  });
});
