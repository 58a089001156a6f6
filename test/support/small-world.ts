// A little of everything, so that lists have entries and calls by id find something.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { House, Secrets } from "../../src/flows/index.ts";
import { createClient, createKey, createToken } from "../../src/flows/index.ts";
import type { Face } from "../../src/http/index.ts";
import { yandexEatsFace } from "../../src/protocols/yandex-eats/index.ts";
import { claimRating, reviseRating, saveCustomer } from "../../src/storage/index.ts";
import type { ApiUnderTest } from "./api.ts";

/** Credentials of the world's marketplace. */
export const EATS = { clientId: "yandex-eats-demo", secret: "s3cr3t-Demo-Value-0001" } as const;

/** The marketplace's face beside the API. */
export function eatsBeside(house: House, secrets: Secrets): readonly Face[] {
  const settings = {
    mode: "tolerant" as const,
    basePath: "/yandex-eats",
    clients: [EATS],
    tokenLifetimeSeconds: 3600,
    badCredentialsStatus: 400 as const,
    secrets,
  };
  return [yandexEatsFace(house, settings)];
}

const SAMPLES = join(import.meta.dirname, "../protocols/yandex-eats/samples/feedback");

/** Delivers a sample (or any bytes) as the marketplace does. */
export async function deliver(api: ApiUnderTest, body: string | Buffer): Promise<number> {
  const form = { client_id: EATS.clientId, client_secret: EATS.secret, grant_type: "client_credentials" };
  const issued = await api.app.inject({
    method: "POST",
    url: "/yandex-eats/security/oauth/token",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ ...form, scope: "read write" }).toString(),
  });
  const answer = await api.app.inject({
    method: "POST",
    url: "/yandex-eats/v1/feedback",
    headers: { "content-type": "application/json", authorization: `Bearer ${issued.json().access_token}` },
    payload: body,
  });
  return answer.statusCode;
}

/** A sample of the marketplace's feedback. */
export function feedbackSample(file: string): string {
  return readFileSync(join(SAMPLES, file), "utf8");
}

/** Ids that exist, by the name of the parameter that takes them. */
export type KnownIds = Record<string, string[]>;

/** Fills the house of `api`, which has the marketplace beside it; gives ids of every kind. */
export async function fillForFuzz(api: ApiUnderTest): Promise<KnownIds> {
  const { house, secrets } = api;
  const known: KnownIds = { customerId: ["customer-1"], orderId: ["order-1"], source: ["yandex-eats"] };
  const note = (name: string, id: string): void => {
    known[name] = [...(known[name] ?? []), id];
  };
  for (const label of ["first", "second", "third", "fourth", "fifth"]) {
    const key = await createKey(house, secrets, "irp", label);
    if (key.kind === "created") note("keyId", key.id);
    const token = await createToken(house, secrets, { label, scopes: ["tokens:read"], expiresAt: null });
    if (token.kind === "created") note("tokenId", token.id);
    const client = await createClient(house, secrets, "yandex-eats", label);
    note("clientId", client.clientId);
    note("secretId", client.secretId);
  }
  await deliver(api, feedbackSample("001-full.json"));
  await deliver(api, feedbackSample("020-missing-rating.json"));
  await deliver(api, Buffer.from([0x7b, 0xff, 0x00, 0x7d]));
  await house.database.transaction(async (tx) => {
    const customer = {
      id: "customer-1",
      segments: ["staff"],
      tier: "gold",
      birthday: "03-08",
      orderCount: 4,
    };
    await saveCustomer(tx, customer, 0);
    await claimRating(tx, { orderId: "order-1", newId: house.newId(), at: house.now() });
    const state = { stars: 5, comment: "fine", isAsked: false };
    await reviseRating(tx, "order-1", { number: 1, ...state, deliveryId: "d", receivedAt: house.now() });
  });
  for (const [name, path] of [
    ["recordId", "/api/v1/feedback"],
    ["deliveryId", "/api/v1/deliveries/unusable"],
  ] as const) {
    const listed = (await api.call("GET", path)).json() as { items: { id: string }[] };
    for (const { id } of listed.items) note(name, id);
  }
  return known;
}
