// Personal data and secrets are sent through every door, also where they do not belong, and must not come out in print.
import { afterEach, describe, expect, test } from "vitest";
import { canariesIn, canary } from "../support/canary.ts";
import {
  CREDENTIALS,
  eatsToken,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

/** A call and what came back, as text. */
async function call(url: string, options: RequestInit): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, options);
  return { status: answer.status, text: await answer.text() };
}

const cart = {
  key: canary.key,
  client: { phone: canary.phone, name: canary.name, email: canary.email },
  phone: canary.phone,
  name: canary.name,
  comment: canary.comment,
  items: [{ privateId: canary.phone, name: canary.name, price: canary.comment, quantity: "много" }],
};

describe("what a server prints", () => {
  let place: ServerPlace;
  let server: ServerProcess;
  afterEach(async () => {
    await server.kill();
    await place.remove();
  });

  test("never holds a person or a secret, whatever was sent and wherever it stood", async () => {
    place = await serverPlace("sqlite", {
      PRILAVOK_LOG_LEVEL: "trace",
      PRILAVOK_LIMITS_FAILED_AUTH: "100000",
    });
    server = await startServer(place);
    const { url } = server;
    const json = { "content-type": "application/json" };
    const bodies = [
      JSON.stringify(cart),
      JSON.stringify(cart).slice(0, -20),
      `"${canary.phone}`,
      canary.name,
    ];
    const feedback = {
      feedback: { id: canary.phone, comment: canary.comment, clientName: canary.name, rating: canary.email },
    };
    const refused: string[] = [];
    const send = async (
      path: string,
      headers: Record<string, string>,
      body: string,
      method = "POST",
    ): Promise<void> => {
      const { status, text } = await call(url + path, {
        method,
        headers,
        ...(method === "GET" ? {} : { body }),
      });
      if (status >= 400) refused.push(text);
    };
    for (const body of [...bodies, JSON.stringify(feedback)]) {
      for (const path of ["/irp/basket", "/irp/rating", "/irp/orders", `/irp/basket?key=${canary.key}`]) {
        await send(path, { ...json, key: CREDENTIALS.irpKey }, body);
        await send(path, { ...json, key: canary.key, authorization: `Bearer ${canary.token}` }, body);
      }
      await send(`/irp/${encodeURIComponent(canary.name)}/${canary.key}`, json, body);
      await send("/yandex-eats/v1/feedback", { ...json, authorization: `Bearer ${canary.token}` }, body);
      await send(
        "/yandex-eats/v1/feedback",
        { ...json, authorization: `Bearer ${await eatsToken(url)}` },
        body,
      );
      await send("/yandex-eats/security/oauth/token", json, JSON.stringify({ client_secret: canary.secret }));
      const form = { "content-type": "application/x-www-form-urlencoded" };
      const pairs = new URLSearchParams({
        client_id: canary.name,
        client_secret: canary.secret,
        grant_type: canary.token,
      });
      await send("/yandex-eats/security/oauth/token", form, pairs.toString());
      await send(
        `/api/v1/customers?phone=${encodeURIComponent(canary.phone)}`,
        { authorization: `Bearer ${canary.token}` },
        "",
        "GET",
      );
      await send(`/api/v1/${canary.token}`, { authorization: `Bearer ${CREDENTIALS.apiToken}` }, "", "GET");
    }
    const metrics = await call(`${url}/metrics`, {});
    await server.stop();
    expect(refused.length).toBeGreaterThan(20);
    expect(canariesIn(server.printed(), "log")).toEqual([]);
    expect(canariesIn(metrics.text, "metrics")).toEqual([]);
    expect([...new Set(refused.flatMap((text) => canariesIn(text, text)))]).toEqual([]);
  });
});
