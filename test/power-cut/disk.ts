// A disk whose power can be cut: a file system in a file, shut down by the kernel without a flush of its log.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDiskGone } from "./plain-writer.ts";

/** The disk's size; XFS wants 300 MB at least. */
const SIZE = "512M";

/** When the power went, by `process.hrtime`: not before `began`, and it is gone from `ended` on. */
export interface Cut {
  readonly began: bigint;
  readonly ended: bigint;
}

/** How long the program at the switch may take to start, ms. */
const LONGEST_REACH_MS = 20_000;

function isOpenBy(folder: string, path: string): boolean {
  try {
    return readdirSync(folder).some((each) => readlinkSync(join(folder, each)) === path);
  } catch {
    return false;
  }
}

function must(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim();
  throw new Error(`${program} ${args.join(" ")} failed: ${reason}`);
}

/** A file system in a file of `folder`, mounted at `mount`. */
export class Disk {
  readonly mount: string;
  readonly #image: string;
  #switch: ChildProcess | null = null;

  constructor(folder: string, kind: string) {
    this.mount = join(folder, "mount");
    this.#image = join(folder, "disk.img");
    mkdirSync(this.mount);
    must("truncate", ["-s", SIZE, this.#image]);
    must(`mkfs.${kind}`, ["-q", this.#image]);
    this.connect();
  }

  /** Mounts it; what the file system had noted on the disk is recovered. */
  connect(): void {
    must("mount", ["-o", "loop", this.#image, this.mount]);
  }

  /** Puts a hand on the switch, so that the cut itself takes no time for the start of a program. */
  async reach(): Promise<void> {
    const hand = spawn("xfs_io", ["-x", this.mount], { stdio: ["pipe", "ignore", "ignore"] });
    const opened = `/proc/${hand.pid}/fd`;
    const deadline = performance.now() + LONGEST_REACH_MS;
    while (!isOpenBy(opened, this.mount)) {
      if (performance.now() > deadline) throw new Error("xfs_io does not open the disk");
      await new Promise((next) => setTimeout(next, 1));
    }
    this.#switch = hand;
  }

  /** Nothing that is not on the disk yet will ever be. */
  async cut(): Promise<Cut> {
    const hand = this.#switch;
    if (hand === null) throw new Error("reach for the switch first");
    const gone = new Promise((next) => hand.once("exit", next));
    const began = process.hrtime.bigint();
    hand.stdin?.end("shutdown\nquit\n");
    await gone;
    const ended = process.hrtime.bigint();
    if (!this.#isDead()) throw new Error("the disk was not shut down");
    return { began, ended };
  }

  #isDead(): boolean {
    try {
      writeFileSync(join(this.mount, "alive"), "");
      return false;
    } catch (error) {
      return isDiskGone(error);
    }
  }

  disconnect(): void {
    must("umount", [this.mount]);
  }
}
