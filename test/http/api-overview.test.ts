// The front page: every number is the count of the list that its link names, and everything that needs attention is told once.
import { beforeAll, expect, test } from "vitest";
import { operations } from "../../src/contract/index.ts";
import {
  ATTENTION_KINDS,
  applyRules,
  CallTally,
  createEndpoint,
  createToken,
  generateCodes,
} from "../../src/flows/index.ts";
import { claimJob, finishJob } from "../../src/storage/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { allBeside, fillForFuzz, priceCart } from "../support/small-world.ts";

interface Link {
  readonly operation: string;
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
}

const DAY = 86_400_000;

forEachEngine("the front page", (engine) => {
  let api: ApiUnderTest;

  const read = async (token?: string) => {
    const answer = await api.call("GET", "/api/v1/overview", token === undefined ? {} : { token });
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };

  /** Everything that a link lists, page after page. */
  async function listOf(link: Link): Promise<Record<string, unknown>[]> {
    const operation = operations.find(({ id }) => id === link.operation);
    if (operation === undefined) throw new Error(`no call ${link.operation}`);
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
      encodeURIComponent(link.params[name] ?? ""),
    );
    const items: Record<string, unknown>[] = [];
    let after: string | null = null;
    do {
      const query = new URLSearchParams({ ...link.query, ...(after === null ? {} : { after }) });
      const answer = await api.call("GET", `/api/v1${path}?${query}`);
      expect([link.operation, answer.statusCode, answer.body]).toEqual([link.operation, 200, answer.body]);
      const body = answer.json();
      const list = body.items ?? body.alarms;
      if (!Array.isArray(list)) return [body];
      items.push(...list);
      after = body.nextCursor ?? null;
    } while (after !== null);
    return items;
  }

  const cart = { items: [{ configurationId: "milk-1", quantity: 2, price: 100 }] };

  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    // Last week: some before this time of day, some after it.
    api.pass(-7 * DAY - 3_600_000);
    await fillForFuzz(api);
    await priceCart(api, cart);
    await api.book.flush();
    api.pass(2 * 3_600_000);
    await priceCart(api, cart);
    await api.book.flush();
    api.pass(7 * DAY - 3_600_000);
    for (let index = 0; index < 3; index += 1) await priceCart(api, cart);
    await api.book.flush();
  });

  test("numbers are what their lists have", async () => {
    const found = await read();
    const { carts, orders, points } = found;
    expect(carts.today).toBe((await listOf(carts.link)).length);
    expect(carts.before).toBe((await listOf(carts.linkBefore)).length);
    expect([carts.today, carts.before]).toEqual([0, 3]);
    api.pass(1);
    const later = await read();
    expect(later.carts.today).toBe((await listOf(later.carts.link)).length);
    expect(later.carts.today).toBe(3);
    expect(later.carts.hours.map((hour: { today: number }) => hour.today)).toContain(3);
    const sum = (items: Record<string, unknown>[], name: string) =>
      items.reduce((total, item) => total + Number(item[name] ?? 0), 0);
    for (const name of ["count", "totalMinor", "discountMinor"] as const) {
      const listed = await listOf(orders[name].linkBefore);
      expect([name, orders[name].before]).toEqual([
        name,
        name === "count" ? listed.length : sum(listed, name),
      ]);
    }
    const entries = await listOf(points.redeemed.linkBefore);
    expect(points.redeemed.before).toBe(
      entries
        .filter((entry) => entry["account"] === "redeemed" && Number(entry["amount"]) > 0)
        .reduce((total, entry) => total + Number(entry["amount"]), 0),
    );
    for (const rated of later.ratings) {
      const items = await listOf(rated.link);
      expect([rated.source, rated.today.of]).toEqual([rated.source, items.length]);
    }
  });

  test("what a token may not read is null, and not in the list of attention", async () => {
    const made = await createToken(api.house, api.secrets, {
      label: "front",
      scopes: ["overview:read", "loyalty:read"],
      expiresAt: null,
    });
    if (made.kind !== "created") throw new Error("no token");
    const found = await read(made.token);
    expect([found.carts, found.orders, found.ratings]).toEqual([null, null, null]);
    expect(found.points).not.toBeNull();
    expect(found.liability.points).toBeGreaterThanOrEqual(0);
    const kinds = new Set(found.attention.map(({ kind }: { kind: string }) => kind));
    expect([...kinds].filter((kind) => kind !== "corrections_waiting")).toEqual([]);
  });

  test("everything that needs attention is told, and its count is that of its list", async () => {
    const { house, rules, secrets } = api;
    const until = new Date(house.now() + 2 * DAY).toISOString();
    const promotions = [
      { id: "ends", name: "Ends", then: [{ percent: 1 }], schedule: { until } },
      { id: "far", name: "Far", then: [{ percent: 1 }], schedule: { until: "2090-01-01" } },
      { id: "over", name: "Over", then: [{ percent: 1 }], schedule: { until: "2020-01-01" } },
      { id: "tight", name: "Tight", then: [{ percent: 1 }], limits: { uses: 10 } },
      { id: "wide", name: "Wide", then: [{ percent: 1 }], limits: { uses: 100 } },
      { id: "coded", name: "Coded", codes: {}, then: [{ percent: 1 }] },
    ];
    expect(await applyRules(house, rules, { set: { promotions } }, { note: "" })).toMatchObject({
      kind: "applied",
    });
    const batch = {
      name: "spent",
      promotionId: "coded",
      pattern: "SP-############",
      count: 2,
      usesPerCode: 1,
    };
    const codes = await generateCodes(house, rules, { ...batch, alphabet: null, validUntil: null });
    const fresh = await generateCodes(house, rules, {
      ...batch,
      name: "fresh",
      pattern: "FR-############",
      alphabet: null,
      validUntil: null,
    });
    if (codes.kind !== "made" || fresh.kind !== "made")
      throw new Error(`no codes: ${JSON.stringify([codes, fresh])}`);
    const endpoint = await createEndpoint(house, secrets, {
      url: "https://crm.shop.example/in",
      label: "CRM",
      kinds: ["order.placed"],
      allow: [],
      filter: null,
    });
    if (endpoint.kind !== "made") throw new Error("no endpoint");
    await engine.database.transaction(async (tx) => {
      await tx.run("update webhook_endpoint set failures = 3, last_failure_at = ? where id = ?", [
        house.now(),
        endpoint.endpoint.id,
      ]);
      for (const promotionId of ["tight", "wide"])
        await tx.run(
          "insert into limit_use (promotion_id, kind, subject, period, uses, spent, ends_at) values (?, 'all', '', '', 9, 0, null)",
          [promotionId],
        );
      const used = await tx.rows<{ folded: string }>("select folded from promo_code where batch = ?", [
        codes.batch.id,
      ]);
      for (const [index, { folded }] of used.entries())
        await tx.run(
          `insert into order_use (order_id, promotion_id, amount, customer_key, code, counted, at, released_at, uses)
            values (?, 'coded', 1, 'k', ?, '[]', ?, null, 1)`,
          [`o-${index}`, folded, house.now()],
        );
      await claimJob(tx, { name: "forget-bodies", owner: "o", until: house.now() + 1 }, house.now(), 1);
      await finishJob(tx, "forget-bodies", "o", "failed");
      await claimJob(tx, { name: "backup", owner: "o", until: 1 }, house.now() - 3 * DAY, 1);
      await finishJob(tx, "backup", "o", "ok");
    });
    const { attention } = await read();
    type Entry = { kind: string; subject: string | null; count: number; link: Link };
    const of = (kind: string) => attention.filter((entry: Entry) => entry.kind === kind);
    expect(of("promotion_ending").map(({ subject }: Entry) => subject)).toEqual(["ends"]);
    expect(of("limit_near").map(({ subject }: Entry) => subject)).toEqual(["tight"]);
    expect(of("codes_exhausted").map(({ subject }: Entry) => subject)).toEqual([codes.batch.id]);
    expect(of("webhook_failing").map(({ subject }: Entry) => subject)).toContain(endpoint.endpoint.id);
    expect(of("job_failed").map(({ subject }: Entry) => subject)).toEqual(["forget-bodies"]);
    expect(of("backup_late")).toHaveLength(1);
    for (const entry of attention as Entry[]) {
      const listed = entry.link.operation === "getSystem" || entry.link.operation === "listBackups";
      if (listed) continue;
      const items = await listOf(entry.link);
      const isOpen = entry.kind !== "alarm_new" || items.every(({ state }) => state === "open");
      if (entry.subject === null && isOpen && !entry.kind.endsWith("_stale"))
        expect([entry.kind, entry.count]).toEqual([entry.kind, items.length]);
      else expect(items.length).toBeGreaterThan(0);
    }
    const order = attention.map(({ kind }: Entry) => (ATTENTION_KINDS as readonly string[]).indexOf(kind));
    expect(order).toEqual([...order].sort((left: number, right: number) => left - right));
  });

  test("calls of vendors are told by hour, with faults and the time that 95 of 100 did not exceed", async () => {
    const tally = new CallTally(api.house);
    for (let index = 0; index < 100; index += 1)
      tally.note("irp", index < 2 ? 500 : 200, index < 90 ? 4 : 400);
    tally.note("api", 500, 9000);
    await tally.flush();
    const { calls } = await read();
    expect(calls).toHaveLength(24);
    const last = calls.at(-1);
    expect(last).toMatchObject({ calls: 100, faults: 2, refusals: 0 });
    expect(last.p95Ms).toBeGreaterThan(300);
    expect(last.p95Ms).toBeLessThanOrEqual(500);
    expect(calls[0]).toMatchObject({ calls: 0, p95Ms: null });
  });
});
