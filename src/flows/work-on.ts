// What people do with items of the desk: decided on what an item is now, never over the head of somebody else.
import {
  type DeskItem,
  decideAll,
  type Filter,
  isOpenState,
  type RefusedWork,
  type WorkChange,
} from "../core/desk/index.ts";
import {
  addDeskThread,
  type CountedChange,
  countDeskChanges,
  countDeskItem,
  type DeskRecord,
  deskIdOf,
  deskItem,
  deskSeqs,
  patchDeskItem,
  type Tx,
  waitForWork,
} from "../storage/index.ts";
import { dueOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";

/** Who does what with one item. */
export interface Work {
  readonly itemId: string;
  /** The version that was seen: another one means that somebody was quicker. */
  readonly version: number;
  readonly actor: string;
  /** All or none. */
  readonly changes: readonly WorkChange[];
}

/** What became of it. */
export type WorkOutcome =
  | { readonly kind: "done"; readonly item: DeskRecord }
  | { readonly kind: "unknown_item" }
  /** `version` is the one that stands. */
  | { readonly kind: "stale"; readonly version: number }
  /** The change at `index` cannot be. */
  | { readonly kind: "refused"; readonly index: number; readonly reason: RefusedWork };

/** Does it; of two people who saw the same version one succeeds. */
export function workOn(house: House, work: Work): Promise<WorkOutcome> {
  const at = house.now();
  return house.database.transaction(async (tx): Promise<WorkOutcome> => {
    await waitForWork(tx);
    const before = await deskItem(tx, work.itemId, true);
    if (before === null) return { kind: "unknown_item" };
    if (before.version !== work.version) return { kind: "stale", version: before.version };
    const applied = await applyWork(tx, house, before, work, at);
    if (applied.kind === "refused") return applied;
    const item = (await deskItem(tx, work.itemId)) as DeskRecord;
    if (applied.count > 0) {
      await countDeskItem(tx, before, item);
      const details = { changes: work.changes.map(withoutText) };
      await keepAudit(tx, { at, actor: work.actor, action: "desk.work", subject: work.itemId, details });
    }
    return { kind: "done", item };
  });
}

/** Changes that may be made of many items at once: no notes, no promo codes. */
export type BulkChange = Exclude<WorkChange, { kind: "note" }>;

/** Work on everything that a filter finds. */
export interface BulkWork {
  readonly filter: Filter;
  /** As written, for the log. */
  readonly filterText: string;
  readonly actor: string;
  readonly change: BulkChange;
  /** Most items; what is beyond is left and told. */
  readonly most: number;
}

/** How many were found, changed, as they should be already, or could not be changed. */
export interface BulkReport {
  readonly found: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  /** More match than may be changed at once: the same again goes on. */
  readonly isMore: boolean;
}

/** Items of one transaction: small enough that nobody waits long for it. */
const PORTION = 50;

/** Does the same to all that match, as they are when their turn comes. May be called again: it changes nothing twice. */
export async function workOnMany(house: House, work: BulkWork): Promise<BulkReport> {
  const report = { found: 0, changed: 0, unchanged: 0, refused: 0, isMore: false };
  let after = 0;
  while (report.found < work.most) {
    const limit = Math.min(PORTION, work.most - report.found);
    const seqs = await house.database.read((tx) => deskSeqs(tx, work.filter, after, limit));
    if (seqs.length === 0) return report;
    const part = await portion(house, work, seqs);
    report.found += seqs.length;
    report.changed += part.changed;
    report.unchanged += part.unchanged;
    report.refused += part.refused;
    after = seqs.at(-1) as number;
  }
  const rest = await house.database.read((tx) => deskSeqs(tx, work.filter, after, 1));
  return { ...report, isMore: rest.length > 0 };
}

function portion(
  house: House,
  { actor, change, filterText }: BulkWork,
  seqs: readonly number[],
): Promise<{ readonly changed: number; readonly unchanged: number; readonly refused: number }> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    const count = { changed: 0, unchanged: 0, refused: 0 };
    const counted: CountedChange[] = [];
    await waitForWork(tx);
    for (const seq of seqs) {
      const id = await deskIdOf(tx, seq);
      const before = id === null ? null : await deskItem(tx, id, true);
      if (before === null) continue;
      const applied = await applyWork(tx, house, before, { actor, changes: [change] }, at);
      if (applied.kind === "refused") count.refused += 1;
      else if (applied.count > 0) {
        count.changed += 1;
        counted.push({ before, after: await deskItem(tx, before.id) });
      } else count.unchanged += 1;
    }
    if (count.changed > 0) {
      await countDeskChanges(tx, counted);
      const details = { change, filter: filterText, from: seqs[0], to: seqs.at(-1), ...count };
      await keepAudit(tx, { at, actor, action: "desk.bulk", subject: "desk", details });
    }
    return count;
  });
}

/** Decides all changes first, so that refused work writes nothing. */
async function applyWork(
  tx: Tx,
  house: House,
  before: DeskRecord,
  { actor, changes }: Pick<Work, "actor" | "changes">,
  at: number,
): Promise<
  | { readonly kind: "applied"; readonly count: number }
  | { readonly kind: "refused"; readonly index: number; readonly reason: RefusedWork }
> {
  const decided = decideAll(before, changes);
  if (decided.kind === "refused") return decided;
  const clock = await clockAfter(tx, house, before, decided.item, at);
  for (const { patch, entry } of decided.steps) {
    await patchDeskItem(tx, before.seq, patch, { at, ...clock });
    await addDeskThread(tx, before.id, { at, actor, ...entry });
  }
  return { kind: "applied", count: decided.steps.length };
}

/** An item that is closed has no clock, one that is opened again gets a new one; else it runs on. */
async function clockAfter(
  tx: Tx,
  house: House,
  before: DeskItem,
  after: DeskItem,
  at: number,
): Promise<{ readonly dueAt?: number | null }> {
  if (isOpenState(before.state) === isOpenState(after.state)) return {};
  return { dueAt: isOpenState(after.state) ? await dueOf(tx, house, after, at) : null };
}

/** What people write is in the thread, where it can be erased; the log, which nobody can change, only says that it was. */
function withoutText(change: WorkChange): object {
  return change.kind === "note" ? { kind: "note", characters: change.text.length } : change;
}
