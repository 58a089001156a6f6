// Carts tried by hand: what the server answers, and that the engine in the browser, fed with the facts of the call, says the same.
import { beforeAll, describe, expect, test } from "vitest";
import {
  type AskedGood,
  type CartFacts,
  knownHashes,
  nameOfGood,
  priceHere,
} from "../../src/console/pages/playground/engine.ts";
import { takeUses } from "../../src/storage/limit-uses.ts";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { fillDemoShop } from "../support/demo-house.ts";
import { forEachEngine } from "../support/engines.ts";
import { allBeside, priceCart } from "../support/small-world.ts";
import { type WrittenTry, writtenCarts } from "../support/written-carts.ts";

/** Carts that both sides price, on each engine. */
const CARTS = Number(process.env["PRILAVOK_BROWSER_CARTS"] ?? 300);

const SEED = 20_261_122;

const goodOf = ({ offer, addons }: AskedGood): AskedGood => ({
  offer,
  ...(addons === undefined ? {} : { addons }),
});

forEachEngine("carts tried by the management API", (engine) => {
  let api: ApiUnderTest;
  /** The same shop with settings of its own: it sells what is left, and add-ons cost something. */
  let lowering: ApiUnderTest;
  /** Which of the two is asked. */
  let asked: ApiUnderTest;
  const choices: WrittenTry["rules"][] = [{}, { version: 1 }];
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await asked.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const onServer = (body: object) => ask("POST", "/carts/price", { body });
  const factsOf = (body: object) => ask("POST", "/carts/facts", { body });

  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    asked = api;
    lowering = apiOn(engine.database, () => [], "", {
      shortStock: "clamp",
      severalChoices: "union",
      addonPrices: true,
    });
    await fillDemoShop(api);
    // Little is left of some goods, in one outlet.
    await engine.database.transaction((tx) =>
      tx.run("update stock set quantity = 2500 where outlet_id = 'lesnaya-12' and offer_id < '1600'"),
    );
    const { body: draft } = await ask("POST", "/promotion-drafts", { body: { name: "Декабрь" } });
    const changed = { id: "gold-3", name: "Золотым", audience: [], then: [{ percent: 7 }] };
    const kept = await ask("POST", `/promotion-drafts/${draft.id}/promotions`, { body: changed });
    expect(kept.status).toBe(200);
    choices.push({ draftId: draft.id });
    // Whoever used a code up, so that limits are no longer whole.
    const use = {
      promotionId: "code-welcome",
      kind: "customer" as const,
      period: "",
      amount: 1,
      uses: 1 as const,
    };
    const bounds = { mostUses: 1, mostSpent: null, endsAt: null };
    await api.house.database.transaction((tx) =>
      takeUses(tx, [{ ...use, ...bounds, subject: "id:buyer-2" }]),
    );
  }, 120_000);

  /** The cart as the browser prices it: without quantities in the call, under the second side of two. */
  const inBrowser = async ({ cart, rules, ...rest }: WrittenTry, change = (facts: CartFacts) => facts) => {
    const lines = [...new Map(cart.lines.map((line) => [nameOfGood(line), goodOf(line)])).values()];
    const body = { ...rest, cart: { ...cart, lines }, sides: [{}, rules], known: knownHashes() };
    const { status, body: facts } = await factsOf(body);
    expect(status, JSON.stringify(facts)).toBe(200);
    const changed = change(facts as CartFacts);
    const side = changed.sides[1] as CartFacts["sides"][number];
    return { at: changed.at, rules: side.rules, ...priceHere(changed, side, lines, cart) };
  };

  test(`${CARTS} random carts come out alike in the browser and on the server, to the kopeck and the reason`, {
    timeout: 600_000,
  }, async () => {
    const seen = {
      discounts: 0,
      gifts: 0,
      codes: 0,
      points: 0,
      offered: 0,
      lowered: 0,
      joined: 0,
      unticked: 0,
    };
    for (const [index, written] of writtenCarts(SEED, CARTS, choices).entries()) {
      asked = index % 2 === 0 ? api : lowering;
      const server = await onServer(written);
      expect(server.status, JSON.stringify([written, server.body])).toBe(200);
      expect(await inBrowser(written), JSON.stringify(written)).toEqual(server.body);
      seen.discounts += server.body.discountMinor > 0 ? 1 : 0;
      seen.gifts += server.body.lines.some(({ giftUnits }: { giftUnits: number }) => giftUnits > 0) ? 1 : 0;
      seen.codes += server.body.code?.state === "applied" ? 1 : 0;
      seen.points += server.body.points?.spending > 0 ? 1 : 0;
      seen.offered += server.body.offered.length > 0 ? 1 : 0;
      const hows = server.body.lowered.map(({ how }: { how: string }) => how);
      seen.lowered += hows.includes("lowered") ? 1 : 0;
      seen.unticked += hows.includes("unticked") ? 1 : 0;
      const ids: readonly (string | null)[] = server.body.lines.map(
        (line: { offerId: string }) => line.offerId,
      );
      seen.joined += ids.some((id) => id?.includes("+")) ? 1 : 0;
    }
    asked = api;
    // Carts to which nothing happens would prove nothing; that a line is left nothing at all is rare.
    const { unticked, ...often } = seen;
    for (const [kind, count] of Object.entries(often))
      expect([kind, count >= CARTS / 60]).toEqual([kind, true]);
    expect(unticked).toBeGreaterThan(0);
  });

  test("facts that lie by a kopeck, forget a limit or swap the customer are noticed by the same comparison", async () => {
    const lies: ((facts: CartFacts) => CartFacts)[] = [
      (facts) => ({
        ...facts,
        offers: facts.offers.map((offer) => ({ ...offer, priceMinor: offer.priceMinor + 1 })),
      }),
      (facts) => ({ ...facts, sides: facts.sides.map((side) => ({ ...side, customer: null })) }),
      (facts) => ({ ...facts, sides: facts.sides.map((side) => ({ ...side, limits: [] })) }),
      (facts) => ({ ...facts, at: "2026-11-21T18:00:00.000Z" }),
      (facts) => ({ ...facts, offerIds: facts.offerIds.map(() => null) }),
    ];
    const written: WrittenTry = {
      cart: {
        customer: "buyer-2",
        code: "привет",
        points: 100,
        lines: [
          { offer: "2101", quantity: 2 },
          { offer: "1601", quantity: 2.5 },
          { offer: "1501", quantity: 3 },
        ],
      },
      rules: {},
    };
    const { body } = await onServer(written);
    expect(await inBrowser(written)).toEqual(body);
    for (const [index, lie] of lies.entries())
      expect([index, await inBrowser(written, lie)]).not.toEqual([index, body]);
  });

  test("facts of short stock and of add-ons that lie are noticed, too", async () => {
    asked = lowering;
    const written: WrittenTry = {
      cart: {
        outlet: "lesnaya-12",
        lines: [
          { offer: "1501", quantity: 7 },
          { offer: "2101", quantity: 1, addons: ["3003"] },
        ],
      },
      rules: {},
    };
    const { body } = await onServer(written);
    expect(body.lowered).toEqual([{ lineIndex: 0, how: "lowered" }]);
    expect(body.lines[0].quantity).toBe(2);
    expect(await inBrowser(written)).toEqual(body);
    const lies: ((facts: CartFacts) => CartFacts)[] = [
      (facts) => ({ ...facts, lowersQuantities: false }),
      (facts) => ({
        ...facts,
        offers: facts.offers.map((offer) => ({ ...offer, stockThousandths: null })),
      }),
      (facts) => ({ ...facts, offerIds: facts.offerIds.map((id) => id?.split("+")[0] ?? null) }),
    ];
    for (const [index, lie] of lies.entries())
      expect([index, await inBrowser(written, lie)]).not.toEqual([index, body]);
    asked = api;
  });

  test("what is tried is what the app is answered and what the calculation explains", async () => {
    for (const [written, items] of [
      [{ lines: [{ offer: "1501", quantity: 3 }] }, [{ configurationId: "1501", quantity: 3, price: 1 }]],
      [
        { customer: "buyer-1", code: "привет", lines: [{ offer: "2101", quantity: 2 }] },
        [{ configurationId: "2101", quantity: 2, price: 1 }],
      ],
    ] as const) {
      const { lines: _, ...more } = written as { lines: unknown; customer?: string; code?: string };
      const id = await priceCart(api, {
        items,
        ...(more.customer === undefined ? {} : { externalUserId: more.customer }),
        ...(more.code === undefined ? {} : { promocode: more.code }),
      });
      await api.book.flush();
      const told = (await ask("GET", `/calculations/${id}`)).body;
      const {
        at: _at,
        rules: _rules,
        lowered: _lowered,
        ...tried
      } = (await onServer({ cart: written })).body;
      expect(told).toMatchObject(tried);
    }
  });

  describe("the calls", () => {
    const cart = { lines: [{ offer: "1501", quantity: 3 }] };

    test("hand out the goods of the cart and gifts, never the catalogue", async () => {
      const { body } = await factsOf({ cart, sides: [{}] });
      expect(body.offers.map(({ id }: { id: string }) => id).sort()).toEqual(["1501", "3003", "3004"]);
      expect(body.offerIds).toEqual(["1501"]);
      expect(body.timeZone).toBe("Europe/Moscow");
    });

    test("leave out rules that the caller has", async () => {
      const { hash } = (await factsOf({ cart, sides: [{}] })).body.sides[0].rules;
      const { body } = await factsOf({ cart, sides: [{}, { version: 1 }], known: [hash] });
      expect(body.sides[0].documents).toBeNull();
      expect(body.sides[1].documents.set.promotions.length).toBeGreaterThanOrEqual(0);
    });

    test("refuse rules that are not there, a moment that is none and too many lines", async () => {
      for (const send of [onServer, (body: object) => factsOf({ sides: [{}], ...body })]) {
        expect((await send({ cart: { ...cart, at: "yesterday" } })).body).toMatchObject({
          code: "invalid_request",
          errors: [{ path: "/body/cart/at" }],
        });
        const many = Array.from({ length: 501 }, () => ({ offer: "1501" }));
        expect((await send({ cart: { lines: many } })).status).toBe(400);
      }
      expect((await onServer({ cart, rules: { version: 99 } })).status).toBe(404);
      expect((await factsOf({ cart, sides: [{ draftId: "none" }] })).status).toBe(404);
      expect((await onServer({ cart, rules: { version: 1, draftId: "none" } })).status).toBe(400);
    });

    test("tell of a customer only to whoever may read customers", async () => {
      const scopes = ["promotions:read"];
      const { token } = (await ask("POST", "/tokens", { body: { label: "Витрина", scopes } })).body;
      const known = { cart: { ...cart, customer: "buyer-1" } };
      expect((await ask("POST", "/carts/price", { body: known, token })).status).toBe(403);
      expect((await ask("POST", "/carts/facts", { body: { ...known, sides: [{}] }, token })).status).toBe(
        403,
      );
      expect((await ask("POST", "/carts/price", { body: { cart }, token })).status).toBe(200);
      const none = (await ask("POST", "/tokens", { body: { label: "Склад", scopes: ["orders:read"] } })).body;
      expect((await ask("POST", "/carts/price", { body: { cart }, token: none.token })).status).toBe(403);
    });

    test("leave no trace: no calculation, no use of a code", async () => {
      const count = async () =>
        (
          await engine.database.read((tx) => tx.rows<{ n: number }>("select count(*) as n from calculation"))
        )[0]?.n;
      await api.book.flush();
      const before = await count();
      await onServer({ cart: { ...cart, code: "СОСЕД-4K7P-01" } });
      await factsOf({ cart: { ...cart, code: "СОСЕД-4K7P-01" }, sides: [{}] });
      await api.book.flush();
      expect(await count()).toBe(before);
    });
  });
});
