// Carts of the console's world: priced as the app does it, one of them kept as a test case.
import { CREDENTIALS } from "./server.ts";

/** A cart as the app sends it. */
interface AppCart {
  readonly externalUserId?: string;
  readonly promocode?: string;
  readonly items: readonly { readonly configurationId: string; readonly quantity: number }[];
}

/** Who lacks one chocolate for three at the price of two; a code with too small a cart; somebody unknown. */
export const CARTS: readonly AppCart[] = [
  { items: [{ configurationId: "1104", quantity: 3 }] },
  {
    externalUserId: "buyer-2",
    promocode: "привет",
    items: [
      { configurationId: "1105", quantity: 2 },
      { configurationId: "1107", quantity: 1 },
    ],
  },
  {
    externalUserId: "buyer-1",
    items: [
      { configurationId: "1501", quantity: 2 },
      { configurationId: "1107", quantity: 3 },
    ],
  },
  {
    externalUserId: "buyer-3",
    items: [
      { configurationId: "1501", quantity: 3 },
      { configurationId: "1102", quantity: 1.4 },
    ],
  },
];

/** Has the carts priced; gives their requests' ids, in the order of CARTS. */
export async function fillCarts(url: string): Promise<string[]> {
  const ids: string[] = [];
  for (const { items, ...cart } of CARTS) {
    const body = { ...cart, items: items.map((item) => ({ ...item, price: 100 })) };
    const answer = await post(`${url}/irp/basket`, CREDENTIALS.irpKey, body);
    ids.push(String(answer.headers.get("x-request-id")));
  }
  const calculation = `${url}/api/v1/calculations/${ids[0]}`;
  await writtenDown(calculation);
  await post(`${calculation}/case`, CREDENTIALS.apiToken, { name: "Три упаковки сливок" });
  return ids;
}

/** Waits for the book: explanations are written after the answers. */
async function writtenDown(calculation: string): Promise<void> {
  const headers = { authorization: `Bearer ${CREDENTIALS.apiToken}` };
  for (let turn = 0; turn < 200; turn += 1) {
    if ((await fetch(calculation, { headers })).ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("a calculation was not written down");
}

/** Calls; a server that is busy on a busy machine is asked again when it says so. */
async function post(url: string, token: string, body: object, left = 30): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer.ok) return answer;
  if (answer.status !== 503 || left === 0)
    throw new Error(`answered ${answer.status}: ${await answer.text()}`);
  const seconds = Number(answer.headers.get("retry-after") ?? 1);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return post(url, token, body, left - 1);
}
