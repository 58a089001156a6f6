// Fetches a file of somebody else's server into a file of ours: limited in size, time and redirects, and only when it has changed.
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

/** What the server told with a file, to ask later whether it has changed. */
interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What came of it. `failed`: nothing usable was written; the reason is for the operator. */
export type Download =
  | ({ readonly kind: "saved"; readonly bytes: number } & Validators)
  | { readonly kind: "unchanged" }
  | { readonly kind: "failed"; readonly reason: string };

/** How much patience a download gets. */
export interface DownloadLimits {
  /** Most bytes of the body, after a content encoding is undone. */
  readonly maxBytes: number;
  /** Longest silence, ms, also before the first byte. */
  readonly silenceMs: number;
  /** Longest whole, ms. */
  readonly totalMs: number;
  readonly redirects: number;
}

/** Enough for a feed of millions of goods over a slow line. */
const USUAL_LIMITS: DownloadLimits = {
  maxBytes: 1024 ** 3,
  silenceMs: 30_000,
  totalMs: 15 * 60_000,
  redirects: 5,
};

/** The address without user, password and query: they may be secrets. */
export function publicName(address: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname}`;
}

/** Saves what `address` gives to `path`; `known` makes the server answer "unchanged" where it can. Never throws for the server's faults. */
export async function download(
  address: string,
  path: string,
  known: Validators = { etag: null, lastModified: null },
  options: { readonly limits?: Partial<DownloadLimits>; readonly signal?: AbortSignal } = {},
): Promise<Download> {
  const limits = { ...USUAL_LIMITS, ...options.limits };
  const patience = new Patience(limits);
  const signals = [patience.signal, ...(options.signal === undefined ? [] : [options.signal])];
  try {
    const response = await follow(new URL(address), known, limits.redirects, AbortSignal.any(signals));
    if (response.status === 304) return { kind: "unchanged" };
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw new Refused(`the server answered ${response.status}`);
    }
    const bytes = await save(response.body, path, limits.maxBytes, () => patience.heard());
    return {
      kind: "saved",
      bytes,
      etag: response.headers.get("etag"),
      lastModified: response.headers.get("last-modified"),
    };
  } catch (error) {
    return { kind: "failed", reason: reasonOf(error, patience) };
  } finally {
    patience.end();
  }
}

/** The server's fault, told in a sentence. */
class Refused extends Error {}

/** Aborts after silence and after the whole time. */
class Patience {
  readonly #controller = new AbortController();
  readonly #silence: NodeJS.Timeout;
  readonly #whole: NodeJS.Timeout;

  constructor({ silenceMs, totalMs }: DownloadLimits) {
    const give = (why: string) => () => this.#controller.abort(new Refused(why));
    this.#silence = setTimeout(give(`the server was silent for ${silenceMs} ms`), silenceMs);
    this.#whole = setTimeout(give(`the download took longer than ${totalMs} ms`), totalMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  heard(): void {
    this.#silence.refresh();
  }

  end(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#whole);
  }
}

async function follow(
  from: URL,
  known: Validators,
  redirects: number,
  signal: AbortSignal,
): Promise<Response> {
  let url = from;
  for (let left = redirects; ; left -= 1) {
    if (url.protocol !== "http:" && url.protocol !== "https:")
      throw new Refused("the address is not of http");
    const headers = new Headers({ "user-agent": "prilavok" });
    if (known.etag !== null) headers.set("if-none-match", known.etag);
    if (known.lastModified !== null) headers.set("if-modified-since", known.lastModified);
    // A password in the address goes to its own server only, never along with a redirect to another.
    if (from.username !== "" && url.origin === from.origin) headers.set("authorization", basic(from));
    const response = await fetch(withoutUser(url), { headers, redirect: "manual", signal });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    if (left === 0) throw new Refused(`more than ${redirects} redirects`);
    url = new URL(location, url);
  }
}

function basic(url: URL): string {
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

function withoutUser(url: URL): URL {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare;
}

async function save(
  body: NonNullable<Response["body"]>,
  path: string,
  maxBytes: number,
  heard: () => void,
): Promise<number> {
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      heard();
      bytes += chunk.byteLength;
      if (bytes > maxBytes) done(new Refused(`the file is larger than ${maxBytes} bytes`));
      else done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(body as ReadableStream), counter, createWriteStream(path, { mode: 0o600 }));
  return bytes;
}

function reasonOf(error: unknown, patience: Patience): string {
  if (error instanceof Refused) return error.message;
  if (patience.signal.reason instanceof Refused) return patience.signal.reason.message;
  const { code, message } = ((error as Error).cause ?? error) as { code?: string; message?: string };
  return `the server could not be reached or broke off (${code ?? message ?? "unknown"})`;
}
