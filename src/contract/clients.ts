// Clients by which Yandex Eats fetches tokens.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { identifier, input, label, moment, nullable, output, PAGE, pageOf } from "./shape.ts";

/** A client as it is listed: never its secrets. */
export const ChannelClient = output(
  {
    clientId: identifier("The client_id given to the vendor."),
    label: label("What it is for."),
    createdAt: moment("When it was made."),
    revokedAt: nullable(moment("Revoked then."), "When it was revoked; null: active."),
    lastTokenAt: nullable(
      moment("Token then."),
      "When it last fetched a token that is still kept; null: none.",
    ),
    lastDeliveryAt: nullable(
      moment("Delivery then."),
      "When it last delivered something; null: nothing yet.",
    ),
    secrets: Type.Array(
      output(
        {
          secretId: identifier("Id of the secret."),
          createdAt: moment("When it was made."),
          revokedAt: nullable(moment("Revoked then."), "When it was revoked; null: active."),
        },
        { title: "ChannelSecret" },
      ),
      { description: "Two may be active while a rotation runs." },
    ),
  },
  { title: "ChannelClient" },
);

/** A new secret; `secret` is shown this once. */
export const ChannelCredentials = output(
  {
    clientId: identifier("The client_id."),
    secretId: identifier("Id of the secret."),
    secret: Type.String({ description: "The client_secret, shown this once." }),
  },
  { title: "ChannelCredentials" },
);

const CLIENTS = "/channels/yandex-eats/clients";
const clientId = identifier("The client_id.");

/** Clients without their secrets. */
export const listEatsClients = operation({
  id: "listEatsClients",
  method: "GET",
  path: CLIENTS,
  tag: "channels",
  summary: "List clients of the Yandex Eats channel",
  description: "Newest first, revoked ones too. Clients given by configuration are not listed.",
  scope: "channels:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(ChannelClient, "ChannelClientPage"),
});

/** Makes a client with its first secret; shown once. */
export const createEatsClient = operation({
  id: "createEatsClient",
  method: "POST",
  path: CLIENTS,
  tag: "channels",
  summary: "Make a client for the Yandex Eats channel",
  description: "The secret is shown once, in this answer.",
  scope: "channels:write",
  body: input({ label: label("What it is for.") }, { title: "ChannelClientIn" }),
  status: 201,
  answer: ChannelCredentials,
  problems: ["too_many_clients"],
  isCreating: true,
});

/** Adds a second secret, so that the vendor can change over. */
export const rotateEatsSecret = operation({
  id: "rotateEatsSecret",
  method: "POST",
  path: `${CLIENTS}/{clientId}/secrets`,
  tag: "channels",
  summary: "Make a second secret for a client",
  description: "Both work until one is revoked. The secret is shown once, in this answer.",
  scope: "channels:write",
  params: input({ clientId }),
  status: 201,
  answer: ChannelCredentials,
  problems: ["too_many_secrets"],
  isCreating: true,
});

/** Ends a client for good. */
export const revokeEatsClient = operation({
  id: "revokeEatsClient",
  method: "DELETE",
  path: `${CLIENTS}/{clientId}`,
  tag: "channels",
  summary: "Revoke a client of the Yandex Eats channel",
  description: "With its secrets and tokens, at once. Revoking a revoked client is not an error.",
  scope: "channels:write",
  params: input({ clientId }),
  status: 204,
});

/** Ends one secret for good. */
export const revokeEatsSecret = operation({
  id: "revokeEatsSecret",
  method: "DELETE",
  path: `${CLIENTS}/{clientId}/secrets/{secretId}`,
  tag: "channels",
  summary: "Revoke one secret of a client",
  description: "With the tokens issued for it, at once. Revoking a revoked secret is not an error.",
  scope: "channels:write",
  params: input({ clientId, secretId: identifier("Id of the secret.") }),
  status: 204,
});
