// One promo code: told wherever it stands, blocked with a reason, let go again, and every way of reading codes knows of it.
import { describe, expect, test } from "vitest";
import { allCodes, codeShop, SHARED } from "../../test/support/code-shop.ts";
import { forEachEngine } from "../../test/support/engines.ts";
import { confirm } from "../../test/support/limits.ts";
import { foldCode } from "../core/pricing/index.ts";
import { addOrder, auditEntries, promoCodeSupply, type StoredOrder, type Tx } from "../storage/index.ts";
import { blockCode, type CodeBlocked } from "./block-code.ts";
import { textFile } from "./csv-stream.ts";
import { codeFacts } from "./find-code.ts";
import { generateCodes } from "./generate-codes.ts";
import { importCodes } from "./import-codes.ts";
import { beginRuleDraft, changeRuleDraft } from "./keep-rule-drafts.ts";
import { codeTable, switchBatch } from "./manage-batches.ts";
import { tellCode } from "./tell-code.ts";

forEachEngine("one promo code", (engine) => {
  const shopOf = codeShop(engine);
  let batches = 0;
  const shop = async () => {
    const { house, shelf } = await shopOf();
    const { rules } = await shelf.current();
    const word = (
      code: string,
      isBlocked: boolean,
      version: number,
      reason = "Leaked",
    ): Promise<CodeBlocked> => blockCode(house, shelf, { code, isBlocked, reason, version, actor: "ann" });
    return {
      house,
      shelf,
      word,
      tell: (code: string) => tellCode(house, shelf, code),
      stateOf: async (code: string) =>
        (await engine.database.read((tx: Tx) => codeFacts(tx, code, rules, house.now())))?.state,
      /** A batch of codes for so many uses each. */
      make: async (usesPerCode: number, count = 1, validUntil: number | null = null) => {
        batches += 1;
        const pattern = `B${batches}-####-####-###`;
        const wish = { ...SHARED, name: `one ${batches}`, pattern, count, usesPerCode, validUntil };
        const made = await generateCodes(house, shelf, wish);
        if (made.kind === "refused") throw new Error(made.reason);
        return { id: made.batch.id, codes: await allCodes(house, made.batch.id) };
      },
    };
  };

  test("that only a promotion lists is found in any spelling, blocked, and let go", async () => {
    const { word, tell, stateOf } = await shop();
    const told = await tell("  l－dddd ");
    expect(told).toMatchObject({
      code: "L-DDDD",
      folded: "l-dddd",
      state: "valid",
      promotion: { id: "sale", name: { ru: "sale", en: "sale" }, status: "active" },
      batch: null,
      block: null,
      usesLeft: null,
    });
    expect(await word(" L-dddd", true, 0)).toMatchObject({
      kind: "kept",
      told: { state: "blocked", blockedBy: "people", block: { reason: "Leaked", by: "ann", version: 1 } },
    });
    expect(await stateOf("l-DDDD")).toBe("blocked");
    expect(await word("L-DDDD", false, 1, "It was ours")).toMatchObject({
      kind: "kept",
      told: { state: "valid", block: { isBlocked: false, reason: "It was ours", version: 2 } },
    });
    expect(await stateOf("l-DDDD")).toBe("free");
  });

  test("that nothing has is not found, and cannot be blocked", async () => {
    const { word, tell } = await shop();
    expect(await tell("never made")).toBeNull();
    expect(await word("never made", true, 0)).toEqual({ kind: "refused", reason: "not_found" });
  });

  test("that is blocked already stays so, with its first reason and one entry in the log", async () => {
    const { word, make } = await shop();
    const [code = ""] = (await make(1)).codes;
    await word(code, true, 0, "First");
    for (const version of [0, 1, 7])
      expect(await word(code, true, version, "Second")).toMatchObject({
        kind: "kept",
        told: { block: { reason: "First", version: 1 } },
      });
    expect(await word(code, false, 0)).toEqual({ kind: "refused", reason: "stale_version" });
    await word(code, false, 1, "Mended");
    const entries = await engine.database.read((tx) => auditEntries(tx, 0, 1000, code));
    expect(entries.map(({ actor, action, details }) => [actor, action, JSON.parse(details)])).toEqual([
      [
        "ann",
        "code.blocked",
        { before: { isBlocked: false, reason: null }, after: { isBlocked: true, reason: "First" } },
      ],
      [
        "ann",
        "code.unblocked",
        { before: { isBlocked: true, reason: "First" }, after: { isBlocked: false, reason: "Mended" } },
      ],
    ]);
  });

  test("that many block and let go at once changes as often as its version says", async () => {
    const { word, make, tell } = await shop();
    const [code = ""] = (await make(1)).codes;
    const outcomes = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        word(code, index % 2 === 0, Math.floor(index / 8), `r${index}`),
      ),
    );
    const entries = await engine.database.read((tx) => auditEntries(tx, 0, 1000, code));
    expect(entries).toHaveLength((await tell(code))?.block?.version ?? 0);
    expect(entries.map(({ action }) => action)).toEqual(
      entries.map((_, index) => (index % 2 === 0 ? "code.blocked" : "code.unblocked")),
    );
    expect(outcomes.some(({ kind }) => kind === "kept")).toBe(true);
  });

  test("of a batch is blocked in its list and its table, counts for nothing, and the table changes nothing", async () => {
    const { house, shelf, word, make, tell } = await shop();
    const { id, codes } = await make(1, 3);
    const usable = async () =>
      (await engine.database.read((tx) => promoCodeSupply(tx, house.now()))).get("sale")?.usable ?? 0;
    const before = await usable();
    const [code = ""] = codes;
    await word(code, true, 0);
    expect(await usable()).toBe(before - 1);
    let table = "";
    for await (const piece of codeTable(house, id)) table += piece;
    expect(table).toContain(`${code},sale,blocked,`);
    expect(await importCodes(house, shelf, textFile(table), { batch: "again" })).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 3,
    });
    await word(code, false, 1);
    expect(await tell(code)).toMatchObject({ state: "valid", usesLeft: 1, batch: { id } });
  });

  test("that its table or its batch has blocked is let go there", async () => {
    const { house, shelf, word, make, tell } = await shop();
    await importCodes(house, shelf, textFile("code,promotion,state\nSTOP-1,sale,blocked\n"), {
      batch: "stop",
    });
    expect(await tell("stop-1")).toMatchObject({ state: "blocked", blockedBy: "table" });
    expect(await word("stop-1", false, 0)).toMatchObject({ told: { state: "blocked", block: null } });
    const { id, codes } = await make(1);
    await switchBatch(house, id, true);
    expect(await tell(codes[0] ?? "")).toMatchObject({ state: "blocked", blockedBy: "batch" });
  });

  describe("tells how it stands:", () => {
    /** An order of the shop that used the code. */
    const order = async (orderId: string, status: string, code: string): Promise<void> => {
      const { shelf } = await shop();
      const nothing = Object.fromEntries(
        ["channel", "outletId", "employeeId", "groupId", "trackingUrl", "statusMessage", "storageUntil"].map(
          (name) => [name, null],
        ),
      );
      const amounts = Object.fromEntries(
        ["number", "grossMinor", "discountMinor", "deliveryMinor", "byPointsMinor", "pointsSpent"].map(
          (name) => [name, null],
        ),
      );
      const rest = Object.fromEntries(
        ["pointsEarned", "returnedMinor", "refundedMinor", "updatedAt", "isPaid", "storageExtensions"].map(
          (name) => [name, null],
        ),
      );
      const row = { ...nothing, ...amounts, ...rest, id: orderId, customerId: "c-1", placedAt: 5, status };
      await engine.database.transaction((tx) =>
        addOrder(tx, { ...row, totalMinor: 900, code, calculationId: null } as unknown as StoredOrder),
      );
      const shelved = await shelf.current();
      await confirm(engine.database, {
        orderId,
        shelved,
        foldedCode: foldCode(code),
        applied: { sale: 100 },
      });
    };

    test("held while its order may still end unbought, spent after it", async () => {
      const { make, tell } = await shop();
      const [code = "", other = ""] = (await make(1, 2)).codes;
      await order(`held-${code}`, "placed", code);
      await order(`spent-${other}`, "done", other);
      expect(await tell(code)).toMatchObject({
        state: "held",
        uses: 1,
        usesLeft: 0,
        orders: [
          { orderId: `held-${code}`, status: "placed", amount: 100, customerId: "c-1", releasedAt: null },
        ],
      });
      expect(await tell(other)).toMatchObject({ state: "spent", uses: 1, usesLeft: 0 });
    });

    test("expired at its end, and off with its promotion", async () => {
      const { house, shelf, make, tell } = await shop();
      const [code = ""] = (await make(5, 1, house.now() + 1000)).codes;
      expect(await tell(code)).toMatchObject({ state: "valid", usesLeft: 5 });
      house.pass(1000);
      expect(await tell(code)).toMatchObject({ state: "expired" });
      await importCodes(house, shelf, textFile("code,promotion\nLOST-1,other\n"), { batch: "lost" });
      expect(await tell("lost-1")).toMatchObject({ state: "valid", promotion: { id: "other" } });
      await engine.database.transaction((tx) =>
        tx.run("update promo_code set promotion_id = 'gone' where folded = 'lost-1'"),
      );
      expect(await tell("lost-1")).toMatchObject({
        state: "off",
        promotion: { id: "gone", name: null, status: null },
      });
    });

    test("of a draft, by the draft that lists it; it may be blocked before it ever works", async () => {
      const { house, word, tell } = await shop();
      const begun = await beginRuleDraft(house, {
        name: "Winter",
        note: "",
        fromVersion: null,
        actor: "ann",
      });
      if (begun.kind !== "kept") throw new Error(begun.reason);
      const promotion = {
        id: "frost",
        name: { ru: "Мороз" },
        then: [{ percent: 5 }],
        codes: { list: ["ICE"] },
      };
      const hand = { id: begun.draft.id, version: null, actor: "ann" };
      await changeRuleDraft(house, hand, (set) => ({ promotions: [...set.promotions, promotion] }));
      expect(await tell("ice")).toMatchObject({
        code: "ICE",
        state: "draft",
        promotion: { id: "frost", name: { ru: "Мороз", en: "Мороз" }, status: null },
        draft: { id: begun.draft.id, name: "Winter" },
      });
      expect(await word("ice", true, 0)).toMatchObject({ told: { state: "blocked", blockedBy: "people" } });
    });
  });
});
