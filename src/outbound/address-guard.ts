// Which addresses a call that somebody else has asked for may go to: public ones, and those that were allowed by name.
//
// A person who may register an endpoint must not be able to reach what only this machine can reach: its own ports, the
// neighbours, a cloud's metadata. So a name is resolved once, every one of its addresses is judged, and the connection is
// made to exactly those addresses.
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** One address of a name. */
export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Asks for all addresses of a name; rejects as `dns.lookup` does. */
export type HostLookup = (host: string) => Promise<readonly HostAddress[]>;

/** Why an address may not be called. */
export type AddressRefusal =
  | "not_an_address"
  | "not_https"
  | "has_credentials"
  | "not_public"
  | "bad_allow_entry";

/** What is open: exactly these addresses, under this name. */
export type GuardedTarget =
  | { readonly kind: "open"; readonly url: URL; readonly addresses: readonly HostAddress[] }
  | { readonly kind: "refused"; readonly reason: AddressRefusal }
  | { readonly kind: "unresolved"; readonly code: string };

/** The system's own lookup: the hosts file counts, as it does for every other program. */
export const systemLookup: HostLookup = (host) => lookup(host, { all: true, verbatim: true });

/** What IANA calls global unicast; everything else of IPv6 is for special uses. */
const GLOBAL_V6 = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

/** Azure's wire server: a public-looking address that is the platform of the very machine. */
const AZURE_PLATFORM = "168.63.129.16";

/** True for an ordinary address of the public internet, and for nothing else. */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0 || text === AZURE_PLATFORM) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || (address as ipaddr.IPv6).match(GLOBAL_V6);
}

/** True for an entry of an allow list: a host's name, an address, or a range such as 10.1.0.0/16. */
export function isAllowEntry(entry: string): boolean {
  return rangeOf(entry) !== null || isHostName(entry);
}

function isHostName(entry: string): boolean {
  return (
    /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62}\.)*[a-z0-9_-]{1,63}$/i.test(entry) && !/^[\d.]+$/.test(entry)
  );
}

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

function rangeOf(entry: string): Range | null {
  if (isIP(entry) !== 0) {
    const address = ipaddr.process(entry);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  }
  return /^[0-9a-f.:]+\/\d{1,3}$/i.test(entry) &&
    isIP(entry.split("/")[0] as string) !== 0 &&
    ipaddr.isValidCIDR(entry)
    ? ipaddr.parseCIDR(entry)
    : null;
}

function isWithin(text: string, allow: readonly string[]): boolean {
  const address = ipaddr.process(text);
  return allow.some((entry) => {
    const range = rangeOf(entry);
    return range !== null && range[0].kind() === address.kind() && address.match(range[0] as never, range[1]);
  });
}

/**
 * Judges `text` without asking any server: what it is, and what its host is when that is an address. Null: nothing is
 * wrong so far. Decimal, octal and hexadecimal hosts are addresses, as every browser reads them.
 */
export function judgeUrl(text: string, allow: readonly string[]): AddressRefusal | null {
  if (!allow.every(isAllowEntry)) return "bad_allow_entry";
  if (!URL.canParse(text)) return "not_an_address";
  const url = new URL(text);
  if ((url.protocol !== "https:" && url.protocol !== "http:") || url.hostname === "") return "not_an_address";
  if (url.username !== "" || url.password !== "") return "has_credentials";
  // Plain text may go to a place that was allowed by name or range, which is inside the house.
  if (url.protocol === "http:" && allow.length === 0) return "not_https";
  const host = hostOf(url);
  return isIP(host) === 0 ? null : judgeAddresses(url, [host], allow);
}

/** The host as a name or an address: without the brackets of IPv6 and the dot of a rooted name. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

function judgeAddresses(
  url: URL,
  addresses: readonly string[],
  allow: readonly string[],
): AddressRefusal | null {
  const isNamed = allow.some((entry) => entry.toLowerCase() === hostOf(url));
  const isAllowed = isNamed || addresses.every((address) => isWithin(address, allow));
  if (isAllowed) return null;
  if (!addresses.every((address) => isPublicAddress(address) || isWithin(address, allow)))
    return "not_public";
  return url.protocol === "https:" ? null : "not_https";
}

/** Resolves the host once and judges every address it has: one that may not be called closes them all. */
export async function guardTarget(
  text: string,
  allow: readonly string[],
  resolve: HostLookup = systemLookup,
): Promise<GuardedTarget> {
  const refusal = judgeUrl(text, allow);
  if (refusal !== null) return { kind: "refused", reason: refusal };
  const url = new URL(text);
  const found = await addressesOf(hostOf(url), resolve);
  if (!Array.isArray(found)) return { kind: "unresolved", code: String(found) };
  const reason = judgeAddresses(
    url,
    found.map(({ address }) => address),
    allow,
  );
  return reason === null ? { kind: "open", url, addresses: found } : { kind: "refused", reason };
}

/** The addresses of a host; the resolver's code when there are none. */
export async function addressesOf(host: string, resolve: HostLookup): Promise<HostAddress[] | string> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    const found = await resolve(host);
    return found.length === 0 ? "ENOTFOUND" : [...found];
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "EUNKNOWN";
  }
}

/** Longest that a person waits for a name to be looked up, ms. */
const JUDGE_MS = 3_000;

/**
 * Why `text` may not be registered; null: it may. A name that cannot be looked up now may be there later: it is judged again
 * at every call.
 */
export async function judgeAddress(
  text: string,
  allow: readonly string[],
  resolve: HostLookup = systemLookup,
): Promise<AddressRefusal | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), JUDGE_MS);
  });
  try {
    const target = await Promise.race([guardTarget(text, allow, resolve), late]);
    return target?.kind === "refused" ? target.reason : null;
  } finally {
    clearTimeout(timer);
  }
}
