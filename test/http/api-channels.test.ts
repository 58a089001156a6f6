// What the console's pages of channels, customers and points are read from: channels heard of, customers listed, lots, the book's check.
import { beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { allBeside, fillCatalogue, priceCart } from "../support/small-world.ts";

forEachEngine("pages of the console by the management API", (engine) => {
  let api: ApiUnderTest;
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    await fillCatalogue(api.house);
  });

  test("a channel that nobody called says so; then it tells the last call, and the last that was refused", async () => {
    const [irp, eats] = (await ask("GET", "/channels")).body.channels;
    const silent = { lastCallAt: null, lastDeliveryAt: null, lastFault: null };
    expect(irp).toMatchObject({ id: "irp", ...silent, day: { calls: 0, refusals: 0, faults: 0 } });
    expect(eats).toMatchObject({ id: "yandex-eats", isKeyNeeded: true, ...silent });
    const refused = await api.call("POST", "/irp/basket", { body: {}, token: "wrong-key" });
    expect(refused.statusCode).toBe(401);
    api.pass(60_000);
    await priceCart(api, {});
    const [after] = (await ask("GET", "/channels")).body.channels;
    expect(after.lastFault).toMatchObject({ method: "POST", path: "/irp/basket", status: 401 });
    expect(Date.parse(after.lastCallAt)).toBeGreaterThan(Date.parse(after.lastFault.at));
  });

  test("customers are listed by the beginning of their id, without those who were merged", async () => {
    for (const id of ["a-1", "a-2", "a_3", "b-1"]) await ask("PUT", `/customers/${id}`, { body: {} });
    await ask("POST", "/customer-merges", { body: { fromId: "a-2", intoId: "a-1", reason: "twice" } });
    const ids = async (query: string): Promise<string[]> =>
      (await ask("GET", `/customers${query}`)).body.items.map((one: { id: string }) => one.id);
    expect(await ids("?query=a-")).toEqual(["a-1"]);
    expect((await ids("?query=a")).sort()).toEqual(["a-1", "a_3"]);
    expect(await ids("?query=%25")).toEqual([]);
    const first = (await ask("GET", "/customers?limit=1")).body;
    const second = (await ask("GET", `/customers?limit=1&after=${first.nextCursor}`)).body;
    expect(second.items[0].id).not.toBe(first.items[0].id);
  });

  test("lots are told first to end first, as they may be spent now, and the book adds up", async () => {
    const give = (points: number, expiresAt: string | null) =>
      ask("POST", "/loyalty/corrections", {
        body: { customerId: "b-1", points, reason: "gift", expiresAt },
        headers: { "idempotency-key": `gift-${points}` },
      });
    await give(10, null);
    await give(20, "2026-12-31T00:00:00.000Z");
    await give(30, "2026-11-30T00:00:00.000Z");
    const { body } = await ask("GET", "/customers/b-1/lots");
    expect(body.lots.map((lot: { availablePoints: number }) => lot.availablePoints)).toEqual([30, 20, 10]);
    expect(body.lots[0]).toMatchObject({ kind: "correction", points: 30, pendingPoints: 0, heldPoints: 0 });
    expect(body.holds).toEqual([]);
    expect((await ask("GET", "/customers/nobody/lots")).status).toBe(404);
    // Time has its say before any job writes it down.
    api.pass(20 * 86_400_000);
    const later = (await ask("GET", "/customers/b-1/lots")).body.lots;
    expect(later.map((lot: { availablePoints: number }) => lot.availablePoints)).toEqual([0, 20, 10]);
    const book = (await ask("GET", "/loyalty/invariants")).body;
    expect(book).toMatchObject({ isSound: true, sumPoints: 0, differences: [], lots: 3 });
  });

  test("a balance that does not come from entries is found out", async () => {
    await engine.database.transaction((tx) =>
      tx.run("update points_account set available = available + 7 where customer_id = ?", ["b-1"]),
    );
    const book = (await ask("GET", "/loyalty/invariants")).body;
    expect(book.isSound).toBe(false);
    expect(book.differences.join()).toContain("account b-1");
  });
});
