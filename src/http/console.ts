// The console's built files: its pages under a strict policy with a nonce for each answer, and its assets, kept for a year.
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** A built console, read once: the server never looks at the disk for it again. */
export interface ConsoleFiles {
  /** index.html with NONCE where the answer's nonce goes. */
  readonly page: string;
  /** First segments of the console's addresses. */
  readonly addresses: readonly string[];
  /** Assets by name. */
  readonly assets: ReadonlyMap<string, ConsoleAsset>;
}

/** One asset. */
export interface ConsoleAsset {
  readonly type: string;
  readonly body: Buffer;
  /** The same, compressed; null where that was not worth it. */
  readonly brotli: Buffer | null;
}

/** What stands in index.html in place of the nonce, and of the shop's time zone. */
const NONCE = "__NONCE__";
const ZONE = "__ZONE__";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Reads the console built into `folder`; null when there is none. `zone` is the shop's, in which all times are shown. */
export function readConsole(folder: string, zone: string): ConsoleFiles | null {
  const index = join(folder, "index.html");
  if (!existsSync(index)) return null;
  const assets = new Map<string, ConsoleAsset>();
  const names = readdirSync(join(folder, "assets"));
  for (const name of names.filter((one) => !one.endsWith(".br"))) {
    const path = join(folder, "assets", name);
    assets.set(name, {
      type: TYPES[extname(name)] ?? "application/octet-stream",
      body: readFileSync(path),
      brotli: names.includes(`${name}.br`) ? readFileSync(`${path}.br`) : null,
    });
  }
  const addresses = JSON.parse(readFileSync(join(folder, "addresses.json"), "utf8")) as string[];
  return { page: readFileSync(index, "utf8").replace(ZONE, zone), addresses, assets };
}

/** Nothing runs or loads that the server did not send itself; `nonce` lets the component library write its styles. */
export function consolePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Adds the console: `/`, every address of its pages and `/assets/…`. A first segment that a vendor's face stands
 * on (`taken`) stays the vendor's. Without a built console the front door leads to the page of the API.
 */
export function consoleRoutes(
  app: FastifyInstance,
  files: ConsoleFiles | null,
  taken: readonly string[],
): void {
  if (files === null) {
    app.get("/", async (_request, reply) => reply.redirect("/api/docs"));
    return;
  }
  const show = (_request: FastifyRequest, reply: FastifyReply): FastifyReply => sendPage(reply, files.page);
  app.get("/", show);
  for (const segment of files.addresses.filter((one) => !taken.includes(`/${one}`))) {
    app.get(`/${segment}`, show);
    app.get(`/${segment}/*`, show);
  }
  app.get<{ Params: { "*": string } }>("/assets/*", (request, reply) =>
    sendAsset(request, reply, files.assets.get(request.params["*"])),
  );
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString("base64url");
  return reply
    .header("content-security-policy", consolePolicy(nonce))
    .header("x-frame-options", "DENY")
    .header("referrer-policy", "same-origin")
    .header("cross-origin-opener-policy", "same-origin")
    .header("cross-origin-resource-policy", "same-origin")
    .header("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
    .type("text/html; charset=utf-8")
    .serializer(String)
    .send(page.replaceAll(NONCE, nonce));
}

function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  asset: ConsoleAsset | undefined,
): FastifyReply {
  if (asset === undefined) {
    const title = "there is no such file";
    return reply
      .code(404)
      .type("application/problem+json")
      .send({ type: "about:blank", title, status: 404, code: "not_found", instance: request.id });
  }
  // The name changes with the content, so that a copy never grows old.
  reply
    .header("cache-control", "public, max-age=31536000, immutable")
    .header("cross-origin-resource-policy", "same-origin")
    .header("vary", "accept-encoding")
    .type(asset.type);
  if (asset.brotli === null || !takesBrotli(request.headers["accept-encoding"]))
    return reply.send(asset.body);
  return reply.header("content-encoding", "br").send(asset.brotli);
}

/** Whether the header names Brotli and does not refuse it with q=0. */
function takesBrotli(header: string | readonly string[] | undefined): boolean {
  const wishes = String(header ?? "")
    .toLowerCase()
    .split(",")
    .map((one) => one.trim());
  return wishes.some((one) => /^br(;|$)/.test(one) && !/;\s*q=0(\.0*)?$/.test(one));
}
