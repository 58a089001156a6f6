// All routes of the management API, by hand.
import { keyRoutes } from "./key-routes.ts";
import type { Route } from "./route.ts";
import { tokenRoutes } from "./token-routes.ts";

/** Every call of the contract with its handler; a test holds the two lists equal. */
export const routes: readonly Route[] = [...keyRoutes, ...tokenRoutes];
