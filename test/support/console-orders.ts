// Orders of the console's world: placed as the app does it, led on, returned in part and cancelled as the shop does it.
import { CREDENTIALS } from "./server.ts";

/** An order as the app sends it. */
interface AppOrder {
  readonly uuid: string;
  readonly externalUserId?: string;
  readonly promocode?: string;
  readonly authorizedBonuses?: number;
  readonly items: readonly { readonly configurationId: string; readonly quantity: number }[];
}

/** With a promo code that counts by limits, points, a free unit and a weighed line; a plain one; one to be cancelled. */
const ORDERS: readonly AppOrder[] = [
  {
    uuid: "app-order-0003",
    externalUserId: "buyer-3",
    items: [{ configurationId: "1104", quantity: 2 }],
  },
  {
    uuid: "app-order-0002",
    externalUserId: "buyer-2",
    items: [{ configurationId: "1107", quantity: 3 }],
  },
  {
    uuid: "app-order-0001",
    externalUserId: "buyer-10",
    promocode: "привет",
    authorizedBonuses: 120,
    items: [
      { configurationId: "1501", quantity: 3 },
      { configurationId: "1102", quantity: 1.4 },
      { configurationId: "1105", quantity: 2 },
    ],
  },
];

/** Places the orders; gives their numbers, in the order of ORDERS. The last one is open: held points, limits in use. */
export async function fillOrders(url: string): Promise<readonly string[]> {
  const numbers: string[] = [];
  for (const order of ORDERS) numbers.push(await placeOrder(url, order));
  const [canceled, done] = numbers as [string, string];
  await callApi(url, "POST", `/orders/${canceled}/cancel`, { reason: "передумали" });
  await callApi(url, "PUT", `/orders/${done}/status`, { status: "dispatched" });
  await callApi(url, "PUT", `/orders/${done}/status`, { status: "done" });
  const lines = [{ position: 0, quantity: 1000 }];
  await callApi(url, "POST", `/orders/${done}/returns`, { lines, reason: "брак" });
  return numbers;
}

/** Places one; gives its number. */
export async function placeOrder(url: string, order: AppOrder): Promise<string> {
  const contact = { name: "Ольга", phone: "+7 912 000-00-12", city: "Москва", address: "ул. Лесная, 5" };
  const items = order.items.map((item) => ({ ...item, name: "Товар" }));
  const whole = { ...contact, deliveryName: "Курьером", paymentName: "Картой", ...order, items };
  const answer = await fetch(`${url}/irp/orders`, {
    method: "POST",
    headers: { key: CREDENTIALS.irpKey, "content-type": "application/json" },
    body: JSON.stringify({ orders: [whole] }),
  });
  const { orders } = (await answer.json()) as { orders: { success: boolean; id: string }[] };
  if (orders[0]?.success !== true) throw new Error(`no order was placed: ${JSON.stringify(orders)}`);
  return orders[0].id;
}

/** Calls the management API; throws when it refuses. */
export async function callApi<Answer>(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${CREDENTIALS.apiToken}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
