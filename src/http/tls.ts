// The certificate: read at the start, read again when its files change, never replaced by a broken one.
import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { type FSWatcher, readFileSync, watch } from "node:fs";
import { dirname } from "node:path";
import { createSecureContext, type Server } from "node:tls";

/** Where the PEM files are. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** A certificate and key that belong together. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
  /** Instant, ms, after which callers refuse it. */
  readonly notAfter: number;
  readonly fingerprint: string;
}

/** Least version of TLS that is spoken. */
export const TLS_LEAST = "TLSv1.2" as const;

/** Days before the end at which an alarm is raised, each once per certificate. */
export const ALARM_DAYS = [21, 7, 0] as const;

const DAY_MS = 86_400_000;

/** Reads the pair; throws with a sentence when a file is missing, broken, or the two do not belong together. */
export function readPair(files: TlsFiles): TlsPair {
  const [cert, key] = [readFileSync(files.cert, "utf8"), readFileSync(files.key, "utf8")];
  const leaf = new X509Certificate(cert);
  if (!leaf.checkPrivateKey(createPrivateKey(key)))
    throw new Error("the key does not belong to the certificate");
  createSecureContext({ cert, key, minVersion: TLS_LEAST });
  return { cert, key, notAfter: Date.parse(leaf.validTo), fingerprint: leaf.fingerprint256 };
}

/** What the watcher is handed. */
export interface TlsWatch {
  readonly files: TlsFiles;
  readonly server: Server;
  readonly now: () => number;
  readonly alarm: (kind: string, details: Readonly<Record<string, string | number>>) => void;
  /** Told after a new pair is in use. */
  readonly onReload?: (pair: TlsPair) => void;
  /** A change is read this long after the last event: the two files are rarely written in one instant. */
  readonly settleMs?: number;
  /** Events of the file system can be lost (network disks): the files are also read this often. */
  readonly pollMs?: number;
}

/** Keeps a server's certificate as the files say. Connections that are open keep the one they began with. */
export class TlsReload {
  readonly #watch: TlsWatch;
  #pair: TlsPair;
  #seen: string;
  readonly #alarmed = new Set<string>();
  readonly #watchers: FSWatcher[] = [];
  #settling: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;

  constructor(pair: TlsPair, watching: TlsWatch) {
    this.#pair = pair;
    this.#watch = watching;
    this.#seen = contentOf(watching.files);
  }

  /** Begins to watch; does not keep the process alive. */
  start(): void {
    this.#poll = setInterval(() => this.check(), this.#watch.pollMs ?? 60_000);
    this.#poll.unref();
    // The folders are watched, not the files: renewals replace files and links, which loses a watch on the file itself.
    for (const folder of new Set([dirname(this.#watch.files.cert), dirname(this.#watch.files.key)])) {
      try {
        const watcher = watch(folder, { persistent: false }, () => this.#settle());
        watcher.on("error", () => watcher.close());
        this.#watchers.push(watcher);
      } catch {
        // The poll does it.
      }
    }
    this.#warn();
  }

  stop(): void {
    clearInterval(this.#poll);
    clearTimeout(this.#settling);
    for (const watcher of this.#watchers) watcher.close();
  }

  /** Whole days until the certificate in use ends; negative afterwards. */
  daysLeft(): number {
    return Math.floor((this.#pair.notAfter - this.#watch.now()) / DAY_MS);
  }

  /** Reads the files if they differ from the last look; a broken pair is reported once and the old one stays. */
  check(): void {
    this.#warn();
    const content = contentOf(this.#watch.files);
    if (content === this.#seen) return;
    this.#seen = content;
    try {
      const pair = readPair(this.#watch.files);
      this.#watch.server.setSecureContext({ cert: pair.cert, key: pair.key, minVersion: TLS_LEAST });
      this.#pair = pair;
      this.#watch.onReload?.(pair);
      this.#warn();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
      this.#watch.alarm("tls_certificate_broken", { code });
    }
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.check(), this.#watch.settleMs ?? 300);
    this.#settling.unref();
  }

  #warn(): void {
    const daysLeft = this.daysLeft();
    const passed = ALARM_DAYS.filter((days) => daysLeft <= days).at(-1);
    if (passed === undefined) return;
    const once = `${this.#pair.fingerprint} ${passed}`;
    if (this.#alarmed.has(once)) return;
    this.#alarmed.add(once);
    this.#watch.alarm("tls_certificate_ends", { daysLeft });
  }
}

/** Changes whenever either file does; also when one cannot be read. */
function contentOf(files: TlsFiles): string {
  const hash = createHash("sha256");
  for (const path of [files.cert, files.key]) {
    try {
      hash.update(readFileSync(path)).update("\n");
    } catch {
      hash.update("(none)\n");
    }
  }
  return hash.digest("base64");
}
