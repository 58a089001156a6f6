// One promo code by the management API: found, blocked with a reason, let go; and what of it the caller may not see.
import { beforeAll, expect, test } from "vitest";
import { addOrder, noteOrderUses, type StoredOrder, savePromoCodes } from "../../src/storage/index.ts";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

const NONE = [
  ...[
    "number",
    "channel",
    "outletId",
    "employeeId",
    "groupId",
    "grossMinor",
    "discountMinor",
    "deliveryMinor",
  ],
  ...["byPointsMinor", "pointsSpent", "pointsEarned", "returnedMinor", "refundedMinor", "calculationId"],
  ...["updatedAt", "isPaid", "trackingUrl", "statusMessage", "storageUntil", "storageExtensions"],
];

forEachEngine("one code by the management API", (engine) => {
  let api: ApiUnderTest;
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const find = (code: string, options: CallOptions = {}) =>
    ask("POST", "/codes/find", { body: { code }, ...options });

  beforeAll(async () => {
    api = apiOn(engine.database);
    const promotions = [
      {
        id: "hello",
        name: { ru: "Привет", en: "Hello" },
        codes: { list: ["HELLO 2026"] },
        then: [{ percent: 5 }],
      },
    ];
    await ask("PUT", "/promotion-set", { body: { promotions } });
    await engine.database.transaction(async (tx) => {
      const none = Object.fromEntries(NONE.map((name) => [name, null]));
      const row = { ...none, id: "o-1", customerId: "c-1", placedAt: 1, status: "placed", totalMinor: 900 };
      await addOrder(tx, { ...row, code: "hers" } as unknown as StoredOrder);
      const use = {
        promotionId: "hello",
        amount: 100,
        uses: 1,
        customerKey: "k",
        code: "hers",
        counted: [],
      } as const;
      await noteOrderUses(tx, "o-1", [use], 1000);
      const code = { code: "HERS", folded: "hers", promotionId: "hello", state: "free", batch: "b" } as const;
      const rest = { validUntil: null, createdAt: 0, usesPerCode: null, customerId: "c-1", place: 1 };
      await savePromoCodes(tx, [{ ...code, ...rest }]);
    });
  });

  test("it is found in any spelling, blocked and let go, and says so", async () => {
    const found = await find("  hello   2026 ");
    expect(found.status).toBe(200);
    expect(found.body).toMatchObject({
      code: "HELLO 2026",
      compared: "hello 2026",
      state: "valid",
      blockedBy: null,
      promotion: { id: "hello", name: { ru: "Привет", en: "Hello" }, status: "active" },
      ...{ batch: null, draft: null, block: null, version: 0, uses: 0, usesLeft: null, orders: [] },
    });
    const wish = { code: "Hello 2026", reason: " Leaked ", version: 0 };
    const blocked = await ask("POST", "/codes/block", { body: wish });
    expect(blocked.body).toMatchObject({
      state: "blocked",
      blockedBy: "people",
      block: { isBlocked: true, reason: "Leaked" },
      version: 1,
    });
    expect((await ask("POST", "/codes/block", { body: wish })).body).toEqual(blocked.body);
    expect((await find("hello 2026")).body).toEqual(blocked.body);
    const stale = await ask("POST", "/codes/unblock", { body: wish });
    expect([stale.status, stale.body.code]).toEqual([409, "stale_version"]);
    const freed = await ask("POST", "/codes/unblock", { body: { ...wish, version: 1 } });
    expect(freed.body).toMatchObject({ state: "valid", block: { isBlocked: false }, version: 2 });
    const log = await ask("GET", "/audit/entries?subject=HELLO%202026");
    const actions = log.body.items.map(({ action }: { action: string }) => action).sort();
    expect(actions).toEqual(["code.blocked", "code.unblocked"]);
  });

  test("what is not there, or has no reason, is refused", async () => {
    expect((await find("nothing like it")).status).toBe(404);
    const wish = { code: "nothing like it", reason: "r", version: 0 };
    expect((await ask("POST", "/codes/block", { body: wish })).status).toBe(404);
    for (const reason of ["", "   "])
      expect((await ask("POST", "/codes/block", { body: { ...wish, code: "hers", reason } })).status).toBe(
        400,
      );
    expect((await find("")).status).toBe(400);
  });

  test("orders and customers are told to those who may see them", async () => {
    const seenWith = async (scopes: readonly string[]) => {
      const made = await ask("POST", "/tokens", { body: { label: scopes.join(), scopes } });
      return (await find("HERS", { token: (made.body as { token: string }).token })).body;
    };
    const all = await seenWith(["promotions:read", "orders:read", "customers:read"]);
    expect(all).toMatchObject({ uses: 1, isPersonal: true, customerId: "c-1" });
    expect(all.orders).toEqual([
      {
        orderId: "o-1",
        at: "1970-01-01T00:00:01.000Z",
        status: "placed",
        amountMinor: 100,
        releasedAt: null,
        customerId: "c-1",
      },
    ]);
    const noNames = await seenWith(["promotions:read", "orders:read"]);
    expect(noNames).toMatchObject({ isPersonal: true, customerId: null, orders: [{ customerId: null }] });
    expect(await seenWith(["promotions:read"])).toMatchObject({ uses: 1, customerId: null, orders: null });
    const made = await ask("POST", "/tokens", { body: { label: "looker", scopes: ["promotions:read"] } });
    const body = { code: "hers", reason: "r", version: 0 };
    const { token } = made.body as { token: string };
    expect((await ask("POST", "/codes/block", { token, body })).status).toBe(403);
  });
});
