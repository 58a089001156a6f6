// A little of everything, so that lists have entries and calls by id find something.
// Long because one world holds something for every call.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../../src/config/index.ts";
import { minor, quantity } from "../../src/core/money/index.ts";
import { type CatalogueOffer, price } from "../../src/core/pricing/index.ts";
import { phoneHash } from "../../src/flows/find-customer.ts";
import {
  applyRules,
  type CartDesk,
  createEndpoint,
  type FeedEvent,
  generateCodes,
  type House,
  importBalances,
  importFeed,
  importOrders,
  importStock,
  KeyRing,
  makeCorrection,
  noteEvent,
  publishEvents,
  type StockEvent,
  writeOutlet,
} from "../../src/flows/index.ts";
import type { Face } from "../../src/http/index.ts";
import { basketRoute, irpFace, irpSettings } from "../../src/protocols/irp/index.ts";
import { yandexEatsFace } from "../../src/protocols/yandex-eats/index.ts";
import {
  claimRating,
  OfferShelf,
  reviseRating,
  saveCustomer,
  saveIdentity,
} from "../../src/storage/index.ts";
import { alarmAt } from "./alarm-world.ts";
import { fillAnswers } from "./answer-world.ts";
import type { ApiUnderTest, HouseParts } from "./api.ts";
import { fillCredentials } from "./credential-fill.ts";
import { actOfErasure } from "./erased-world.ts";
import { fillNotices } from "./notice-fill.ts";

/** Credentials of the world's marketplace. */
export const EATS = { clientId: "yandex-eats-demo", secret: "s3cr3t-Demo-Value-0001" } as const;

/** The marketplace's face beside the API. */
export function eatsBeside({ house, secrets }: HouseParts): readonly Face[] {
  const settings = {
    mode: "tolerant" as const,
    basePath: "/yandex-eats",
    clients: [EATS],
    tokenLifetimeSeconds: 3600,
    badCredentialsStatus: 400 as const,
    secrets,
  };
  return [yandexEatsFace(house, settings)];
}

/** Key that the world's shop app calls with. */
export const APP_KEY = "test-key-0001";

/** The marketplace's and the app's faces beside the API. */
export function allBeside(parts: HouseParts): readonly Face[] {
  const { house, secrets } = parts;
  const read = readConfig({ environment: {} });
  if (read.kind === "refused") throw new Error(read.problems.join());
  const desk: CartDesk = {
    ...parts,
    price,
    offers: new OfferShelf(() => performance.now()),
    settings: { onEngineFault: "refuse", shortStock: "error", severalChoices: "first", addonPrices: false },
  };
  const gate = {
    keyRing: new KeyRing(house, secrets, "irp", [APP_KEY]),
    bodyLimit: 100_000,
    callsPerSecond: 1000,
    failuresPerMinute: 1000,
    now: () => performance.now(),
  };
  return [...eatsBeside(parts), irpFace(gate, "/irp", [basketRoute(desk, irpSettings(read.config))])];
}

/** Has a cart priced as the app does; gives the request's id. */
export async function priceCart(api: ApiUnderTest, body: object): Promise<string> {
  const answer = await api.app.inject({
    method: "POST",
    url: "/irp/basket",
    headers: { authorization: `Bearer ${APP_KEY}`, "content-type": "application/json" },
    payload: JSON.stringify(body),
  });
  if (answer.statusCode !== 200)
    throw new Error(`the cart was answered ${answer.statusCode}: ${answer.body}`);
  return String(answer.headers["x-request-id"]);
}

/** An offer of the world, at so many kopecks. */
export function offerOf(id: string, name: string, price: number): CatalogueOffer {
  return {
    id,
    groupId: id,
    name,
    price: minor(price),
    oldPrice: null,
    categoryIds: ["1"],
    vendor: "Луг",
    params: { жирность: ["3,2 %"] },
    step: null,
    codeCap: null,
    usePoints: true,
    isAvailable: true,
    variants: [{ city: "omsk", tier: null, price: minor(price + 100), oldPrice: null, isAvailable: null }],
  };
}

/** Imports a feed that holds `offers`. */
export async function feedOf(house: House, offers: readonly CatalogueOffer[]): Promise<void> {
  async function* read(): AsyncGenerator<FeedEvent[]> {
    yield [{ kind: "category", line: 1, id: "1", parentId: null, name: "Молоко" }];
    yield offers.map((offer, index): FeedEvent => ({ kind: "offer", line: index + 2, offer }));
  }
  await importFeed(house, { name: "feed.xml", read });
}

/** A catalogue of five offers with stock and two outlets, and a later feed that is held since it lacks most of them. */
export async function fillCatalogue(house: House): Promise<void> {
  const names = ["Молоко", "Кефир", "Сыр молодой", "Творог", "Сметана"];
  const offers = names.map((name, index) => offerOf(`milk-${index + 1}`, name, 10_000 * (index + 1)));
  await feedOf(house, offers);
  for (const id of ["lesnaya-12", "4021"]) {
    await writeOutlet(house, {
      id,
      name: `Shop ${id}`,
      city: "Omsk",
      timezone: "Asia/Omsk",
      yandexEatsId: null,
      pickupPointId: null,
    });
  }
  async function* stock(): AsyncGenerator<StockEvent[]> {
    yield [
      { kind: "outlet", id: "4021" },
      { kind: "outlet", id: "lesnaya-12" },
    ];
    yield ["4021", "lesnaya-12"].map(
      (outletId): StockEvent => ({
        kind: "stock",
        line: 1,
        offerId: "milk-1",
        outletId,
        quantity: quantity(2500),
        price: null,
        oldPrice: null,
      }),
    );
  }
  await importStock(house, { name: "stock.xml", read: stock });
  await feedOf(house, offers.slice(0, 1));
}

const SAMPLES = join(import.meta.dirname, "../protocols/yandex-eats/samples/feedback");

/** Delivers a sample (or any bytes) as the marketplace does. */
export async function deliver(api: ApiUnderTest, body: string | Buffer): Promise<number> {
  const form = { client_id: EATS.clientId, client_secret: EATS.secret, grant_type: "client_credentials" };
  const issued = await api.app.inject({
    method: "POST",
    url: "/yandex-eats/security/oauth/token",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ ...form, scope: "read write" }).toString(),
  });
  const answer = await api.app.inject({
    method: "POST",
    url: "/yandex-eats/v1/feedback",
    headers: { "content-type": "application/json", authorization: `Bearer ${issued.json().access_token}` },
    payload: body,
  });
  return answer.statusCode;
}

/** A sample of the marketplace's feedback. */
export function feedbackSample(file: string): string {
  return readFileSync(join(SAMPLES, file), "utf8");
}

/** Ids that exist, by the name of the parameter that takes them. */
export type KnownIds = Record<string, string[]>;

/** Fills the house of `api`, which has the marketplace beside it; gives ids of every kind. */
export async function fillForFuzz(api: ApiUnderTest): Promise<KnownIds> {
  const { house, secrets } = api;
  const known: KnownIds = {
    customerId: ["customer-1", "u-104512", "u-104513"],
    orderId: ["order-1", ...Array.from({ length: 40 }, (_, index) => `shop-${index}`)],
    source: ["yandex-eats"],
  };
  const note = (name: string, id: string): void => {
    known[name] = [...(known[name] ?? []), id];
  };
  for (const [name, id] of await fillCredentials(house, secrets)) note(name, id);
  const sold = [{ offerId: "milk-1", quantity: 9000, price: 100, isWeighed: true }];
  const orders = known["orderId"]?.slice(1).map((id) => ({ id, customerId: "customer-1", lines: sold }));
  await importOrders(house, Buffer.from(JSON.stringify(orders)));
  await deliver(api, feedbackSample("001-full.json"));
  await deliver(api, feedbackSample("020-missing-rating.json"));
  await deliver(api, Buffer.from([0x7b, 0xff, 0x00, 0x7d]));
  await house.database.transaction(async (tx) => {
    const customer = {
      segments: ["staff"],
      tier: "gold",
      birthday: "03-08",
      orderCount: 4,
    };
    // The last two are those of the examples that the contract gives.
    for (const id of known["customerId"] ?? []) await saveCustomer(tx, { ...customer, id }, 0);
    await saveIdentity(tx, "phone", phoneHash(secrets, "+79120000012") ?? "", "u-104512");
    await claimRating(tx, { orderId: "order-1", newId: house.newId(), at: house.now() });
    const state = { stars: 5, comment: "fine", isAsked: false };
    await reviseRating(tx, "order-1", { number: 1, ...state, deliveryId: "d", receivedAt: house.now() });
  });
  for (const label of ["first", "second", "third"]) {
    const wish = {
      url: "https://crm.shop.example/hook",
      label,
      kinds: ["*" as const],
      allow: [],
      filter: null,
    };
    const made = await createEndpoint(house, secrets, wish);
    if (made.kind === "made") note("webhookId", made.endpoint.id);
  }
  for (const id of ["order-1", "order-2"]) {
    const news = { kind: "order.placed" as const, subject: { type: "order", id }, body: {}, at: house.now() };
    note("eventId", await house.database.transaction((tx) => noteEvent(tx, house, news)));
  }
  await publishEvents(house);
  const file = Buffer.from("id,points\ncustomer-1,500\nu-104512,70\n");
  const taken = await importBalances(house, secrets, file, { name: "balances.csv", actor: "test" });
  if (taken.importId !== null) note("importId", taken.importId);
  // Half of them may be declined before one is approved.
  for (const amount of [5, -5, 7, 8, 9, 10, 11, 12, 13, 14]) {
    const limits = { mostPoints: 0, mostPerDay: 0 };
    const wish = {
      customerId: "customer-1",
      amount,
      reason: "gift",
      actor: "other",
      expiresAt: null,
      limits,
    };
    const made = await makeCorrection(house, wish);
    if (made.kind === "waits") note("requestId", made.requestId);
  }
  await fillCatalogue(house);
  const promotions = [
    { id: "spring", name: "Spring", then: [{ percent: 10 }] },
    { id: "friends", name: "For friends", codes: { list: ["HELLO-2026"] }, then: [{ percent: 5 }] },
  ];
  const programme = {
    id: "neighbours",
    name: "Neighbours",
    earn: { percent: 3 },
    spend: { percentOfLine: 50 },
  };
  await applyRules(house, api.rules, { set: { promotions }, programme }, { note: "first" });
  const batch = { name: "first", promotionId: "friends", pattern: "F-####", count: 3, usesPerCode: null };
  const made = await generateCodes(house, api.rules, { ...batch, alphabet: null, validUntil: null });
  if (made.kind === "made") note("batchId", made.batch.id);
  const items = [{ configurationId: "milk-1", quantity: 2, price: 100 }];
  note("calculationId", await priceCart(api, { items }));
  await api.backups.make(house, "other");
  await api.backups.idle();
  for (const { name } of api.backups.list()) note("backupName", name);
  // Of a cart that costs nothing under any rules: others would keep all rules to come from being published.
  const nothing = await priceCart(api, { items: [{ configurationId: "nothing", quantity: 1, price: 100 }] });
  for (const name of ["first", "second", "third", "fourth"]) {
    const path = `/api/v1/calculations/${nothing}/case`;
    note("caseId", (await api.call("POST", path, { body: { name } })).json().id);
  }
  note("callId", known["calculationId"]?.[0] ?? "");
  Object.assign(known, {
    promotionId: ["spring"],
    ...{ version: ["1"], entryNumber: ["1"] },
    offerId: ["milk-1", "milk-2"],
    outletId: ["4021"],
    query: ["молоко", "milk"],
  });
  const view = { isShared: true, filter: "rating:1..2", sort: "due" };
  const post = async (path: string, body: object) => (await api.call("POST", path, { body })).json();
  for (const name of ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"]) {
    note("viewId", (await post("/api/v1/desk/views", { ...view, name })).id);
    note("draftId", (await post("/api/v1/promotion-drafts", { name })).id);
  }
  note("actId", await actOfErasure(api));
  for (const [name, id] of await fillNotices(api)) note(name, id);
  Object.assign(known, await fillAnswers(house, api.pass));
  for (const place of ["", "4021", "4022", "4023", "4024"]) note("alarmId", await alarmAt(house, place));
  for (const [name, path] of [
    ["recordId", "/api/v1/feedback"],
    ["itemId", "/api/v1/desk/items"],
    ["deliveryId", "/api/v1/deliveries/unusable"],
    ["importId", "/api/v1/catalogue/imports?kind=feed"],
  ] as const) {
    for (const { id } of (await api.call("GET", path)).json().items as { id: string }[]) note(name, id);
  }
  return known;
}
