// What doctor looks at outside the data: the runtime, the folder, the disk, the addresses, the certificate, the server itself.
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import type { Config } from "../config/index.ts";
import { readPair } from "../http/index.ts";
import { dataFolder } from "./installation.ts";
import { tlsFiles } from "./tls.ts";

/** How a check ended: fine, look at it, must be mended. */
export type CheckState = "ok" | "warn" | "fail";

/** One finding, in plain words. */
export interface Check {
  readonly name: string;
  readonly state: CheckState;
  readonly sentence: string;
}

/** A finding. */
export function check(name: string, state: CheckState, sentence: string): Check {
  return { name, state, sentence };
}

const DAY_MS = 86_400_000;

/** Fullness of a disk at which to look, and at which to act, in hundredths. */
const FULL = { warn: 80, fail: 90 } as const;

/** A write and fsync slower than this makes every order wait, ms. */
const SLOW_WRITE_MS = 50;

/** The version of Node.js; an older one than 24 does not even come here, but tests and other starters do. */
export function nodeCheck(version: string): Check {
  const major = Number(version.split(".")[0]);
  return major >= 24
    ? check("node", "ok", `Node.js ${version}`)
    : check("node", "fail", `Node.js ${version} is too old: 24 or later is needed`);
}

/** The data folder, its rights and its disk. */
export function folderChecks(config: Config, folder: string): Check[] {
  const path = dataFolder(config, folder);
  if (!existsSync(path))
    return [check("folder", "warn", `the data folder ${path} does not exist yet: the first start makes it`)];
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [check("folder", "fail", `the data folder ${path} is not writable for this user`)];
  }
  return [
    check("folder", "ok", `the data folder ${path} is writable`),
    ...rightsChecks(path),
    diskCheck(path),
    writeCheck(path),
  ];
}

/** Files that hold secrets must be their owner's only. */
function rightsChecks(path: string): Check[] {
  if (process.platform === "win32") return [];
  const open = ["secret.key", "first-keys.txt"].filter(
    (name) => existsSync(join(path, name)) && (statSync(join(path, name)).mode & 0o077) !== 0,
  );
  return open.map((name) =>
    check("rights", "fail", `others on this machine can read ${name}: chmod 600 ${join(path, name)}`),
  );
}

function diskCheck(path: string): Check {
  const { blocks, bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  const used = Math.round(100 * (1 - bavail / Math.max(1, blocks)));
  const sentence = `the disk is ${used} % full, ${(free / 1024 ** 3).toFixed(1)} GiB are free`;
  return check("disk", used >= FULL.fail ? "fail" : used >= FULL.warn ? "warn" : "ok", sentence);
}

/** Writes and forces to the disk what an order would, a few times. */
function writeCheck(path: string): Check {
  const file = join(path, `.doctor-${process.pid}`);
  const times: number[] = [];
  const descriptor = openSync(file, "w", 0o600);
  try {
    const page = Buffer.alloc(4096, 1);
    for (let round = 0; round < 20; round += 1) {
      const start = performance.now();
      writeSync(descriptor, page);
      fsyncSync(descriptor);
      times.push(performance.now() - start);
    }
  } catch (error) {
    return check("write", "fail", `the disk does not take a write: ${(error as NodeJS.ErrnoException).code}`);
  } finally {
    closeSync(descriptor);
    rmSync(file, { force: true });
  }
  times.sort((left, right) => left - right);
  const [median = 0, worst = 0] = [times[10], times[19]];
  const sentence = `a write reaches the disk in ${median.toFixed(1)} ms (median of 20, worst ${worst.toFixed(1)} ms)`;
  return median > SLOW_WRITE_MS
    ? check("write", "warn", `${sentence}: this is slow`)
    : check("write", "ok", sentence);
}

/** The clock and the zone of the shop. */
export function clockCheck(config: Config, now: number, newest: number): Check {
  const zone = config.text("shop.timezone");
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    return check("clock", "fail", `there is no time zone ${zone}`);
  }
  const shown = `${new Date(now).toISOString()}, shop in ${zone}`;
  // An hour of grace: instances whose clocks differ a little may share a database.
  if (now < newest - 3_600_000)
    return check("clock", "fail", `the clock says ${shown}, and the data holds later times: it was set back`);
  return check("clock", "ok", `the clock says ${shown}`);
}

/** The address that vendors call. */
export function publicUrlCheck(config: Config): Check {
  const url = config.optional("publicUrl");
  if (url === null)
    return check(
      "publicUrl",
      "warn",
      "PRILAVOK_PUBLIC_URL is not set: printed addresses are this machine's own",
    );
  const { protocol, hostname } = new URL(url);
  if (protocol !== "https:")
    return check("publicUrl", "fail", `vendors call by https only, and ${url} is not`);
  if (isIP(hostname.replaceAll(/[[\]]/g, "")) !== 0)
    return check("publicUrl", "fail", `${url} is an address of numbers: vendors take a domain only`);
  if (hostname === "localhost" || !hostname.includes("."))
    return check("publicUrl", "fail", `${hostname} cannot be found from outside`);
  return check("publicUrl", "ok", `vendors call ${url}`);
}

/** The certificate, where this server speaks TLS itself. */
export function tlsCheck(config: Config, folder: string, now: number): Check {
  const files = tlsFiles(config, folder);
  if (files === null)
    return check("tls", "ok", "TLS is left to a proxy in front (no certificate is set here)");
  try {
    const days = Math.floor((readPair(files).notAfter - now) / DAY_MS);
    const sentence = `the certificate ${files.cert} is good for ${days} days`;
    if (days < 0) return check("tls", "fail", `the certificate ${files.cert} has ended`);
    return check("tls", days <= 7 ? "fail" : days <= 21 ? "warn" : "ok", sentence);
  } catch (error) {
    return check("tls", "fail", `the certificate cannot be used: ${(error as Error).message}`);
  }
}

/** Longest that the server may take to say how it is, ms. */
const ANSWER_MS = 3000;

/** Asks the server on its own address whether it is ready. */
export async function answerCheck(config: Config): Promise<Check> {
  const [host, port] = [config.text("host"), config.number("port")];
  if (port === 0) return check("server", "ok", "the server takes a free port at its start: not asked");
  const address = ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host;
  const isTls = config.optional("tls.cert") !== null;
  const url = `${isTls ? "https" : "http"}://${isIP(address) === 6 ? `[${address}]` : address}:${port}/health/ready`;
  // Its own certificate names the public domain, not this address: only plain http can be asked here.
  if (isTls) return check("server", "ok", `the server speaks TLS: ask ${url} by its public name`);
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    const { status } = (await answer.json()) as { status?: string };
    return answer.ok
      ? check("server", "ok", `the server on port ${port} is ready`)
      : check("server", "fail", `the server on port ${port} is not ready: ${status ?? answer.status}`);
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code;
    return cause === "ECONNREFUSED"
      ? check("server", "warn", `no server runs on port ${port} just now`)
      : check(
          "server",
          "fail",
          `something on port ${port} does not answer as this server: ${cause ?? (error as Error).name}`,
        );
  }
}

/** How long personal data of feedback are kept: the law wants a term, and what came as it came must not outlive it. */
export function retentionCheck(config: Config): Check {
  const [words, names, bodies] = ["keepFeedbackWords", "keepFeedbackNames", "keepRawBodies"].map((name) =>
    Math.round(config.number(name) / DAY_MS),
  ) as [number, number, number];
  const told = (days: number): string => (days === 0 ? "for ever" : `${days} days`);
  const sentence = `feedback keeps words ${told(words)}, names ${told(names)}, bodies ${bodies} days`;
  return words === 0 || names === 0
    ? check("retention", "warn", `${sentence}; set a term: PRILAVOK_KEEP_FEEDBACK_WORDS and …_NAMES`)
    : check("retention", "ok", sentence);
}
