// A block races with orders that take the code: once it has answered no further order has it, and wrong ways are caught.
import { describe, expect, test } from "vitest";
import { blockCode, claimUses, type RuleShelf, type UsesClaimed } from "../../src/flows/index.ts";
import { type Database, lookUpCode } from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";
import { confirm, rulesOf } from "../support/limits.ts";

const ORDERS = 200;

/** Never looks whether the code still works: the price said so. */
const trustsPrice: typeof claimUses = (tx, wanted) => claimUses(tx, { ...wanted, foldedCode: null });

/** Looks, and does not keep the code as it is until the commit. */
const looksOnly: typeof claimUses = async (tx, wanted): Promise<UsesClaimed> => {
  const { isBlocked } = await lookUpCode(tx, wanted.foldedCode ?? "");
  if (isBlocked) return { kind: "refused", promotionId: "sale", limit: "blocked" };
  return trustsPrice(tx, wanted);
};

forEachEngine("a block against orders", (engine) => {
  const set = {
    promotions: [{ id: "sale", name: "sale", then: [{ percent: 5 }], codes: { list: ["RACE"] } }],
  };
  let rounds = 0;
  const stage = async () => {
    rounds += 1;
    const round = `${engine.name}-${rounds}`;
    const house = houseOver(engine.database);
    const shelved = await rulesOf(engine.database, set);
    const shelf = { current: async () => shelved } as unknown as RuleShelf;
    const [row] = await engine.database.read((tx) =>
      tx.rows<{ version: number }>("select version from code_block where folded = 'race'"),
    );
    const version = row?.version ?? 0;
    const word = (isBlocked: boolean, seen: number) =>
      blockCode(house, shelf, { code: "RACE", isBlocked, reason: "r", version: seen, actor: "ann" });
    return {
      block: () => word(true, version),
      letGo: () => word(false, version + 1),
      order: (index: number, claim: typeof claimUses, database: Database = engine.database) => {
        const orderId = `${round}-${index}`;
        return confirm(database, { orderId, shelved, foldedCode: "race", applied: { sale: 100 } }, claim);
      },
      taken: async () => {
        const [count] = await engine.database.read((tx) =>
          tx.rows<{ n: number }>("select count(*) as n from order_use where order_id like ?", [`${round}-%`]),
        );
        return count?.n ?? 0;
      },
    };
  };

  /** Orders at once, in the midst of them the block; gives uses when it had answered, uses at the end, and outcomes after it. */
  async function race(claim: typeof claimUses) {
    const { block, letGo, order, taken } = await stage();
    let atBlock = -1;
    const blocking = async (): Promise<void> => {
      await block();
      atBlock = await taken();
    };
    const jobs = Array.from({ length: ORDERS }, (_, index) =>
      index === ORDERS / 4 ? blocking() : order(index, claim),
    );
    await Promise.all(jobs);
    const late = await order(ORDERS, claim);
    const atEnd = await taken();
    await letGo();
    const again = await order(ORDERS + 1, claim);
    return { atBlock, atEnd, late, again };
  }

  test("no order that was not there when it answered takes the code, and all may again once it is let go", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { atBlock, atEnd, late, again } = await race(claimUses);
      expect(atEnd).toBe(atBlock);
      expect(late).toEqual({ kind: "refused", promotionId: "sale", limit: "blocked" });
      expect(again.kind).toBe("claimed");
    }
  });

  test("an order without the code, or whose promotions ask for none, is not held up", async () => {
    const { block, letGo } = await stage();
    await block();
    const shelved = await rulesOf(engine.database, {
      promotions: [...set.promotions, { id: "auto", name: "auto", then: [{ percent: 1 }] }],
    });
    const own = { shelved, applied: { auto: 100 } };
    expect(
      (await confirm(engine.database, { ...own, orderId: `${engine.name}-auto`, foldedCode: "race" })).kind,
    ).toBe("claimed");
    expect((await confirm(engine.database, { ...own, orderId: `${engine.name}-none` })).kind).toBe("claimed");
    await letGo();
  });

  describe("a wrong way is caught:", () => {
    test("to trust the price that was made before", async () => {
      const { atBlock, atEnd, late } = await race(trustsPrice);
      expect([atEnd > atBlock, late.kind]).toEqual([true, "claimed"]);
    });

    // Writers take turns on SQLite: there nobody can come between a look and the commit.
    if (engine.name === "postgres")
      test("to look and let go before the commit", async () => {
        /** Whether the block answered while an order that had looked was still under way. */
        const overtakes = async (claim: typeof claimUses): Promise<boolean> => {
          const { block, letGo, order, taken } = await stage();
          let isBlocked = false;
          let blocking: Promise<unknown> = Promise.resolve();
          await order(0, async (tx, wanted) => {
            const claimed = await claim(tx, wanted);
            blocking = block().then(() => {
              isBlocked = true;
            });
            // Long enough for a block that nothing holds up: it takes a handful of statements.
            for (let looks = 0; looks < 300 && !isBlocked; looks += 1) await taken();
            return claimed;
          });
          const overtook = isBlocked;
          await blocking;
          await letGo();
          return overtook;
        };
        expect(await overtakes(claimUses)).toBe(false);
        expect(await overtakes(looksOnly)).toBe(true);
      });
  });
});
