// Tokens of the management API: made, listed, revoked. The token itself is seen once, by whoever made it.
import { addToken, listTokens, revokeToken, type StoredToken } from "../storage/index.ts";
import type { House } from "./house.ts";
import { type Secrets, SHOWN } from "./secrets.ts";

/** Most active tokens: one for each program that calls, and no more than can be looked over. */
export const ACTIVE_TOKENS_LIMIT = 100;

/** What a token is made from. */
export interface TokenWish {
  readonly label: string;
  readonly scopes: readonly string[];
  /** Null: does not end. */
  readonly expiresAt: number | null;
}

/** A new token, or why there is none. */
export type TokenCreated =
  | { readonly kind: "created"; readonly id: string; readonly token: string; readonly wish: TokenWish }
  | { readonly kind: "refused"; readonly reason: "too_many_tokens" };

/** Makes a token. */
export async function createToken(house: House, secrets: Secrets, wish: TokenWish): Promise<TokenCreated> {
  const token = secrets.make("pra");
  const id = house.newId();
  const createdAt = house.now();
  return house.database.transaction(async (tx): Promise<TokenCreated> => {
    const active = (await listTokens(tx)).filter((stored) => isActive(stored, createdAt));
    if (active.length >= ACTIVE_TOKENS_LIMIT) return { kind: "refused", reason: "too_many_tokens" };
    const prefix = token.slice(0, SHOWN);
    await addToken(tx, { id, prefix, hash: secrets.hash(token), createdAt, ...wish });
    return { kind: "created", id, token, wish };
  });
}

/** All tokens, newest first, revoked ones too. */
export function tokensOf(house: House): Promise<StoredToken[]> {
  return house.database.read((tx) => listTokens(tx));
}

/** Revokes by id or prefix; false when nothing active matched. */
export async function revokeApiToken(house: House, idOrPrefix: string): Promise<boolean> {
  const at = house.now();
  return (await house.database.transaction((tx) => revokeToken(tx, idOrPrefix, at))) > 0;
}

/** Neither revoked nor ended at `now`. */
export function isActive(token: StoredToken, now: number): boolean {
  return token.revokedAt === null && (token.expiresAt === null || now < token.expiresAt);
}
