// Takes a catalogue: reads it beside the current one, tells the difference, and shows it to carts at once or not at all.
import {
  type FileValidators,
  finishImport,
  importById,
  lockCatalogue,
  markLeftovers,
  publishCatalogue,
  saveChanges,
  sweepOutlived,
} from "../storage/index.ts";
import type { FeedEvent, FileBroken, Reading } from "./feed-events.ts";
import { FeedStaging } from "./feed-staging.ts";
import type { House } from "./house.ts";
import {
  eachPage,
  type ImportOutcome,
  type ImportRefusal,
  type ImportRun,
  NO_VALIDATORS,
  Overtaken,
  ROWS_PER_PAGE,
  refusal,
  startImport,
} from "./import-run.ts";

/** A feed without more than this share of the current goods waits for a person, percent. */
export const VANISH_LIMIT_PERCENT = 30;

/** How a feed is taken. */
export interface FeedOptions {
  /** What the server told with the file, to be sent back next time. */
  readonly validators?: FileValidators;
  /** 0 to 100 instead of VANISH_LIMIT_PERCENT. */
  readonly mostVanishedPercent?: number;
}

/**
 * Imports a feed. Applied: carts see the whole of it from one moment on. Held: more goods than allowed would vanish.
 * Refused: the file is broken, has no usable offer, or another import runs; the old catalogue stays.
 */
export async function importFeed(
  house: House,
  reading: Reading<FeedEvent>,
  options: FeedOptions = {},
): Promise<ImportOutcome> {
  const run = await startImport(house, "feed", reading.name);
  if (run === null) return refusal("busy", null);
  const staging = new FeedStaging(run);
  try {
    await staging.begin();
    const broken = await staging.read(reading);
    if (broken !== null || staging.offers === 0) return await refuse(house, run, staging, broken);
    await staging.finish();
    return await settle(house, run, staging, options);
  } catch (error) {
    if (error instanceof Overtaken) return refusal("overtaken", run.id);
    await staging.abandon().catch(() => undefined);
    throw error;
  }
}

/** Applies a held import. False: there is no such import, or a newer one has taken its place. */
export async function acceptHeldFeed(house: House, id: string): Promise<boolean> {
  const now = house.now();
  const isApplied = await house.database.transaction(async (tx) => {
    await lockCatalogue(tx);
    const held = await importById(tx, id);
    if (held === null || held.kind !== "feed" || held.state !== "held") return false;
    if (!(await publishCatalogue(tx, held.baseVersion + 1))) return false;
    return finishImport(tx, id, { ...held, state: "applied", reason: "accepted", now });
  });
  if (isApplied) await sweep(house);
  return isApplied;
}

/**
 * Drops a held import: the catalogue stays, and the same file is not taken again until it changes. What is staged goes with
 * the next import. False: there is no such import, or it waits no more.
 */
export function dropHeldFeed(house: House, id: string): Promise<boolean> {
  const now = house.now();
  return house.database.transaction(async (tx) => {
    await lockCatalogue(tx);
    const held = await importById(tx, id);
    if (held === null || held.kind !== "feed" || held.state !== "held") return false;
    return finishImport(tx, id, { ...held, state: "refused", reason: "dropped", now });
  });
}

async function refuse(
  house: House,
  run: ImportRun,
  staging: FeedStaging,
  broken: FileBroken | null,
): Promise<ImportOutcome> {
  const reason: ImportRefusal = broken === null ? "nothing_usable" : "broken_file";
  const problems = staging.book.counts();
  await staging.discard();
  await run.end("refused", { reason, counts: staging.counts(), problems });
  house.alarm("feed_refused", { reason, line: broken?.line ?? 0 });
  return refusal(reason, run.id, { broken, problems });
}

async function settle(
  house: House,
  run: ImportRun,
  staging: FeedStaging,
  { validators = NO_VALIDATORS, mostVanishedPercent = VANISH_LIMIT_PERCENT }: FeedOptions,
): Promise<ImportOutcome> {
  const counts = staging.counts();
  const problems = staging.book.counts();
  const told = { counts, problems, validators };
  const ended = { id: run.id, counts, problems };
  if (!staging.isChanged) {
    await run.end("unchanged", told, (tx) => markLeftovers(tx, false));
    return { kind: "unchanged", ...ended };
  }
  if (staging.vanished * 100 > staging.before * mostVanishedPercent) {
    await run.end("held", told, (tx) => saveChanges(tx, run.id, staging.changes.list()));
    house.alarm("feed_held", { vanished: staging.vanished, before: staging.before });
    return { kind: "held", ...ended };
  }
  await run.end("applied", told, async (tx) => {
    // Under the floor nobody else publishes; if somebody has, nothing of this import may become visible.
    if (!(await publishCatalogue(tx, run.baseVersion + 1))) throw new Overtaken("the catalogue has moved on");
    await saveChanges(tx, run.id, staging.changes.list());
  });
  await sweep(house);
  return { kind: "applied", ...ended };
}

async function sweep(house: House): Promise<void> {
  await eachPage((after) => house.database.transaction((tx) => sweepOutlived(tx, after, ROWS_PER_PAGE)));
}
