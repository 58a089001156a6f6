// Orders that no app sends, and many that one might: none is a fault of ours, each adds up to the kopeck, and its refunds too.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findOrder, returnOrder } from "../../../src/flows/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type IrpWorld, irpWorld } from "../../support/irp-world.ts";

/** Bodies on SQLite; a tenth of them on PostgreSQL. PRILAVOK_FUZZ_RUNS=100000 for a long run. */
const BODIES = Number(process.env["PRILAVOK_FUZZ_RUNS"] ?? 2000);

const OFFERS = [
  "880101",
  "880102",
  "771200",
  "450033",
  "450078",
  "620415",
  "333900",
  "990001",
  "990003",
  "8801",
];
const anything = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(null, "", "none", 0, 1, -1, true, false, [], {}, "true", "0,5", 1e300),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);
const orAnything = <Value>(usual: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: anything });

const item = fc.record(
  {
    configurationId: orAnything(fc.constantFrom(...OFFERS)),
    privateId: orAnything(fc.constantFrom(...OFFERS)),
    id: anything,
    name: anything,
    quantity: orAnything(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0.1, 0.25, 1.5, "2", 1e6))),
    price: anything,
    appliedDiscounts: anything,
    itemKitId: orAnything(fc.constantFrom("k", null)),
    selected: anything,
  },
  { requiredKeys: ["configurationId", "quantity"] },
);
const order = fc.record(
  {
    items: orAnything(fc.array(orAnything(item), { minLength: 1, maxLength: 6 })),
    externalUserId: orAnything(fc.constantFrom("u-104512", "u-new", null)),
    groupId: orAnything(fc.constantFrom("g-1", "g-2", null)),
    promocode: orAnything(fc.constantFrom("ОСЕНЬ500", "кофе15", "нет", null)),
    promoGroup: orAnything(
      fc.array(fc.record({ id: fc.constantFrom("p-bag", "p-gift-choice-700") }), { maxLength: 2 }),
    ),
    authorizedBonuses: orAnything(fc.integer({ min: 0, max: 200 })),
    name: anything,
    phone: anything,
    email: anything,
    address: anything,
    addressData: anything,
    city: anything,
    anotherRecipientData: anything,
    delivery: anything,
    deliveryName: anything,
    deliveryPrice: orAnything(fc.constantFrom(0, 300, "199,50")),
    payment: anything,
    giftCards: anything,
    extraServices: anything,
    loyaltyCard: anything,
    staffId: orAnything(fc.constant(null)),
    customSectionValues: anything,
    createdOn: anything,
  },
  { requiredKeys: ["items"] },
);

interface Placed {
  success: boolean;
  uuid: string;
  id: string;
  price: number;
  errorCode?: string;
  items: { price: number; quantity: number; discount: number; subtotal: number }[];
}

const cents = (roubles: number): number => Math.round(roubles * 100);

function expectPlaced(placed: Placed): void {
  for (const line of placed.items) {
    expect(
      Math.abs(cents(line.price) * line.quantity - cents(line.discount) - cents(line.subtotal)),
    ).toBeLessThanOrEqual(0.5);
    expect(Math.min(line.discount, line.subtotal)).toBeGreaterThanOrEqual(0);
    expect((Object.values(line) as unknown[]).filter((value) => value === null || value === "")).toEqual([]);
  }
  expect(placed.items.reduce((sum, line) => sum + cents(line.subtotal), 0)).toBe(cents(placed.price));
  expect(Object.values(placed).filter((value) => value === null || value === "")).toEqual([]);
}

forEachEngine("generated orders", (engine) => {
  let world: IrpWorld;
  beforeAll(async () => {
    world = await irpWorld(engine);
  });
  afterAll(() => world.close());

  /** Everything comes back, line by line from the last, one unit first where there are several. */
  const takeAllBack = async (id: string): Promise<void> => {
    const found = await findOrder(world.house, id);
    if (found === null) throw new Error("the order is gone");
    const give = async (position: number, quantity: number): Promise<void> => {
      const lines = [
        { position, quantity, first: position % 2 === 0 ? ("dearest" as const) : ("cheapest" as const) },
      ];
      const outcome = await returnOrder(world.desk, { orderId: id, lines, reason: null });
      expect(outcome.kind).toBe("returned");
    };
    for (const { position, frozen } of [...found.lines].reverse()) {
      const first = frozen.isWeighed ? Math.ceil(frozen.quantity / 3) : 1000;
      if (first < frozen.quantity) await give(position, first);
      await give(position, first < frozen.quantity ? frozen.quantity - first : frozen.quantity);
    }
    const { totalMinor, byPointsMinor, returnedMinor, refundedMinor } =
      (await findOrder(world.house, id))?.order ?? {};
    expect([returnedMinor, refundedMinor]).toEqual([totalMinor, (totalMinor ?? 0) - (byPointsMinor ?? 0)]);
  };

  const runs = engine.name === "sqlite" ? BODIES : Math.ceil(BODIES / 10);
  test(`${runs} of them are placed or refused one by one, never with a fault`, {
    timeout: 300_000 + BODIES * 60,
  }, async () => {
    let number = 0;
    let placedCount = 0;
    await fc.assert(
      fc.asyncProperty(order, async (wish) => {
        number += 1;
        const body = JSON.stringify({
          installId: "phone",
          orders: [{ uuid: `fuzz-${engine.name}-${number}`, ...wish }],
        });
        const answer = await world.send("/orders", body);
        expect(answer.statusCode, answer.body).toBe(200);
        const [placed] = (answer.json() as { orders: Placed[] }).orders;
        if (placed === undefined) throw new Error("nothing was answered");
        if (!placed.success) {
          expect(["no_items", "no_usable_line"]).toContain(placed.errorCode);
          return;
        }
        placedCount += 1;
        expectPlaced(placed);
        if (number % 10 === 0) expect((await world.send("/orders", body)).body).toBe(answer.body);
        if (number % 7 === 0) await takeAllBack(placed.id);
        else if (number % 3 === 0) {
          const cancelled = await world.send("/orders/cancel", { id: placed.id, status: "canceled" });
          expect((cancelled.json() as { success: boolean }).success).toBe(true);
        }
      }),
      { numRuns: runs, seed: 20_261_122 },
    );
    expect(placedCount).toBeGreaterThan(runs / 3);
    expect(world.house.alarms.filter(({ kind }) => kind !== "delivery_unusable")).toEqual([]);
  });

  test("bodies of any shape at the other addresses are answered, never with a fault", {
    timeout: 300_000 + BODIES * 30,
  }, async () => {
    const body = fc.dictionary(
      fc.constantFrom(
        "id",
        "status",
        "reason",
        "userIdentifier",
        "page",
        "staffId",
        "outletId",
        "extendStorageTime",
      ),
      orAnything(fc.constantFrom("100001", "u-104512", "canceled", 2, true)),
    );
    const path = fc.constantFrom("/orders/cancel", "/orders/history", "/orders/storage", "/orders");
    await fc.assert(
      fc.asyncProperty(path, body, async (to, said) => {
        const answer = await world.send(to, said);
        expect([200, 400], answer.body).toContain(answer.statusCode);
        if (answer.statusCode === 400) expect(answer.json()).toMatchObject({ success: false });
      }),
      { numRuns: Math.ceil(runs / 5), seed: 20_261_123 },
    );
  });
});
