// The management API as a face of the server: under /api everything is answered in its shape.
import type { FastifyInstance } from "fastify";
import { type ProblemCode, SCOPE_NAMES } from "../../contract/index.ts";
import { type House, OnceKeeper, type Secrets, TokenRing } from "../../flows/index.ts";
import type { Face, ServerRefusal } from "../face.ts";
import { mountDescription } from "./description.ts";
import { mountRoute, prepare } from "./mount.ts";
import { refuse, sendRefusal } from "./refusal.ts";
import type { ApiKit } from "./route.ts";
import { routes } from "./routes.ts";

/** Where the API stands; a fixed name. */
export const API_PATH = "/api";

/** What the operator sets. */
export interface ApiSettings {
  /** PRILAVOK_API_TOKEN; null: only tokens of the table. */
  readonly token: string | null;
  /** Failed authentications a minute and address. */
  readonly failedAuthLimit: number;
}

const REFUSALS: Readonly<Record<ServerRefusal, ProblemCode>> = {
  not_found: "not_found",
  method_not_allowed: "method_not_allowed",
  too_large: "too_large",
  too_many: "too_many",
  overloaded: "overloaded",
  bad_request: "invalid_request",
  internal: "internal",
};

/** The management API. */
export function apiFace(house: House, secrets: Secrets, settings: ApiSettings): Face {
  const kit: ApiKit = {
    house,
    secrets,
    tokens: new TokenRing(house, secrets, settings.token, SCOPE_NAMES),
    once: new OnceKeeper(house, secrets),
    failedAuthLimit: settings.failedAuthLimit,
  };
  return {
    name: "api",
    basePaths: [API_PATH],
    routes: (app: FastifyInstance, basePath) => {
      prepare(app, kit);
      mountDescription(app, basePath);
      for (const one of routes) mountRoute(app, `${basePath}/v1`, kit, one);
    },
    refuse: (reply, status, refusal) =>
      sendRefusal(reply, refuse(status === 431 ? "headers_too_large" : REFUSALS[refusal])),
  };
}
