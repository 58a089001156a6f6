// The calls that the demo shows: one of each kind, over real HTTP, with the answer and what was made of it.
import { explain, explanationText, type Language, type RuleShelf, readCalculation } from "../flows/index.ts";
import type { CliContext } from "./context.ts";
import type { RunningServer } from "./serve.ts";

/** Keys of the demo's channels, made for this run only. */
export interface DemoKeys {
  readonly irp: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly api: string;
}

/** How often the stored explanation is looked for before giving up; it is written shortly after the answer. */
const LOOKS = 40;

/** A cart that shows much: a discount that applies, gifts to choose, a code capped by the feed, a promotion that misses. */
const CART = {
  items: [
    { configurationId: "2101", quantity: 1 },
    { configurationId: "1202", quantity: 2 },
    { configurationId: "1501", quantity: 2 },
    { configurationId: "1502", quantity: 1 },
    { configurationId: "1101", quantity: 0.45 },
    { configurationId: "2602", quantity: 1, selected: false },
  ],
  externalUserId: "buyer-7",
  promocode: "привет",
  authorizedBonuses: 100,
};

/** Sends the calls and prints them; throws when one of them is not answered as it should be. */
export async function showCalls(
  context: CliContext,
  server: RunningServer,
  keys: DemoKeys,
  rules: RuleShelf,
  language: Language,
): Promise<void> {
  const show = new Shown(context, server.url);
  const cart = await show.call(
    "1. IMSHOP: a cart is priced",
    "POST /irp/basket",
    "/irp/basket",
    { key: keys.irp },
    CART,
  );
  await explainCart(context, server, cart.requestId, rules, language);
  const { promocode: _promocode, items, ...buyer } = CART;
  await show.call(
    "2. IMSHOP: an order is placed, once however often it is sent",
    "POST /irp/orders",
    "/irp/orders",
    { key: keys.irp },
    {
      orders: [
        { uuid: crypto.randomUUID(), ...buyer, items: items.filter((item) => item.selected !== false) },
      ],
    },
  );
  await show.call(
    "3. IMSHOP: the service is rated",
    "POST /irp/rating",
    "/irp/rating",
    { key: keys.irp },
    { id: "A-10001", rating: 5, comment: "Привезли вовремя, всё цело" },
  );
  const token = await show.token(keys);
  await show.call(
    "4. Yandex Eats: a token, then feedback about an order",
    "POST /yandex-eats/v1/feedback",
    "/yandex-eats/v1/feedback",
    { authorization: `Bearer ${token}` },
    feedbackNow(),
  );
  await showStored(context, server.url, keys);
}

/** One feedback of right now. */
function feedbackNow(): Record<string, unknown> {
  const stamp = `${new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 19)}.318204+03:00`;
  return {
    feedback: {
      id: "fbk-demo-1",
      createdAt: stamp,
      eatsId: "261121-40718295",
      orderId: "E-88213",
      restaurantId: "lesnaya-12",
      rating: 2,
      comment: "Суп приехал холодным, остальное хорошо",
      predefinedComment: "Холодная еда; Долгая доставка",
      deliveredAt: stamp.replace(/\.\d+/, ""),
    },
  };
}

/** JSON with a line a field, and a line an entry where a field is a list of objects: a cart fits a screen. */
function pretty(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => {
    const isList = Array.isArray(field) && field.some((entry) => typeof entry === "object");
    const text = isList
      ? `[\n${field.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n")}\n  ]`
      : JSON.stringify(field);
    return `  ${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${fields.join(",\n")}\n}`;
}

class Shown {
  readonly #context: CliContext;
  readonly #url: string;

  constructor(context: CliContext, url: string) {
    this.#context = context;
    this.#url = url;
  }

  async call(
    title: string,
    line: string,
    path: string,
    headers: Record<string, string>,
    body: unknown,
  ): Promise<{ requestId: string; body: unknown }> {
    const response = await fetch(this.#url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    this.#context.print(
      `\n=== ${title}\n\n${line}\n${pretty(body)}\n\n${response.status}\n${pretty(answer)}`,
    );
    if (response.status !== 200) throw new Error(`${line} was answered with ${response.status}`);
    return { requestId: response.headers.get("x-request-id") ?? "", body: answer };
  }

  async token(keys: DemoKeys): Promise<string> {
    const response = await fetch(`${this.#url}/yandex-eats/security/oauth/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        client_id: keys.clientId,
        client_secret: keys.clientSecret,
        grant_type: "client_credentials",
        scope: "read write",
      }),
    });
    if (response.status !== 200) throw new Error(`the token was refused with ${response.status}`);
    return ((await response.json()) as { access_token: string }).access_token;
  }
}

/** The stored explanation of the cart: money of each step, and why a promotion did not apply. */
async function explainCart(
  context: CliContext,
  server: RunningServer,
  requestId: string,
  rules: RuleShelf,
  language: Language,
): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const calculation = await readCalculation(server.installation.house, rules, requestId);
    if (calculation !== null) {
      const { rules: compiled } = await rules.current();
      context.print(`\n--- Why (GET /api/v1/calculations/${requestId})\n`);
      context.print(explanationText(explain(calculation.quote, compiled.byId, language), language));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the explanation of the cart was not stored");
}

/** What an operator sees of the feedback and the rating. */
async function showStored(context: CliContext, url: string, keys: DemoKeys): Promise<void> {
  const headers = { authorization: `Bearer ${keys.api}` };
  for (const path of [
    "/api/v1/feedback?source=yandex-eats&eatsId=261121-40718295",
    "/api/v1/ratings?orderId=A-10001",
  ]) {
    const response = await fetch(url + path, { headers });
    if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`);
    const { items } = (await response.json()) as { items: unknown[] };
    context.print(`\n--- What was kept (GET ${path})\n\n${pretty(items[0])}`);
  }
}
