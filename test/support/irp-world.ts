// The invented shop of the IRP samples on a database of the test's, behind the IRP face: called by inject.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LightMyRequestResponse } from "fastify";
import { instant } from "../../src/core/basics/index.ts";
import { minor, points } from "../../src/core/money/index.ts";
import { price } from "../../src/core/pricing/index.ts";
import {
  CalculationBook,
  type CartDesk,
  createSecrets,
  giftNumberHash,
  giftPinHash,
  importFeed,
  importProgramme,
  importPromotions,
  KeyRing,
  type OrderDesk,
  RuleShelf,
  setPoints,
} from "../../src/flows/index.ts";
import {
  basketRoute,
  cancelRoute,
  type HistorySettings,
  historyRoute,
  type IrpSettings,
  irpFace,
  ordersRoute,
  ratingRoute,
  storageRoute,
} from "../../src/protocols/irp/index.ts";
import { readFeed } from "../../src/protocols/yml-feed/index.ts";
import { OfferShelf, replaceExtraServices, saveGiftCard } from "../../src/storage/index.ts";
import type { EngineUnderTest } from "./engines.ts";
import { type HouseUnderTest, houseOver } from "./house.ts";
import { type ServerUnderTest, serverWith } from "./inject-server.ts";
import { ROOT } from "./server.ts";

/** The world's folder. */
export const WORLD = join(ROOT, "examples", "irp-samples-world");

/** Settings of the face as an operator finds them. */
export const USUAL: IrpSettings = {
  language: "ru",
  promocodeStatus: "earlyAccess",
  promocodeErrorMessage: false,
  unavailableLine: "error",
  priceNotice: false,
  extraServicesInTotal: false,
  giftCardsInTotal: false,
  deliveryGroups: ["default", "express", "large"],
};

/** How carts are priced as an operator finds it. */
const USUAL_CART: CartDesk["settings"] = {
  onEngineFault: "catalogue",
  shortStock: "error",
  severalChoices: "first",
  addonPrices: false,
};

/** Rates that no test reaches. */
export const UNLIMITED = { callsPerSecond: 1e9, failuresPerMinute: 1e9 } as const;

/** A shop that answers baskets. */
export interface IrpWorld {
  readonly house: HouseUnderTest;
  readonly desk: OrderDesk;
  readonly server: ServerUnderTest;
  /** Calls the basket; a text goes as it is, with a good key unless `headers` says otherwise. */
  basket(body: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Calls the rating in the same way. */
  rating(body: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Calls any webhook below the base path. */
  send(path: string, body: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

/** Settings of orders as an operator finds them. */
export const USUAL_ORDERS: Omit<HistorySettings, "language"> = {
  numberPrefix: "",
  priceIncludesDelivery: false,
  pageSize: 20,
  imageUrl: "https://example.ru/i/{id}.jpg",
  storage: { days: 3, most: 1 },
};

/** How a test's shop differs from the usual one. */
export interface Difference {
  readonly settings?: Partial<IrpSettings>;
  readonly cart?: Partial<CartDesk["settings"]>;
  readonly price?: CartDesk["price"];
  readonly orders?: Partial<HistorySettings & OrderDesk["orders"]>;
}

/** The shop with its feed, promotions, programme, a customer's points, gift cards and services. */
export async function irpWorld(engine: EngineUnderTest, difference: Difference = {}): Promise<IrpWorld> {
  const plain = houseOver(engine.database, instant(Date.UTC(2026, 10, 21, 9)));
  // Several shops may stand on one database, so their ids must not meet.
  const house = { ...plain, newId: () => randomUUID() };
  const secrets = createSecrets("pepper");
  const rules = new RuleShelf(house, "Europe/Moscow");
  await loadWorld(house, rules);
  const ofOrders = { ...USUAL_ORDERS, language: "ru" as const, ...difference.orders };
  const desk: OrderDesk = {
    orders: { priceHoldMs: 1_800_000, numberPrefix: "", ...difference.orders },
    house,
    secrets,
    rules,
    offers: new OfferShelf(() => house.now()),
    book: new CalculationBook(house),
    settings: { ...USUAL_CART, ...difference.cart },
    price: difference.price ?? price,
  };
  const keyRing = new KeyRing(house, secrets, "irp", ["test-key-0001"]);
  const settings = { ...USUAL, ...difference.settings };
  const server = serverWith([
    irpFace({ ...UNLIMITED, keyRing, bodyLimit: 256 * 1024, now: () => house.now() }, "/irp", [
      basketRoute(desk, settings),
      ratingRoute(house, { onAsked: "keep", language: "ru" }),
      ordersRoute(desk, ofOrders),
      historyRoute(house, secrets, ofOrders),
      cancelRoute(desk, ofOrders),
      storageRoute(house, ofOrders),
    ]),
  ]);
  const call =
    (url: string): IrpWorld["basket"] =>
    (body, headers = { authorization: "Bearer test-key-0001" }) =>
      server.app.inject({
        method: "POST",
        url,
        headers,
        payload: typeof body === "string" ? body : JSON.stringify(body),
      });
  return {
    house,
    desk,
    server,
    basket: call("/irp/basket"),
    rating: call("/irp/rating"),
    send: (path, body, headers) => call(`/irp${path}`)(body, headers),
    close: async () => {
      await desk.book.close();
      await server.app.close();
    },
  };
}

async function loadWorld(house: HouseUnderTest, rules: RuleShelf): Promise<void> {
  const text = (name: string): string => readFileSync(join(WORLD, name), "utf8");
  const feed = readFileSync(join(WORLD, "feed.yml.xml"));
  const read = async function* () {
    yield feed;
  };
  const imported = await importFeed(house, { name: "feed.yml.xml", read: () => readFeed(read()) });
  if (imported.kind === "refused" || imported.kind === "held") throw new Error(JSON.stringify(imported));
  const note = { note: "test" };
  const applied = [
    await importPromotions(house, rules, text("promotions.yaml"), note),
    await importProgramme(house, rules, text("programme.yaml"), note),
  ];
  for (const each of applied) if (each.kind === "refused") throw new Error(JSON.stringify(each));
  rules.forget();
  await saveShop(house);
}

/** Points, cards and services as the fixture lists them. */
async function saveShop(house: HouseUnderTest): Promise<void> {
  const secrets = createSecrets("pepper");
  const card = (number: string, pin: string, state: "active" | "blocked") => ({
    numberHash: giftNumberHash(secrets, number),
    last4: number.slice(-4),
    pinHash: giftPinHash(secrets, number, pin),
    state,
    balanceMinor: null,
    text: { ru: null, en: null },
  });
  await house.database.transaction(async (tx) => {
    const now = house.now();
    await setPoints(tx, house, { customerId: "u-104512", amount: points(1000), at: now, key: "world" });
    await saveGiftCard(tx, card("7700123456789012", "4821", "active"), now);
    await saveGiftCard(tx, card("7700999988887777", "0000", "blocked"), now);
    await replaceExtraServices(tx, [
      {
        id: "lift",
        itemId: "333900",
        title: "Подъём на этаж",
        description: "До двери квартиры",
        price: minor(50_000),
        modal: null,
      },
      {
        id: "wrap",
        itemId: null,
        title: "Упаковка заказа",
        description: null,
        price: minor(9900),
        modal: null,
      },
    ]);
  });
}
