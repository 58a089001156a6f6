// Duties around the data itself: backups, and a write-ahead log that does not keep the size of its worst hour.
import {
  type BackupSource,
  forgetBodies,
  forgetCalculations,
  forgetCarts,
  forgetErasureActs,
  forgetUses,
  forgetWords,
  type House,
  makeBackup,
  pruneBackups,
  type WordsKept,
} from "../flows/index.ts";
import type { OpenedDatabase } from "../storage/index.ts";
import type { Job } from "./scheduler.ts";

/** How often the log of SQLite is emptied into its file, ms. */
export const TRUNCATION_MS = 3_600_000;

/** Empties the log every hour; on PostgreSQL there is nothing to do. */
export function logTruncation(database: OpenedDatabase): readonly Job[] {
  const truncate = database.truncateLog;
  if (truncate === undefined) return [];
  return [
    {
      name: "truncate-log",
      everyMs: TRUNCATION_MS,
      run: async () => {
        truncate();
        return {};
      },
    },
  ];
}

/** How often explanations are looked through, ms. */
const FORGET_MS = 600_000;

/** Forgets explanations of calculations by age and by the room they take. */
export function forgetCalculationsJob(
  house: House,
  limits: { readonly keepMs: number; readonly mostSize: number },
): Job {
  return {
    name: "forget-calculations",
    everyMs: FORGET_MS,
    run: async () => ({ ...(await forgetCalculations(house, limits.keepMs, limits.mostSize)) }),
  };
}

/** Empties bodies of deliveries that are older than `keepMs`. */
export function forgetBodiesJob(house: House, keepMs: number): Job {
  let from = 0;
  return {
    name: "forget-bodies",
    everyMs: FORGET_MS,
    run: async () => {
      const { emptied, until } = await forgetBodies(house, keepMs, from);
      from = until;
      return { emptied };
    },
  };
}

/** Takes out words and names that have outlived their time; not at all where both are kept for ever. */
export function forgetWordsJob(house: House, kept: WordsKept): readonly Job[] {
  if (kept.wordsMs === 0 && kept.namesMs === 0) return [];
  return [
    { name: "forget-words", everyMs: FORGET_MS, run: async () => ({ ...(await forgetWords(house, kept)) }) },
  ];
}

/** How often carts are looked through for what may be forgotten, ms. */
export const FORGET_CARTS_MS = 600_000;

/** Forgets whole carts of splits after an hour and kept carts that nobody touches. */
export function forgetCartsJob(house: House): Job {
  return { name: "forget-carts", everyMs: FORGET_CARTS_MS, run: () => forgetCarts(house) };
}

/** How often counters of limits are looked through for periods long past, ms. */
const FORGET_USES_MS = 86_400_000;

/** Forgets counters of days, weeks and months long past. */
export function forgetUsesJob(house: House): Job {
  return {
    name: "forget-uses",
    everyMs: FORGET_USES_MS,
    run: async () => ({ ...(await forgetUses(house)) }),
  };
}

/** Forgets acts of erasure whose time is over, once a day. */
export function forgetErasuresJob(house: House): Job {
  return {
    name: "forget-erasures",
    everyMs: FORGET_USES_MS,
    run: async () => ({ ...(await forgetErasureActs(house)) }),
  };
}

/** Backs up every `everyMs` and keeps the newest `keep`; with 0 not at all. */
export function backupJob(
  house: House,
  source: BackupSource,
  rhythm: { readonly everyMs: number; readonly keep: number },
): readonly Job[] {
  if (rhythm.everyMs === 0) return [];
  return [
    {
      name: "backup",
      everyMs: rhythm.everyMs,
      run: async () => {
        const { manifest } = await makeBackup(source, house.now());
        return { bytes: manifest.bytes, removed: pruneBackups(source.into, rhythm.keep) };
      },
    },
  ];
}
