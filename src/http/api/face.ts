// The management API as a face of the server: under /api everything is answered in its shape.
import type { FastifyInstance } from "fastify";
import { type ProblemCode, SCOPE_NAMES } from "../../contract/index.ts";
import { OnceKeeper, SessionRing, SignInBrake, TokenRing } from "../../flows/index.ts";
import type { Face, ServerRefusal } from "../face.ts";
import { readerOf } from "./audited.ts";
import { mountDescription } from "./description.ts";
import { mountRoute, prepare } from "./mount.ts";
import { refuse, sendRefusal } from "./refusal.ts";
import type { ApiKit, ApiParts } from "./route.ts";
import { routes } from "./routes.ts";

/** Where the API stands; a fixed name. */
export const API_PATH = "/api";

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
export function apiFace(parts: ApiParts): Face {
  const { house, secrets, token, passwords, sessionTerms: terms } = parts;
  const kit: ApiKit = {
    ...parts,
    tokens: new TokenRing(house, secrets, token, SCOPE_NAMES),
    sessions: new SessionRing(house, secrets, terms, SCOPE_NAMES),
    people: { house, secrets, passwords, terms, brake: new SignInBrake(parts.failedAuthLimit) },
    once: new OnceKeeper(house, secrets),
  };
  return {
    name: "api",
    basePaths: [API_PATH],
    routes: (app: FastifyInstance, basePath) => {
      prepare(app, kit);
      mountDescription(app, basePath);
      for (const one of routes) mountRoute(app, `${basePath}/v1`, kit, one, readerOf(routes, one.operation));
    },
    refuse: (reply, status, refusal) =>
      sendRefusal(reply, refuse(status === 431 ? "headers_too_large" : REFUSALS[refusal])),
  };
}
