// Recorded exchanges that leave something behind (stored carts, ratings) or are refused, on both engines.
import { expect, test } from "vitest";
import { CREDENTIALS } from "../support/server.ts";
import { type Answer, checkInvariants, forEachExchangeStand, text } from "./exchange-stand.ts";

forEachExchangeStand("what recorded IMSHOP exchanges leave behind", ({ url, post, basket, storedCart }) => {
  test("01 gives exactly 02 when the stored cart is as old as the request says", async () => {
    await storedCart(1_763_712_000_123);
    expect(await basket("01-basket-golden-request.json")).toEqual(
      JSON.parse(text("02-basket-golden-response.json")),
    );
  });

  test("02 itself holds every invariant", () =>
    checkInvariants(JSON.parse(text("02-basket-golden-response.json")) as Answer));

  test("22: nothing stored merges and stamps; something stored wins", async () => {
    await storedCart(null);
    const first = await basket("22-basket-lastsync-zero.json");
    expect(first.lastSyncDate).toBeGreaterThan(1_700_000_000_000);
    await storedCart(1_763_712_000_123);
    const second = await basket("22-basket-lastsync-zero.json");
    expect([second.lastSyncDate, second.items.map((line) => line.id)]).toEqual([
      1_763_712_000_123,
      ["880102"],
    ]);
  });

  test("23 and 24: the newer cart replaces, the older one is answered with what is stored", async () => {
    await storedCart(1_763_712_000_123);
    const newer = await basket("23-basket-lastsync-newer.json");
    expect([newer.lastSyncDate, newer.totalPrice]).toEqual([1_763_720_000_000, 5670]);
    expect(await basket("23-basket-lastsync-newer.json")).toEqual(newer);
    const older = await basket("24-basket-lastsync-older.json");
    expect([older.lastSyncDate, older.items.map((line) => [line.id, line.quantity])]).toEqual([
      1_763_720_000_000,
      [["771200", 3]],
    ]);
    expect(await basket("25-basket-lastsync-anonymous.json")).not.toHaveProperty("lastSyncDate");
  });

  test("29: loose types are read, and a zero date merges", async () => {
    const answer = await basket("29-basket-loose-types.json");
    expect([answer.totalPrice, answer.items[0]?.quantity, answer.appliedPromocode]).toEqual([3780, 2, null]);
    expect(answer.lastSyncDate).toBeGreaterThan(1_700_000_000_000);
  });

  test("42: a chosen basket discount drops promotions and code", async () => {
    await storedCart(1_763_712_000_123);
    const answer = await basket("42-basket-promogroup-replaces.json");
    expect([answer.discount, answer.totalPrice, answer.appliedPromocode]).toEqual([700, 4954.93, null]);
    expect(answer.notice).toBeTruthy();
    expect(answer.bonuses?.canSpend).toBe(0);
    expect(answer.items.some((line) => line.gift !== undefined && line.subtotal === 0)).toBe(false);
  });

  test("38: the key may stand in the body, and a wrong one nowhere", async () => {
    expect((await post("/irp/basket", text("38-basket-auth-key-in-body.json"), {})).status).toBe(200);
    const refused = await post("/irp/basket", text("03-basket-consumer-minimal.json"), { key: "wrong" });
    expect(refused).toMatchObject({ status: 401, body: { success: false } });
  });

  test("39 and 90: what cannot be read is refused in the vendor's shape, without items", async () => {
    for (const path of ["/irp/basket", "/irp/rating"]) {
      const { status, body } = await post(path, text("90-malformed-not-json.txt"));
      expect([status, (body as { success: boolean }).success]).toEqual([400, false]);
      expect(JSON.stringify(body)).not.toMatch(/ at |\.ts|stack/i);
    }
    const { status, body } = await post("/irp/basket", text("39-basket-items-not-array.json"));
    expect(status).toBe(400);
    expect(body).not.toHaveProperty("items");
  });

  test("91: the feed brings eleven offers, two of one group, default prices without attributes", async () => {
    const response = await fetch(`${url()}/api/v1/catalogue/offers?limit=100`, {
      headers: { authorization: `Bearer ${CREDENTIALS.apiToken}` },
    });
    const { items } = (await response.json()) as {
      items: { id: string; groupId: string; priceMinor: number }[];
    };
    expect(items).toHaveLength(11);
    expect(items.filter((offer) => offer.groupId === "8801")).toHaveLength(2);
    expect(items.find((offer) => offer.id === "771200")?.priceMinor).toBe(189_000);
  });

  test("50 to 62: ratings are taken, kept and shown", async () => {
    const rated = async (orderId: string) => {
      const response = await fetch(`${url()}/api/v1/ratings?orderId=${orderId}`, {
        headers: { authorization: `Bearer ${CREDENTIALS.apiToken}` },
      });
      return (
        (await response.json()) as {
          items: { rating: number | null; comment: string | null; revisions: unknown[] }[];
        }
      ).items[0];
    };
    const success = JSON.parse(text("62-rating-response.json")) as object;
    const expected: [string, number, string, number | null][] = [
      ["50-rating-valid-id.json", 200, "100245", 5],
      ["51-rating-valid-orderid.json", 200, "100245", 4],
      ["52-rating-both-ids-same.json", 200, "100245", 3],
      ["53-rating-both-ids-conflict.json", 200, "100245", 2],
      ["54-rating-null.json", 200, "100245", 2],
      ["57-rating-string.json", 200, "100245", 5],
      ["60-rating-numeric-id.json", 200, "100245", 1],
    ];
    for (const [name, status, order, rating] of expected) {
      const answer = await post("/irp/rating", text(name));
      expect([answer.status, answer.body], name).toEqual([status, success]);
      expect((await rated(order))?.rating, name).toBe(rating);
    }
    expect((await rated("100245"))?.comment).toContain("😡 <b>");
    expect(await post("/irp/rating", text("59-rating-missing-id.json"))).toMatchObject({
      status: 400,
      body: { success: false },
    });
  });

  test("who guesses ten promo codes is told of no eleventh, and the next customer is", async () => {
    const codeOf = async (promocode: string, externalUserId: string): Promise<string | null> => {
      const items = [{ configurationId: "450078", quantity: 1 }];
      const { body } = await post("/irp/basket", JSON.stringify({ items, promocode, externalUserId }));
      return (body as Answer).appliedPromocode;
    };
    for (let guess = 0; guess < 10; guess += 1) expect(await codeOf(`КОД${guess}`, "u-guesser")).toBeNull();
    expect(await codeOf("КОФЕ15", "u-guesser")).toBeNull();
    expect(await codeOf("КОФЕ15", "u-other")).toBe("КОФЕ15");
  });

  test("GET on a webhook is refused as JSON", async () => {
    const response = await fetch(`${url()}/irp/basket`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expect(await response.json()).toMatchObject({ success: false });
  });
});
