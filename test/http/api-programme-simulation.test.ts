// A loyalty programme tried on recorded orders by the management API: both engines, to the kopeck, and nothing changes.
import { beforeAll, expect, test } from "vitest";
import { applyRules, createToken, importOrders } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

const DAY = 86_400_000;
const PATH = "/api/v1/programme/simulation";

const club = { id: "club", name: "Club", earn: { percent: 5 }, spend: { percentOfLine: 30 } };
const inForce = { ...club, earn: { percent: 10, byTier: { gold: 20 } }, pending: { days: 1 } };

forEachEngine("a programme tried on orders by the API", (engine) => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = apiOn(engine.database);
    const now = api.house.now();
    await api.call("PUT", "/api/v1/customers/u-1", { body: { tier: "gold" } });
    const order = (id: string, daysAgo: number, more: object) => ({
      id,
      customerId: "u-1",
      placedAt: now - daysAgo * DAY,
      status: "done",
      lines: [{ offerId: "milk", quantity: 1, price: 1000 }],
      ...more,
    });
    const orders = [
      order("first", 20, {}),
      order("second", 10, {}),
      order("stranger", 9, { customerId: null }),
      order("canceled", 8, { status: "canceled" }),
      order("old", 200, {}),
    ];
    await importOrders(api.house, Buffer.from(JSON.stringify(orders)));
  });

  const simulate = (body: object, query = "") => api.call("POST", `${PATH}${query}`, { body });

  test("without one in force there is nothing to compare with", async () => {
    const answer = (await simulate(club)).json();
    // Twice 50 points earned; pending for 14 days, so the second order cannot spend those of the first.
    const cost = { earnedPoints: 100, earnedMinor: 10_000, spentPoints: 0, spentMinor: 0, endedPoints: 0 };
    expect(answer).toMatchObject({ orders: 2, customers: 1, isWhole: true, current: null });
    expect(answer.wished).toEqual({ ...cost, owedPoints: 100, owedMinor: 10_000 });
  });

  test("both stand side by side: tiers, waiting, spending and what is owed", async () => {
    await applyRules(api.house, api.rules, { programme: inForce }, { note: "first" });
    const answer = (await simulate(club, "?days=30")).json();
    // Gold earns 200 of 1000, spends them after a day, and earns 20 % of what is left: 160.
    expect(answer.current).toMatchObject({ earnedPoints: 360, spentPoints: 200, owedPoints: 160 });
    expect(answer.wished).toMatchObject({ earnedPoints: 100, spentPoints: 0, owedPoints: 100 });
    expect((await simulate(club, "?days=365")).json()).toMatchObject({ orders: 3 });
    expect((await simulate(club, "?days=15")).json()).toMatchObject({ orders: 1 });
  });

  test("what is no programme is refused with its place, and nothing is applied", async () => {
    const answer = await simulate({ ...club, earn: { percent: 500 } });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: "promotions_refused",
      errors: [{ path: "/body/earn/percent" }],
    });
    const { programme } = (await api.call("GET", "/api/v1/programme")).json();
    expect(programme).toEqual(inForce);
  });

  test("who may not read points may not simulate", async () => {
    const wish = { label: "", scopes: ["promotions:write" as const], expiresAt: null };
    const made = await createToken(api.house, api.secrets, wish);
    const token = made.kind === "created" ? made.token : "";
    expect((await api.call("POST", PATH, { body: club, token })).statusCode).toBe(403);
  });
});
