// Clients of the Yandex Eats channel.
import { clientCalls } from "../../contract/index.ts";
import {
  createClient,
  listClients,
  listClientsWithCalls,
  revokeClient,
  rotateSecret,
} from "../../flows/index.ts";
import { pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

const CHANNEL = "yandex-eats";

/** Most active clients: one for each brand or set of outlets with credentials of its own. */
export const ACTIVE_CLIENTS_LIMIT = 50;

/** Routes of clients. */
export const clientRoutes = [
  route(clientCalls.listEatsClients, async ({ house, query }) => {
    const wish = pageWish(query);
    if (wish instanceof Refusal) return wish;
    const clients = await listClientsWithCalls(house, CHANNEL);
    return pageOfWhole(
      clients.reverse(),
      wish,
      (client) => client.id,
      (client) => ({
        clientId: client.id,
        label: client.label,
        createdAt: shown(client.createdAt),
        revokedAt: shownOrNull(client.revokedAt),
        lastTokenAt: shownOrNull(client.tokenAt),
        lastDeliveryAt: shownOrNull(client.deliveryAt),
        secrets: client.secrets.map((secret) => ({
          secretId: secret.id,
          createdAt: shown(secret.createdAt),
          revokedAt: shownOrNull(secret.revokedAt),
        })),
      }),
    );
  }),
  route(clientCalls.createEatsClient, async ({ house, secrets, body }) => {
    const active = (await listClients(house, CHANNEL)).filter((client) => client.revokedAt === null);
    if (active.length >= ACTIVE_CLIENTS_LIMIT) return refuse("too_many_clients");
    const { clientId, secretId, secret } = await createClient(house, secrets, CHANNEL, body.label);
    return { clientId, secretId, secret };
  }),
  route(clientCalls.rotateEatsSecret, async ({ house, secrets, params }) => {
    const rotated = await rotateSecret(house, secrets, CHANNEL, params.clientId);
    if (rotated.kind === "refused") {
      return refuse(rotated.reason === "client_unknown" ? "not_found" : rotated.reason);
    }
    const { clientId, secretId, secret } = rotated.credentials;
    return { clientId, secretId, secret };
  }),
  route(clientCalls.revokeEatsClient, async ({ house, params }) => {
    const known = (await listClients(house, CHANNEL)).find((client) => client.id === params.clientId);
    if (known === undefined) return refuse("not_found");
    await revokeClient(house, CHANNEL, known.id);
    return undefined;
  }),
  route(clientCalls.revokeEatsSecret, async ({ house, params }) => {
    const client = (await listClients(house, CHANNEL)).find((one) => one.id === params.clientId);
    const known = client?.secrets.find((secret) => secret.id === params.secretId);
    if (client === undefined || known === undefined) return refuse("not_found");
    await revokeClient(house, CHANNEL, client.id, known.id);
    return undefined;
  }),
];
