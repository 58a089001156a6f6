// What stands around an item of the desk: who has it open, what its words speak for, whose it is, which deliveries told of it.
import { beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { Browser, firstPerson, forgetPeople, PASSWORD } from "../support/people.ts";

/** Longer than a look counts, ms. */
const GONE_MS = 51_000;

forEachEngine("around an item of the desk", (engine) => {
  let api: ApiUnderTest;
  let owner: Browser;
  let agent: Browser;
  let elsewhere: Browser;
  const ids: Record<string, string> = {};
  const items: Record<string, string> = {};

  /** Somebody who came by an invitation, signed in. */
  async function person(login: string, outlets: string[] | null): Promise<Browser> {
    const body = { login, name: login, role: "agent", outlets };
    const { id } = (await owner.call("POST", "/people", body)).json();
    const { link } = (await owner.call("POST", `/people/${id}/link`, {})).json();
    const browser = new Browser(api);
    await browser.call("POST", "/session/link", { link, password: PASSWORD });
    ids[login] = id;
    return browser;
  }
  const openBy = async (browser: Browser, itemId: string): Promise<string[]> =>
    (await browser.call("GET", `/desk/items/${itemId}`)).json().openBy;
  const openAt = async (browser: Browser): Promise<unknown> =>
    (await browser.call("POST", "/desk/counts", { filters: [""] })).json().open;

  beforeAll(async () => {
    api = apiOn(engine.database);
    await forgetPeople(engine.database);
    for (const [orderId, comment] of [
      ["1", "Суп холодный, курьер опоздал"],
      ["2", "Спасибо"],
    ] as const)
      await marketplaceSays(api.house, { orderId, rating: 2, comment });
    await appSays(api.house, { orderId: "2", rating: 4 });
    await engine.database.transaction(async (tx) => {
      await tx.run("update desk_item set branch_id = 'lesnaya'", []);
      await tx.run("update desk_item set customer_id = 'c-1' where source = 'yandex-eats'", []);
    });
    owner = await firstPerson(api);
    const found = (await owner.call("GET", "/desk/items?filter=source:yandex-eats")).json();
    for (const { id, orderId } of found.items) items[orderId] = id;
    agent = await person("agent", null);
    elsewhere = await person("elsewhere", ["mira"]);
  });

  test("colleagues see who has it open, nobody sees themselves, and who left is gone", async () => {
    const item = items["1"] ?? "";
    expect(await openBy(agent, item)).toEqual([]);
    await expect.poll(() => openBy(owner, item)).toEqual([ids["agent"]]);
    await expect.poll(() => openAt(agent)).toHaveLength(1);
    const [look] = (await openAt(agent)) as { itemId: string; personId: string }[];
    expect(look?.itemId).toBe(item);
    expect(look?.personId).not.toBe(ids["agent"]);
    expect(await openAt(owner)).toEqual([{ itemId: item, personId: ids["agent"] }]);
    api.pass(GONE_MS);
    expect(await openAt(owner)).toEqual([]);
    expect(await openBy(owner, item)).toEqual([]);
  });

  test("a program that reads an item has nothing open", async () => {
    api.pass(GONE_MS);
    const item = items["2"] ?? "";
    expect((await api.call("GET", `/api/v1/desk/items/${item}`)).statusCode).toBe(200);
    expect(await openBy(owner, item)).toEqual([]);
    const told = (await api.call("POST", "/api/v1/desk/counts", { body: { filters: [""] } })).json();
    await expect.poll(() => openAt(agent)).toHaveLength(1);
    expect(told.open.map(({ itemId }: { itemId: string }) => itemId)).not.toContain(items["1"]);
  });

  test("people of other outlets are not told who looks at what", async () => {
    expect(await openBy(agent, items["1"] ?? "")).toEqual([]);
    await expect.poll(() => openAt(owner)).toHaveLength(1);
    expect(await openAt(elsewhere)).toEqual([]);
    const { statusCode } = await elsewhere.call("GET", `/desk/items/${items["1"]}`);
    expect(statusCode).toBe(404);
  });

  test("topics are suggested by its words, and none is set", async () => {
    const { suggestedTopics, item } = (await owner.call("GET", `/desk/items/${items["1"]}`)).json();
    expect(suggestedTopics).toEqual(["cold", "late", "courier"]);
    expect(item.topics).toEqual([]);
  });

  test("other feedback of the same customer is found by the filter", async () => {
    const filter = encodeURIComponent("customer:c-1 -order:1");
    const found = (await owner.call("GET", `/desk/items?filter=${filter}`)).json();
    expect(found.items.map(({ id }: { id: string }) => id)).toEqual([items["2"]]);
    const none = (await owner.call("GET", "/desk/items?filter=customer:none")).json();
    expect(none.items).toHaveLength(1);
    expect((await elsewhere.call("GET", `/desk/items?filter=${filter}`)).json().items).toEqual([]);
  });

  test("a promo code that reached the customer before is told with the offer", async () => {
    const offer = async () => (await owner.call("GET", `/desk/items/${items["1"]}/answers`)).json();
    expect((await offer()).lastPromo).toBeNull();
    const draft = await owner.call("POST", `/desk/items/${items["2"]}/answers`, {
      text: "Спасибо!",
      promo: 20,
    });
    expect(draft.statusCode).toBe(201);
    await engine.database.transaction((tx) =>
      tx.run("update answer set state = 'delivered', ended_at = ? where id = ?", [
        api.house.now(),
        draft.json().id,
      ]),
    );
    expect((await offer()).lastPromo).toEqual({
      percent: 20,
      at: new Date(api.house.now()).toISOString(),
    });
  });

  test("deliveries of what happened to it are told to who may read events of its outlet", async () => {
    const path = `/desk/items/${items["1"]}/deliveries`;
    expect((await owner.call("GET", path)).json()).toEqual({ deliveries: [] });
    const hook = { url: "https://crm.example/hook", kinds: ["*"] };
    const { id: hookId } = (await api.call("POST", "/api/v1/webhooks", { body: hook })).json().webhook;
    await engine.database.transaction(async (tx) => {
      const [event] = await tx.rows<{ id: string }>(
        "select id from event where subject_type = 'feedback' and subject_id = ?",
        [items["1"] ?? ""],
      );
      await tx.run("update event set number = 7 where id = ?", [event?.id ?? ""]);
      await tx.run(
        `insert into webhook_delivery (endpoint_id, number, subject, state, attempts, created_at)
         values (?, 7, ?, 'dead', 10, 1)`,
        [hookId, `feedback:${items["1"]}`],
      );
    });
    const { deliveries } = (await owner.call("GET", path)).json();
    expect(deliveries).toMatchObject([
      { webhookId: hookId, webhook: "crm.example", delivery: { number: 7, state: "dead", attempts: 10 } },
    ]);
    expect((await owner.call("GET", `/desk/items/${items["2"]}/deliveries`)).json()).toEqual({
      deliveries: [],
    });
    expect((await elsewhere.call("GET", path)).statusCode).toBeGreaterThan(400);
    expect((await agent.call("GET", path)).statusCode).toBe(403);
  });
});
