// The audit log of the management API: who changed what, what it was before and is after, found by every filter, without secrets.
import { beforeAll, expect, test } from "vitest";
import { auditedHouse, keepAudit, tokensOf } from "../../src/flows/index.ts";
import { addKey } from "../../src/storage/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

forEachEngine("the audit log of calls", (engine) => {
  let api: ApiUnderTest;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await api.call(method, `/api/v1${path}`, body === undefined ? {} : { body });
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const entries = async (query = "") => (await call("GET", `/audit/entries?limit=100${query}`)).body.items;
  const last = async () => (await entries("&order=newest"))[0];

  beforeAll(() => {
    api = apiOn(engine.database);
  });

  test("a changed setting stands with what it was before and is after, and without what addresses hide", async () => {
    const made = await call("POST", "/webhooks", {
      url: "https://crm.shop.example/in?token=hidden-in-query",
      label: "CRM",
      kinds: ["order.placed"],
    });
    const { webhook, secret } = made.body;
    const first = await last();
    expect(first).toMatchObject({
      actor: "setting",
      action: "events.createWebhook",
      subject: webhook.id,
    });
    expect(first.details.wish).toMatchObject({ label: "CRM", kinds: ["order.placed"] });
    await call("PUT", `/webhooks/${first.subject}`, {
      url: "https://crm.shop.example/in",
      label: "CRM 2",
      kinds: ["order.placed"],
    });
    const changed = await last();
    expect(changed.details).toMatchObject({ before: { label: "CRM" }, after: { label: "CRM 2" } });
    await call("DELETE", `/webhooks/${first.subject}`);
    expect((await last()).details).toMatchObject({ before: { label: "CRM 2" }, after: null });
    const text = JSON.stringify(await entries());
    for (const hidden of ["hidden-in-query", secret]) expect(text).not.toContain(hidden);
  });

  test("keys and tokens are named and not shown", async () => {
    const key = (await call("POST", "/channels/irp/keys", { label: "till" })).body;
    expect(await last()).toMatchObject({ action: "channels.createIrpKey", subject: key.id });
    await call("DELETE", `/channels/irp/keys/${key.id}`);
    expect(await last()).toMatchObject({ action: "channels.revokeIrpKey", subject: key.id });
    const token = (await call("POST", "/tokens", { label: "bot", scopes: ["tokens:read"] })).body;
    expect((await last()).details.wish).toMatchObject({ label: "bot", scopes: ["tokens:read"] });
    const text = JSON.stringify(await entries());
    for (const hidden of [key.key, token.token]) expect(text).not.toContain(hidden);
    expect((await call("DELETE", "/channels/irp/keys/none")).status).toBe(404);
    expect((await last()).action).toBe("tokens.createToken");
  });

  test("published rules stand with who and what differs", async () => {
    const promotion = { id: "ten", name: "Ten", then: [{ percent: 10 }] };
    const put = await call("PUT", "/promotion-set", { promotions: [promotion] });
    expect([put.status, put.body.kind]).toEqual([200, "applied"]);
    expect(await last()).toMatchObject({
      action: "promotions.publish",
      actor: "setting",
      details: { before: 0, after: 1, difference: { added: [{ id: "ten" }] } },
    });
    const count = (await entries()).length;
    expect((await call("PUT", "/promotion-set", { promotions: [promotion] })).body.kind).toBe("unchanged");
    expect((await call("PUT", "/promotion-set?dryRun=true", { promotions: [] })).body.kind).toBe("planned");
    expect((await entries()).length).toBe(count);
    const one = await call("POST", "/promotions", { ...promotion, id: "more" });
    expect([one.status, one.body.kind]).toEqual([200, "applied"]);
    expect((await last()).details.difference).toMatchObject({ added: [{ id: "more" }] });
  });

  test("of people only the names of fields are kept", async () => {
    await call("PUT", "/customers/c-1", { tier: "gold" });
    const count = (await entries()).length;
    const made = await call("POST", "/loyalty/corrections", {
      customerId: "c-1",
      points: 10,
      reason: "a story with a name in it",
    });
    expect(made.status).toBe(201);
    expect((await entries()).length).toBe(count + 1);
    const { details } = await last();
    expect(details.fields).toContain("reason");
    expect(JSON.stringify(details)).not.toContain("story");
  });

  test("entries are found by actor, subject, action, its beginning, and time; pages follow each other both ways", async () => {
    const all = await entries();
    const numbers = (items: { number: number }[]) => items.map(({ number }) => number);
    const of = (keep: (entry: { action: string; at: string; subject: string }) => boolean) =>
      numbers(all.filter(keep));
    expect(numbers(await entries("&action=channels."))).toEqual(
      of(({ action }) => action.startsWith("channels.")),
    );
    expect(numbers(await entries("&action=channels.createIrpKey"))).toEqual(
      of(({ action }) => action === "channels.createIrpKey"),
    );
    expect(await entries("&action=channels")).toEqual([]);
    expect(numbers(await entries("&actor=setting"))).toEqual(of(() => true));
    expect(await entries("&actor=nobody")).toEqual([]);
    const { subject } = all[0];
    expect(numbers(await entries(`&subject=${subject}`))).toEqual(of((entry) => entry.subject === subject));
    api.pass(60_000);
    await call("POST", "/channels/irp/keys", { label: "later" });
    const { at } = await last();
    expect((await entries(`&from=${at}`)).length).toBe(1);
    expect(numbers(await entries(`&until=${at}`))).toEqual(of(() => true));
    for (const order of ["oldest", "newest"]) {
      const found: number[] = [];
      let after = "";
      do {
        const page = (await call("GET", `/audit/entries?limit=3&order=${order}${after}`)).body;
        found.push(...numbers(page.items));
        after = page.nextCursor === null ? "" : `&after=${page.nextCursor}`;
      } while (after !== "");
      const expected = numbers(await entries());
      expect(found).toEqual(order === "oldest" ? expected : expected.reverse());
    }
    expect((await call("GET", "/audit/proof")).body.brokenAt).toBeNull();
  });

  test("one entry is read by its number, and what is no number of an entry is not found", async () => {
    const second = (await entries()).find(({ number }: { number: number }) => number === 2);
    expect((await call("GET", "/audit/entries/2")).body).toEqual(second);
    for (const odd of ["0", "-1", "2.0", "two", "999999", "9".repeat(30)])
      expect((await call("GET", `/audit/entries/${odd}`)).status).toBe(404);
  });

  test("what is rolled back is not in the log, and one call leaves one entry", async () => {
    const note = {
      actor: "ann",
      action: "channels.test",
      subject: null,
      place: "test",
      wish: null,
      fields: [],
      look: null,
    };
    const key = (id: string) => ({ id, channel: "irp", label: "", prefix: id, hash: id, createdAt: 1 });
    const broken = auditedHouse(api.house, note);
    await expect(
      broken.database.transaction(async (tx) => {
        await addKey(tx, key("rolled-back"));
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await entries("&actor=ann")).toEqual([]);
    await broken.database.transaction((tx) => addKey(tx, key("one")));
    await broken.database.transaction((tx) => addKey(tx, key("two")));
    expect(await entries("&actor=ann")).toHaveLength(1);
    const reading = auditedHouse(api.house, note);
    await tokensOf(reading);
    await reading.database.transaction((tx) => tx.rows("select 1 as one"));
    const own = auditedHouse(api.house, note);
    await own.database.transaction(async (tx) => {
      await addKey(tx, key("three"));
      await keepAudit(tx, { at: 1, actor: "bob", action: "own.word", subject: "x", details: {} });
    });
    expect(await entries("&actor=ann")).toHaveLength(1);
  });
});
