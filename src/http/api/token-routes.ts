// Tokens of this API.
import { isAllowed, SCOPE_NAMES, type Scope, tokenCalls } from "../../contract/index.ts";
import { createToken, revokeApiToken, tokensOf } from "../../flows/index.ts";
import { pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

const DAY = 86_400_000;

/** Routes of the tag "tokens". */
export const tokenRoutes = [
  route(tokenCalls.listTokens, async ({ house, query }) => {
    const wish = pageWish(query);
    if (wish instanceof Refusal) return wish;
    return pageOfWhole(
      await tokensOf(house),
      wish,
      (token) => token.id,
      (token) => ({
        id: token.id,
        label: token.label,
        prefix: token.prefix,
        scopes: [...token.scopes],
        createdAt: shown(token.createdAt),
        expiresAt: shownOrNull(token.expiresAt),
        revokedAt: shownOrNull(token.revokedAt),
        lastUsedAt: shownOrNull(token.lastUsedAt),
      }),
    );
  }),
  route(tokenCalls.createToken, async ({ house, secrets, caller, body }) => {
    const lacking = body.scopes.find((scope) => !isAllowed(caller.scopes, scope as Scope));
    if (lacking !== undefined) {
      return refuse("forbidden", `The scope ${lacking} is missing: a token cannot give more than it has.`);
    }
    const days = body.expiresInDays;
    const created = await createToken(house, secrets, {
      label: body.label,
      scopes: SCOPE_NAMES.filter((scope) => body.scopes.includes(scope)),
      expiresAt: days === undefined ? null : house.now() + days * DAY,
    });
    if (created.kind === "refused") return refuse(created.reason);
    const { id, token, wish } = created;
    return { id, token, label: wish.label, scopes: [...wish.scopes], expiresAt: shownOrNull(wish.expiresAt) };
  }),
  route(tokenCalls.revokeToken, async ({ house, params }) => {
    const known = (await tokensOf(house)).find((token) => token.id === params.tokenId);
    if (known === undefined) return refuse("not_found");
    await revokeApiToken(house, known.id);
    return undefined;
  }),
];
