// Tokens of the management API.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { SCOPE_NAMES } from "./scopes.ts";
import { identifier, input, label, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const ScopeName = oneOf(SCOPE_NAMES, "A scope.");

/** A token as it is listed: never the token itself. */
export const Token = output(
  {
    id: identifier("Id of the token."),
    label: label("What it is for."),
    prefix: Type.String({ description: "First characters of the token, to recognise it by." }),
    scopes: Type.Array(Type.String(), { description: "What it may do." }),
    createdAt: moment("When it was made."),
    expiresAt: nullable(moment("Refused from then on."), "When it ends; null: never."),
    revokedAt: nullable(moment("Revoked then."), "When it was revoked; null: active."),
    lastUsedAt: nullable(moment("Used then."), "Last use, to the minute; null: never used."),
  },
  { title: "Token" },
);

/** What is asked for when a token is made. */
export const TokenIn = input(
  {
    label: label("What it is for."),
    scopes: Type.Array(ScopeName, {
      minItems: 1,
      maxItems: SCOPE_NAMES.length,
      description: "What it may do; never more than the token that asks.",
    }),
    expiresInDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 3650, description: "Days until it ends; left out: it does not." }),
    ),
  },
  { title: "TokenIn" },
);

/** A new token; `token` is shown this once. */
export const TokenMade = output(
  {
    id: identifier("Id of the token."),
    token: Type.String({ description: "The token itself, shown this once." }),
    label: label("What it is for."),
    scopes: Type.Array(Type.String(), { description: "What it may do." }),
    expiresAt: nullable(moment("Refused from then on."), "When it ends; null: never."),
  },
  { title: "TokenMade" },
);

const ById = input({ tokenId: identifier("Id of the token.") });

/** Tokens without their secrets. */
export const listTokens = operation({
  id: "listTokens",
  method: "GET",
  path: "/tokens",
  tag: "tokens",
  summary: "List tokens",
  description: "Newest first, revoked ones too.",
  scope: "tokens:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(Token, "TokenPage"),
});

/** Makes a token; shown once. */
export const createToken = operation({
  id: "createToken",
  method: "POST",
  path: "/tokens",
  tag: "tokens",
  summary: "Make a token",
  description:
    "The token is shown once, in this answer. It cannot hold scopes that the asking token does not hold.",
  scope: "tokens:write",
  body: TokenIn,
  status: 201,
  answer: TokenMade,
  problems: ["too_many_tokens"],
  isCreating: true,
});

/** Ends a token for good. */
export const revokeToken = operation({
  id: "revokeToken",
  method: "DELETE",
  path: "/tokens/{tokenId}",
  tag: "tokens",
  summary: "Revoke a token",
  description: "Refused everywhere within a second. Revoking a revoked token is not an error.",
  scope: "tokens:write",
  params: ById,
  status: 204,
});
