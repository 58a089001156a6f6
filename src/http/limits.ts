// What one caller may take of the server before any handler runs: time, headers, sockets. Every limit has a name here.
import { BlockList, isIP, type Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { sourceOf } from "../flows/index.ts";
import type { Metrics } from "./metrics.ts";

/** The limits of the server; times in ms. */
export interface ServerLimits {
  /** Until the last header is here. */
  readonly headersMs: number;
  /** Until the last byte of the body is here. */
  readonly requestMs: number;
  /** An idle socket in the middle of a call. */
  readonly connectionMs: number;
  /** An idle socket between calls: above the usual 60 s of a proxy, so that the proxy closes first. */
  readonly keepAliveMs: number;
  /** How often the two first are looked at. */
  readonly checkMs: number;
  /** A handler that has not answered by then is answered for: 503. A route may have less (`handlerTimeout`). */
  readonly handlerMs: number;
  readonly headerBytes: number;
  readonly headers: number;
  readonly sockets: number;
  readonly socketsPerAddress: number;
  /** Addresses, ranges and proxy-addr's names whose sockets count only in the total; trusted proxies come on top. */
  readonly exempt: readonly string[];
  readonly eventLoopDelayMs: number;
  readonly memoryBytes: number;
  readonly writersWaiting: number;
}

/**
 * Defaults. Fastify's own are open to slow clients (0 = for ever). A slow body is cut at most requestMs + checkMs = 30 s
 * after its first byte, slow headers within 15 s. This machine's own address is exempt from the limit per address: a
 * proxy beside the server would otherwise take all its callers' share.
 */
export const LIMITS: ServerLimits = {
  headersMs: 10_000,
  requestMs: 25_000,
  connectionMs: 60_000,
  keepAliveMs: 72_000,
  checkMs: 5_000,
  handlerMs: 8_000,
  headerBytes: 16 * 1024,
  headers: 100,
  sockets: 2_000,
  socketsPerAddress: 200,
  exempt: ["loopback"],
  eventLoopDelayMs: 250,
  memoryBytes: 1024 ** 3,
  writersWaiting: 2_000,
};

/** The names that the framework's proxy list knows beside addresses and ranges. */
const NAMED_RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  linklocal: ["169.254.0.0/16", "fe80::/10"],
  uniquelocal: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

/** Tells whether an address is in a list of addresses, CIDR ranges and named ranges. */
export function addressMatcher(list: readonly string[]): (address: string) => boolean {
  const block = new BlockList();
  for (const entry of list.flatMap((item) => NAMED_RANGES[item] ?? [item])) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) block.addAddress(address, family);
    else block.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && block.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** Refuses sockets beyond the totals by closing them: there is nobody to answer yet. */
export function limitSockets(
  app: FastifyInstance,
  limits: ServerLimits,
  proxies: readonly string[],
  metrics: Metrics,
): void {
  const isExempt = addressMatcher([...limits.exempt, ...proxies]);
  const open = new Map<string, number>();
  app.server.maxConnections = limits.sockets;
  app.server.on("drop", () => metrics.shed.inc({ reason: "sockets" }));
  app.server.on("connection", (socket: Socket) => {
    metrics.sockets.inc();
    socket.once("close", () => metrics.sockets.dec());
    const address = socket.remoteAddress ?? "";
    if (isExempt(address)) return;
    const source = sourceOf(address);
    const count = (open.get(source) ?? 0) + 1;
    if (count > limits.socketsPerAddress) {
      metrics.shed.inc({ reason: "sockets_per_address" });
      socket.destroy();
      return;
    }
    open.set(source, count);
    socket.once("close", () => {
      const left = (open.get(source) ?? 1) - 1;
      if (left === 0) open.delete(source);
      else open.set(source, left);
    });
  });
}
