// Token buckets: how often a credential may call and an address may guess. Pure: the caller brings the time.

/** Most keys that one limiter remembers: memory has a limit too. */
export const REMEMBERED_KEYS = 10_000;

interface Bucket {
  tokens: number;
  at: number;
}

/** One bucket per key, filled steadily up to a burst. The key that was seen longest ago is forgotten first. */
export class RateLimit {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #keys: number;
  readonly #buckets = new Map<string, Bucket>();

  /** `perSecond` > 0; `burst` >= 1 calls may come at once after a rest. */
  constructor(perSecond: number, burst: number, keys: number = REMEMBERED_KEYS) {
    this.#perMs = perSecond / 1000;
    this.#burst = burst;
    this.#keys = keys;
  }

  /** Takes one call if there is room; gives 0, or the ms after which there will be (nothing is taken then). */
  take(key: string, nowMs: number): number {
    const bucket = this.#filled(key, nowMs);
    const waitMs = this.#waitOf(bucket);
    if (waitMs === 0) bucket.tokens -= 1;
    // Set anew, so that the map's order is the order of last use.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.#keys) {
      const oldest = this.#buckets.keys().next();
      if (oldest.done !== true) this.#buckets.delete(oldest.value);
    }
    return waitMs;
  }

  /** The same answer as `take` without taking anything. */
  wait(key: string, nowMs: number): number {
    return this.#buckets.has(key) ? this.#waitOf(this.#filled(key, nowMs)) : 0;
  }

  /** Keys remembered now, at most the limit. */
  get size(): number {
    return this.#buckets.size;
  }

  #filled(key: string, nowMs: number): Bucket {
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, at: nowMs };
    // A clock set back fills nothing, but must not block for as long as it was set back either.
    const passedMs = Math.max(0, nowMs - bucket.at);
    bucket.tokens = Math.min(this.#burst, bucket.tokens + passedMs * this.#perMs);
    bucket.at = nowMs;
    return bucket;
  }

  #waitOf(bucket: Bucket): number {
    // A hair's breadth for the fractions that adding up small fillings loses.
    const missing = 1 - bucket.tokens - 1e-9;
    return missing <= 0 ? 0 : Math.max(1, Math.ceil(missing / this.#perMs));
  }
}

/** Failed authentications per address: after `perMinute` of them the address waits, with a right credential too. */
export class FailedTries {
  readonly #limit: RateLimit;

  constructor(perMinute: number) {
    this.#limit = new RateLimit(perMinute / 60, perMinute);
  }

  /** ms until this address may try again; 0: now. Ask before looking at the credential. */
  blockedMs(address: string, nowMs: number): number {
    return this.#limit.wait(sourceOf(address), nowMs);
  }

  /** Notes one failed try. */
  note(address: string, nowMs: number): void {
    this.#limit.take(sourceOf(address), nowMs);
  }
}

/** Value of the header Retry-After for a wait in ms: whole seconds, at least 1. */
export function retryAfter(waitMs: number): string {
  return String(Math.max(1, Math.ceil(waitMs / 1000)));
}

/**
 * Who an address stands for: itself, or for IPv6 its /64, since one caller owns all addresses of that network.
 * IPv4 written as IPv6 (::ffff:a.b.c.d) is the same caller as a.b.c.d.
 */
export function sourceOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
