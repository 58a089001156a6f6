// Why a customer did not get a promotion, the same cart under other rules, and carts kept as test cases that guard publication.
import { beforeAll, describe, expect, test } from "vitest";
import { saveCustomer, saveOrder } from "../../src/storage/index.ts";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { allBeside, fillCatalogue, priceCart } from "../support/small-world.ts";

const SPRING = { id: "spring", name: { ru: "Весна", en: "Spring" }, then: [{ percent: 10 }] };
const BIG = {
  id: "big",
  name: "Большая корзина",
  when: [{ sum: { atLeast: 500 } }],
  then: [{ amount: 100 }],
};
const STAFF = {
  id: "staff",
  name: "Своим",
  audience: [{ customer: { segments: ["staff"] } }],
  then: [{ percent: 50 }],
};

forEachEngine("calculations by the management API", (engine) => {
  let api: ApiUnderTest;
  let first = "";
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const cart = (quantity: number, more: object = {}) => ({
    items: [{ configurationId: "milk-1", quantity, price: 100 }],
    ...more,
  });
  const apply = async (promotions: readonly object[], query = "") =>
    ask("PUT", `/promotion-set${query}`, { body: { promotions } });
  const ids = ({ body }: { body: { items: { id: string }[] } }) => body.items.map(({ id }) => id);

  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    await fillCatalogue(api.house);
    await api.house.database.transaction((tx) =>
      saveCustomer(tx, { id: "irina", segments: [], tier: null, birthday: "1990-03-08", orderCount: 2 }, 0),
    );
    const applied = await apply([SPRING, BIG]);
    expect(applied.body).toMatchObject({ kind: "applied" });
    first = await priceCart(api, cart(2, { externalUserId: "irina", promocode: "листок" }));
    api.pass(1000);
    await priceCart(api, cart(1));
    await api.book.flush();
  });

  describe("found", () => {
    test("by the customer, the code in any spelling, the request and the order", async () => {
      expect(ids(await ask("GET", "/calculations?customerId=irina"))).toEqual([first]);
      expect(ids(await ask("GET", `/calculations?code=${encodeURIComponent("ЛИСТОК")}`))).toEqual([first]);
      expect(ids(await ask("GET", `/calculations?requestId=${first}`))).toEqual([first]);
      expect(ids(await ask("GET", "/calculations?requestId=nothing"))).toEqual([]);
      await api.house.database.transaction(async (tx) => {
        await saveOrder(tx, { id: "A-7", customerId: "irina", placedAt: 1, status: "placed", totalMinor: 1 });
        await tx.run("update shop_order set calculation_id = ? where id = ?", [first, "A-7"]);
      });
      expect(ids(await ask("GET", "/calculations?orderId=A-7"))).toEqual([first]);
      expect(ids(await ask("GET", "/calculations?orderId=A-8"))).toEqual([]);
    });

    test("by the outlet that the cart named", async () => {
      await api.house.database.transaction((tx) =>
        tx.run("update calculation set outlet = ? where id = ?", ["4021", first]),
      );
      const found = await ask("GET", "/calculations?outletId=4021");
      expect(found.body.items).toMatchObject([{ id: first, outletId: "4021" }]);
      expect(ids(await ask("GET", "/calculations?outletId=none"))).toEqual([]);
    });

    test("with the reason why this customer did not get this promotion, and what would have unlocked it", async () => {
      const { body } = await ask("GET", "/calculations?customerId=irina&promotionId=big");
      expect(body.items).toMatchObject([
        {
          id: first,
          verdict: {
            promotionId: "big",
            isApplied: false,
            reason: "condition",
            failed: { kind: "sum", needed: 50_000, actual: 20_000 },
            unlock: { kind: "add_sum", amountMinor: 30_000 },
          },
        },
      ]);
      const applied = await ask("GET", "/calculations?customerId=irina&promotionId=spring");
      expect(applied.body.items[0].verdict).toMatchObject({ isApplied: true, amountMinor: 2000 });
      const none = await ask("GET", "/calculations?customerId=irina&promotionId=nothing");
      expect(none.body.items[0].verdict).toBeNull();
      expect((await ask("GET", "/calculations?customerId=irina")).body.items[0].verdict).toBeNull();
    });
  });

  describe("again", () => {
    const again = (body: object, id = first) => ask("POST", `/calculations/${id}/again`, { body });

    test("under the rules in force nothing changes", async () => {
      const { status, body } = await again({});
      expect(status).toBe(200);
      expect(body).toMatchObject({ isSame: true, differenceMinor: 0, gaps: [] });
      expect(body.after.lines).toEqual(body.before.lines);
      expect(body.after.verdicts).toEqual(body.before.verdicts);
      expect(body.after.rules).toEqual(body.before.rules);
    });

    test("under a set that is sent along the difference is told line by line and verdict by verdict", async () => {
      const set = { promotions: [{ ...SPRING, then: [{ percent: 20 }] }, STAFF] };
      const { body } = await again({ set });
      expect(body).toMatchObject({
        isSame: false,
        differenceMinor: -2000,
        after: { rules: { version: null }, totalMinor: 16_000 },
        lines: [
          { offerId: "milk-1", totalBeforeMinor: 18_000, totalAfterMinor: 16_000, differenceMinor: -2000 },
        ],
      });
      const byId = new Map(body.verdicts.map((one: { promotionId: string }) => [one.promotionId, one]));
      expect(byId.get("spring")).toMatchObject({ isChanged: true, after: { amountMinor: 4000 } });
      expect(byId.get("big")).toMatchObject({ isChanged: true, after: null });
      expect(byId.get("staff")).toMatchObject({ before: null, after: { reason: "audience" } });
    });

    test("under an old version", async () => {
      await apply([{ ...SPRING, then: [{ percent: 30 }] }, BIG]);
      expect((await again({})).body).toMatchObject({ differenceMinor: -4000, isSame: false });
      expect((await again({ version: 1 })).body).toMatchObject({
        isSame: true,
        after: { rules: { version: 1 } },
      });
      await apply([SPRING, BIG]);
    });

    test("under a draft that people change together", async () => {
      const draft = (await ask("POST", "/promotion-drafts", { body: { name: "Осень" } })).body;
      const body = { ...SPRING, then: [{ percent: 15 }] };
      await ask("POST", `/promotion-drafts/${draft.id}/promotions`, { body });
      const told = await again({ draftId: draft.id });
      expect(told.body).toMatchObject({ differenceMinor: -1000, after: { rules: { version: null } } });
      expect((await again({ draftId: "nothing" })).status).toBe(404);
    });

    test("rules that cannot be used, two at once, and what does not exist are refused", async () => {
      const wrong = await again({ set: { promotions: [{ ...SPRING, then: [{ percent: 200 }] }] } });
      expect([wrong.status, wrong.body.code, wrong.body.errors[0].path]).toEqual([
        422,
        "promotions_refused",
        "/body/set/promotions/0/then/0/percent",
      ]);
      expect((await again({ version: 1, set: { promotions: [] } })).status).toBe(400);
      expect((await again({ version: 99 })).status).toBe(404);
      expect((await again({}, "nothing")).status).toBe(404);
    });
  });

  describe("test cases", () => {
    let id = "";

    test("are kept with what was answered, and never say whose cart it was", async () => {
      const made = await ask("POST", `/calculations/${first}/case`, { body: { name: "Молоко весной" } });
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({
        name: "Молоко весной",
        calculationId: first,
        expected: {
          totalMinor: 18_000,
          lines: [{ offerId: "milk-1", quantity: 2, totalMinor: 18_000 }],
          promotions: [{ promotionId: "spring", amountMinor: 2000 }],
        },
      });
      id = made.body.id;
      expect(ids(await ask("GET", "/calculation-cases"))).toEqual([id]);
      const [kept] = await engine.database.read((tx) =>
        tx.rows<Record<string, unknown>>("select * from calculation_case"),
      );
      expect(JSON.stringify(kept)).not.toMatch(/irina|1990/);
      expect((await ask("POST", "/calculations/nothing/case", { body: { name: "x" } })).status).toBe(404);
    });

    test("pass under the rules in force and fail under those that change their sums, goods by goods", async () => {
      const now = await ask("POST", "/calculation-cases/check", { body: {} });
      expect(now.body).toMatchObject({ failed: 0, cases: [{ id, isPassed: true, totalMinor: 18_000 }] });
      const set = { promotions: [{ ...SPRING, then: [{ percent: 20 }] }, BIG] };
      const then = await ask("POST", "/calculation-cases/check", { body: { set } });
      expect(then.body).toMatchObject({
        failed: 1,
        cases: [
          {
            isPassed: false,
            expectedMinor: 18_000,
            totalMinor: 16_000,
            lines: [{ offerId: "milk-1", expectedMinor: 18_000, totalMinor: 16_000 }],
            promotions: [{ promotionId: "spring", expectedMinor: 2000, amountMinor: 4000 }],
          },
        ],
      });
    });

    test("keep rules from being published, unless somebody says so", async () => {
      const dearer = { ...SPRING, then: [{ percent: 20 }] };
      const body = { promotions: [dearer, BIG] };
      const judged = await ask("POST", "/promotion-set/validate", { body });
      expect(judged.body.isPublishable).toBe(false);
      expect(judged.body.findings[0]).toMatchObject({
        code: "case_differs",
        path: "/body/promotions/0",
        promotionIds: ["spring"],
        needed: 18_000,
        actual: 16_000,
      });
      expect((await ask("PUT", "/promotion-set", { body })).status).toBe(422);
      expect((await ask("POST", "/promotions", { body: dearer })).status).toBe(422);
      // One that has nothing to do with the case is published.
      expect((await ask("POST", "/promotions?dryRun=true", { body: STAFF })).body.kind).toBe("planned");
      const despite = await ask("PUT", "/promotion-set?despite=case_differs&dryRun=true", { body });
      expect(despite.body.kind).toBe("planned");
    });

    test("with a total of their own compare only that: an answer that was wrong becomes right by a change", async () => {
      const wish = { name: "Скидка должна быть 20 %", totalMinor: 16_000 };
      const made = await ask("POST", `/calculations/${first}/case`, { body: wish });
      expect(made.body.expected).toEqual({ totalMinor: 16_000, lines: null, promotions: null });
      const now = await ask("POST", "/calculation-cases/check", { body: {} });
      expect(now.body.failed).toBe(1);
      const set = { promotions: [{ ...SPRING, then: [{ percent: 20 }] }] };
      const then = (await ask("POST", "/calculation-cases/check", { body: { set } })).body;
      expect(then.cases.find((one: { id: string }) => one.id === made.body.id)).toMatchObject({
        isPassed: true,
      });
      expect((await ask("DELETE", `/calculation-cases/${made.body.id}`)).status).toBe(204);
    });

    test("are dropped once", async () => {
      expect((await ask("DELETE", `/calculation-cases/${id}`)).status).toBe(204);
      expect((await ask("DELETE", `/calculation-cases/${id}`)).status).toBe(404);
      expect((await apply([SPRING, BIG], "?dryRun=true")).status).toBe(200);
    });
  });
});
