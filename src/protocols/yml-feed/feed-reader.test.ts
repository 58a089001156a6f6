// What the reader makes of good, odd and broken feeds.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import type { FeedEvent, FileProblem } from "../../flows/index.ts";
import { readFeed } from "./index.ts";

const sample = readFileSync(new URL("../../../examples/irp-samples-world/feed.yml.xml", import.meta.url));

/** The bytes in pieces of `size`, so that every cut is met. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

async function eventsOf(bytes: Uint8Array | string, size = 1 << 16): Promise<FeedEvent[]> {
  const events: FeedEvent[] = [];
  for await (const batch of readFeed(pieces(Buffer.from(bytes), size))) events.push(...batch);
  return events;
}

const offersIn = (events: readonly FeedEvent[]) =>
  events.flatMap((event) => (event.kind === "offer" ? [event.offer] : []));
const problemsIn = (events: readonly FeedEvent[]): FileProblem[] =>
  events.flatMap((event) => (event.kind === "problem" ? [event.problem] : []));
const brokenIn = (events: readonly FeedEvent[]) => events.find((event) => event.kind === "broken");

/** A feed of these offer elements; the first of them stands at line 3. */
const feed = (...offers: string[]): string =>
  `<?xml version="1.0"?>\n<yml_catalog><shop><offers>\n${offers.join("\n")}\n</offers></shop></yml_catalog>\n`;
const good = (id: string, more = ""): string =>
  `<offer id="${id}" available="true"><name>Ковш</name><price>10</price><categoryId>1</categoryId>${more}</offer>`;

describe("the sample feed", () => {
  test("has eleven offers, nine categories and one price tier, and no problem", async () => {
    const events = await eventsOf(sample);
    expect(offersIn(events)).toHaveLength(11);
    expect(events.filter((event) => event.kind === "category")).toHaveLength(9);
    expect(events.filter((event) => event.kind === "price-tier")).toEqual([
      { kind: "price-tier", id: "vip", name: "Премиум" },
    ]);
    expect(problemsIn(events)).toEqual([]);
    expect(brokenIn(events)).toBeUndefined();
  });

  test("gives the default price from the tag without attributes, and the others as variants", async () => {
    const kettle = offersIn(await eventsOf(sample)).find((offer) => offer.id === "771200");
    expect(kettle).toMatchObject({ price: 189_000, groupId: "771200", vendor: "Заречье", usePoints: true });
    expect(kettle?.variants).toEqual([
      { city: null, tier: "vip", price: 179_000, oldPrice: null, isAvailable: null },
      {
        city: "2763c110-cb8b-416a-9dac-ad28a55b4402",
        tier: null,
        price: 189_000,
        oldPrice: null,
        isAvailable: null,
      },
    ]);
  });

  test("gives steps, code limits, points and several categories", async () => {
    const offers = new Map(offersIn(await eventsOf(sample)).map((offer) => [offer.id, offer]));
    expect(offers.get("450033")).toMatchObject({ price: 74_990, step: 100 });
    expect(offers.get("450078")).toMatchObject({ codeCap: 1000, step: null });
    expect(offers.get("501010")).toMatchObject({ usePoints: false, codeCap: null });
    expect(offers.get("880101")).toMatchObject({
      groupId: "8801",
      categoryIds: ["310", "300"],
      oldPrice: 299_000,
    });
  });

  test("reads the same in pieces of any size, gzipped, in windows-1251 and in UTF-16", async () => {
    const whole = await eventsOf(sample);
    const text = sample.toString("utf8");
    for (const size of [1, 2, 7, 64, 1000]) expect(await eventsOf(sample, size)).toEqual(whole);
    expect(await eventsOf(gzipSync(sample), 10)).toEqual(whole);
    // The multiplication sign is not in windows-1251; feeds in it write the reference.
    const declared = text.replace('encoding="UTF-8"', 'encoding="windows-1251"').replaceAll("×", "&#215;");
    const legacy = iconv.encode(declared, "win1251");
    expect(await eventsOf(legacy, 100)).toEqual(whole);
    expect(await eventsOf(gzipSync(legacy))).toEqual(whole);
    expect(await eventsOf(iconv.encode(text, "utf16le", { addBOM: true }), 33)).toEqual(whole);
    expect(await eventsOf(iconv.encode(text, "utf8", { addBOM: true }))).toEqual(whole);
  });
});

describe("a bad offer is left out with its line and reason", () => {
  const cases: [reason: string, offer: string][] = [
    ["no_id", good(" ")],
    ["no_name", `<offer id="b" available="true"><price>10</price></offer>`],
    ["no_price", `<offer id="b" available="true"><name>К</name><price city="x">10</price></offer>`],
    ["price_unreadable", good("b").replace("10", "0")],
    ["price_unreadable", good("b").replace("10", "-5")],
    ["price_unreadable", good("b").replace("10", "10.005")],
    ["price_unreadable", good("b").replace("10", "по запросу")],
    ["currency_not_roubles", good("b", "<currencyId>USD</currencyId>")],
    ["fraction_unreadable", good("b").replace("available", 'fraction="0" available')],
    ["fraction_unreadable", good("b").replace("available", 'fraction="0.0001" available')],
    ["broken_markup", good("b", "<description>да<br>нет</description>")],
  ];
  test.each(cases)("%s", async (reason, offer) => {
    const events = await eventsOf(feed(good("a"), offer, good("c")));
    expect(offersIn(events).map(({ id }) => id)).toEqual(["a", "c"]);
    expect(problemsIn(events)).toMatchObject([{ line: 4, isSkipped: true, reason }]);
    expect(brokenIn(events)).toBeUndefined();
  });

  test("the line is that of the offer's start, also when its tag is spread over lines", async () => {
    const spread = `<offer\n  id="b"\n  available="true">\n<name>К</name>\n<price>нет</price></offer>`;
    for (const size of [1, 5, 4096]) {
      const events = await eventsOf(Buffer.from(feed(good("a"), spread)), size);
      expect(problemsIn(events)).toMatchObject([{ line: 4, offerId: "b", detail: "нет" }]);
    }
  });
});

describe("an odd offer is taken with a remark", () => {
  const cases: [reason: string, more: string, expected: object][] = [
    ["old_price_not_above_price", "<oldprice>10</oldprice>", { oldPrice: null }],
    ["old_price_unreadable", "<oldprice>дорого</oldprice>", { oldPrice: null }],
    [
      "promocode_limit_unreadable",
      "<maxPromocodeDiscountPercent>мало</maxPromocodeDiscountPercent>",
      { codeCap: 0 },
    ],
    [
      "promocode_limit_over_100",
      "<maxPromocodeDiscountPercent>120</maxPromocodeDiscountPercent>",
      { codeCap: 10_000 },
    ],
    ["use_bonuses_unreadable", "<useBonuses>иногда</useBonuses>", { usePoints: false }],
    ["variant_price_unreadable", '<price city="x">0</price>', { variants: [] }],
    ["available_unreadable", "<available>скоро</available>", { isAvailable: false }],
    ["character", "<vendor>A & B</vendor>", { vendor: "A & B" }],
    ["character", "<vendor>A &unknown; B</vendor>", { vendor: "A &unknown; B" }],
  ];
  test.each(cases)("%s %s", async (reason, more, expected) => {
    const events = await eventsOf(feed(good("a"), good("b", more)));
    expect(problemsIn(events)).toMatchObject([{ line: 4, isSkipped: false, reason }]);
    expect(offersIn(events)[1]).toMatchObject({ id: "b", ...expected });
  });

  test("a missing `available` means on sale, and is told", async () => {
    const events = await eventsOf(feed(good("a").replace(' available="true"', "")));
    expect(offersIn(events)[0]?.isAvailable).toBe(true);
    expect(problemsIn(events)).toMatchObject([{ reason: "available_missing" }]);
  });

  test("prices with a comma, with spaces and with spare zeros are exact", async () => {
    const events = await eventsOf(
      feed(
        good("a").replace("10", "1 234,50"),
        good("b").replace("10", "0.10"),
        good("c").replace("10", "5.5000"),
      ),
    );
    expect(offersIn(events).map(({ price }) => price)).toEqual([123_450, 10, 550]);
  });

  test("availability by city, and prices by city and tier, are variants of their own", async () => {
    const more = `<available city="ABC">false</available><price city="ABC" priceTier="vip">9</price><oldprice city="ABC" priceTier="vip">12,5</oldprice>`;
    expect(offersIn(await eventsOf(feed(good("a", more))))[0]?.variants).toEqual([
      { city: "abc", tier: null, price: null, oldPrice: null, isAvailable: false },
      { city: "abc", tier: "vip", price: 900, oldPrice: 1250, isAvailable: null },
    ]);
  });

  test("an ampersand inside a section is not touched, wherever the piece is cut", async () => {
    const more = "<vendor><![CDATA[A & B &nope; ]] C]]></vendor><param name='Цвет'>чёрный & белый</param>";
    for (const size of [1, 2, 3, 5, 11, 4096]) {
      const events = await eventsOf(Buffer.from(feed(good("a", more))), size);
      expect(offersIn(events)[0]).toMatchObject({
        vendor: "A & B &nope; ]] C",
        params: { Цвет: ["чёрный & белый"] },
      });
      expect(problemsIn(events)).toMatchObject([{ line: 3, reason: "character" }]);
    }
  });

  test("unknown tags, comments, processing instructions and a doctype are passed over", async () => {
    const odd = feed(good("a", "<x><price>7</price></x>")).replace(
      "<shop>",
      "<!-- <offer id='z'/> --><?pi x?><shop><name>Лавка</name><gifts><offer id='y'/></gifts>",
    );
    const events = await eventsOf(odd.replace("<yml", '<!DOCTYPE yml_catalog SYSTEM "shops.dtd">\n<yml'));
    expect(offersIn(events).map(({ id, price }) => [id, price])).toEqual([["a", 1000]]);
    expect(brokenIn(events)).toBeUndefined();
  });

  test("names from the prototype of objects stay plain names", async () => {
    const [offer] = offersIn(await eventsOf(feed(good("__proto__", '<param name="__proto__">x</param>'))));
    expect(offer?.id).toBe("__proto__");
    expect(Object.entries(offer?.params ?? {})).toEqual([["__proto__", ["x"]]]);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });
});

describe("a file that cannot be trusted ends with one broken event", () => {
  test.each([
    ["cut short inside an offer", feed(good("a"), good("b")).slice(0, -60)],
    ["cut short between offers", feed(good("a")).slice(0, -30)],
    ["another file", "<html><body>502</body></html>"],
    ["no XML", "Сервис временно недоступен"],
    ["empty", ""],
    ["an offer inside an offer", feed(good("a", good("b")))],
    ["wrong nesting outside an offer", feed(good("a")).replace("</offers>", "</offer>")],
    ["an unknown encoding", feed(good("a")).replace('"1.0"', '"1.0" encoding="klingon-8"')],
    ["too deep", `<yml_catalog>${"<a>".repeat(100)}`],
    ["a text without end", `<yml_catalog><a>${"x".repeat(9 * 1024 ** 2)}`],
  ])("%s", async (_, text) => {
    const events = await eventsOf(text);
    expect(events.filter((event) => event.kind === "broken")).toHaveLength(1);
    expect(events.at(-1)?.kind).toBe("broken");
  });

  test("cut gzip", async () => {
    const packed = gzipSync(sample);
    expect(brokenIn(await eventsOf(packed.subarray(0, packed.byteLength - 20)))).toBeDefined();
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 200, 260);
    expect(brokenIn(await eventsOf(damaged))).toBeDefined();
  });

  test("an entity bomb grows nothing", async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${"ha".repeat(50)}"><!ENTITY b "&a;&a;&a;">]>${feed(good("a", "<vendor>&b;</vendor>")).replace(/^.*\n/, "")}`;
    expect(offersIn(await eventsOf(bomb))[0]?.vendor).toBe("&b;");
  });

  test("an error of the source is thrown as it is", async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync(sample).subarray(0, 300);
      throw new Error("disk gone");
    }
    const reading = async (): Promise<void> => {
      for await (const _ of readFeed(failing()));
    };
    await expect(reading()).rejects.toThrow("disk gone");
  });
});
