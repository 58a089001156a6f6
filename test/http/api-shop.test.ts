// The shop by the management API: catalogue, rules and their versions, and why a cart cost what it cost.
import { beforeAll, describe, expect, test } from "vitest";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { allBeside, fillCatalogue, priceCart } from "../support/small-world.ts";

forEachEngine("the shop by the management API", (engine) => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    await fillCatalogue(api.house);
  });
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const ids = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id);

  describe("catalogue", () => {
    test.each([
      ["", ["milk-1", "milk-2", "milk-3", "milk-4", "milk-5"]],
      ["?limit=2", ["milk-1", "milk-2"]],
      ["?query=milk-4", ["milk-4"]],
      ["?query=МОЛОКО", ["milk-1"]],
      ["?query=молодой сыр", ["milk-3"]],
      ["?query=сыр кефир", []],
      ["?query=%25", []],
    ])("offers %s", async (query, found) => {
      expect(ids((await ask("GET", `/catalogue/offers${encodeURI(query)}`)).body)).toEqual(found);
    });

    test("an offer is told with its prices and its stock", async () => {
      const { body } = await ask("GET", "/catalogue/offers/milk-1");
      expect(body).toMatchObject({
        name: "Молоко",
        priceMinor: 10_000,
        vendor: "Луг",
        params: { жирность: ["3,2 %"] },
      });
      expect(body.variants).toMatchObject([{ city: "omsk", priceMinor: 10_100 }]);
      const stock = await ask("GET", "/catalogue/offers/milk-1/stock?limit=1");
      expect(stock.body.items).toEqual([
        { outletId: "4021", quantity: 2.5, priceMinor: null, oldPriceMinor: null },
      ]);
      const next = await ask("GET", `/catalogue/offers/milk-1/stock?limit=1&after=${stock.body.nextCursor}`);
      expect(next.body).toMatchObject({ items: [{ outletId: "lesnaya-12" }], nextCursor: null });
      expect((await ask("GET", "/catalogue/offers/nothing")).status).toBe(404);
    });

    test("outlets are listed and written, and a zone that does not exist is refused", async () => {
      const outlet = {
        name: "New",
        city: null,
        timezone: "Europe/Moscow",
        yandexEatsId: "e-1",
        pickupPointId: null,
      };
      expect((await ask("PUT", "/outlets/new", { body: outlet })).body).toEqual({ id: "new", ...outlet });
      expect(ids((await ask("GET", "/outlets")).body)).toEqual(["4021", "lesnaya-12", "new"]);
      const wrong = await ask("PUT", "/outlets/new", { body: { ...outlet, timezone: "Moon/Base" } });
      expect([wrong.status, wrong.body.errors[0].path]).toEqual([400, "/body/timezone"]);
    });

    test("a held import is accepted once", async () => {
      const { body } = await ask("GET", "/catalogue/imports?kind=feed");
      const [held] = body.items;
      expect(held).toMatchObject({ kind: "feed", state: "held" });
      const accepted = await ask("POST", `/catalogue/imports/${held.id}/accept`);
      expect([accepted.status, accepted.body.state]).toEqual([200, "applied"]);
      expect(ids((await ask("GET", "/catalogue/offers")).body)).toEqual(["milk-1"]);
      expect((await ask("POST", `/catalogue/imports/${held.id}/accept`)).body.code).toBe("import_not_held");
      expect((await ask("POST", "/catalogue/imports/none/accept")).status).toBe(404);
      expect((await ask("GET", "/catalogue/imports")).body.items.length).toBeGreaterThan(2);
    });
  });

  describe("rules", () => {
    const promotion = (id: string, percent: number) => ({ id, name: id, then: [{ percent }] });
    const put = (percent: number, query = "") =>
      ask("POST", `/promotions${query}`, { body: promotion("spring", percent) });

    test("a set is checked, compared, applied, read, changed one by one, and gone back to", async () => {
      const set = { promotions: [promotion("spring", 10), promotion("summer", 5)] };
      expect((await ask("POST", "/promotion-set/validate", { body: set })).body).toMatchObject({
        isUsable: true,
        problems: [],
      });
      const planned = await ask("PUT", "/promotion-set?dryRun=true", { body: set });
      expect(planned.body).toMatchObject({ kind: "planned", version: null });
      expect((await ask("GET", "/promotion-set")).body.version).toBe(0);
      const applied = await ask("PUT", "/promotion-set?note=first", { body: set });
      expect(applied.body).toMatchObject({ kind: "applied", version: 1 });
      expect(applied.body.difference.added).toHaveLength(2);
      expect((await ask("PUT", "/promotion-set", { body: set })).body).toMatchObject({
        kind: "unchanged",
        version: 1,
      });
      expect((await ask("GET", "/promotions/spring")).body).toEqual(promotion("spring", 10));
      expect((await put(20)).body).toMatchObject({ kind: "applied", version: 2 });
      expect((await ask("GET", "/promotions")).body.items).toEqual([
        promotion("spring", 20),
        promotion("summer", 5),
      ]);
      expect((await ask("DELETE", "/promotions/summer")).body).toMatchObject({ kind: "applied", version: 3 });
      expect((await ask("DELETE", "/promotions/summer")).status).toBe(404);
      const versions = await ask("GET", "/promotion-set/versions");
      expect(versions.body.items.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1]);
      expect(versions.body.items[2].note).toBe("first");
      expect((await ask("GET", "/promotion-set/versions/1")).body.set).toEqual(set);
      expect((await ask("POST", "/promotion-set/versions/1/restore")).body).toMatchObject({
        kind: "applied",
        version: 4,
      });
      expect((await ask("POST", "/promotion-set/versions/99/restore")).status).toBe(404);
      expect((await ask("GET", "/promotion-set")).body).toMatchObject({ version: 4, set });
    });

    test("what the gate finds is told by validate, and refused unless the call names it", async () => {
      const promotions = [
        promotion("spring", 10),
        { ...promotion("dead", 5), when: [{ channels: ["app"] }, { channels: ["seller"] }] },
      ];
      const checked = await ask("POST", "/promotion-set/validate?lowestPercent=50&giftCap=300", {
        body: { promotions },
      });
      expect(checked.body).toMatchObject({
        isUsable: true,
        isPublishable: false,
        findings: [
          {
            code: "conditions_contradict",
            severity: "error",
            promotionIds: ["dead"],
            path: "/body/promotions/1/when/1/channels",
          },
        ],
      });
      const low = await ask("POST", "/promotion-set/validate?lowestPercent=95", {
        body: { promotions: [promotion("deep", 60)] },
      });
      const [deep] = low.body.findings;
      expect(deep).toMatchObject({
        code: "below_floor",
        witness: { lines: [{}], applied: [{ promotionId: "deep" }] },
      });
      const refused = await ask("PUT", "/promotion-set?dryRun=true", { body: { promotions } });
      expect([refused.status, refused.body.code]).toEqual([422, "promotions_refused"]);
      expect(refused.body.errors[0].message).toContain("[conditions_contradict]");
      const named = await ask("PUT", "/promotion-set?dryRun=true&despite=conditions_contradict", {
        body: { promotions },
      });
      expect(named.body).toMatchObject({ kind: "planned" });
      expect((await ask("POST", "/promotions?dryRun=true", { body: promotions[1] })).status).toBe(422);
      const broken = await ask("POST", "/promotion-set/validate", { body: { promotions: [{}] } });
      expect(broken.body).toMatchObject({
        isUsable: false,
        isPublishable: false,
        findings: [],
        notAnalysed: [],
      });
    });

    test("a mistake is refused with its place and what was probably meant", async () => {
      const wrong = await ask("PUT", "/promotion-set", {
        body: { promotions: [{ id: "a", name: "a", then: [{ percnt: 10 }] }] },
      });
      expect([wrong.status, wrong.body.code]).toEqual([422, "promotions_refused"]);
      expect(wrong.body.errors[0]).toMatchObject({ path: "/body/promotions/0/then/0/percnt" });
      expect(wrong.body.errors[0].suggestion).toContain("percent");
      const one = await ask("POST", "/promotions", { body: { id: "a", name: "a", then: [] } });
      expect([one.status, one.body.errors[0].path]).toEqual([422, "/body/then"]);
      expect((await ask("PUT", "/promotion-set", { raw: "" })).status).toBe(422);
    });

    test("one promotion under a key is applied once", async () => {
      const options = { body: promotion("keyed", 3), headers: { "idempotency-key": "promotion" } };
      const first = await ask("POST", "/promotions", options);
      const second = await ask("POST", "/promotions", options);
      expect(first.body.kind).toBe("applied");
      expect(second.body).toEqual(first.body);
    });

    test("the programme is applied, read and removed", async () => {
      const programme = { id: "club", name: "Club", earn: { percent: 5 }, spend: { percentOfLine: 30 } };
      expect((await ask("PUT", "/programme", { body: programme })).body.kind).toBe("applied");
      expect((await ask("GET", "/programme")).body).toEqual({ programme });
      expect((await ask("PUT", "/programme", { body: { ...programme, earn: {} } })).status).toBe(422);
      expect((await ask("DELETE", "/programme")).body.kind).toBe("applied");
      expect((await ask("GET", "/programme")).body).toEqual({ programme: null });
    });
  });

  describe("calculations", () => {
    test("a cart is explained by its request's id, at once", async () => {
      const set = {
        promotions: [{ id: "spring", name: { ru: "Весна", en: "Spring" }, then: [{ percent: 10 }] }],
      };
      await ask("PUT", "/promotion-set", { body: set });
      const id = await priceCart(api, {
        items: [{ configurationId: "milk-1", quantity: 2, price: 100 }],
        promocode: "Spring!",
      });
      const { status, body } = await ask("GET", `/calculations/${id}?language=en`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        id,
        channel: "app",
        grossMinor: 20_000,
        discountMinor: 2000,
        totalMinor: 18_000,
        madeBy: "engine",
      });
      expect(body.lines).toMatchObject([
        { offerId: "milk-1", quantity: 2, discounts: [{ promotionId: "spring", amountMinor: 2000 }] },
      ]);
      expect(body.verdicts).toMatchObject([{ promotionId: "spring", isApplied: true, amountMinor: 2000 }]);
      expect(body.code).toMatchObject({ entered: "Spring!", state: "not_found" });
      expect(body.explanation).toContain("Spring");
      expect((await ask("GET", `/calculations/${id}?language=ru`)).body.explanation).toContain("Весна");
      expect((await ask("GET", "/calculations/unknown")).status).toBe(404);
    });

    test("calculations are listed by code and time, page by page", async () => {
      for (let made = 0; made < 3; made += 1) {
        api.pass(1000);
        await priceCart(api, {
          items: [{ configurationId: "milk-1", quantity: 1, price: 100 }],
          promocode: "листок",
        });
      }
      await api.book.flush();
      const byCode = (query: string) =>
        ask("GET", `/calculations?code=${encodeURIComponent(" ЛИСТОК ")}${query}`);
      const first = await byCode("&limit=2");
      expect(first.body.items).toHaveLength(2);
      const second = await byCode(`&limit=2&after=${first.body.nextCursor}`);
      expect(second.body).toMatchObject({ items: [{ totalMinor: 9000 }], nextCursor: null });
      expect((await byCode("&from=2030-01-01T00:00:00Z")).body.items).toEqual([]);
      expect((await byCode("&after=MTp4")).body.code).toBe("bad_cursor");
    });
  });
});
