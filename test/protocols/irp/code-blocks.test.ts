// A promo code that is blocked while somebody shops: the next basket refuses it, and an order is priced without it, line by line.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  blockCode,
  explain,
  findOrder,
  importPromotions,
  type OrderRequest,
  placeOrder,
  tellCode,
} from "../../../src/flows/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type IrpWorld, irpWorld } from "../../support/irp-world.ts";

const RULES = `
promotions:
  - id: pans
    name: Pans
    scope: { categories: ["310"] }
    codes: { list: [СКОВОРОДА] }
    then: [{ percent: 10 }]
`;

interface Answer {
  totalPrice: number;
  appliedPromocode: string | null;
  notice?: string;
  [field: string]: unknown;
}

interface Placed {
  id: string;
  message?: string;
  price: number;
}

forEachEngine("codes that are blocked meanwhile", (engine) => {
  let world: IrpWorld;
  let turns = 0;
  beforeAll(async () => {
    world = await irpWorld(engine, {
      settings: { promocodeErrorMessage: true, promocodeStatus: "always" },
    });
    const applied = await importPromotions(world.house, world.desk.rules, RULES, { note: "test" });
    if (applied.kind === "refused") throw new Error(JSON.stringify(applied));
    world.desk.rules.forget();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    turns += 1;
    await word(false);
  });
  const word = async (isBlocked: boolean): Promise<void> => {
    const told = await tellCode(world.house, world.desk.rules, "СКОВОРОДА");
    const version = told?.block?.version ?? 0;
    const wish = { code: "сковорода", isBlocked, reason: "Leaked", version, actor: "ann" };
    const done = await blockCode(world.house, world.desk.rules, wish);
    if (done.kind === "refused") throw new Error(done.reason);
  };
  const cart = { promocode: "сковорода", items: [{ configurationId: "880101", quantity: 1 }] };
  const basket = async (): Promise<Answer> =>
    (await world.basket({ installId: `phone-${turns}`, ...cart })).json() as Answer;
  const place = async (): Promise<Placed> => {
    const orders = [{ uuid: `blocked-${engine.name}-${turns}`, ...cart }];
    const answer = await world.send("/orders", { installId: `phone-${turns}`, orders });
    return (answer.json() as { orders: Placed[] }).orders[0] as Placed;
  };

  test("the very next basket refuses it and says why, and takes it again once it is let go", async () => {
    expect(await basket()).toMatchObject({ totalPrice: 2241, appliedPromocode: "сковорода" });
    await word(true);
    const refused = await basket();
    expect(refused.totalPrice).toBe(2490);
    expect(JSON.stringify(refused)).toContain("Промокод отключён.");
    expect(refused).toMatchObject({ promocodeStatus: "notRedeemable" });
    await word(false);
    expect(await basket()).toMatchObject({ totalPrice: 2241, appliedPromocode: "сковорода" });
  });

  test("an order after the block is priced without it, and told line by line", async () => {
    await basket();
    await word(true);
    const placed = await place();
    expect(placed.price).toBe(2490);
    expect(placed.message?.replaceAll("\u00a0", " ")).toContain("2 490 ₽ вместо 2 241 ₽");
    expect((await findOrder(world.house, placed.id))?.terms.differences).toEqual([
      {
        kind: "line_price",
        offerId: "880101",
        name: "Сковорода чугунная «Уралочка», 26 см",
        shownMinor: 224_100,
        chargedMinor: 249_000,
      },
      { kind: "total", shownMinor: 224_100, chargedMinor: 249_000 },
      { kind: "code_not_applied", state: "not_redeemable" },
    ]);
  });

  test("a block between an order's price and its confirmation is seen, and the order priced again", async () => {
    const request = {
      uuid: `between-${engine.name}`,
      contents: {},
      nameless: 0,
      contact: CONTACT,
      agreed: AGREED,
      cart: CART,
    } as unknown as OrderRequest;
    let prices = 0;
    const outcome = await placeOrder(world.desk, request, {
      answer: ({ id }) => id,
      at: async (step) => {
        if (step !== "priced") return;
        prices += 1;
        if (prices === 1) await word(true);
      },
    });
    if (outcome.kind !== "placed") throw new Error(outcome.kind);
    const { quote } = outcome.order.priced;
    expect([prices, quote.total, quote.code?.state]).toEqual([2, 249_000, "not_redeemable"]);
    const told = explain(quote, new Map(), "en");
    expect(told.notices.join()).toContain("The code is blocked");
    expect(told.verdicts.join()).toContain("the code is blocked");
    expect((await tellCode(world.house, world.desk.rules, "сковорода"))?.orders).toEqual([]);
  });
});

const CONTACT = Object.fromEntries(
  ["phone", "email", "city", "address", "recipientName", "recipientPhone", "comment"].map((name) => [
    name,
    null,
  ]),
);
const AGREED = {
  ...Object.fromEntries(
    ["deliveryMethod", "deliveryName", "deliveryPrice", "deliveryDate", "paymentMethod", "paymentName"].map(
      (name) => [name, null],
    ),
  ),
  ...{ saysPaid: null, pickupPoint: null, isPreorder: false, isCallUnwanted: false, createdOn: null },
};
const LINE = {
  ...{ ref: "880101", hasOwnRef: true, privateRef: null, productRef: null, name: null, quantity: 1000 },
  ...{ selected: true, kitId: null, addonRefs: [], warehouseId: null, deliveryGroup: null },
  ...{ fractionOptionId: null, echoed: [], sentAsFree: false, sentPrice: null },
};
const CART = {
  channel: "app",
  lines: [LINE],
  customer: { externalUserId: "u-104512", loyaltyCard: null, phone: null },
  ...{ code: "сковорода", choices: [], pointsToSpend: 0, outletId: null, employeeId: null },
  city: { name: null, kladr: null, fias: null, cityFias: null, regionFias: null },
  ...{ deliveryMethod: null, paymentMethod: null, pickupPoint: null, isEarlyAccess: false },
  ...{ giftCards: [], services: null, syncDate: null, groupId: null },
};
