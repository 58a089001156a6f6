// Takes an import of past feedback back as a whole; what somebody or a channel has gone on with since stays, and is counted.
import {
  beginFeedbackUndo,
  countDeskItem,
  deskItem,
  type FeedbackImport,
  feedbackImportById,
  finishFeedbackUndo,
  type ImportedRecord,
  importedRecords,
  listFeedbackImports,
  lockDeskOrder,
  lockRecord,
  releaseImportRow,
  removeImported,
  type Tx,
  untouchedOrder,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";
import { settleDispute } from "./show-on-desk.ts";

/** What became of the wish; null: there is no such import. */
export interface FeedbackUndone {
  readonly kind: "undone" | "unchanged";
  readonly import: FeedbackImport;
  /** Items that were removed by this call. */
  readonly removed: number;
}

/** Records of one transaction. */
const HANDFUL = 50;

/** Takes it back; again, it goes on where a crash interrupted it, or changes nothing. */
export async function undoFeedbackImport(
  house: House,
  id: string,
  actor: string,
): Promise<FeedbackUndone | null> {
  const found = await house.database.transaction(async (tx) => {
    const known = await feedbackImportById(tx, id);
    if (known !== null) await beginFeedbackUndo(tx, id);
    return known;
  });
  if (found === null) return null;
  if (found.state === "undone") return { kind: "unchanged", import: found, removed: 0 };
  let removed = 0;
  for (let after = -1; ; ) {
    const start = after;
    const records = await house.database.read((tx) => importedRecords(tx, id, start, HANDFUL));
    const last = records.at(-1);
    if (last === undefined) break;
    removed += await house.database.transaction((tx) => takeBack(tx, id, records));
    after = last.position;
  }
  const at = house.now();
  const done = await house.database.transaction(async (tx) => {
    await finishFeedbackUndo(tx, id, at, actor);
    const undone = (await feedbackImportById(tx, id)) as FeedbackImport;
    const details = { name: undone.name, removed, kept: undone.kept };
    await keepAudit(tx, { at, actor, action: "feedback.import_undone", subject: id, details });
    return undone;
  });
  return { kind: "undone", import: done, removed };
}

async function takeBack(tx: Tx, importId: string, records: readonly ImportedRecord[]): Promise<number> {
  let removed = 0;
  for (const record of records) {
    if (!record.isRating) await lockRecord(tx, record.itemId);
    const orderId = await untouchedOrder(tx, record, importId);
    if (orderId === null) continue;
    await lockDeskOrder(tx, orderId);
    const before = await deskItem(tx, record.itemId, true);
    await removeImported(tx, record);
    await settleDispute(tx, orderId);
    await countDeskItem(tx, before, null);
    await releaseImportRow(tx, importId, record.position);
    removed += 1;
  }
  return removed;
}

/** Imports of past feedback, newest first. */
export function findFeedbackImports(house: House, limit: number): Promise<readonly FeedbackImport[]> {
  return house.database.read((tx) => listFeedbackImports(tx, limit));
}
