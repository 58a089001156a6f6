// The list of all calls, by hand: what is not here is neither served nor described.
import * as clients from "./clients.ts";
import * as customers from "./customers.ts";
import * as deliveries from "./deliveries.ts";
import * as feedback from "./feedback.ts";
import * as keys from "./keys.ts";
import type { Operation } from "./operation.ts";
import * as ratings from "./ratings.ts";
import * as tokens from "./tokens.ts";

/** Every call of the management API, in the order of the page. */
export const operations: readonly Operation[] = [
  feedback.listFeedback,
  feedback.getFeedback,
  ratings.listRatings,
  deliveries.listUnusableDeliveries,
  deliveries.getDelivery,
  customers.getCustomer,
  keys.listIrpKeys,
  keys.createIrpKey,
  keys.revokeIrpKey,
  clients.listEatsClients,
  clients.createEatsClient,
  clients.rotateEatsSecret,
  clients.revokeEatsSecret,
  clients.revokeEatsClient,
  tokens.listTokens,
  tokens.createToken,
  tokens.revokeToken,
];
