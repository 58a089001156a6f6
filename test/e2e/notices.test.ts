// A whole server tells people: from the marketplace's call to the chat, and without any network it starts, takes feedback and waits.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { engines } from "../support/engines.ts";
import {
  CREDENTIALS,
  eatsToken,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";
import { BOT_TOKEN, startTelegram, type TelegramStandIn } from "../support/telegram-stand-in.ts";

const feedback = (orderId: string) => ({
  createdAt: "2026-11-04T21:17:45.318204+03:00",
  eatsId: `261104-${orderId}`,
  orderId,
  restaurantId: "lesnaya-12",
  rating: 1,
  comment: "Холодно, звоните 8 912 345-67-89",
  deliveredAt: "2026-11-04T20:58:40+03:00",
});

const DESTINATION = {
  label: "",
  language: "ru",
  gets: ["items"],
  quiet: null,
  zone: null,
  isOn: true,
};

interface Shown {
  readonly kind: string;
  readonly waiting: number;
  readonly problem: string | null;
}

for (const name of ["sqlite", "postgres"] as const) {
  const declare = engines().includes(name) ? describe : describe.skip;
  declare(`a server that tells people (${name})`, () => {
    let place: ServerPlace;
    let server: ServerProcess | undefined;
    let bot: TelegramStandIn;
    afterAll(async () => {
      await server?.stop();
      await place.remove();
    });

    const api = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${server?.url}/api/v1/desk${path}`, {
        method,
        headers: { authorization: `Bearer ${CREDENTIALS.apiToken}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as { items: Shown[] };
    };
    const deliver = async (orderId: string): Promise<number> => {
      const token = await eatsToken(server?.url ?? "");
      const answer = await fetch(`${server?.url}/yandex-eats/v1/feedback`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ feedback: feedback(orderId) }),
      });
      return answer.status;
    };
    /** Asks until the destinations are as `isThere` says; the last answer. */
    const waitFor = async (isThere: (shown: readonly Shown[]) => boolean): Promise<readonly Shown[]> => {
      let shown: readonly Shown[] = [];
      for (let look = 0; look < 60 && !isThere(shown); look += 1) {
        await setTimeout(500);
        shown = (await api("GET", "/destinations")).items;
      }
      return shown;
    };

    test("a complaint is in the chat at once; a channel that is not set says so", {
      timeout: 120_000,
    }, async () => {
      bot = await startTelegram();
      place = await serverPlace(name, {
        PRILAVOK_TELEGRAM_TOKEN: BOT_TOKEN,
        PRILAVOK_TELEGRAM_URL: bot.baseUrl,
        PRILAVOK_PUBLIC_URL: "https://shop.test",
      });
      server = await startServer(place);
      await api("POST", "/destinations", { ...DESTINATION, kind: "telegram", address: "-100" });
      await api("POST", "/destinations", { ...DESTINATION, kind: "email", address: "boss@shop.test" });
      const rule = { name: "Низкие", filter: "rating:1..2", destinations: [], isOn: true };
      await api("POST", "/alert-rules", rule);
      const arrival = bot.receiver.arrival();
      expect(await deliver("40718295")).toBe(200);
      await arrival;
      expect(bot.messages).toHaveLength(1);
      expect(bot.messages[0]?.text).toMatch(
        /Правило «Низкие»(.|\n)*\[phone\](.|\n)*https:\/\/shop\.test\/desk\/items\//u,
      );
      const shown = await waitFor((all) => all.some(({ problem }) => problem !== null));
      expect(shown).toMatchObject([
        { kind: "telegram", waiting: 0, problem: null },
        { kind: "email", waiting: 1, problem: "not_configured" },
      ]);
    });

    test("without network it starts, takes feedback and keeps it for later", {
      timeout: 120_000,
    }, async () => {
      await server?.stop();
      await bot.receiver.close();
      server = await startServer(place);
      expect(await deliver("40718296")).toBe(200);
      const shown = await waitFor(([first]) => first?.problem != null);
      expect(shown[0]).toMatchObject({ waiting: 1, problem: "connection_refused" });
      await server.stop();
      expect(server.printed()).not.toContain(BOT_TOKEN);
      expect(server.printed()).not.toMatch(/Холодно|912/);
      const folder = place.environment["PRILAVOK_DATA_DIR"] ?? "";
      for (const file of readdirSync(folder)) {
        const path = join(folder, file);
        if (statSync(path).isFile()) expect(readFileSync(path).includes(BOT_TOKEN), file).toBe(false);
      }
    });
  });
}
