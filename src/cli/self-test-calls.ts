// The calls of the channels' self-test as their contracts have them: what is sent, and what a right answer holds.
import { randomUUID } from "node:crypto";
import type { ChannelCheckName, CheckedChannel } from "../http/index.ts";

/** A client of the marketplace. */
export interface Credentials {
  readonly clientId: string;
  readonly secret: string;
}

/** A call that is made; its content is asked for when its turn comes, since it may need what came before. */
export interface TestedCall {
  readonly channel: CheckedChannel;
  readonly name: ChannelCheckName;
  readonly path: string;
  readonly wanted: number;
  /** True: there is nothing that a cart could hold. */
  readonly isWithoutGoods: boolean;
  send(): { readonly headers: Record<string, string>; readonly body: string };
  isRight(answer: unknown): boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields of an object; of anything else none. */
function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function first(value: unknown): Fields {
  return fields(Array.isArray(value) ? value[0] : undefined);
}

const JSON_TYPE = { "content-type": "application/json" };

/** Calls of IMSHOP; `goods` are ids of what can be bought. */
export function irpCalls(
  basePath: string,
  key: string,
  goods: readonly string[],
  isKeyNeeded: boolean,
): readonly TestedCall[] {
  const items = goods.slice(0, 2).map((configurationId) => ({ configurationId, quantity: 1 }));
  const order = { uuid: randomUUID(), items, deliveryPrice: 0 };
  const known: { orderId: unknown } = { orderId: null };
  const call = (
    name: ChannelCheckName,
    path: string,
    body: object,
    isRight: (answer: unknown) => boolean,
    more: Partial<TestedCall> & { readonly key?: string } = {},
  ): TestedCall => ({
    channel: "irp",
    name,
    path: basePath + path,
    wanted: 200,
    isWithoutGoods: false,
    send: () => ({ headers: { ...JSON_TYPE, key: more.key ?? key }, body: JSON.stringify(body) }),
    isRight,
    ...more,
  });
  const isWithoutGoods = items.length === 0;
  const placed = (answer: unknown): Fields => first(fields(answer)["orders"]);
  return [
    ...(isKeyNeeded
      ? [call("key_refused", "/basket", { items }, () => true, { wanted: 401, key: "wrong-key" })]
      : []),
    call("basket", "/basket", { items }, isPricedCart, { isWithoutGoods }),
    call(
      "order",
      "/orders",
      { orders: [order] },
      (answer) => {
        const { success, id } = placed(answer);
        known.orderId = id;
        return success === true && typeof id === "string";
      },
      { isWithoutGoods },
    ),
    // However often it is sent, it is one order.
    call("order_again", "/orders", { orders: [order] }, (answer) => placed(answer)["id"] === known.orderId, {
      isWithoutGoods,
    }),
    call("rating", "/rating", { id: "self-test", rating: 5, comment: "" }, (answer) => {
      return fields(answer)["success"] === true;
    }),
  ];
}

/** Money of the whole and of each line, which add up. */
function isPricedCart(answer: unknown): boolean {
  const { totalPrice, items } = fields(answer);
  if (typeof totalPrice !== "number" || !Array.isArray(items) || items.length === 0) return false;
  const sums = items.map((item) => fields(item)["subtotal"]);
  if (!sums.every((sum) => typeof sum === "number")) return false;
  const kopecks = (roubles: number): number => Math.round(roubles * 100);
  return sums.reduce((all: number, sum) => all + kopecks(sum), 0) === kopecks(totalPrice);
}

/** Calls of Yandex Eats; `badStatus` is what the settings answer wrong credentials with. */
export function yandexEatsCalls(
  basePath: string,
  { clientId, secret }: Credentials,
  badStatus: number,
): readonly TestedCall[] {
  const held: { token: string } = { token: "" };
  const ask = (secretSent: string) => () => ({
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: secretSent,
      grant_type: "client_credentials",
      scope: "read write",
    }).toString(),
  });
  const tell = (token: () => string) => () => ({
    headers: { ...JSON_TYPE, authorization: `Bearer ${token()}` },
    body: JSON.stringify(FEEDBACK),
  });
  const token = { channel: "yandex-eats", path: `${basePath}/security/oauth/token` } as const;
  const feedback = { channel: "yandex-eats", path: `${basePath}/v1/feedback` } as const;
  const usual = { isWithoutGoods: false, isRight: () => true };
  return [
    { ...usual, ...token, name: "secret_refused", wanted: badStatus, send: ask("wrong-secret") },
    {
      ...usual,
      ...token,
      name: "token",
      wanted: 200,
      send: ask(secret),
      isRight: (answer) => {
        const { access_token: value } = fields(answer);
        held.token = typeof value === "string" ? value : "";
        return held.token !== "";
      },
    },
    { ...usual, ...feedback, name: "token_refused", wanted: 401, send: tell(() => "wrong-token") },
    { ...usual, ...feedback, name: "feedback", wanted: 200, send: tell(() => held.token) },
  ];
}

/** A feedback as small as the contract allows. */
const FEEDBACK = {
  feedback: {
    id: "self-test",
    createdAt: "2026-01-15T12:00:00.000000+03:00",
    eatsId: "260115-000001",
    orderId: "self-test",
    restaurantId: "self-test",
    rating: 5,
  },
};
