// Tables that were written to disk: where they lie, so that an erasure reaches them too.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { unzipSync } from "fflate";

/** A file that is on the list. */
interface ShelvedFile {
  readonly path: string;
  /** ms UTC. */
  readonly at: number;
}

/** What an erasure did with files. */
export interface ShelfErasure {
  /** Files that spoke of the orders and were removed. */
  readonly removed: readonly string[];
  /** Files that could be neither read nor removed: a person has to. */
  readonly left: readonly string[];
}

/** Longest XLSX that is looked into, bytes; a longer one is taken to speak of the order. */
const UNPACKED_MOST = 64 * 1024 * 1024;

/** Bytes read at once. */
const PIECE = 1024 * 1024;

/** Most files on the list; the oldest go. */
const LISTED_MOST = 10_000;

/** The list of exported files of one data folder, one line of JSON each. */
export class ExportShelf {
  readonly #list: string;

  /** `list`: path of the list itself. */
  constructor(list: string) {
    this.#list = list;
  }

  /** Puts a file on the list; call it before the file is written. */
  note(path: string, at: number): void {
    const others = this.#files().filter((file) => file.path !== path);
    this.#write([...others, { path, at }].slice(-LISTED_MOST));
  }

  /** Removes the files that speak of one of these ids, and forgets those that are gone. At once: nobody waits between. */
  erase(ids: readonly string[]): ShelfErasure {
    const removed: string[] = [];
    const left: string[] = [];
    const kept: ShelvedFile[] = [];
    for (const file of this.#files()) {
      if (!existsSync(file.path)) continue;
      try {
        if (speaksOf(file.path, ids)) {
          rmSync(file.path);
          removed.push(file.path);
        } else kept.push(file);
      } catch {
        left.push(file.path);
        kept.push(file);
      }
    }
    if (existsSync(this.#list)) this.#write(kept);
    return { removed, left };
  }

  #files(): ShelvedFile[] {
    if (!existsSync(this.#list)) return [];
    const lines = readFileSync(this.#list, "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ShelvedFile);
  }

  #write(files: readonly ShelvedFile[]): void {
    mkdirSync(dirname(this.#list), { recursive: true });
    const text = files.map((file) => `${JSON.stringify(file)}\n`).join("");
    writeFileSync(this.#list, text, { mode: 0o600 });
  }
}

function speaksOf(path: string, ids: readonly string[]): boolean {
  const needles = ids.map((id) => Buffer.from(id));
  const longest = Math.max(1, ...needles.map(({ length }) => length));
  if (ids.length === 0) return false;
  if (path.endsWith(".xlsx")) {
    if (statSync(path).size > UNPACKED_MOST) return true;
    const parts = Object.values(unzipSync(readFileSync(path)));
    return parts.some((part) => needles.some((needle) => Buffer.from(part).includes(needle)));
  }
  const file = openSync(path, "r");
  try {
    const piece = Buffer.alloc(PIECE);
    let tail = Buffer.alloc(0);
    for (;;) {
      const text = Buffer.concat([tail, piece.subarray(0, readSync(file, piece))]);
      if (needles.some((needle) => text.includes(needle))) return true;
      if (text.length === tail.length) return false;
      tail = text.subarray(-longest);
    }
  } finally {
    closeSync(file);
  }
}
