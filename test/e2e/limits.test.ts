// Limits over real servers: exactly as many orders as a limit says, however they come, also when a server dies meanwhile.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../support/engines.ts";
import { audit, call, crowd, type LimitStand, limitStand, order } from "../support/limit-stand.ts";

/** Orders of a race and the limit that they meet; in the long form 10,000 and 1,000, from 200 connections. */
const ORDERS = Number(process.env["PRILAVOK_LIMIT_ORDERS"] ?? 400);
const LIMIT = Math.ceil(ORDERS / 10);
const LANES = Number(process.env["PRILAVOK_LIMIT_CONNECTIONS"] ?? 64);
const INSTANCES = Number(process.env["PRILAVOK_LIMIT_INSTANCES"] ?? 2);
const BASKETS = Number(process.env["PRILAVOK_LIMIT_BASKETS"] ?? 300);
const PATIENCE = 60_000 + ORDERS * 100;

for (const engine of ["sqlite", "postgres"] as const) {
  const declare = engines().includes(engine) ? describe : describe.skip;
  declare(`limits over servers (${engine})`, () => {
    let stand: LimitStand;
    beforeAll(async () => {
      stand = await limitStand(engine, engine === "postgres" ? INSTANCES : 1, {
        race: { uses: LIMIT },
        phone: { usesPerCustomer: 1 },
        look: { uses: 1, usesPerCustomer: 1, budget: 10 },
        swap: { uses: 5 },
      });
    }, 180_000);
    afterAll(() => stand.close(), 60_000);
    const urlOf = (lane: number): string => stand.servers[lane % stand.servers.length]?.url ?? "";

    test("orders at once get the limit to its last use and no further, and every one is placed", {
      timeout: PATIENCE,
    }, async () => {
      const statuses = new Map<number, number>();
      let cheaper = 0;
      await crowd(ORDERS, LANES, async (index, lane) => {
        const { status, price } = await order(urlOf(lane), "race", index);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (price === 90) cheaper += 1;
        else expect(price).toBe(100);
      });
      expect(statuses).toEqual(new Map([[200, ORDERS]]));
      expect(cheaper).toBe(LIMIT);
      const exact = { orders: ORDERS, cheaper: LIMIT, uses: LIMIT, counters: 1, standing: LIMIT };
      expect(await audit(stand, "race")).toEqual(exact);
    });

    test("one customer in four spellings of a phone gets one use", { timeout: PATIENCE }, async () => {
      const spellings = ["+7 (912) 345-67-89", "89123456789", "9123456789", "7 912 345 67 89"];
      let cheaper = 0;
      await crowd(200, LANES, async (index, lane) => {
        const { price } = await order(urlOf(lane), "phone", index, { phone: spellings[index % 4] });
        if (price === 90) cheaper += 1;
      });
      expect(cheaper).toBe(1);
      expect(await audit(stand, "phone")).toMatchObject({ orders: 200, cheaper: 1, standing: 1 });
    });

    test("baskets take nothing, however many there are", { timeout: PATIENCE }, async () => {
      const items = [{ configurationId: "cup", quantity: 1 }];
      await crowd(BASKETS, LANES, async (index, lane) => {
        const basket = { items, promocode: "look", externalUserId: `u${index % 7}` };
        const { status, body } = await call(urlOf(lane), "/irp/basket", basket);
        expect([status, (JSON.parse(body) as { totalPrice: number }).totalPrice]).toEqual([200, 90]);
      });
      expect(await audit(stand, "look")).toMatchObject({ counters: 0, standing: 0 });
      expect((await order(urlOf(0), "look", 1)).price).toBe(90);
      expect((await order(urlOf(1), "look", 2)).price).toBe(100);
    });

    test("a cancelled order gives its use to another, once", { timeout: PATIENCE }, async () => {
      await crowd(120, 16, async (index, lane) => {
        const placed = await order(urlOf(lane), "swap", index);
        if (placed.price !== 90 || index % 3 === 0) return;
        const { orders } = JSON.parse(placed.body) as { orders: { id: string }[] };
        const cancel = { id: orders[0]?.id, status: "canceled" };
        await Promise.all([0, 1].map((turn) => call(urlOf(turn), "/irp/orders/cancel", cancel)));
      });
      const found = await audit(stand, "swap");
      expect(found.uses).toBeLessThanOrEqual(5);
      expect(found).toMatchObject({ orders: 120, cheaper: found.uses, standing: found.uses });
    });
  });
}

const withPostgres = engines().includes("postgres") ? describe : describe.skip;

withPostgres("a server that dies among orders", () => {
  test("leaves the limit exact: its shoppers come again elsewhere with the same orders", {
    timeout: PATIENCE + 120_000,
  }, async () => {
    const stand = await limitStand("postgres", 2, { kill: { uses: LIMIT } });
    try {
      const [dying, living] = stand.servers;
      const prices = new Map<number, number | null>();
      let answered = 0;
      let end: Promise<void> | undefined;
      await crowd(ORDERS, LANES, async (index, lane) => {
        const first = await order((lane % 2 === 0 ? dying : living)?.url ?? "", "kill", index);
        answered += 1;
        // In the middle of the orders that get the last uses.
        if (answered === Math.ceil(LIMIT / 2)) end = dying?.kill();
        const said = first.price === null ? await order(living?.url ?? "", "kill", index) : first;
        prices.set(index, said.price);
      });
      await end;
      expect([...prices.values()].filter((price) => price === null)).toEqual([]);
      expect([...prices.values()].filter((price) => price === 90)).toHaveLength(LIMIT);
      const exact = { orders: ORDERS, cheaper: LIMIT, uses: LIMIT, counters: 1, standing: LIMIT };
      expect(await audit(stand, "kill")).toEqual(exact);
    } finally {
      await stand.servers[1]?.stop();
      await stand.place.remove();
    }
  });
});
