// Endpoints over the management API: made, changed, tried, given new secrets; and the feed beside them.
import { beforeAll, expect, test } from "vitest";
import { publishEvents } from "../../src/flows/index.ts";
import { EventCourier } from "../../src/jobs/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { result, run } from "../support/post-office.ts";

const WISH = { url: "https://crm.shop.example/hook", label: "CRM", kinds: ["rules.published"] };

forEachEngine("webhooks over the API", (engine) => {
  let api: ApiUnderTest;
  beforeAll(() => {
    api = apiOn(engine.database);
  });

  const publishRules = async (value: number): Promise<void> => {
    const body = { promotions: [{ id: "spring", name: "Spring", then: [{ percent: value }] }] };
    const answer = await api.call("PUT", "/api/v1/promotion-set", { body });
    expect(answer.statusCode).toBe(200);
    while ((await publishEvents(api.house)) !== null);
  };
  const courier = () =>
    new EventCourier(
      api.house,
      { failed: (_job, error) => expect(error).toBeUndefined(), attempted: () => undefined },
      async () => result("delivered"),
    );

  test("the secret is shown once, stored sealed, and never again", async () => {
    const made = await api.call("POST", "/api/v1/webhooks", { body: WISH });
    expect(made.statusCode).toBe(201);
    const { webhook, secret } = made.json();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const again = await api.call("GET", `/api/v1/webhooks/${webhook.id}`);
    const list = await api.call("GET", "/api/v1/webhooks");
    expect(`${again.body}${list.body}${api.logged.join()}`).not.toContain(secret.slice(6, 20));
    const [row] = await engine.database.read((tx) =>
      tx.rows<{ secret: Uint8Array }>("select secret from webhook_endpoint where id = ?", [webhook.id]),
    );
    expect(Buffer.from(row?.secret ?? []).toString("latin1")).not.toContain(secret.slice(6, 20));
    expect(api.secrets.open(row?.secret ?? new Uint8Array())).toBe(secret);
    await api.call("DELETE", `/api/v1/webhooks/${webhook.id}`);
  });

  test("the same Idempotency-Key makes one endpoint with one secret", async () => {
    const headers = { "idempotency-key": "webhook-1" };
    const answers = [
      await api.call("POST", "/api/v1/webhooks", { body: WISH, headers }),
      await api.call("POST", "/api/v1/webhooks", { body: WISH, headers }),
    ];
    expect(answers[0]?.json()).toEqual(answers[1]?.json());
    await api.call("DELETE", `/api/v1/webhooks/${answers[0]?.json().webhook.id}`);
  });

  test("an event is delivered, its delivery is seen with its attempts, and it can be sent again under its id", async () => {
    const { webhook } = (await api.call("POST", "/api/v1/webhooks", { body: WISH })).json();
    await publishRules(10);
    const at = `/api/v1/webhooks/${webhook.id}`;
    expect((await api.call("GET", at)).json()).toMatchObject({ waiting: 1, dead: 0, failures: 0 });
    await run(courier());
    const { items } = (await api.call("GET", `${at}/deliveries?state=delivered`)).json();
    expect(items).toMatchObject([
      { kind: "rules.published", state: "delivered", attempts: 1, lastStatus: 200 },
    ]);
    const one = `${at}/deliveries/${items[0].eventId}`;
    expect((await api.call("GET", one)).json().history).toHaveLength(1);
    api.pass(1000);
    expect((await api.call("POST", `${one}/replay`)).statusCode).toBe(204);
    await run(courier());
    const { delivery, history } = (await api.call("GET", one)).json();
    expect(delivery).toMatchObject({ state: "delivered", attempts: 1 });
    expect(history).toHaveLength(2);
    await api.call("DELETE", at);
  });

  test("the health of a day tells what arrived and what went wrong last, and no percentile of few attempts", async () => {
    const { webhook } = (await api.call("POST", "/api/v1/webhooks", { body: WISH })).json();
    const at = `/api/v1/webhooks/${webhook.id}`;
    const health = async () => (await api.call("GET", `${at}/health`)).json();
    expect(await health()).toMatchObject({
      attempts: 0,
      arrived: 0,
      p95Ms: null,
      lastError: null,
      isWhole: true,
    });
    const write = async (number: number, ago: number, outcome: string): Promise<void> => {
      await engine.database.transaction((tx) =>
        tx.run(
          "insert into webhook_attempt (endpoint_id, number, attempt, at, ms, outcome, status) values (?, ?, 1, ?, ?, ?, null)",
          [webhook.id, number, api.house.now() - ago, number, outcome],
        ),
      );
    };
    await write(9001, 86_400_001, "timeout");
    for (let number = 9002; number <= 9020; number += 1) await write(number, 9100 - number, "delivered");
    expect(await health()).toMatchObject({ attempts: 19, arrived: 19, p95Ms: null, lastError: null });
    await write(9021, 10, "timeout");
    expect(await health()).toMatchObject({
      attempts: 20,
      arrived: 19,
      p95Ms: 9020,
      lastError: { outcome: "timeout" },
    });
    for (let number = 10_001; number <= 11_001; number += 1) await write(number, 5, "delivered");
    expect(await health()).toMatchObject({ attempts: 1000, isWhole: false, lastError: null });
    await api.call("DELETE", at);
    expect((await api.call("GET", `${at}/health`)).statusCode).toBe(404);
  });

  test("what came while an endpoint was off is sent when it is asked for", async () => {
    const { webhook } = (await api.call("POST", "/api/v1/webhooks", { body: WISH })).json();
    const at = `/api/v1/webhooks/${webhook.id}`;
    const { last } = (await api.call("GET", "/api/v1/events?after=0&limit=1")).json();
    expect((await api.call("POST", `${at}/disable`)).json()).toMatchObject({
      state: "disabled",
      disabledReason: "operator",
    });
    await publishRules(11);
    await publishRules(12);
    expect((await api.call("POST", `${at}/enable`)).json()).toMatchObject({ state: "enabled", waiting: 0 });
    const replayed = await api.call("POST", `${at}/replay`, { body: { after: last, which: "missing" } });
    expect(replayed.json()).toEqual({ queued: 2, until: last + 2 });
    await run(courier());
    expect((await api.call("GET", `${at}/deliveries?state=delivered`)).json().items).toHaveLength(2);
    await api.call("DELETE", at);
  });

  test("a trial goes to its endpoint only", async () => {
    const [one, other] = [
      (await api.call("POST", "/api/v1/webhooks", { body: { ...WISH, kinds: ["*"] } })).json().webhook.id,
      (await api.call("POST", "/api/v1/webhooks", { body: { ...WISH, kinds: ["*"] } })).json().webhook.id,
    ];
    const { eventId } = (await api.call("POST", `/api/v1/webhooks/${one}/test`)).json();
    while ((await publishEvents(api.house)) !== null);
    await run(courier());
    expect((await api.call("GET", `/api/v1/webhooks/${one}/deliveries/${eventId}`)).statusCode).toBe(200);
    expect((await api.call("GET", `/api/v1/webhooks/${other}/deliveries/${eventId}`)).statusCode).toBe(404);
    for (const id of [one, other]) await api.call("DELETE", `/api/v1/webhooks/${id}`);
  });

  test("the feed has no gaps, goes on from any number, and says so when its beginning is gone", async () => {
    await publishRules(13);
    const all = (await api.call("GET", "/api/v1/events?limit=1000")).json();
    expect(all.items.map(({ number }: { number: number }) => number)).toEqual(
      all.items.map((_: unknown, index: number) => index + 1),
    );
    expect(all.items.at(-1).number).toBe(all.last);
    const rest = (await api.call("GET", `/api/v1/events?after=${all.last - 1}`)).json();
    expect(rest.items).toEqual([all.items.at(-1)]);
    const event = await api.call("GET", `/api/v1/events/${all.items[0].id}`);
    expect(event.json()).toEqual(all.items[0]);
    expect((await api.call("GET", `/api/v1/events?after=${all.last}`)).json().items).toEqual([]);
    await engine.database.transaction((tx) => tx.run("delete from event where number <= 2"));
    const gone = await api.call("GET", "/api/v1/events?after=1");
    expect([gone.statusCode, gone.json().code]).toEqual([410, "events_forgotten"]);
    expect(gone.json().detail).toContain("number 3");
    expect((await api.call("GET", "/api/v1/events?after=2")).statusCode).toBe(200);
  });

  test("an address that may not be called is refused when made and when changed, with its place", async () => {
    const { webhook } = (await api.call("POST", "/api/v1/webhooks", { body: WISH })).json();
    for (const url of ["https://127.0.0.1/", "https://crm.inside/", "http://crm.shop.example/", "ftp://x/"]) {
      for (const [method, path] of [
        ["POST", "/api/v1/webhooks"],
        ["PUT", `/api/v1/webhooks/${webhook.id}`],
      ] as const) {
        const answer = await api.call(method, path, { body: { ...WISH, url } });
        expect([url, answer.statusCode, answer.json().code]).toEqual([url, 422, "address_refused"]);
        expect(answer.json().errors[0].path).toBe("/body/url");
      }
    }
    const allowed = { ...WISH, url: "http://crm.inside:8080/hook", allow: ["crm.inside"] };
    expect((await api.call("PUT", `/api/v1/webhooks/${webhook.id}`, { body: allowed })).statusCode).toBe(200);
    const odd = await api.call("POST", "/api/v1/webhooks", { body: { ...WISH, allow: ["10.0.0.0/99"] } });
    expect(odd.json().errors[0].path).toBe("/body/allow");
    await api.call("DELETE", `/api/v1/webhooks/${webhook.id}`);
  });

  test("kinds that have an addressee, and kinds that are none, cannot be asked for", async () => {
    for (const kind of ["imshop.status", "webhook.test", "order.eaten"]) {
      const answer = await api.call("POST", "/api/v1/webhooks", { body: { ...WISH, kinds: [kind] } });
      expect([kind, answer.statusCode]).toEqual([kind, 400]);
    }
  });
});
