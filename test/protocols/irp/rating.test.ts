// The rating webhook over HTTP: every sample and every odd value, what is stored of it and what is answered.
import { describe, expect, test } from "vitest";
import { ratingsOf } from "../../../src/flows/index.ts";
import { listUnusableDeliveries } from "../../../src/storage/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { ratingStand, sample } from "./rating-stand.ts";

const UNUSABLE = {
  success: false,
  errorCode: "rating_out_of_range",
  message: "Оценка — целое число от 1 до 5.",
};

forEachEngine("the rating webhook", (engine) => {
  const stand = ratingStand(engine);

  test("takes the samples one after another", async () => {
    await stand.rate(sample("50-rating-valid-id.json"));
    expect(await stand.ratingOf("100245")).toMatchObject({
      stars: 5,
      comment: "Привезли вовремя, всё цело",
      isRatingRequired: false,
      isOrderKnown: true,
      revisions: 1,
    });
    await stand.rate(sample("51-rating-valid-orderid.json"));
    await stand.rate(sample("52-rating-both-ids-same.json"));
    expect(await stand.ratingOf("100245")).toMatchObject({ stars: 3, comment: "" });
    await stand.rate(sample("53-rating-both-ids-conflict.json"));
    expect((await stand.lastDelivery()).warnings).toBe("order_id_conflict");
    expect(stand.server.log.join("")).toContain('"warnings":"order_id_conflict"');
    expect(await stand.ratingOf("100300")).toBeNull();
    await stand.rate(sample("54-rating-null.json"));
    expect(await stand.ratingOf("100245")).toMatchObject({
      stars: 2,
      comment: "Поставлю оценку позже",
      isAsked: true,
      isRatingRequired: false,
    });
    await stand.rate(sample("57-rating-string.json"));
    await stand.rate(sample("60-rating-numeric-id.json"));
    const rating = await stand.ratingOf("100245");
    expect(rating).toMatchObject({ stars: 1, orderId: "100245", revisions: 7 });
    expect(rating?.comment).toBe(JSON.parse(sample("60-rating-numeric-id.json")).comment);
    expect(rating?.history?.map(({ number, stars }) => [number, stars])).toEqual([
      [1, 5],
      [2, 4],
      [3, 3],
      [4, 2],
      [5, 2],
      [6, 5],
      [7, 1],
    ]);
  });

  describe("the order's id", () => {
    test.each([
      ["a number", '{"id": 17, "rating": 5}', "17"],
      ["beyond 2^53", '{"id": 900719925474099312345, "rating": 5}', "900719925474099312345"],
      ["with blanks", '{"id": "  А-17 ", "rating": 5}', "А-17"],
      ["null beside the other", '{"id": null, "orderId": "o17", "rating": 5}', "o17"],
      ["empty beside the other", '{"id": "", "orderId": 18, "rating": 5}', "18"],
      ["a word for nothing beside the other", '{"id": "none", "orderId": "o19", "rating": 5}', "o19"],
      ["with U+0000", '{"id": "a\\u0000b", "rating": 5}', "ab"],
      ["after a byte order mark", '\uFEFF{"id": "bom", "rating": 5}', "bom"],
      [
        "among other keys",
        '{"id": "more", "rating": 5, "installId": "x", "rating2": {}, "items": []}',
        "more",
      ],
      ["of an object's own words", '{"id": "constructor", "rating": 5}', "constructor"],
    ])("%s is read", async (_, body, id) => {
      await stand.rate(body);
      expect(await stand.ratingOf(id)).toMatchObject({ orderId: id, stars: 5, isOrderKnown: false });
    });

    test.each([
      ["absent", sample("59-rating-missing-id.json")],
      ["null twice", '{"id": null, "orderId": null, "rating": 5}'],
      ["an object", '{"id": {"a": 1}, "rating": 5}'],
      ["true", '{"id": true, "rating": 5}'],
      ["endless", JSON.stringify({ id: "x".repeat(201), rating: 5 })],
    ])("%s is refused, and the body kept", async (_, body) => {
      const answer = await stand.send(body);
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ success: false, errorCode: "missing_order_id" });
      expect(await stand.lastDelivery()).toMatchObject({ effect: "rejected", body, item_id: null });
      expect(stand.alarms).toEqual(["delivery_unusable"]);
    });
  });

  describe("stars", () => {
    test.each([
      ["5", 5],
      [" 4 ", 4],
      ["3.0", 3],
      ["2,0", 2],
      [1, 1],
      [5.0, 5],
    ])("%j are stored", async (rating, stars) => {
      await stand.rate({ id: stand.order, rating, comment: "x" });
      expect(await stand.ratingOf()).toMatchObject({ stars, comment: "x", isAsked: false });
    });

    test.each<unknown[]>([
      [0],
      [6],
      [4.5],
      ["abc"],
      [-1],
      ["0"],
      ["6"],
      ["5 stars"],
      [true],
      [[5]],
      [{ value: 5 }],
      [1e9],
    ])("%j are answered success false, not stored, and kept for a person", async (rating) => {
      await stand.rate({ id: stand.order, rating: 4, comment: "раньше" });
      const body = JSON.stringify({ id: stand.order, rating, comment: "слова" });
      const answer = await stand.send(body);
      expect([answer.statusCode, answer.json()]).toEqual([200, UNUSABLE]);
      expect(await stand.ratingOf()).toMatchObject({ stars: 4, comment: "раньше", revisions: 1 });
      const unusable = await engine.database.read((tx) =>
        listUnusableDeliveries(tx, { before: null, limit: 1 }),
      );
      expect(Buffer.from(unusable[0]?.body ?? []).toString()).toBe(body);
      expect(unusable[0]).toMatchObject({
        effect: "rejected",
        reason: "rating: expected a whole number from 1 to 5",
      });
      expect(stand.alarms).toEqual(["delivery_unusable"]);
      expect(stand.server.log.join("")).toContain('"outcome":"rejected"');
    });

    test("infinite are no stars", async () => {
      expect((await stand.send(`{"id": "${stand.order}", "rating": 1e999}`)).json()).toEqual(UNUSABLE);
    });

    test("absent or empty: only the comment is taken", async () => {
      await stand.rate({ id: stand.order, comment: "а" });
      expect(await stand.ratingOf()).toMatchObject({
        stars: null,
        comment: "а",
        isAsked: false,
        isRatingRequired: false,
      });
      await stand.rate({ id: stand.order, rating: 5 });
      await stand.rate({ id: stand.order, rating: "", comment: "б" });
      expect(await stand.ratingOf()).toMatchObject({ stars: 5, comment: "б" });
    });

    test("null without earlier ones: the order waits for a rating until it comes", async () => {
      await stand.rate({ id: stand.order, rating: null, comment: "позже" });
      expect(await stand.ratingOf()).toMatchObject({
        stars: null,
        comment: "позже",
        isAsked: true,
        isRatingRequired: true,
      });
      await stand.rate({ id: stand.order, rating: 5 });
      expect(await stand.ratingOf()).toMatchObject({ stars: 5, isAsked: false, isRatingRequired: false });
    });

    test("null opens the question again where that is set", async () => {
      const reopening = stand.mount("reopen");
      await stand.rate({ id: stand.order, rating: 4, comment: "а" }, reopening);
      await stand.rate({ id: stand.order, rating: null }, reopening);
      const rating = await stand.ratingOf();
      expect(rating).toMatchObject({ stars: null, comment: "а", isRatingRequired: true });
      expect(rating?.history?.map(({ stars }) => stars)).toEqual([4, null]);
      await reopening.app.close();
    });

    test("of nothing said at all leave no rating", async () => {
      await stand.rate({ id: stand.order });
      expect(await stand.ratingOf()).toBeNull();
      expect((await stand.lastDelivery()).effect).toBe("empty");
      expect(await ratingsOf(stand.house, { orderId: stand.order, before: null, limit: 1 })).toEqual([]);
    });
  });

  describe("the comment", () => {
    test.each([
      ["of 4000 characters", "ж".repeat(4000), "ж".repeat(4000)],
      ["of 100,000 characters", "ж".repeat(100_000), "ж".repeat(100_000)],
      ["null", null, ""],
      ["a number", 17, "17"],
      ["with U+0000", "а\u0000б", "аб"],
      ["with halves of pairs", "а\uD83Dб\uDE21", "а\uFFFDб\uFFFD"],
      ["with pairs, joiners and marks", "👩‍👩‍👧 é ё", "👩‍👩‍👧 é ё"],
      ["with lines and blanks around", " а\r\nб\t", " а\r\nб\t"],
      ["that is an object", { a: 1 }, ""],
    ])("%s is kept", async (_, comment, kept) => {
      await stand.rate({ id: stand.order, rating: 5, comment });
      expect((await stand.ratingOf())?.comment).toBe(kept);
    });

    test("longer than the limit of a text is refused, and the body kept", async () => {
      const body = JSON.stringify({ id: stand.order, rating: 5, comment: "x".repeat(100_001) });
      const answer = await stand.send(body);
      expect([answer.statusCode, answer.json().errorCode]).toEqual([400, "too_long_text"]);
      expect(await stand.lastDelivery()).toMatchObject({ effect: "rejected", reason: "too_long_text", body });
    });
  });
});
