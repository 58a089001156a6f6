// The reading rules, tolerant and strict, case by case.
import { describe, expect, test } from "vitest";
import { readDelivery } from "./reading.ts";

const FEEDBACK = {
  id: "fbk-1",
  createdAt: "2026-11-04T21:17:45.318204+03:00",
  eatsId: "261104-40718295",
  orderId: "POS-1",
  restaurantId: "lesnaya-12",
  rating: 4,
  deliveredAt: "2026-11-04T20:58:40+03:00",
};
const ITEM = { id: "dish-1", name: "Soup", quantity: 2, price: 389.25, modifications: [] };
const ORDER = {
  createdAt: "2026-11-04T19:52:03.004511+03:00",
  comment: "",
  discriminator: "yandex",
  deliveryInfo: { clientName: "M." },
  paymentInfo: { total: 10.5 },
  items: [ITEM],
};

const readText = (text: string, isStrict = false) =>
  readDelivery(new TextEncoder().encode(text), "application/json", isStrict);
const readBody = (feedback: object, order?: unknown, isStrict = false) =>
  readText(JSON.stringify({ feedback: { ...FEEDBACK, ...feedback }, orderInfo: order }), isStrict);

function usable(translation: ReturnType<typeof readDelivery>) {
  if (translation.kind !== "usable") throw new Error(JSON.stringify(translation.problems));
  return translation;
}

describe("hard fields", () => {
  test.each([
    [{ rating: 0 }, 104, "feedback.rating: expected an integer from 1 to 5, got 0"],
    [{ rating: "6" }, 104, "feedback.rating: expected an integer from 1 to 5, got 6"],
    [{ rating: "five" }, 103, "feedback.rating: expected an integer from 1 to 5"],
    [{ rating: "" }, 102, "feedback.rating: required"],
    [{ rating: "4.0" }, 103, "feedback.rating: expected an integer from 1 to 5"],
    [{ orderId: {} }, 103, "feedback.orderId: expected a string"],
    [{ orderId: "   " }, 102, "feedback.orderId: required"],
    [{ orderId: 1.5 }, 103, "feedback.orderId: expected a string"],
    [{ orderId: "x".repeat(256) }, 104, "feedback.orderId: longer than 255 characters"],
    [{ restaurantId: null }, 102, "feedback.restaurantId: required"],
    [{ createdAt: 1793816265 }, 103, "feedback.createdAt: expected a string"],
    [{ createdAt: "04.11.2026" }, 105, "feedback.createdAt: expected a date with time and offset"],
  ])("%j is refused with code %i", (change, code, description) => {
    expect(readBody(change)).toEqual({ kind: "unusable", problems: [{ code, description }] });
  });

  test("every problem is told, a text that was sent in none of them", () => {
    const translation = readBody({
      rating: "secret words",
      orderId: ["secret words"],
      createdAt: "secret words",
    });
    expect(translation).toMatchObject({ kind: "unusable", problems: { length: 3 } });
    expect(JSON.stringify(translation)).not.toContain("secret");
  });

  test.each([
    [{ orderId: 88341 }, "88341"],
    [{ orderId: -5 }, "-5"],
    [{ orderId: "\u{1F600}".repeat(255) }, "\u{1F600}".repeat(255)],
  ])("%j is read", (change, expected) => {
    expect(usable(readBody(change)).content.orderId).toBe(expected);
  });

  test("digits of numeric ids survive beyond 2^53", () => {
    const text = JSON.stringify({ feedback: { ...FEEDBACK, orderId: 0, id: 0 } })
      .replace('"orderId":0', '"orderId":90071992547409931234')
      .replace('"id":0', '"id":12345678901234567890');
    const { content, warnings } = usable(readText(text));
    expect(content).toMatchObject({ orderId: "90071992547409931234", sourceId: "12345678901234567890" });
    expect(warnings).toEqual(["id_coerced"]);
  });
});

describe("the id", () => {
  test.each([[{ id: 1.5 }], [{ id: true }], [{ id: {} }], [{ id: "x".repeat(256) }]])(
    "%j is no id, and no reason to lose the feedback",
    (change) => {
      const { content, warnings } = usable(readBody(change));
      expect(content.sourceId).toBeNull();
      expect(warnings).toEqual(["id_coerced"]);
    },
  );

  test.each([[{ id: null }], [{ id: "" }], [{ id: "  " }], [{ id: undefined }]])("%j is absent", (change) => {
    const { content, warnings } = usable(readBody(change));
    expect(content.sourceId).toBeNull();
    expect(warnings).toEqual([]);
  });

  test("a number beyond 2^53 that is not written in digits is no id", () => {
    const text = JSON.stringify({ feedback: { ...FEEDBACK, id: 0 } }).replace('"id":0', '"id":1e30');
    expect(usable(readText(text)).content.sourceId).toBeNull();
  });
});

describe("texts", () => {
  test.each([
    [{ comment: 5 }, "5", ["text_coerced"]],
    [{ comment: ["cold", "late", 3] }, "cold; late; 3", ["text_coerced"]],
    [{ comment: [] }, null, ["text_coerced"]],
    [{ comment: { text: "x" } }, null, ["text_coerced"]],
    [{ comment: true }, null, ["text_coerced"]],
    [{ comment: "a\u0000b" }, "ab", ["text_sanitized"]],
    [{ comment: "a\uD83Db\uDE00c\u{1F600}" }, "a\uFFFDb\uFFFDc\u{1F600}", ["text_sanitized"]],
    [{ comment: " \n\t " }, null, []],
    [{ comment: " kept as it is " }, " kept as it is ", []],
    [{ comment: "я".repeat(300_000) }, "я".repeat(300_000), []],
  ])("%j is read", (change, comment, warnings) => {
    const translation = usable(readBody(change));
    expect(translation.content.comment).toBe(comment);
    expect(translation.warnings).toEqual(warnings);
  });

  test("U+0000 and half surrogates never reach an id", () => {
    const { content, warnings } = usable(readBody({ eatsId: "2611\u000004-40718295", id: "a\uD800" }));
    expect(content).toMatchObject({ sourceOrderId: "261104-40718295", sourceId: "a\uFFFD" });
    expect(warnings).toEqual(["eatsid_format", "text_sanitized"]);
  });
});

describe("soft dates", () => {
  test.each([
    [{ deliveredAt: undefined }, ["date_missing"]],
    [{ deliveredAt: null }, ["date_missing"]],
    [{ deliveredAt: "" }, ["date_invalid"]],
    [{ deliveredAt: 5 }, ["date_invalid"]],
    [{ takenAt: "soon" }, ["date_invalid"]],
    [{ takenAt: " 2026-11-04T20:31:09+03:00" }, ["date_format"]],
    [{ createdAt: "2014-12-31T23:59:59.000000+00:00" }, ["date_implausible"]],
    [{ createdAt: "2036-01-01T00:00:00.000000+00:00" }, ["date_implausible"]],
    [{ createdAt: "2035-12-31T23:59:59.000000+00:00" }, []],
    [{ createdAt: "9999-12-31T23:59:59.999999-23:59" }, ["date_implausible"]],
  ])("%j gives %j", (change, warnings) => {
    expect(usable(readBody(change)).warnings).toEqual(warnings);
  });
});

describe("the order", () => {
  test.each([
    ["a text", ["orderinfo_invalid"]],
    [[ORDER], ["orderinfo_invalid"]],
    [{ ...ORDER, items: null }, ["orderinfo_invalid"]],
    [{ ...ORDER, items: [5, null] }, ["orderinfo_invalid"]],
    [{ ...ORDER, items: [] }, []],
    [{ ...ORDER, items: [{ ...ITEM, quantity: 1.5 }] }, []],
    [{ ...ORDER, items: [{ ...ITEM, modifications: undefined }] }, ["orderinfo_invalid"]],
    [{ ...ORDER, items: [{ ...ITEM, modifications: [{ ...ITEM, quantity: 0.5 }] }] }, []],
    [{ ...ORDER, paymentInfo: { total: "10.50" } }, ["orderinfo_invalid"]],
    [{ ...ORDER, deliveryInfo: null }, ["orderinfo_invalid"]],
    [{ ...ORDER, comment: null }, ["orderinfo_invalid"]],
    [{ ...ORDER, createdAt: undefined }, ["orderinfo_invalid"]],
    [{ ...ORDER, discriminator: null }, ["orderinfo_invalid"]],
    [{ ...ORDER, discriminator: 5 }, ["orderinfo_invalid"]],
    [{ ...ORDER, platform: "LAVKA" }, ["enum_unknown"]],
    [{ ...ORDER, platform: null }, []],
    [{ ...ORDER, deliveryInfo: { clientName: 5 } }, ["text_coerced"]],
  ])("%j never refuses the feedback and gives %j", (order, warnings) => {
    expect(usable(readBody({}, order)).warnings).toEqual(warnings);
  });

  test("whatever is usable is kept", () => {
    const items = [
      { ...ITEM, id: 17, quantity: "2", price: "x" },
      { ...ITEM, id: null, name: "nameless id" },
      { ...ITEM, id: "", name: null },
    ];
    const { content } = usable(readBody({}, { ...ORDER, paymentInfo: { total: "10.50" }, items }));
    expect(content.order?.total).toBe(10.5);
    expect(content.order?.items).toEqual([
      { id: "17", name: "Soup", quantity: 2, price: null, modifications: [] },
      { id: null, name: "nameless id", quantity: 2, price: 389.25, modifications: [] },
    ]);
  });

  test("a number beyond all bounds is none", () => {
    const text = JSON.stringify({ feedback: FEEDBACK, orderInfo: ORDER }).replace(
      '"total":10.5',
      '"total":1e999',
    );
    expect(usable(readText(text)).content.order?.total).toBeNull();
  });
});

describe("the envelope", () => {
  test.each([
    ["null", 103],
    ["5", 103],
    ["[]", 103],
    ["{}", 102],
    ['{"feedback":null}', 102],
    ['{"feedback":[]}', 103],
    ['{"__proto__":{"feedback":{}}}', 102],
  ])("%s is refused with code %i", (text, code) => {
    expect(readText(text)).toMatchObject({ kind: "unusable", problems: [{ code }] });
  });

  test.each([
    [null, "usable"],
    ["application/json", "usable"],
    ["Application/JSON ; charset=windows-1251", "usable"],
    ["application/vnd.eats.v1+json", "usable"],
    ["application/jsonp", "unusable"],
    ["text/plain", "unusable"],
    ["multipart/form-data; boundary=x", "unusable"],
    ["", "usable"],
  ])("Content-Type %j is %s", (contentType, kind) => {
    expect(
      readDelivery(new TextEncoder().encode(JSON.stringify({ feedback: FEEDBACK })), contentType, false).kind,
    ).toBe(kind);
  });
});

describe("strict mode", () => {
  test.each([
    [{}, ORDER, null],
    [{ unknown: 5 }, undefined, null],
    [{ id: "" }, undefined, null],
    [{ comment: "" }, undefined, null],
    [{ orderId: "" }, undefined, 102],
    [{ orderId: 5 }, undefined, 103],
    [{ takenAt: null }, undefined, 103],
    [{ takenAt: "2026-02-30T10:00:00+03:00" }, undefined, 105],
    [{ deliveredAt: "2026-11-04T20:58:40Z" }, undefined, 105],
    [{ deliveredAt: undefined }, undefined, 102],
    [{ rating: 9 }, undefined, 104],
    [{ eatsId: "261104-407182" }, undefined, 104],
    [{}, null, 103],
    [{}, { ...ORDER, platform: "DC" }, 104],
    [{}, { ...ORDER, comment: undefined }, 102],
    [{}, { ...ORDER, createdAt: "2026-13-04T19:52:03.004511+03:00" }, 105],
    [{}, { ...ORDER, items: [{ ...ITEM, modifications: [{ ...ITEM, quantity: 0.5 }] }] }, 103],
  ])("feedback %j with order %j: %s", (change, order, code) => {
    const translation = readBody(change, order, true);
    if (code === null) expect(translation.kind).toBe("usable");
    else expect(translation).toMatchObject({ kind: "unusable", problems: [{ code }] });
  });

  test("bytes that are not UTF-8 are refused", () => {
    const text = Buffer.from(JSON.stringify({ feedback: { ...FEEDBACK, comment: "\u00e9" } }), "latin1");
    expect(readDelivery(text, null, true)).toMatchObject({ kind: "unusable", problems: [{ code: 101 }] });
    expect(usable(readDelivery(text, null, false)).warnings).toEqual(["text_sanitized"]);
  });
});
