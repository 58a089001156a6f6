// The list of all calls, by hand: what is not here is neither served nor described.
import * as keys from "./keys.ts";
import type { Operation } from "./operation.ts";
import * as tokens from "./tokens.ts";

/** Every call of the management API, in the order of the page. */
export const operations: readonly Operation[] = [
  keys.listIrpKeys,
  keys.createIrpKey,
  keys.revokeIrpKey,
  tokens.listTokens,
  tokens.createToken,
  tokens.revokeToken,
];
