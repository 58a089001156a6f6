// Takes past feedback from a file as one batch: shown on the desk as needing no reaction, told to nobody, and taken back as a whole.
import { createHash } from "node:crypto";
import { instant } from "../core/basics/index.ts";
import { canonicalText, decideEffect } from "../core/feedback/index.ts";
import {
  addImportRow,
  beginFeedbackImport,
  claimRating,
  countImported,
  type FeedbackArrival,
  type FeedbackImport,
  findFeedback,
  finishFeedbackImport,
  insertFeedback,
  isPlaceKnown,
  isRowTaken,
  lockFeedback,
  lockFeedbackImport,
  ratingsOfOrders,
  reviseRating,
  type Tx,
} from "../storage/index.ts";
import { clockOf } from "./desk-policy.ts";
import { isFeedbackErased, isRatingErased } from "./erased-sources.ts";
import { FaultBook, type FileReport } from "./file-report.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";
import { type PlannedFeedback, planFeedback, type RejectedFeedback } from "./plan-feedback.ts";
import { showImportedFeedback, showImportedRating } from "./show-imported.ts";

/** How a file is to be taken. */
export interface FeedbackFileWish {
  /** Name of the file, kept with the batch. */
  readonly name: string;
  readonly actor: string;
  /** The marketplace's client whose feedback it is, so that what it delivers again is known. */
  readonly clientId: string;
  /** True: read and look up, and change nothing. */
  readonly isDry: boolean;
}

/** What became of a file. */
export interface FeedbackImported extends FileReport {
  /** The batch; null where nothing was begun. */
  readonly importId: string | null;
  /** Lines whose feedback was here already, or was erased: nothing was changed. */
  readonly known: number;
  readonly rejects: readonly RejectedFeedback[];
}

/** Lines of one transaction: others must not wait long. */
const HANDFUL = 50;

/** Imports past feedback. The same file again changes nothing, until the import is undone; after a crash it goes on. */
export async function importFeedback(
  house: House,
  bytes: Uint8Array,
  wish: FeedbackFileWish,
): Promise<FeedbackImported> {
  const book = new FaultBook();
  const planned = planFeedback(bytes, book, clockOf(house, null), house.now());
  if (planned.kind === "refused") {
    return { ...book.report(0, { reason: planned.reason }), importId: null, known: 0, rejects: [] };
  }
  const { rows, rejects } = planned;
  if (wish.isDry || rows.length === 0) {
    const taken = await countNew(house, rows, wish.clientId);
    const report = book.report(taken, { isDry: wish.isDry });
    // Everything was here before: that is no fault of the file.
    const kind = rows.length > 0 ? "checked" : report.kind;
    return {
      ...report,
      kind,
      reason: kind === "checked" ? null : report.reason,
      importId: null,
      known: rows.length - taken,
      rejects,
    };
  }
  const hash = createHash("sha256").update(bytes).digest("base64url");
  const fresh = {
    id: house.newId(),
    name: wish.name,
    actor: wish.actor,
    hash,
    rows: rows.length,
    startedAt: house.now(),
  };
  const batch = await house.database.transaction((tx) => beginFeedbackImport(tx, fresh));
  const wasDone = batch.state === "done";
  if (batch.state === "running") await take(house, batch, rows, wish);
  const taken = await house.database.read((tx) => countImported(tx, batch.id));
  const report = book.report(taken);
  const kind = wasDone || taken === 0 ? "unchanged" : "imported";
  return { ...report, kind, reason: null, importId: batch.id, known: rows.length - taken, rejects };
}

async function countNew(house: House, rows: readonly PlannedFeedback[], clientId: string): Promise<number> {
  const seen = new Set<string>();
  let count = 0;
  for (const row of rows) {
    const key =
      row.source === "app"
        ? `app ${row.orderId}`
        : `${row.content.sourceOrderId} ${row.content.sourceId ?? row.content.createdAt.at}`;
    const isNew = !seen.has(key) && !(await house.database.read((tx) => isKnown(tx, row, clientId)));
    seen.add(key);
    if (isNew) count += 1;
  }
  return count;
}

async function isKnown(tx: Tx, row: PlannedFeedback, clientId: string): Promise<boolean> {
  if (row.source === "app") {
    const rated = await ratingsOfOrders(tx, [row.orderId]);
    return rated.size > 0 || isRatingErased(tx, row.orderId);
  }
  const { content } = row;
  if (await isFeedbackErased(tx, row.source, content)) return true;
  const stored = await findFeedback(tx, { source: row.source, clientId }, content);
  return decideEffect({ content, hash: "" }, stored).kind !== "created";
}

async function take(
  house: House,
  batch: FeedbackImport,
  rows: readonly PlannedFeedback[],
  wish: FeedbackFileWish,
): Promise<void> {
  for (let from = 0; from < rows.length; from += HANDFUL) {
    const handful = rows.slice(from, from + HANDFUL);
    const isOn = await house.database.transaction(async (tx) => {
      if (!(await lockFeedbackImport(tx, batch.id, "running"))) return false;
      for (const row of handful) await takeRow(tx, house, batch.id, row, wish.clientId);
      return true;
    });
    if (!isOn) return;
  }
  const at = house.now();
  await house.database.transaction(async (tx) => {
    await finishFeedbackImport(tx, batch.id, at);
    const details = { name: wish.name, rows: rows.length, taken: await countImported(tx, batch.id) };
    await keepAudit(tx, { at, actor: wish.actor, action: "feedback.import", subject: batch.id, details });
  });
}

async function takeRow(
  tx: Tx,
  house: House,
  importId: string,
  row: PlannedFeedback,
  clientId: string,
): Promise<void> {
  if (await isRowTaken(tx, importId, row.line)) return;
  const isRating = row.source === "app";
  const itemId = isRating
    ? await takeRating(tx, house, importId, row)
    : await takeFeedback(tx, house, importId, row, clientId);
  await addImportRow(tx, { importId, position: row.line, itemId, isRating });
}

/** Null: it is here already. */
async function takeFeedback(
  tx: Tx,
  house: House,
  importId: string,
  row: Extract<PlannedFeedback, { source: "yandex-eats" }>,
  clientId: string,
): Promise<string | null> {
  const { content } = row;
  const scope = { source: row.source, clientId };
  await lockFeedback(tx, scope, content);
  if (await isKnown(tx, row, clientId)) return null;
  const itemId = house.newId();
  const receivedAt = instant(row.at);
  const arrival: FeedbackArrival = {
    content,
    hash: createHash("sha256").update(canonicalText(content)).digest("base64url"),
    scope,
    deliveryId: importId,
    receivedAt,
    effect: "imported",
    warnings: [],
    isUnassigned: !(await isPlaceKnown(tx, content.placeId)),
  };
  if (!(await insertFeedback(tx, itemId, arrival))) return null;
  await showImportedFeedback(tx, house, { itemId, content, receivedAt });
  return itemId;
}

/** An imported rating was not asked for by us: it never counts as an ask or its answer. */
async function takeRating(
  tx: Tx,
  house: House,
  importId: string,
  row: Extract<PlannedFeedback, { source: "app" }>,
): Promise<string | null> {
  const { orderId, stars, comment } = row;
  const receivedAt = instant(row.at);
  if (await isRatingErased(tx, orderId)) return null;
  const claimed = await claimRating(tx, { orderId, newId: house.newId(), at: receivedAt });
  if (claimed.revisions > 0) return null;
  const state = { stars, comment, isAsked: false };
  await reviseRating(tx, orderId, { ...state, number: 1, deliveryId: importId, receivedAt });
  await showImportedRating(tx, house, { ratingId: claimed.id, orderId, state, receivedAt });
  return claimed.id;
}
