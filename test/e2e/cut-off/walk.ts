// Walks through a server that reaches nobody: run in a network namespace that has a loopback and nothing else. Prints what it saw as JSON.
import { until } from "../../support/order-callers.ts";
import { CREDENTIALS, eatsToken, serverPlace, startServer } from "../../support/server.ts";

/** What the walk tells. */
export interface CutOff {
  /** Code of the error of a call to the world outside, which proves that there is none. */
  readonly outside: string;
  /** Statuses of what channels and people ask. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly destinations: readonly {
    readonly kind: string;
    readonly waiting: number;
    readonly problem: string;
  }[];
  readonly answer: { readonly state: string; readonly attempts: number };
  readonly webhook: { readonly state: string; readonly lastOutcome: string };
  /** After a stop and a start: what still waits. */
  readonly keptWaiting: readonly number[];
}

const FEEDBACK = {
  id: "904417265",
  createdAt: "2026-11-04T21:17:45.318204+03:00",
  eatsId: "261104-40718295",
  orderId: "POS-1",
  restaurantId: "lesnaya-12",
  rating: 1,
  comment: "Суп холодный",
  deliveredAt: "2026-11-04T20:58:40+03:00",
};

const SETTINGS = {
  PRILAVOK_TELEGRAM_TOKEN: `100200300:${"A".repeat(35)}`,
  PRILAVOK_SMTP_HOST: "mail.example.ru",
  PRILAVOK_SMTP_FROM: "desk@example.ru",
  PRILAVOK_YANDEX_EATS_VMI_CLIENT_ID: "vmi",
  PRILAVOK_YANDEX_EATS_VMI_CLIENT_SECRET: "vmi-secret",
  PRILAVOK_FEED_URL: "https://feed.example.ru/goods.yml",
};

const place = await serverPlace("sqlite", SETTINGS);
let server = await startServer(place);
const statuses: Record<string, number> = {};

async function call(method: string, path: string, body?: object, token: string = CREDENTIALS.apiToken) {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  statuses[`${method} ${path.replaceAll(/\/[0-9a-f-]{36}/g, "/…")}`] = answer.status;
  return (await answer.json()) as Record<string, unknown>;
}

interface Listed {
  readonly kind: string;
  readonly waiting: number;
  readonly problem: string | null;
}

const destinations = async (): Promise<Listed[]> =>
  (await call("GET", "/api/v1/desk/destinations"))["items"] as Listed[];

try {
  const outside = await fetch("https://api.telegram.org", { signal: AbortSignal.timeout(5000) }).then(
    () => "reached",
    (error: { cause?: { code?: string } }) => error.cause?.code ?? "unknown",
  );
  for (const [kind, address] of [
    ["telegram", "-1001"],
    ["email", "kitchen@example.ru"],
  ])
    await call("POST", "/api/v1/desk/destinations", {
      kind,
      address,
      label: "Kitchen",
      language: "ru",
      gets: ["items", "alarms", "digest"],
      quiet: null,
      zone: null,
      isOn: true,
    });
  await call("POST", "/api/v1/desk/alert-rules", {
    name: "Low",
    filter: "rating:1..2",
    destinations: [],
    isOn: true,
  });
  const hook = await call("POST", "/api/v1/webhooks", { url: "https://crm.example.ru/hook", kinds: ["*"] });
  const eats = await eatsToken(server.url);
  await call("POST", "/yandex-eats/v1/feedback", { feedback: FEEDBACK }, eats);
  await call(
    "POST",
    "/irp/basket",
    { items: [{ configurationId: "1", quantity: 1, price: 100 }] },
    CREDENTIALS.irpKey,
  );
  // Items are made of what was taken, soon after it was.
  let items: { id: string }[] = [];
  for (let turn = 0; turn < 100 && items.length === 0; turn += 1) {
    ({ items } = (await call("GET", "/api/v1/desk/items")) as unknown as { items: { id: string }[] });
    if (items.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const draft = await call("POST", `/api/v1/desk/items/${items[0]?.id}/answers`, {
    text: "Простите нас.",
    promo: null,
  });
  await call("POST", `/api/v1/answers/${String(draft["id"])}/send`, { version: 1 });

  let [listed, answer, webhook]: [Listed[], Record<string, unknown>, Record<string, unknown>] = [[], {}, {}];
  await until(async () => {
    listed = await destinations();
    answer = await call("GET", `/api/v1/answers/${String(draft["id"])}`);
    webhook = await call("GET", `/api/v1/webhooks/${(hook["webhook"] as { id: string }).id}`);
    const isTold = listed.length === 2 && listed.every(({ problem }) => problem !== null);
    return isTold && answer["state"] === "retrying" && webhook["lastOutcome"] !== null;
  });
  await call("GET", "/health/ready");
  const seen = { outside, destinations: listed, answer, webhook };
  await server.stop();
  server = await startServer(place);
  const keptWaiting = (await destinations()).map(({ waiting }) => waiting);
  process.stdout.write(`${JSON.stringify({ ...seen, statuses, keptWaiting })}\n`);
} finally {
  await server.stop();
  await place.remove();
}
