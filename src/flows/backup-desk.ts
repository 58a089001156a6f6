// Backups for people who look at a screen: one is made or checked at a time, beside the calls, and what came of it is kept at hand.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CopyUnusable } from "../storage/index.ts";
import { type BackupManifest, readManifest } from "./describe-backup.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";
import { type BackupSource, makeBackup } from "./make-backup.ts";
import { verifyBackup } from "./restore-backup.ts";

/** How a backup is called. */
const NAME = /^prilavok-[\w-]{1,80}$/;

/** What was found when a backup was read whole. */
export interface BackupCheck {
  readonly at: number;
  /** Sentences; none for a good backup. */
  readonly problems: readonly string[];
}

/** A backup in the folder. */
export interface KnownBackup {
  readonly name: string;
  /** Null: the folder has no readable manifest. */
  readonly manifest: BackupManifest | null;
  /** The last check by this process; null: none. */
  readonly checked: BackupCheck | null;
  /** The command that puts it back. */
  readonly restoreCommand: string;
}

/** What runs just now. */
export interface BackupWork {
  readonly kind: "making" | "verifying";
  /** Null: it has no name before it is finished. */
  readonly name: string | null;
  readonly startedAt: number;
}

/** What came of a wish. */
export type BackupBegun =
  | { readonly kind: "begun"; readonly work: BackupWork }
  | { readonly kind: "refused"; readonly reason: "backup_running" | "not_found" };

/** The backups of one installation. One per process. */
export class BackupDesk {
  readonly #source: BackupSource;
  readonly #checks = new Map<string, BackupCheck>();
  #work: BackupWork | null = null;
  #running: Promise<void> = Promise.resolve();
  #failure: BackupCheck | null = null;

  constructor(source: BackupSource) {
    this.#source = source;
  }

  /** What runs; null: nothing. */
  get work(): BackupWork | null {
    return this.#work;
  }

  /** Why the last one that was made here failed; null: it did not. */
  get failure(): BackupCheck | null {
    return this.#failure;
  }

  /** Newest first. */
  list(): readonly KnownBackup[] {
    const { into } = this.#source;
    if (!existsSync(into)) return [];
    return readdirSync(into)
      .filter((name) => NAME.test(name))
      .sort()
      .reverse()
      .map((name) => ({
        name,
        manifest: readManifest(join(into, name)),
        checked: this.#checks.get(name) ?? null,
        restoreCommand: `prilavok backup restore "${join(into, name)}"`,
      }));
  }

  /** Begins a backup; what comes of it is seen in the list. */
  async make(house: House, actor: string): Promise<BackupBegun> {
    if (this.#work !== null) return { kind: "refused", reason: "backup_running" };
    return this.#begin(house, actor, { kind: "making", name: null, startedAt: house.now() }, async () => {
      this.#failure = null;
      await makeBackup(this.#source, house.now());
    });
  }

  /** Begins to read a backup whole. */
  async verify(house: House, actor: string, name: string): Promise<BackupBegun> {
    const isKnown = NAME.test(name) && existsSync(join(this.#source.into, name));
    if (!isKnown) return { kind: "refused", reason: "not_found" };
    if (this.#work !== null) return { kind: "refused", reason: "backup_running" };
    return this.#begin(house, actor, { kind: "verifying", name, startedAt: house.now() }, async () => {
      const { problems } = await verifyBackup(join(this.#source.into, name));
      this.#checks.set(name, { at: house.now(), problems });
    });
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #begin(
    house: House,
    actor: string,
    work: BackupWork,
    run: () => Promise<void>,
  ): Promise<BackupBegun> {
    // Taken before anything is awaited: the next wish finds it.
    this.#work = work;
    try {
      const action = work.kind === "making" ? "system.backup" : "system.backup_verified";
      const note = { at: work.startedAt, actor, action, subject: work.name ?? "backup", details: {} };
      await house.database.transaction((tx) => keepAudit(tx, note));
    } catch (error) {
      this.#work = null;
      throw error;
    }
    this.#running = run()
      .catch((error: unknown) => {
        // Sentences are for people; of a surprise only that it was one.
        const problem = error instanceof CopyUnusable ? error.message : "it failed: see the log";
        this.#failure = { at: house.now(), problems: [problem] };
        house.alarm("backup_failed", { kind: work.kind });
      })
      .finally(() => {
        this.#work = null;
      });
    return { kind: "begun", work };
  }
}
