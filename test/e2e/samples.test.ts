// Every recorded payload through the HTTP door of a real server, on both engines, with the sample world loaded by command.
// Long because it is one table: every exchange and what it must get.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/storage/index.ts";
import { engines } from "../support/engines.ts";
import {
  CREDENTIALS,
  ROOT,
  runCli,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

const SAMPLES = join(ROOT, "test", "protocols", "irp", "samples");
const text = (name: string): string => readFileSync(join(SAMPLES, name), "utf8");

interface Line {
  id: string;
  price: number;
  quantity: number;
  discount: number;
  subtotal: number;
  gift?: number;
  selected?: boolean;
  canBePurchased?: boolean;
  notice?: string;
  itemKitId?: string;
  addons?: unknown;
  warehouseId?: string;
  appliedDiscounts?: string[];
  bonuses?: { canSpend: number; willEarn: number };
}

interface Answer {
  totalPrice: number;
  discount: number;
  appliedPromocode: string | null;
  items: Line[];
  notice?: string;
  promocodeStatus?: string;
  bonuses?: { canSpend: number; willEarn: number };
  giftCards?: { number: string; success: boolean; status: string }[];
  promoGroups?: unknown[][];
  extraServices?: { serviceId: string; price: number; isSelected: boolean }[];
  lastSyncDate?: number;
}

/** Totals of the samples whose expectation is a sum. */
const TOTALS: Readonly<Record<string, readonly [total: number, discount: number, code: string | null]>> = {
  "03-basket-consumer-minimal.json": [1890, 0, null],
  "04-basket-consumer-typical.json": [6381, 289, null],
  "05-basket-nulls-everywhere.json": [1890, 0, null],
  "06-basket-unknown-fields.json": [1890, 0, null],
  "07-basket-promocode-case.json": [5724, 636, "кофе15"],
  "08-basket-promocode-unknown.json": [1890, 0, null],
  "09-basket-promocode-not-met.json": [1890, 0, null],
  "10-basket-gift-cards.json": [12490, 0, null],
  "11-basket-promogroup-flat.json": [11790, 990, null],
  "12-basket-promogroup-nested.json": [11790, 990, null],
  "13-basket-promogroup-odd-shapes.json": [12490, 150, null],
  "15-basket-gift-line-price0.json": [12490, 380, null],
  "17-basket-fractional.json": [1349.82, 0, null],
  "19-basket-item-kit.json": [3480, 0, null],
  "20-basket-selected-false.json": [700, 0, null],
  "21-basket-all-unticked.json": [0, 0, null],
  "25-basket-lastsync-anonymous.json": [1890, 0, null],
  "28-basket-empty.json": [0, 0, null],
  "31-basket-price-tampered.json": [12490, 0, null],
  "34-basket-extra-services.json": [12490, 0, null],
  "36-basket-seller-known-buyer.json": [2862, 318, "КОФЕ15"],
  "37-basket-seller-minimal.json": [1890, 0, null],
};

const cents = (value: number): number => Math.round(value * 100);

/** What must be true of every basket answer. */
function checkInvariants(answer: Answer): void {
  const counted = answer.items.filter((line) => line.selected !== false && line.canBePurchased !== false);
  for (const line of answer.items) {
    const gross = Math.round((Math.round(line.price * 100) * Math.round(line.quantity * 1000)) / 1000 + 1e-7);
    expect(cents(line.subtotal), line.id).toBe(gross - cents(line.discount));
    expect(line.discount).toBeGreaterThanOrEqual(0);
    expect(line.subtotal).toBeGreaterThanOrEqual(0);
  }
  expect(cents(answer.totalPrice)).toBe(counted.reduce((sum, line) => sum + cents(line.subtotal), 0));
  expect(cents(answer.discount)).toBe(counted.reduce((sum, line) => sum + cents(line.discount), 0));
  const nulls = Object.entries(answer).filter(
    ([name, value]) => value === null && name !== "appliedPromocode",
  );
  expect(nulls).toEqual([]);
  for (const line of answer.items)
    expect(Object.values(line).filter((value) => value === null || value === "")).toEqual([]);
}

for (const engine of ["sqlite", "postgres"] as const) {
  const declare = engines().includes(engine) ? describe : describe.skip;
  declare(`the recorded IMSHOP exchanges (${engine})`, () => {
    let place: ServerPlace;
    let server: ServerProcess;

    beforeAll(async () => {
      place = await serverPlace(engine);
      const imported = await runCli(place, ["import", "world", join("examples", "irp-samples-world")]);
      expect(imported.code, imported.out + imported.error).toBe(0);
      server = await startServer(place);
    }, 60_000);
    afterAll(async () => {
      await server?.stop();
      await place?.remove();
    });

    const post = async (
      path: string,
      body: string,
      headers: Record<string, string> = { key: CREDENTIALS.irpKey },
    ) => {
      const response = await fetch(server.url + path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
      });
      return { status: response.status, body: (await response.json()) as unknown };
    };
    const basket = async (name: string): Promise<Answer> => {
      const { status, body } = await post("/irp/basket", text(name));
      expect(status, JSON.stringify(body)).toBe(200);
      checkInvariants(body as Answer);
      return body as Answer;
    };
    /** The stored cart of the samples' customer as a test wants it. */
    const storedCart = async (syncAt: number | null): Promise<void> => {
      if (engine === "sqlite") await server.stop();
      const database = await openDatabase({ url: place.databaseUrl });
      await database.transaction((tx) => tx.run("delete from stored_cart"));
      await database.close();
      if (engine === "sqlite") server = await startServer(place);
      if (syncAt !== null) {
        const body = JSON.stringify({
          items: [{ configurationId: "880102", quantity: 1 }],
          externalUserId: "u-104512",
          lastSyncDate: syncAt,
        });
        expect((await post("/irp/basket", body)).status).toBe(200);
      }
    };

    test.each(Object.entries(TOTALS))("%s has its totals", async (name, [total, discount, code]) => {
      const answer = await basket(name);
      expect([answer.totalPrice, answer.discount, answer.appliedPromocode]).toEqual([total, discount, code]);
    });

    test("01 gives exactly 02 when the stored cart is as old as the request says", async () => {
      await storedCart(1_763_712_000_123);
      expect(await basket("01-basket-golden-request.json")).toEqual(
        JSON.parse(text("02-basket-golden-response.json")),
      );
    });

    test("02 itself holds every invariant", () =>
      checkInvariants(JSON.parse(text("02-basket-golden-response.json")) as Answer));

    test("the answer fed back gives the same answer", async () => {
      for (const name of [
        "01-basket-golden-request.json",
        "11-basket-promogroup-flat.json",
        "15-basket-gift-line-price0.json",
        "07-basket-promocode-case.json",
      ]) {
        const first = await basket(name);
        const request = JSON.parse(text(name)) as Record<string, unknown>;
        delete request["lastSyncDate"];
        const echo = {
          ...request,
          items: first.items.map(({ id, ...line }) => ({ ...line, configurationId: id })),
        };
        const { body } = await post("/irp/basket", JSON.stringify(echo));
        const strip = ({ notice: _n, lastSyncDate: _l, ...rest }: Answer) => ({
          ...rest,
          items: rest.items.map(({ notice: _m, ...line }) => line),
        });
        expect(strip(body as Answer), name).toEqual(strip(first));
      }
    });

    test("05 and 06 answer like 03, and 12 like 11", async () => {
      const minimal = await basket("03-basket-consumer-minimal.json");
      expect(minimal).not.toHaveProperty("lastSyncDate");
      expect(await basket("05-basket-nulls-everywhere.json")).toEqual(minimal);
      expect((await basket("06-basket-unknown-fields.json")).totalPrice).toBe(minimal.totalPrice);
      expect(await basket("12-basket-promogroup-nested.json")).toEqual(
        await basket("11-basket-promogroup-flat.json"),
      );
    });

    test("codes that fail say so, and their status only for early access", async () => {
      for (const [name, status] of [
        ["08-basket-promocode-unknown.json", "notFound"],
        ["09-basket-promocode-not-met.json", "notRedeemable"],
      ] as const) {
        const answer = await basket(name);
        expect(answer.notice).toBeTruthy();
        expect(answer.promocodeStatus).toBeUndefined();
        const { body } = await post(
          "/irp/basket",
          JSON.stringify({ ...(JSON.parse(text(name)) as object), earlyAccess: true }),
        );
        expect((body as Answer).promocodeStatus).toBe(status);
      }
    });

    test("gift cards are checked and change no total", async () => {
      const { giftCards } = await basket("10-basket-gift-cards.json");
      expect(giftCards?.map((card) => card.success)).toEqual([true, false]);
      expect(giftCards?.every((card) => card.status !== "")).toBe(true);
    });

    test("a chosen gift and a chosen discount stand together, and points then pay for nothing", async () => {
      const answer = await basket("11-basket-promogroup-flat.json");
      expect(answer.items.find((line) => line.id === "990002")).toMatchObject({
        subtotal: 0,
        gift: 1,
        discount: 290,
      });
      expect(answer.bonuses?.canSpend).toBe(0);
    });

    test("odd shapes of a choice are read as far as they can be", async () => {
      const answer = await basket("13-basket-promogroup-odd-shapes.json");
      expect(answer.items.filter((line) => line.id === "990001")).toHaveLength(1);
    });

    test("a chosen gift sent as a line and as a choice is one line", async () => {
      const answer = await basket("15-basket-gift-line-price0.json");
      expect(answer.items.filter((line) => line.id === "990003")).toMatchObject([
        { price: 190, quantity: 2, discount: 380, gift: 2, subtotal: 0 },
      ]);
    });

    test("quantities off the step are rounded half up, with a word", async () => {
      const answer = await basket("17-basket-fractional.json");
      expect(answer.items.map((line) => [line.quantity, line.subtotal])).toEqual([
        [0.3, 224.97],
        [1.2, 899.88],
        [0.3, 224.97],
      ]);
      expect(answer.items[2]?.notice).toBeTruthy();
    });

    test("kits, add-ons and warehouses come back on their lines", async () => {
      const [kettle, coffee] = (await basket("19-basket-item-kit.json")).items;
      expect([kettle?.itemKitId, coffee?.itemKitId, coffee?.warehouseId]).toEqual([
        "kit-zavtrak",
        "kit-zavtrak",
        "ЕКБ-02",
      ]);
      expect(coffee?.addons).toEqual([{ configurationId: "501010" }]);
    });

    test("unticked lines stay, uncounted", async () => {
      const answer = await basket("20-basket-selected-false.json");
      expect(answer.items.map((line) => line.selected)).toEqual([true, false, false]);
      expect((await basket("21-basket-all-unticked.json")).items).toHaveLength(1);
    });

    test("services are priced by our own table and stay out of the total", async () => {
      const { extraServices } = await basket("34-basket-extra-services.json");
      expect(extraServices).toMatchObject([
        { serviceId: "lift", price: 500, isSelected: true },
        { serviceId: "wrap", price: 99, isSelected: false },
      ]);
    });

    test("a seller's cart finds goods by the shop's own id and answers the app's", async () => {
      const answer = await basket("36-basket-seller-known-buyer.json");
      expect(answer.items[0]?.id).toBe("im-cfg-450078");
      expect(answer.bonuses?.canSpend).toBe(858);
    });

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
      expect([answer.totalPrice, answer.items[0]?.quantity, answer.appliedPromocode]).toEqual([
        3780,
        2,
        null,
      ]);
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
      const response = await fetch(`${server.url}/api/v1/catalogue/offers?limit=100`, {
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
        const response = await fetch(`${server.url}/api/v1/ratings?orderId=${orderId}`, {
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

    test("GET on a webhook is refused as JSON", async () => {
      const response = await fetch(`${server.url}/irp/basket`);
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
      expect(await response.json()).toMatchObject({ success: false });
    });
  });
}
