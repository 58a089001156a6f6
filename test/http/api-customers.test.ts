// Customers by the management API: found by any of their names, written, merged; no name of theirs in an address or a log.
import { beforeAll, describe, expect, test } from "vitest";
import { createToken } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { allBeside, fillCatalogue, priceCart } from "../support/small-world.ts";

const NOBODY = {
  segments: [],
  tier: null,
  birthday: null,
  orderCount: null,
  balancePoints: 0,
  spentLast30DaysMinor: 0,
  spentLast365DaysMinor: 0,
  mergedIds: [],
  cards: 0,
  phones: 0,
};

forEachEngine("customers by the management API", (engine) => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    await fillCatalogue(api.house);
  });
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const put = (id: string, body: object = {}) => ask("PUT", `/customers/${id}`, { body });
  const find = (body: object) => ask("POST", "/customers/find", { body });
  const merge = (fromId: string, intoId: string) =>
    ask("POST", "/customer-merges", { body: { fromId, intoId, reason: "twice" } });

  test("are added, read and changed as a whole", async () => {
    expect((await ask("GET", "/customers/u-1")).body.code).toBe("not_found");
    const traits = { segments: ["vip", "vip", "tea"], tier: "gold", birthday: "02-29", orderCount: 4 };
    const added = { ...NOBODY, ...traits, id: "u-1", segments: ["vip", "tea"] };
    expect(await put("u-1", traits)).toEqual({ status: 200, body: added });
    expect(await ask("GET", "/customers/u-1")).toEqual({ status: 200, body: added });
    expect((await put("u-1", { tier: "silver" })).body).toEqual({ ...NOBODY, id: "u-1", tier: "silver" });
  });

  test.each([
    [{ birthday: "02-30" }, "/body/birthday"],
    [{ birthday: "tomorrow" }, "/body/birthday"],
    [{ orderCount: -1 }, "/body/orderCount"],
    [{ segments: [""] }, "/body/segments/0"],
    [{ name: "Ivan" }, "/body"],
  ])("with the traits %j are refused with the place", async (body, path) => {
    const answer = await put("u-1", body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((one: { path: string }) => one.path)).toContain(path);
  });

  test("are found by id, card and phone in any spelling, and cards change hands", async () => {
    await put("u-2");
    await put("u-3");
    const given = await ask("PUT", "/customers/u-2/identities", {
      body: { cards: ["2200 0001", "2200-0001", "2200 0002"], phones: ["8 (912) 000-00-13"] },
    });
    expect(given).toEqual({ status: 200, body: { cards: 2, phones: 1 } });
    for (const names of [
      { customerId: "u-2" },
      { card: "22000001" },
      { phone: "+7 912 000 00 13" },
      { card: "none", phone: "9120000013" },
    ])
      expect((await find(names)).body, JSON.stringify(names)).toMatchObject({
        id: "u-2",
        cards: 2,
        phones: 1,
      });
    await ask("PUT", "/customers/u-3/identities", { body: { cards: ["22000001"] } });
    expect((await find({ card: "22000001" })).body).toMatchObject({ id: "u-3", cards: 1, phones: 0 });
    expect((await ask("PUT", "/customers/u-2/identities", { body: { cards: [] } })).body).toEqual({
      cards: 0,
      phones: 1,
    });
    expect((await find({ card: "22000002" })).status).toBe(404);
    expect((await find({ customerId: "nobody" })).status).toBe(404);
    expect((await find({})).status).toBe(400);
  });

  test("keep the cards and phones they have where one of the new ones cannot be read", async () => {
    const answer = await ask("PUT", "/customers/u-2/identities", {
      body: { cards: ["77"], phones: ["9120000014", "123"] },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ path: "/body/phones/1", message: "must be a phone" }]);
    expect((await find({ phone: "9120000013" })).body).toMatchObject({ id: "u-2", cards: 0, phones: 1 });
    const missing = await ask("PUT", "/customers/nobody/identities", { body: { cards: ["1"] } });
    expect(missing.body.code).toBe("not_found");
  });

  test("leave no card or phone in the log or the database", async () => {
    expect(api.logged.join("")).not.toMatch(/2200.?000[12]|912000001|9120000013|912.000/);
    const kept = await engine.database.read((tx) => tx.rows("select * from customer_identity"));
    expect(JSON.stringify(kept)).not.toMatch(/2200000|9120000013/);
  });

  describe("merged", () => {
    test("are one from then on: in reads, in carts, and in the calculations of both", async () => {
      await put("m-1", { segments: ["tea"] });
      await put("m-2", { tier: "gold" });
      const items = [{ configurationId: "milk-1", quantity: 1 }];
      const before = await priceCart(api, { externalUserId: "m-1", items });
      const made = await merge("m-1", "m-2");
      expect(made).toMatchObject({ status: 200, body: { fromId: "m-1", intoId: "m-2", reason: "twice" } });
      expect(await merge("m-1", "m-2")).toEqual(made);
      const survivor = { id: "m-2", segments: ["tea"], tier: "gold", mergedIds: ["m-1"] };
      expect((await ask("GET", "/customers/m-1")).body).toMatchObject(survivor);
      const after = await priceCart(api, { externalUserId: "m-1", items });
      const calculation = await ask("GET", `/calculations/${after}`);
      expect(calculation.body.customerId).toBe("m-2");
      for (const id of ["m-1", "m-2"]) {
        const { body } = await ask("GET", `/calculations?customerId=${id}`);
        const ids = body.items.map((one: { id: string }) => one.id);
        expect([...ids].sort(), id).toEqual([before, after].sort());
      }
      expect((await ask("GET", "/customer-merges?limit=1")).body.items).toEqual([made.body]);
    });

    test("are not written to under the old id, nor merged again", async () => {
      const code = async (answer: Promise<{ body: { code: string } }>) => (await answer).body.code;
      expect(await code(put("m-1", { tier: "gold" }))).toBe("customer_merged");
      const identities = ask("PUT", "/customers/m-1/identities", { body: { cards: ["1"] } });
      expect(await code(identities)).toBe("customer_merged");
      expect(await code(merge("m-2", "m-1"))).toBe("same_customer");
      expect(await code(merge("m-1", "u-2"))).toBe("merged_elsewhere");
      expect(await code(merge("u-2", "m-1"))).toBe("into_merged");
      expect(await code(merge("u-2", "nobody"))).toBe("customer_unknown");
    });

    test("a cart kept under one id is the cart of both", async () => {
      await put("k-1");
      await put("k-2");
      const cart = (externalUserId: string, lastSyncDate: number, quantity: number) =>
        api.app.inject({
          method: "POST",
          url: "/irp/basket",
          headers: { authorization: "Bearer test-key-0001" },
          payload: { externalUserId, lastSyncDate, items: [{ configurationId: "milk-1", quantity }] },
        });
      await cart("k-1", 1000, 3);
      await merge("k-1", "k-2");
      const answer = (await cart("k-2", 500, 1)).json();
      expect(answer.items).toMatchObject([{ id: "milk-1", quantity: 3 }]);
      expect((await cart("k-1", 500, 1)).json().items).toEqual(answer.items);
    });
  });

  test("may be read with customers:read and changed only with customers:write", async () => {
    const tokenOf = async (scope: "customers:read" | "customers:write" | "catalogue:write") => {
      const made = await createToken(api.house, api.secrets, { label: "", scopes: [scope], expiresAt: null });
      return made.kind === "created" ? made.token : "";
    };
    const status = async (method: string, path: string, token: string, body?: object) =>
      (await ask(method, path, { token, ...(body === undefined ? {} : { body }) })).status;
    const [reader, writer, stranger] = [
      await tokenOf("customers:read"),
      await tokenOf("customers:write"),
      await tokenOf("catalogue:write"),
    ];
    for (const [token, read, write] of [
      [reader, 200, 403],
      [writer, 200, 200],
      [stranger, 403, 403],
    ] as const) {
      expect(await status("GET", "/customers/u-1", token)).toBe(read);
      expect(await status("POST", "/customers/find", token, { customerId: "u-1" })).toBe(read);
      expect(await status("GET", "/customer-merges", token)).toBe(read);
      expect(await status("PUT", "/customers/u-1", token, {})).toBe(write);
    }
  });
});
