// What a running replay leaves behind, so that one that was killed goes on where it stopped: its state, and the rows it wrote.
import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { canonicalJson, type Effect, sha256 } from "../flows/index.ts";

/** How often the state is kept at most, ms. */
const KEEP_EVERY_MS = 1000;

/** What is kept. */
export interface KeptReplay {
  /** The end of the span, which was "now" when the replay began. */
  readonly until: number;
  readonly state: object;
  /** Length of the table that goes with the state, bytes. */
  readonly tableBytes: number;
}

/** The state file of one replay, found again by everything that it was asked. */
export class ReplayKeeping {
  readonly path: string;
  #keptAt = Number.NEGATIVE_INFINITY;

  constructor(dataFolder: string, asked: object) {
    this.path = join(dataFolder, "replay", `${sha256(canonicalJson(asked)).slice(0, 24)}.json`);
  }

  /** What was kept; null where there is nothing. */
  load(): KeptReplay | null {
    try {
      return JSON.parse(readFileSync(this.path, "utf8")) as KeptReplay;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  /** Keeps what `make` gives, but not more often than once a second. The file is whole at any moment. */
  keep(make: () => KeptReplay): void {
    const now = performance.now();
    if (now - this.#keptAt < KEEP_EVERY_MS) return;
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(`${this.path}.new`, JSON.stringify(make()));
    renameSync(`${this.path}.new`, this.path);
    this.#keptAt = performance.now();
  }

  /** Forgets it: the replay is done, or begins anew. */
  forget(): void {
    rmSync(this.path, { force: true });
  }
}

const COLUMNS = [
  "request_id",
  "at",
  "channel",
  "rules_version",
  "lines",
  "to_pay_answered",
  "to_pay_draft",
  "change",
  "discount_answered",
  "discount_draft",
  "points_answered",
  "points_draft",
] as const;

/** The table of carts: a line each, money in roubles. */
export class EffectTable {
  readonly #file: number;
  #waiting = "";
  #bytes: number;

  /** Opens it; `keptBytes`: goes on after so many of an earlier run, null: begins anew. */
  constructor(path: string, keptBytes: number | null) {
    this.#file = openSync(path, keptBytes === null ? "w" : "r+");
    this.#bytes = keptBytes ?? 0;
    if (keptBytes === null) this.#waiting = `${COLUMNS.join(",")}\n`;
    else ftruncateSync(this.#file, keptBytes);
  }

  /** Adds a line; written with the next flush. */
  add(effect: Effect): void {
    const { id, at, channel, rulesVersion, lines } = effect;
    const cells = [
      id,
      new Date(at).toISOString(),
      channel,
      rulesVersion,
      lines,
      roubles(effect.totalBefore),
      roubles(effect.totalAfter),
      roubles(effect.totalAfter - effect.totalBefore),
      roubles(effect.discountBefore),
      roubles(effect.discountAfter),
      effect.willEarnBefore,
      effect.willEarnAfter,
    ];
    this.#waiting += `${cells.join(",")}\n`;
  }

  /** Writes what waits to the disk; gives the length of the table, bytes. */
  flush(): number {
    const bytes = Buffer.from(this.#waiting, "utf8");
    this.#waiting = "";
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#bytes + done);
    this.#bytes += bytes.length;
    fdatasyncSync(this.#file);
    return this.#bytes;
  }

  /** Writes the rest and closes the file. */
  close(): void {
    this.flush();
    closeSync(this.#file);
  }
}

function roubles(kopecks: number): string {
  return (kopecks / 100).toFixed(2);
}
