// Explanations told again: exact while rules, goods and engine are those of the answer, and frank when they are not.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { type IrpWorld, irpWorld } from "../../test/support/irp-world.ts";
import { ENGINE_VERSION } from "../core/pricing/index.ts";
import { doubtText } from "./doubt-text.ts";
import { importPromotions } from "./import-rules.ts";
import { type RetoldCalculation, readCalculation } from "./read-calculation.ts";

forEachEngine("a calculation told again", (engine) => {
  let world: IrpWorld;
  let id: string;

  beforeAll(async () => {
    world = await irpWorld(engine);
    const answer = await world.basket({
      items: [
        {
          configurationId: "620415",
          privateId: "620415",
          name: "Кофе",
          price: 100,
          quantity: 3,
          subtotal: 100,
        },
      ],
      externalUserId: "u-104512",
    });
    expect(answer.statusCode).toBe(200);
    id = String(answer.headers["x-request-id"]);
    await world.desk.book.flush();
  });

  afterAll(() => world.close());

  const read = async (): Promise<RetoldCalculation> => {
    const found = await readCalculation(world.house, world.desk.rules, id);
    if (found === null) throw new Error("nothing is stored");
    return found;
  };

  /** What is read while the stored row is another; the row is put back. */
  const readWith = async (column: string, change: (before: string) => string): Promise<RetoldCalculation> => {
    const select = `select ${column} as was from calculation where id = ?`;
    const [row] = await engine.database.read((tx) => tx.rows<{ was: string }>(select, [id]));
    const write = (value: string) =>
      engine.database.transaction((tx) =>
        tx.run(`update calculation set ${column} = ? where id = ?`, [value, id]),
      );
    const was = String(row?.was);
    await write(change(was));
    try {
      return await read();
    } finally {
      await write(was);
    }
  };

  /** The stored digest with one total more. */
  const dearer = (text: string): string => {
    const digest = JSON.parse(text) as { total: number };
    return JSON.stringify({ ...digest, total: digest.total + 1 });
  };

  test("is exact, and has a verdict for every promotion", async () => {
    const found = await read();
    const { rules } = await world.desk.rules.current();
    expect(found.doubt).toBeNull();
    expect(doubtText(found, "ru")).toBe("");
    expect(found.quote.total).toBe(found.answered.total);
    expect(found.quote.verdicts.map(({ promotionId }) => promotionId).sort()).toEqual(
      rules.promotions.map((rule) => rule.id).sort(),
    );
    expect(found.facts.programme).not.toBeNull();
  });

  test("a figure that does not agree is told, and what was answered stands beside it", async () => {
    const { total } = (await read()).answered;
    const found = await readWith("result", dearer);
    expect(found.doubt).toBe("differs");
    expect(found.answered.total).toBe(total + 1);
    expect(found.quote.total).toBe(total);
    expect(doubtText(found, "en")).toMatch(/^Not exactly/);
    expect(doubtText(found, "ru")).toMatch(/^Не в точности/);
  });

  describe("with something of it gone", () => {
    test("another engine is told only where its figures are others", async () => {
      expect((await readWith("engine_version", () => "0")).doubt).toBeNull();
      const update = "update calculation set engine_version = ? where id = ?";
      await engine.database.transaction((tx) => tx.run(update, ["0", id]));
      expect((await readWith("result", dearer)).doubt).toBe("engine_changed");
      await engine.database.transaction((tx) => tx.run(update, [ENGINE_VERSION, id]));
    });

    test("rules of another wording or of no version there are prices of the catalogue", async () => {
      const found = await readWith("rules_hash", () => "another");
      expect(found.doubt).toBe("rules_gone");
      expect(found.quote.discount).toBe(0);
      expect((await readWith("rules_version", () => "999")).doubt).toBe("rules_gone");
    });

    test("goods that were forgotten are told", async () => {
      const found = await readWith("input", (text) => text.replaceAll(/\["(?=[\w-]{24}")/g, '["gone'));
      expect(found.doubt).toBe("goods_gone");
    });

    test("limits that were used when the cart was priced are its facts, those of untouched promotions the rules'", async () => {
      const whole = (await read()).facts.limits;
      const used = { usesLeft: 0, budgetLeft: null };
      const found = await readWith("input", (text) => {
        const input = JSON.parse(text) as Record<string, unknown>;
        expect(input).not.toHaveProperty("limits");
        return JSON.stringify({ ...input, limits: [["p-towel3for2", used]] });
      });
      expect(found.facts.limits).toEqual(new Map([...whole, ["p-towel3for2", used]]));
      expect(found.quote.verdicts).toContainEqual(
        expect.objectContaining({ promotionId: "p-towel3for2", reason: "limit_reached" }),
      );
      expect(found.doubt).toBe("differs");
    });

    test("rules that were replaced since are still those of the answer", async () => {
      const before = await read();
      const replaced = await importPromotions(world.house, world.desk.rules, "promotions: []", {
        note: "none",
      });
      expect(replaced.kind).not.toBe("refused");
      world.desk.rules.forget();
      expect((await world.desk.rules.current()).version).not.toBe(before.rules.version);
      expect(await read()).toEqual(before);
      expect(await read()).toEqual(before);
    });
  });
});
