// Closed by default: every route of the whole server, whoever added it, against credentials that must not open it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { facesOf } from "../../src/cli/faces.ts";
import { type Installation, openInstallation } from "../../src/cli/installation.ts";
import { readConfig } from "../../src/config/index.ts";
import {
  createClient,
  createKey,
  createToken,
  revokeApiToken,
  revokeChannelKey,
} from "../../src/flows/index.ts";
import { buildServer, createMetrics, type Face } from "../../src/http/index.ts";
import { createLog } from "../../src/http/log.ts";
import { forEachEngine, freshPlace } from "../support/engines.ts";

/** Open on purpose: they tell no data. Whoever adds a line here says why in review. */
const PUBLIC = [
  "/",
  "/health/live",
  "/health/ready",
  "/metrics",
  "/api/openapi.json",
  "/api/docs",
  "/api/docs.css",
  // Who is not signed in yet signs in here: with a password, or with a link that is good once.
  "POST /api/v1/session",
  "POST /api/v1/session/link",
  "POST /api/v1/session/link/look",
];

const isPublic = ({ method, url }: RouteFound): boolean =>
  PUBLIC.includes(url) || PUBLIC.includes(`${method} ${url}`);

interface RouteFound {
  readonly method: string;
  readonly url: string;
}

/** Every route of a server made of `faces`, as they register it. */
async function serverOf(
  faces: readonly Face[],
): Promise<{ app: FastifyInstance; routes: readonly RouteFound[] }> {
  const routes: RouteFound[] = [];
  const app = buildServer({
    log: createLog("silent", false, () => undefined),
    metrics: createMetrics(),
    readiness: { isServing: () => true, pingDatabase: async () => undefined, writersWaiting: () => 0 },
    faces,
    trustProxy: [],
    limits: { eventLoopDelayMs: 60_000, memoryBytes: Number.MAX_SAFE_INTEGER },
  });
  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: String(one), url });
  });
  await app.ready();
  return { app, routes };
}

forEachEngine("every route", (engine) => {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-routes-"));
  let installation: Installation;
  let place: Awaited<ReturnType<typeof freshPlace>>;
  const credentials = new Map<string, { bearer?: string; key?: string; cookie?: string }>();

  beforeAll(async () => {
    place = await freshPlace(engine.name);
    const read = readConfig({
      environment: {
        PRILAVOK_DATA_DIR: folder,
        PRILAVOK_DATABASE_URL: place.url,
        PRILAVOK_SECRET_KEY: "pepper",
        PRILAVOK_LIMITS_FAILED_AUTH: "100000",
      },
    });
    if (read.kind === "refused") throw new Error(read.problems.join());
    installation = await openInstallation(read.config, folder, { alarm: () => undefined });
    const { house, secrets } = installation;
    const key = async () => {
      const made = await createKey(house, secrets, "irp", "");
      if (made.kind === "refused") throw new Error(made.reason);
      return made;
    };
    const token = async (expiresAt: number | null) => {
      const made = await createToken(house, secrets, { label: "", scopes: ["tokens:read"], expiresAt });
      if (made.kind === "refused") throw new Error(made.reason);
      return made;
    };
    const [active, revoked] = [await key(), await key()];
    await revokeChannelKey(house, "irp", revoked.id);
    const [apiActive, apiExpired, apiRevoked] = [await token(null), await token(1), await token(null)];
    await revokeApiToken(house, apiRevoked.id);
    const client = await createClient(house, secrets, "yandex-eats", "");
    credentials.set("none", {});
    credentials.set("wrong", { bearer: "prk_wrong", key: "prk_wrong" });
    credentials.set("revoked key of IRP", { bearer: revoked.key, key: revoked.key });
    credentials.set("expired token of the API", { bearer: apiExpired.token, key: apiExpired.token });
    credentials.set("revoked token of the API", { bearer: apiRevoked.token, key: apiRevoked.token });
    credentials.set("cookie of nobody's session", { cookie: `__Host-prilavok=prs_${"x".repeat(43)}` });
    credentials.set("token as a cookie", { cookie: `__Host-prilavok=${apiActive.token}` });
    credentials.set("secret of a marketplace's client", { bearer: client.secret, key: client.secret });
    // Good, but at another door: tried where the path is not theirs.
    credentials.set("/irp", { bearer: active.key, key: active.key });
    credentials.set("/api", { bearer: apiActive.token, key: apiActive.token });
  });
  afterAll(async () => {
    await installation.close();
    rmSync(folder, { recursive: true, force: true });
    await place.remove();
  });

  /** Routes that answered anything but 401 or 403 to a credential that must not open them. */
  async function openedBy(faces: readonly Face[]): Promise<string[]> {
    const { app, routes } = await serverOf(faces);
    const opened: string[] = [];
    for (const { method, url } of routes.filter((one) => !isPublic(one))) {
      const path = url.replaceAll(/:\w+/g, "x").replaceAll("*", "x");
      for (const [name, { bearer, key, cookie }] of credentials) {
        // A scope that the token lacks is tested beside the API; here it stands for "another door".
        if (name.startsWith("/") && path.startsWith(name)) continue;
        const answer = await app.inject({
          method: method as "GET",
          url: path,
          headers: {
            "content-type": path.endsWith("/oauth/token")
              ? "application/x-www-form-urlencoded"
              : "application/json",
            ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
            ...(key === undefined ? {} : { key }),
            ...(cookie === undefined ? {} : { cookie }),
          },
          ...(method === "GET" || method === "HEAD"
            ? {}
            : {
                payload: path.endsWith("/oauth/token")
                  ? `client_id=x&client_secret=${key ?? ""}`
                  : JSON.stringify({ key }),
              }),
        });
        // The vendor's contract answers wrong credentials at the token's path with 400, and 405 tells nothing.
        const isShut =
          [401, 403, 405].includes(answer.statusCode) ||
          (path.endsWith("/oauth/token") && answer.statusCode === 400);
        if (!isShut) opened.push(`${method} ${url} to ${name}: ${answer.statusCode}`);
      }
    }
    await app.close();
    return opened;
  }

  test("is shut to everybody but its own callers", async () => {
    const faces = facesOf(installation);
    const { app, routes } = await serverOf(faces);
    await app.close();
    for (const face of faces) {
      for (const base of face.basePaths) {
        expect(
          routes.some(({ url }) => url.startsWith(base)),
          `routes below ${base} were seen`,
        ).toBe(true);
      }
    }
    expect(await openedBy(faces)).toEqual([]);
  });

  test("a new route without a lock is caught", async () => {
    const careless: Face = {
      name: "careless",
      basePaths: ["/careless"],
      routes: (app, basePath) => {
        app.get(`${basePath}/orders`, async () => ({ orders: [] }));
      },
      refuse: (reply, status) => reply.code(status).send({}),
    };
    const opened = await openedBy([...facesOf(installation), careless]);
    expect(opened).toContain("GET /careless/orders to none: 200");
    expect(opened.every((line) => line.includes("/careless/orders"))).toBe(true);
  });

  test("a route of the management API that names no scope is not registered", async () => {
    const [api, ...others] = facesOf(installation);
    const careless: Face = {
      ...(api as Face),
      routes: (app, basePath) => {
        api?.routes(app, basePath);
        app.get(`${basePath}/v1/careless`, async () => ({}));
      },
    };
    await expect(serverOf([careless, ...others])).rejects.toThrow("does not say what scope it needs");
  });
});
