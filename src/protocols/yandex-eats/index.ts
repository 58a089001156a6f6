// The door of Yandex Eats: the face that serves the vendor's calls to us.
import type { FastifyInstance, FastifyReply } from "fastify";
import type { House } from "../../flows/index.ts";
import { CODE } from "./errors.ts";
import { createCounter, FEEDBACK_PATHS, registerRoutes, TOKEN_PATHS } from "./routes.ts";
import { CHANNEL, type YandexEatsSettings } from "./settings.ts";

export { readDelivery } from "./reading.ts";
export { CHANNEL as YANDEX_EATS_CHANNEL, readClientPairs, type YandexEatsSettings } from "./settings.ts";

/** What the server mounts; the same shape as its own `Face`. */
export interface YandexEatsFace {
  readonly name: string;
  readonly basePaths: readonly string[];
  /** All paths that are served, with their base paths: for documents and for tests that nothing is open. */
  readonly paths: { readonly token: readonly string[]; readonly feedback: readonly string[] };
  routes(app: FastifyInstance, basePath: string): void;
  refuse(reply: FastifyReply, status: number, refusal: string): FastifyReply;
}

/** First steps of the vendor's paths, where the vendor registered the bare host. */
const ROOTS = ["/security", "/v1", "/feedback"] as const;

/** The face, mounted at its base path and, since vendors append their paths to whatever was registered, at the root. */
export function yandexEatsFace(house: House, settings: YandexEatsSettings): YandexEatsFace {
  const counter = createCounter(house, settings);
  const basePath = settings.basePath.replace(/\/+$/, "");
  const bases = basePath === "" ? [""] : [basePath, ""];
  return {
    name: CHANNEL,
    basePaths: [...(basePath === "" ? [] : [basePath]), ...ROOTS],
    paths: {
      token: bases.flatMap((base) => TOKEN_PATHS.map((path) => base + path)),
      feedback: bases.flatMap((base) => FEEDBACK_PATHS.map((path) => base + path)),
    },
    routes: (app, mount) => {
      const isRoot = (ROOTS as readonly string[]).includes(mount);
      const isHere = (path: string): boolean => path === mount || path.startsWith(`${mount}/`);
      const placed = (paths: readonly string[]): string[] =>
        isRoot ? paths.filter(isHere) : paths.map((path) => mount + path);
      registerRoutes(app, counter, { token: placed(TOKEN_PATHS), feedback: placed(FEEDBACK_PATHS) });
    },
    refuse: (reply, status, refusal) => {
      if (status === 429 || status === 503) reply.header("retry-after", 2);
      const description = `${refusal.replaceAll("_", " ")}${status >= 500 ? `, reference ${reply.request.id}` : ""}`;
      return reply
        .type("application/json; charset=utf-8")
        .send([{ code: codeOf(status, reply.request.url), description }]);
    },
  };
}

/** Token requests of a wrong method count as wrong parameters, as the recorded exchanges have it. */
function codeOf(status: number, url: string): number {
  if (status === 405 && /\/security\/oauth\/token\/?(?:\?|$)/.test(url)) return CODE.tokenParameters;
  switch (status) {
    case 404:
    case 405:
    case 429:
    case 503:
      return status;
    case 413:
      return CODE.tooLarge;
    case 400:
      return CODE.malformedBody;
    default:
      return status >= 500 ? CODE.internal : CODE.other;
  }
}
