// The recorded orders through a real server on both engines: placement, repeats after a cut connection, history, cancellation.
import { connect } from "node:net";
import { expect, test } from "vitest";
import { CREDENTIALS } from "../support/server.ts";
import { forEachExchangeStand, text } from "./exchange-stand.ts";

interface Placed {
  success: boolean;
  uuid: string;
  id: string;
  message?: string;
  price: number;
  deliveryPrice?: number;
  items: { subtotal: number }[];
}

interface Shown {
  id: string;
  status: string;
  price: number;
  ratingRequired: boolean;
  rating?: number;
  cancellable: boolean;
  items: { configurationId: string; quantity: number; subtotal: number; removed?: boolean }[];
}

/** What the extended order screen needs of an order that asks for a rating. */
const NEEDED = [
  "id",
  "createdOn",
  "updatedOn",
  "status",
  "price",
  "appliedDiscount",
  "usedBonuses",
  "retryPaymentMethod",
  "items",
  "publicDeliveryDetails",
  "publicPaymentDetails",
];

forEachExchangeStand("the recorded IMSHOP orders", ({ url, post: send, basket }) => {
  /** A busy machine may shed a call; like the vendor we send it again. */
  const post: typeof send = async (...call) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(...call);
      if (answer.status !== 503 || attempt === 30) return answer;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };
  const place = async (body: string): Promise<Placed[]> => {
    const answer = await post("/irp/orders", body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return (answer.body as { orders: Placed[] }).orders;
  };
  const history = async (body: object) =>
    (await post("/irp/orders/history", JSON.stringify(body))).body as { nextPage?: number; orders: Shown[] };

  test("70 and 73 are placed; 75 is right in itself", async () => {
    const [first] = await place(text("70-order-single.json"));
    const expected = (JSON.parse(text("75-order-response-ok.json")) as { orders: Placed[] }).orders[0];
    expect(first).toMatchObject({
      success: true,
      uuid: expected?.uuid,
      price: 2941,
      deliveryPrice: 300,
      items: expected?.items,
    });
    expect(expected?.items.reduce((sum, line) => sum + line.subtotal, 0)).toBe(expected?.price);
    // 100300 is the largest number of the orders that the world brought along.
    expect(first?.id).toBe("100301");
    const [dirty] = await place(text("73-order-dirty-data.json"));
    expect(dirty).toMatchObject({ success: true, price: 1890 });
    expect(dirty?.message).toBeTruthy();
  });

  test("a connection that is cut before the answer changes nothing: ten repeats, one order", async () => {
    const body = text("70-order-single.json").replaceAll("9b01", "9b77");
    const { hostname, port } = new URL(url());
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        const head = `POST /irp/orders HTTP/1.1\r\nhost: ${hostname}\r\nkey: ${CREDENTIALS.irpKey}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
        // The whole call is sent, and nobody waits for what comes back.
        socket.write(head + body, () => socket.destroy());
      });
      socket.on("error", reject);
      socket.on("close", () => resolve());
    });
    const answers = new Set<string>();
    for (let repeat = 0; repeat < 10; repeat += 1) answers.add(JSON.stringify(await place(body)));
    expect(answers.size).toBe(1);
    const { orders } = await history({ userIdentifier: "u-104512", page: 1 });
    const [placed] = JSON.parse([...answers][0] ?? "[]") as Placed[];
    expect(orders.filter(({ id }) => id === placed?.id)).toHaveLength(1);
    expect(orders).toHaveLength(2);
  });

  test("80: the history tells of them, newest first, with all that a rating needs", async () => {
    const { nextPage, orders } = await history(JSON.parse(text("80-history-request.json")) as object);
    expect(nextPage).toBeUndefined();
    expect(orders.map(({ status, price }) => [status, price])).toEqual([
      ["Принят", 2941],
      ["Принят", 2941],
    ]);
    for (const order of orders) expect(Object.keys(order)).toEqual(expect.arrayContaining(NEEDED));
    expect((await history({ userIdentifier: "nobody" })).orders).toEqual([]);
    expect((await history({})).orders).toEqual([]);
  });

  test("83: a cancellation, as often as it comes", async () => {
    for (let repeat = 0; repeat < 3; repeat += 1) {
      expect(await post("/irp/orders/cancel", text("83-cancel-request.json"))).toEqual({
        status: 200,
        body: { success: true, status: "cancelled", message: "Заказ снят по вашей просьбе" },
      });
    }
  });

  test("an order goes its way: done, partly refused, rated; each is seen in the history", async () => {
    const api = async (method: string, path: string, body: object) => {
      const answer = await fetch(`${url()}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${CREDENTIALS.apiToken}`,
          "content-type": "application/json",
          "idempotency-key": `${method}${path}`,
        },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const id = "100301";
    expect(
      (await api("POST", `/orders/${id}/returns`, { lines: [{ position: 1, quantity: 1000 }] })).status,
    ).toBe(201);
    expect((await api("PUT", `/orders/${id}/status`, { status: "done" })).body).toMatchObject({
      status: "done",
    });
    const shown = async () =>
      (await history({ userIdentifier: "u-104512" })).orders.find((order) => order.id === id);
    expect(await shown()).toMatchObject({
      status: "Выполнен",
      price: 2941,
      ratingRequired: true,
      cancellable: false,
      items: [
        { configurationId: "880101", quantity: 1, subtotal: 2241 },
        { configurationId: "620415", quantity: 2, subtotal: 700 },
        { configurationId: "620415", quantity: 1, subtotal: 0, removed: true },
      ],
    });
    await post("/irp/rating", JSON.stringify({ id, rating: 5, comment: "Привезли вовремя" }));
    expect(await shown()).toMatchObject({
      ratingRequired: false,
      rating: 5,
      ratingComment: "Привезли вовремя",
    });
    expect((await basket("03-basket-consumer-minimal.json")).totalPrice).toBe(1890);
  });
});
