// A real shop for the proof of the move: its orders come in over HTTP, so that everything they leave was written by the product.
import { randomUUID } from "node:crypto";
import { importShop } from "../support/orders.ts";
import { CREDENTIALS, type ServerPlace, serverPlace, startServer } from "../support/server.ts";

const OFFERS = ["880101", "880102", "771200", "620415", "450078"];

const PROMOTIONS = `promotions:
  - id: code
    name: Скидка по коду
    codes: { list: [ВСЕМ] }
    limits: { uses: 1000000, usesPerCustomer: 1000, budget: 1000000000 }
    then: [{ percent: 10 }]
  - id: towels
    name: Три полотенца по цене двух
    scope: { offers: ["620415"] }
    then: [{ nForM: { take: 3, pay: 2 } }]
`;
const PROGRAMME = `id: points
name: Баллы
earn: { percent: 5 }
spend: { percentOfLine: 30 }
`;

/** Orders of one customer. */
const ORDERS_EACH = 4;

/** Calls at once. */
const LANES = 8;

/** A shop's data folder with a database in which `orders` orders stand; nothing runs there any more. */
export async function orderedShop(orders: number): Promise<ServerPlace> {
  const place = await serverPlace("sqlite", {
    PRILAVOK_LIMITS_BASKET_RATE: "100000",
    PRILAVOK_LIMITS_EVENT_LOOP_DELAY: "600s",
    PRILAVOK_LIMITS_HANDLER_TIME: "60s",
    PRILAVOK_LOG_LEVEL: "error",
  });
  await fill(place, Math.ceil(orders / ORDERS_EACH));
  const server = await startServer(place);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let number = next++; number < orders; number = next++) await live(server.url, number);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await server.stop();
  return place;
}

async function fill(place: ServerPlace, customers: number): Promise<void> {
  const each = (row: (number: number) => string): string =>
    Array.from({ length: customers }, (_, number) => row(number)).join("\n");
  const phone = (number: number): string => `+7912${String(number).padStart(7, "0")}`;
  await importShop(place, {
    "promotions.yaml": PROMOTIONS,
    "programme.yaml": PROGRAMME,
    "members.csv": `id,card,phone,segments,tier,birthday,orders\n${each((n) => `c${n},22000${n},${phone(n)},,,,`)}\n`,
    "balances.csv": `id,points\n${each((n) => `c${n},${1000 + n}`)}\n`,
  });
}

/** Places the order of that number and takes it through its life: most are bought, some cancelled, of some goods come back. */
async function live(url: string, number: number): Promise<void> {
  const items = OFFERS.slice(0, 1 + (number % 4)).map((configurationId, index) => ({
    configurationId,
    quantity: 1 + ((number + index) % 3),
  }));
  const body = {
    orders: [
      {
        uuid: randomUUID(),
        externalUserId: `c${Math.floor(number / ORDERS_EACH)}`,
        name: "Ольга",
        phone: "+7 (912) 000-00-12",
        address: "ул Малышева, д 5, кв 8",
        delivery: "webhook/courier",
        deliveryPrice: 300,
        promocode: number % 3 === 0 ? null : "ВСЕМ",
        authorizedBonuses: number % 2 === 0 ? 0 : 100,
        items,
      },
    ],
  };
  const answer = await call(url, "POST", "/irp/orders", { key: CREDENTIALS.irpKey }, body);
  const [placed] = (answer as { orders: { success: boolean; id: string }[] }).orders;
  if (placed?.success !== true) throw new Error(`an order was refused: ${JSON.stringify(answer)}`);
  const shop = { authorization: `Bearer ${CREDENTIALS.apiToken}` };
  const set = (status: string): Promise<unknown> =>
    call(url, "PUT", `/api/v1/orders/${placed.id}/status`, shop, { status });
  if (number % 10 === 7) await set("canceled");
  else if (number % 10 === 8) await set("processing");
  else if (number % 10 < 7) {
    await set("dispatched");
    await set("done");
    if (number % 10 === 3) {
      const lines = [{ position: 0, quantity: 1000 }];
      await call(url, "POST", `/api/v1/orders/${placed.id}/returns`, shop, { lines });
    }
  }
}

async function call(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<unknown> {
  const answer = await fetch(url + path, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
