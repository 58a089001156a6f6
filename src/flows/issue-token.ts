// Tokens for a vendor's client: issued for a right secret, opaque, stored as a hash, many alive at once.
import { instant } from "../core/basics/index.ts";
import { activeSecrets, findOauthToken, insertOauthToken, purgeOauthTokens } from "../storage/index.ts";
import type { House } from "./house.ts";
import type { Secrets } from "./secrets.ts";

/** Who may fetch tokens of a channel and how long they live. */
export interface TokenPolicy {
  readonly channel: string;
  /** Makes every hash under the installation's pepper: a stolen database alone verifies nothing. */
  readonly secrets: Secrets;
  /** Clients of the configuration, beside those in the database; hashed once, so that being known costs no time. */
  readonly configured: readonly ConfiguredSecret[];
  readonly lifetimeSeconds: number;
}

interface ConfiguredSecret {
  readonly clientId: string;
  /** Changes with the secret, so that tokens end when the configured secret is replaced. */
  readonly secretId: string;
  readonly hash: string;
}

/** Accepted this long after the client was told that the token ends, so that calls on their way still pass. */
export const TOKEN_GRACE_MS = 5 * 60_000;

/** Secrets a client may have active at once: the one in use and the one that replaces it. */
export const ACTIVE_SECRETS = 2;

/** Expired tokens removed with each new one, so that the table stays small without a job. */
const PURGED_AT_ONCE = 20;

/** Hashes compared for every client, known or not: two of the database and two of the settings. */
const COMPARED = 2 * ACTIVE_SECRETS;

/** A policy; `clients` are pairs of the settings, an empty secret lets nobody in. */
export function createTokenPolicy(options: {
  readonly channel: string;
  readonly secrets: Secrets;
  readonly clients: readonly { readonly clientId: string; readonly secret: string }[];
  readonly lifetimeSeconds: number;
}): TokenPolicy {
  const { channel, secrets, lifetimeSeconds } = options;
  const configured = options.clients
    .filter((client) => client.secret !== "")
    .map(({ clientId, secret }) => ({
      clientId,
      secretId: `setting:${secrets.hash(`${clientId}\n${secret}`)}`,
      hash: secrets.hash(secret),
    }));
  return { channel, secrets, lifetimeSeconds, configured };
}

/** The client of a right secret and the secret's id; null for an unknown client and for a wrong secret alike. */
export async function checkSecret(
  house: House,
  policy: TokenPolicy,
  clientId: string,
  secret: string,
): Promise<{ readonly clientId: string; readonly secretId: string } | null> {
  const { secrets } = policy;
  const stored = await house.database.read((tx) => activeSecrets(tx, policy.channel, clientId));
  const known = stored.map(({ id, hash }) => ({ secretId: id, hash }));
  for (const one of policy.configured) if (one.clientId === clientId) known.push(one);
  // An unknown client costs the same comparisons as a known one.
  const nobody = secrets.hash("");
  while (known.length < COMPARED) known.push({ secretId: "", hash: nobody });
  const shown = secrets.hash(secret);
  let secretId = "";
  for (const one of known) if (secrets.isSame(shown, one.hash) && secretId === "") secretId = one.secretId;
  return secretId === "" || secret === "" ? null : { clientId, secretId };
}

/** A token for a client whose secret was checked. */
export async function issueToken(
  house: House,
  policy: TokenPolicy,
  client: { readonly clientId: string; readonly secretId: string },
  scope: string,
): Promise<string> {
  const token = policy.secrets.make("prt");
  const now = house.now();
  await house.database.transaction(async (tx) => {
    await purgeOauthTokens(tx, now, PURGED_AT_ONCE);
    await insertOauthToken(tx, {
      hash: policy.secrets.hash(token),
      channel: policy.channel,
      clientId: client.clientId,
      secretId: client.secretId,
      scope,
      issuedAt: now,
      acceptedUntil: instant(now + policy.lifetimeSeconds * 1000 + TOKEN_GRACE_MS),
    });
  });
  return token;
}

/** The client that a bearer token belongs to; null when it is unknown, too old or its secret is no longer active. */
export async function checkToken(house: House, policy: TokenPolicy, token: string): Promise<string | null> {
  const hash = policy.secrets.hash(token);
  const found = await house.database.read((tx) => findOauthToken(tx, policy.channel, hash));
  if (found === null || found.acceptedUntil <= house.now()) return null;
  const isCurrent =
    found.isSecretActive ||
    policy.configured.some((one) => one.clientId === found.clientId && one.secretId === found.secretId);
  return isCurrent ? found.clientId : null;
}
