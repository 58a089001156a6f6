// Scopes of no use to people of some outlets: apart from the table of calls, since the console needs them at once.
import type { Scope } from "./scopes.ts";

/** Scopes that open nothing to people of some outlets, since every call of theirs is refused; a test holds it so. */
export const SHUT_SCOPES: readonly Scope[] = [
  "live:read",
  "system:read",
  "system:write",
  "erasures:read",
  "erasures:write",
  "audit:read",
  "answer-rules:write",
  "promotions:write",
  "catalogue:write",
  "customers:write",
  "loyalty:write",
  "events:write",
  "channels:read",
  "channels:write",
  "tokens:read",
  "tokens:write",
  "people:read",
  "people:write",
];
