// How the Yandex Eats face is set.
import type { Secrets } from "../../flows/index.ts";

/** Settings of the face, see `config docs`. */
export interface YandexEatsSettings {
  /** tolerant keeps whatever can be identified and rated; strict enforces the letter of the contract. */
  readonly mode: "tolerant" | "strict";
  /** Where the face is mounted beside the root: "/yandex-eats". */
  readonly basePath: string;
  /** Clients of the configuration, beside those of the database. */
  readonly clients: readonly ClientPair[];
  readonly tokenLifetimeSeconds: number;
  readonly badCredentialsStatus: 400 | 401;
  readonly secrets: Secrets;
  readonly limits?: Partial<YandexEatsLimits>;
}

/** What one caller may take. */
export interface YandexEatsLimits {
  /** Deliveries of one client; four times as many at once after a rest. */
  readonly deliveriesPerSecond: number;
  /** Tokens issued to one client; four times as many at once after a rest. */
  readonly tokensPerSecond: number;
  /** Wrong credentials from one address, and in the name of one client, before they are told to wait. */
  readonly failuresPerMinute: number;
  /** Largest body of a delivery. */
  readonly feedbackBytes: number;
  /** Largest body of a token request. */
  readonly tokenBytes: number;
}

/** Limits where the settings name none. */
export const LIMITS: YandexEatsLimits = {
  deliveriesPerSecond: 50,
  tokensPerSecond: 50,
  failuresPerMinute: 20,
  feedbackBytes: 1024 * 1024,
  tokenBytes: 16 * 1024,
};

/** A burst in seconds' worth of a rate. */
export const BURST_SECONDS = 4;

/** A client id and its secret, decoded. */
export interface ClientPair {
  readonly clientId: string;
  readonly secret: string;
}

/** Channel name in the database. */
export const CHANNEL = "yandex-eats";

/** Reads `id:secret` pairs, both URL-encoded; a pair that is none is refused by its position (from 1), never its text. */
export function readClientPairs(
  pairs: readonly string[],
):
  | { readonly kind: "read"; readonly clients: readonly ClientPair[] }
  | { readonly kind: "refused"; readonly position: number } {
  const clients: ClientPair[] = [];
  for (const [index, pair] of pairs.entries()) {
    const parts = pair.split(":");
    const [clientId = "", secret = ""] = parts.map(decoded);
    if (parts.length !== 2 || clientId === "" || secret === "") {
      return { kind: "refused", position: index + 1 };
    }
    clients.push({ clientId, secret });
  }
  return { kind: "read", clients };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
