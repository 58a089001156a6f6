// Roles by calls by things of two shops: who is set on one shop sees and changes nothing of the other. The table is made
// from the contract, so that a new call is in it on the day it is written.
import { beforeAll, describe, expect, test } from "vitest";
import {
  exampleOf,
  isAllowed,
  isScope,
  type JsonObject,
  keepingOf,
  type Operation,
  openApiDocument,
  operations,
  resolved,
  SCOPE_NAMES,
  STORE_KEEPING,
} from "../../src/contract/index.ts";
import type { StoreKeeping } from "../../src/contract/store-keeping.ts";
import { ROLES, type Role, scopesOf } from "../../src/core/people/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { Browser, firstPerson, PASSWORD } from "../support/people.ts";
import { allBeside } from "../support/small-world.ts";
import { BUYER, fillShops, type ShopIds, tellsOf } from "../support/two-shops.ts";

/** Roles that may be set on some outlets; an administrator has all. */
const SET_ROLES = ROLES.filter((role) => role !== "administrator");

const contract = openApiDocument();
const components = (contract["components"] as JsonObject)["schemas"] as JsonObject;

/** Calls that change nothing. */
const LOOKS = operations.filter(
  ({ method, isReading, scope }) => isScope(scope) && (method === "GET" || isReading === true),
);

/** Narrowed calls that name no shop even to those who see all: what they count is compared, and what they price is tried, below. */
const TELLING_OF_NOBODY: readonly string[] = [
  ...["compareDeskNumbers", "countDeskItems", "listDeskViews", "listDeskWords", "readDeskWindows"],
  ...["priceCart", "readCartFacts", "readOverview"],
];

/** The path with the shop's ids. */
const pathOf = ({ path }: Operation, ids: ShopIds): string =>
  path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? "x");

/** A body that fits, with filters that find everything. */
function bodyOf({ path, method }: Operation, ids: ShopIds): unknown {
  const spec = ((contract["paths"] as JsonObject)[path] as JsonObject)[method.toLowerCase()] as JsonObject;
  const request = spec["requestBody"] as JsonObject | undefined;
  if (request === undefined) return undefined;
  const [media] = Object.values(request["content"] as Record<string, JsonObject>);
  const example = exampleOf(resolved(contract, media?.["schema"] as JsonObject), components) as JsonObject;
  for (const name of ["filter", "first", "second"]) if (name in example) example[name] = "";
  if ("filters" in example) example["filters"] = [""];
  for (const name of ["orderId", "branchId"]) if (name in example) example[name] = ids[name] ?? "x";
  if (path === "/orders/search") example["text"] = ids["orderId"] ?? "x";
  return example;
}

forEachEngine("roles by calls by shops", (engine) => {
  let api: ApiUnderTest;
  let shops: ReadonlyMap<string, ShopIds> = new Map();
  let owner: Browser;
  const browsers = new Map<Role, Browser>();

  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    shops = await fillShops(api);
    owner = await firstPerson(api);
    for (const role of SET_ROLES) {
      const wish = { login: role, name: role, role, outlets: ["shop-a"] };
      const { id } = (await owner.call("POST", "/people", wish)).json();
      const { link } = (await owner.call("POST", `/people/${id}/link`, {})).json();
      const browser = new Browser(api);
      await browser.call("POST", "/session/link", { link, password: PASSWORD });
      browsers.set(role, browser);
    }
  });

  /** Everything that stands in the database of a shop. */
  const stateOf = (shop: string): Promise<string> =>
    engine.database.read(async (tx) => {
      const { itemId = "", orderId = "", alarmId = "", answerId = "" } = shops.get(shop) as ShopIds;
      return JSON.stringify([
        await tx.rows("select * from desk_item where id = ?", [itemId]),
        await tx.rows("select * from desk_thread where item_id = ?", [itemId]),
        await tx.rows("select * from answer where id = ?", [answerId]),
        await tx.rows("select * from desk_alarm where id = ?", [alarmId]),
        await tx.rows("select * from shop_order where id = ?", [orderId]),
        await tx.rows("select * from outlet where id = ?", [shop]),
        await tx.rows("select * from trend_note where branch_id = ?", [shop]),
        await tx.rows("select * from desk_watch where place = ?", [shop]),
      ]);
    });

  /** What an answer shows of the other shop. */
  const leaked = (text: string): boolean => tellsOf("shop-b", shops.get("shop-b") as ShopIds, text);

  async function run(browser: Browser, operation: Operation, shop: string) {
    const ids = shops.get(shop) as ShopIds;
    return browser.call(operation.method, pathOf(operation, ids), bodyOf(operation, ids));
  }

  /** Calls that only look, plain and narrowed by each parameter to what is the other shop's. */
  async function looksAt(browser: Browser, operation: Operation): Promise<string[]> {
    const ids = shops.get("shop-b") as ShopIds;
    const path = pathOf(operation, ids);
    const names = Object.keys(operation.query?.properties ?? {}).filter((name) => name in ids);
    const asked = ["", ...names.map((name) => `?${name}=${encodeURIComponent(ids[name] ?? "")}`)];
    const body = bodyOf(operation, ids);
    const told: string[] = [];
    for (const query of asked) {
      const answer = await browser.call(operation.method, `${path}${query}`, body);
      // A thing is found whole or not at all, whatever of it is shown.
      const isFound = typeof keepingOf(operation.id) === "object" && answer.statusCode < 300;
      if (isFound || leaked(answer.body)) told.push(`${operation.id}${query}`);
    }
    return told;
  }

  describe.each(SET_ROLES)("%s of the first shop", (role) => {
    const scopes = scopesOf(role, SCOPE_NAMES);
    const asked = operations.filter(({ scope }) => isScope(scope));

    test("sees and changes nothing of the second", async () => {
      const browser = browsers.get(role) as Browser;
      const before = await stateOf("shop-b");
      const leaks: string[] = [];
      for (const operation of asked) {
        const answer = await run(browser, operation, "shop-b");
        const mayAtAll = isScope(operation.scope) && isAllowed(scopes, operation.scope);
        if (!mayAtAll && answer.statusCode !== 403 && answer.statusCode !== 400)
          leaks.push(`${operation.id} opened: ${answer.statusCode}`);
        if (leaked(answer.body)) leaks.push(`${operation.id} told of the other shop`);
        if (answer.statusCode < 300 && typeof keepingOf(operation.id) === "object")
          leaks.push(`${operation.id} was carried out`);
      }
      expect(leaks).toEqual([]);
      expect(await stateOf("shop-b")).toBe(before);
    });
  });

  test("who works in a shop reaches its own things", async () => {
    const browser = browsers.get("branch_manager") as Browser;
    for (const id of [
      "getDeskItem",
      "getOrder",
      "getAnswer",
      "getCalculation",
      "getFeedback",
      "listCalculations",
      "listFeedback",
      "listRatings",
      "getOfferStock",
      "getDeskPolicy",
      "getCustomerLots",
      "listCustomerPoints",
      "listDeskItems",
      "listOrders",
      "listDeskAlarms",
    ]) {
      const operation = operations.find((one) => one.id === id) as Operation;
      const answer = await run(browser, operation, "shop-a");
      expect([id, answer.statusCode, answer.body.includes("shop-a")]).toEqual([id, 200, true]);
    }
  });

  test("no look at anything tells of the other shop, whatever is guessed", async () => {
    for (const role of SET_ROLES) {
      const browser = browsers.get(role) as Browser;
      const told: string[] = [];
      for (const operation of LOOKS) told.push(...(await looksAt(browser, operation)));
      expect([role, told]).toEqual([role, []]);
    }
  });

  test("the check finds every call whose narrowing is taken out", async () => {
    // The same calls by somebody of all outlets: where nothing is found now, nothing could have been found before.
    const blind: string[] = [];
    for (const operation of LOOKS) {
      const keeping = keepingOf(operation.id);
      if (keeping === "whole" || keeping === "refused") continue;
      if ((await looksAt(owner, operation)).length === 0) blind.push(operation.id);
    }
    expect(blind.toSorted()).toEqual([...TELLING_OF_NOBODY].toSorted());
  });

  test("counts are of the own shop", async () => {
    // What came this very millisecond is counted from the next on.
    api.pass(1000);
    const manager = browsers.get("branch_manager") as Browser;
    const numbers = async (browser: Browser) => {
      const { carts, orders, calls, points, liability } = (await browser.call("GET", "/overview")).json();
      const { counts } = (await browser.call("POST", "/desk/counts", { filters: ["", "rating:2"] })).json();
      const hours = carts.hours.reduce((sum: number, { today }: { today: number }) => sum + today, 0);
      return {
        carts: carts.today,
        hours,
        orders: orders.count.today,
        calls: calls.length,
        points,
        liability,
        counts,
      };
    };
    const own = { carts: 2, hours: 2, calls: 0, points: null, liability: null };
    expect(await numbers(manager)).toMatchObject({ ...own, orders: 1, counts: [{ count: 1 }, { count: 1 }] });
    expect(await numbers(owner)).toMatchObject({
      carts: 4,
      hours: 4,
      calls: 24,
      orders: 2,
      counts: [{ count: 2 }, { count: 2 }],
    });
  });

  test("a cart is tried in the own shop and in none", async () => {
    const manager = browsers.get("branch_manager") as Browser;
    const statusOf = async (place: object): Promise<readonly number[]> => {
      const cart = { lines: [{ offer: "milk" }], ...place };
      const priced = await manager.call("POST", "/carts/price", { cart });
      return [
        priced.statusCode,
        (await manager.call("POST", "/carts/facts", { cart, sides: [{}] })).statusCode,
      ];
    };
    for (const place of [
      {},
      { outlet: "shop-a" },
      { pickupPoint: "pickup-shop-a" },
      { pickupPoint: "shop-a" },
    ])
      expect([place, await statusOf(place)]).toEqual([place, [200, 200]]);
    for (const place of [{ outlet: "shop-b" }, { pickupPoint: "pickup-shop-b" }, { outlet: "none" }])
      expect([place, await statusOf(place)]).toEqual([place, [403, 403]]);
  });

  test("a customer at the counter is found by what names them exactly, and no list is there", async () => {
    const manager = browsers.get("branch_manager") as Browser;
    const found = await manager.call("POST", "/customers/find", { customerId: BUYER });
    expect([found.statusCode, found.json()]).toMatchObject([200, { id: BUYER, tier: "gold" }]);
    expect((await manager.call("POST", "/customers/find", { customerId: BUYER.slice(1) })).statusCode).toBe(
      404,
    );
    expect((await manager.call("GET", "/customers")).statusCode).toBe(403);
    const { lots, holds } = (await manager.call("GET", `/customers/${BUYER}/lots`)).json();
    const ordersOf = (list: readonly { orderId: string | null }[]) =>
      list.map(({ orderId }) => orderId).toSorted();
    // Points of both shops are the customer's; orders of the other shop have no name here.
    expect(ordersOf(lots)).toEqual([null, "order-shop-a"].toSorted());
    expect(ordersOf(holds)).toEqual([null, "order-shop-a"].toSorted());
  });

  test("one row of the table that is wrong is found by the same walk", async () => {
    const viewer = browsers.get("viewer") as Browser;
    const table = STORE_KEEPING as Record<string, StoreKeeping>;
    const operation = operations.find(({ id }) => id === "getCalculation") as Operation;
    const right = table["getCalculation"] as StoreKeeping;
    expect(await looksAt(viewer, operation)).toEqual([]);
    table["getCalculation"] = "whole";
    try {
      expect(await looksAt(viewer, operation)).toEqual(["getCalculation"]);
    } finally {
      table["getCalculation"] = right;
    }
  });
});
