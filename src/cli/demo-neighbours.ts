// The demo's neighbours on this machine: a till that takes events, a customer system that often fails, Telegram, and Yandex's side of answers.

import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type EatsStandIn, type StandInFault, startEatsStandIn } from "../outbound/index.ts";

/** What runs beside the demo. */
export interface Neighbours {
  /** Of endpoints: `/till` takes everything, `/crm` fails now and then and, once `breakCrm` was called, always. */
  readonly url: string;
  /** Settings of the demo that lead to them. */
  readonly settings: Readonly<Record<string, string>>;
  breakCrm(): void;
  /** What the next answers to feedback meet. */
  meet(fault: StandInFault): void;
  close(): Promise<void>;
}

/** Of so many calls one fails. */
const FAILS_EVERY = 9;

/** Starts them on free ports. */
export async function startNeighbours(): Promise<Neighbours> {
  const secret = randomBytes(12).toString("hex");
  const state = { isBroken: false, calls: 0, fault: "ok" as StandInFault };
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const path = request.url ?? "";
      if (path.endsWith("/sendMessage")) {
        response.writeHead(200, { "content-type": "application/json" });
        response.end('{"ok":true,"result":{"message_id":1}}');
        return;
      }
      state.calls += 1;
      const isFailing = path === "/crm" && (state.isBroken || state.calls % FAILS_EVERY === 0);
      response.writeHead(isFailing ? 503 : 200).end(isFailing ? "busy" : "ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const eats = await startEatsStandIn({ clientId: "demo", clientSecret: secret, fault: () => state.fault });
  return {
    url,
    settings: {
      "yandexEats.vmiUrl": eats.url,
      "yandexEats.vmiClientId": "demo",
      "yandexEats.vmiClientSecret": secret,
      "telegram.url": url,
      "telegram.token": `1:${secret}`,
    },
    breakCrm: () => {
      state.isBroken = true;
    },
    meet: (fault) => {
      state.fault = fault;
    },
    close: () => closeBoth(server, eats),
  };
}

async function closeBoth(server: Server, eats: EatsStandIn): Promise<void> {
  await eats.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
