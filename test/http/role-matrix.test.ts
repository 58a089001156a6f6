// Roles by calls by things of two shops: who is set on one shop sees and changes nothing of the other. The table is made
// from the contract, so that a new call is in it on the day it is written.
import { beforeAll, describe, expect, test } from "vitest";
import {
  exampleOf,
  isAllowed,
  isScope,
  type JsonObject,
  type Operation,
  openApiDocument,
  operations,
  resolved,
  SCOPE_NAMES,
} from "../../src/contract/index.ts";
import { ROLES, type Role, scopesOf } from "../../src/core/people/index.ts";
import { draftAnswer, importOrders } from "../../src/flows/index.ts";
import { saveOutlet } from "../../src/storage/index.ts";
import { alarmAt } from "../support/alarm-world.ts";
import { giveFeedback } from "../support/answers.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { Browser, firstPerson, PASSWORD } from "../support/people.ts";

/** Roles that may be set on some outlets; an administrator has all. */
const SET_ROLES = ROLES.filter((role) => role !== "administrator");

const contract = openApiDocument();
const components = (contract["components"] as JsonObject)["schemas"] as JsonObject;

/** Ids of one shop's things by the name of the parameter that takes them. */
type Ids = Readonly<Record<string, string>>;

/** The path with the shop's ids. */
const pathOf = ({ path }: Operation, ids: Ids): string =>
  path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? "x");

/** A body that fits, with filters that find everything. */
function bodyOf({ path, method }: Operation, ids: Ids): unknown {
  const spec = ((contract["paths"] as JsonObject)[path] as JsonObject)[method.toLowerCase()] as JsonObject;
  const request = spec["requestBody"] as JsonObject | undefined;
  if (request === undefined) return undefined;
  const [media] = Object.values(request["content"] as Record<string, JsonObject>);
  const example = exampleOf(resolved(contract, media?.["schema"] as JsonObject), components) as JsonObject;
  for (const name of ["filter", "first", "second"]) if (name in example) example[name] = "";
  if ("filters" in example) example["filters"] = [""];
  for (const name of ["orderId", "branchId"]) if (name in example) example[name] = ids[name] ?? "x";
  return example;
}

forEachEngine("roles by calls by shops", (engine) => {
  let api: ApiUnderTest;
  const shops = new Map<string, Ids>();
  const browsers = new Map<Role, Browser>();

  async function fill(shop: string): Promise<void> {
    await engine.database.transaction((tx) =>
      saveOutlet(tx, {
        id: shop,
        name: `canary-${shop}`,
        city: null,
        timezone: null,
        yandexEatsId: null,
        pickupPointId: null,
      }),
    );
    const orderId = `order-${shop}`;
    const lines = [{ offerId: "milk", quantity: 1000, price: 100 }];
    await importOrders(api.house, Buffer.from(JSON.stringify([{ id: orderId, lines }])));
    await engine.database.transaction((tx) =>
      tx.run("update shop_order set outlet_id = ? where id = ?", [shop, orderId]),
    );
    const { itemId } = await giveFeedback(api.house, { placeId: shop, orderId, comment: `canary-${shop}` });
    const wish = { itemId, text: `canary-${shop}`, templateId: null, promoPercent: null, actor: "other" };
    const drafted = await draftAnswer(api.house, wish);
    if (drafted.kind === "refused") throw new Error(drafted.reason);
    const alarmId = await alarmAt(api.house, shop);
    shops.set(shop, {
      itemId,
      orderId,
      alarmId,
      answerId: drafted.answer.id,
      branchId: shop,
      outletId: shop,
      placeId: shop,
    });
  }

  beforeAll(async () => {
    api = apiOn(engine.database);
    for (const shop of ["shop-a", "shop-b"]) await fill(shop);
    const owner = await firstPerson(api);
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
      const { itemId = "", orderId = "", alarmId = "", answerId = "" } = shops.get(shop) as Ids;
      return JSON.stringify([
        await tx.rows("select * from desk_item where id = ?", [itemId]),
        await tx.rows("select * from desk_thread where item_id = ?", [itemId]),
        await tx.rows("select * from answer where id = ?", [answerId]),
        await tx.rows("select * from desk_alarm where id = ?", [alarmId]),
        await tx.rows("select * from shop_order where id = ?", [orderId]),
        await tx.rows("select * from outlet where id = ?", [shop]),
      ]);
    });

  /** What an answer shows of the other shop. */
  function leaked(text: string): boolean {
    const { itemId = "", answerId = "", alarmId = "" } = shops.get("shop-b") as Ids;
    return [`"shop-b"`, "canary-shop-b", "order-shop-b", itemId, answerId, alarmId].some((word) =>
      text.includes(word),
    );
  }

  async function run(browser: Browser, operation: Operation, shop: string) {
    const ids = shops.get(shop) as Ids;
    return browser.call(operation.method, pathOf(operation, ids), bodyOf(operation, ids));
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
        if (answer.statusCode < 300 && typeof operation.stores === "object")
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
      "listDeskItems",
      "listOrders",
      "listDeskAlarms",
    ]) {
      const operation = operations.find((one) => one.id === id) as Operation;
      const answer = await run(browser, operation, "shop-a");
      expect([id, answer.statusCode, answer.body.includes("shop-a")]).toEqual([id, 200, true]);
    }
  });

  test("the table finds leaks where there are some: nobody is set on a shop", async () => {
    await engine.database.transaction((tx) =>
      tx.run("update person set outlets = null where role = 'viewer'"),
    );
    api.pass(1000);
    const browser = browsers.get("viewer") as Browser;
    const told: string[] = [];
    for (const id of [
      "getDeskItem",
      "listDeskItems",
      "getOrder",
      "listOrders",
      "listOutlets",
      "exportDesk",
    ]) {
      const operation = operations.find((one) => one.id === id) as Operation;
      if (leaked((await run(browser, operation, "shop-b")).body)) told.push(id);
    }
    expect(told).toHaveLength(6);
  });
});
