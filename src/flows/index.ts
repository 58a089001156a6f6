// The door of the flows: what the product does, one file per verb.
export type {
  CategoryRead,
  FeedEvent,
  FileBroken,
  FileProblem,
  OfferRead,
  Reading,
  StockEvent,
  StockRead,
} from "./feed-events.ts";
export type { House } from "./house.ts";
export { type Caller, KeyRing } from "./key-ring.ts";
export { FailedTries, RateLimit, retryAfter, sourceOf } from "./limit-rate.ts";
export { createKey, type KeyCreated, keysOf, revokeChannelKey } from "./manage-keys.ts";
export {
  ACTIVE_TOKENS_LIMIT,
  createToken,
  revokeApiToken,
  type TokenCreated,
  type TokenWish,
  tokensOf,
} from "./manage-tokens.ts";
export { createSecrets, type Secrets } from "./secrets.ts";
export { type ApiCaller, TokenRing } from "./token-ring.ts";
