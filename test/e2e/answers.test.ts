// A whole server answers a feedback: from the marketplace's call to the customer's answer, and its secret is seen nowhere.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { type EatsStandIn, startEatsStandIn } from "../../src/outbound/index.ts";
import { PAIR } from "../support/answers.ts";
import { engines } from "../support/engines.ts";
import {
  CREDENTIALS,
  eatsToken,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

const FEEDBACK = {
  id: "904417265",
  createdAt: "2026-11-04T21:17:45.318204+03:00",
  eatsId: "261104-40718295",
  orderId: "POS-1",
  restaurantId: "lesnaya-12",
  rating: 2,
  deliveredAt: "2026-11-04T20:58:40+03:00",
};

for (const name of ["sqlite", "postgres"] as const) {
  const declare = engines().includes(name) ? describe : describe.skip;
  declare(`a server that answers (${name})`, () => {
    let place: ServerPlace;
    let server: ServerProcess | undefined;
    let stand: EatsStandIn;
    afterAll(async () => {
      await server?.stop();
      await stand.close();
      await place.remove();
    });

    const api = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${server?.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${CREDENTIALS.apiToken}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as Record<string, unknown>;
    };

    test("takes a feedback, sends its answer once, and shows that it arrived", {
      timeout: 120_000,
    }, async () => {
      stand = await startEatsStandIn(PAIR);
      place = await serverPlace(name, {
        PRILAVOK_YANDEX_EATS_VMI_URL: stand.url,
        PRILAVOK_YANDEX_EATS_VMI_CLIENT_ID: PAIR.clientId,
        PRILAVOK_YANDEX_EATS_VMI_CLIENT_SECRET: PAIR.clientSecret,
      });
      server = await startServer(place);
      const token = await eatsToken(server.url);
      await fetch(`${server.url}/yandex-eats/v1/feedback`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ feedback: FEEDBACK }),
      });
      const { items } = (await api("GET", "/desk/items")) as { items: [{ id: string }] };
      const wish = { text: "Простите нас.", promo: 10 };
      const { id } = await api("POST", `/desk/items/${items[0].id}/answers`, wish);
      expect(await api("POST", `/answers/${id}/send`, { version: 1 })).toMatchObject({ state: "queued" });
      expect(stand.answersAsked()).toBe(0);
      let told = await api("GET", `/answers/${id}`);
      for (let look = 0; look < 60 && told["state"] !== "delivered"; look += 1) {
        await setTimeout(500);
        told = await api("GET", `/answers/${id}`);
      }
      expect(told).toMatchObject({ state: "delivered", attempts: 1, status: 200 });
      expect(stand.visible).toEqual([{ feedbackId: FEEDBACK.id, text: wish.text, promo: 10 }]);
      await server.stop();
      expect(stand.answersAsked()).toBe(1);
      expect(server.printed()).not.toContain(PAIR.clientSecret);
      expect(server.printed()).not.toContain("Простите");
      const folder = place.environment["PRILAVOK_DATA_DIR"] ?? "";
      for (const file of readdirSync(folder)) {
        const path = join(folder, file);
        if (statSync(path).isFile()) expect(readFileSync(path).includes(PAIR.clientSecret), file).toBe(false);
      }
    });
  });
}
