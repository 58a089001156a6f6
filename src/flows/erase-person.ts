// Erases the personal data of an order or a customer from the feedback side of the house, and keeps an act that proves it.
import { createHash } from "node:crypto";
import {
  addErasure,
  answersOnTheirWay,
  auditEntries,
  type ErasedOrder,
  type ErasureRow,
  eraseBodiesWith,
  eraseCartsOf,
  eraseCustomerRows,
  eraseEvents,
  eraseOrder,
  eraseToldTo,
  erasureById,
  idsOfCustomer,
  itemIdsOfOrders,
  listErasures,
  ordersOfCustomer,
  survivorOf,
  type Tx,
} from "../storage/index.ts";
import { type ErasureReach, eraseExports, eraseKeptAnswers } from "./erase-copies.ts";
import { rememberErased } from "./erased-sources.ts";
import type { ShelfErasure } from "./export-shelf.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";
import { stemText } from "./stem-words.ts";

/** Whose data. */
export interface ErasureWish {
  readonly kind: "order" | "customer";
  readonly id: string;
  readonly actor: string;
  /** Why: a request of the person, the end of a term. Without personal data. */
  readonly reason: string;
  /** Names, phones and cards that a customer is known by: looked for in what hangs on no order. Not kept. */
  readonly knownAs?: readonly string[];
}

/** What an act says; personal data are not in it. */
export interface ErasureAct {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly reason: string;
  readonly subject: { readonly kind: "order" | "customer"; readonly id: string };
  readonly orders: readonly string[];
  readonly items: readonly string[];
  /** Rows emptied or removed, by kind. */
  readonly erased: Readonly<Record<string, number>>;
  readonly database: "sqlite" | "postgres";
  /** Exported files that spoke of the orders: removed, or left for a person to remove. */
  readonly files: ShelfErasure;
  /** Entries of the audit log about these items, as it stands: numbers, hashes and what was done. */
  readonly audit: readonly {
    readonly number: number;
    readonly at: string;
    readonly action: string;
    readonly hash: string;
  }[];
}

/** What became of it. */
export type ErasureOutcome =
  | { readonly kind: "erased"; readonly act: ErasureAct; readonly hash: string; readonly keepUntil: number }
  | { readonly kind: "nothing_known" }
  /** An answer to the person is on its way: nothing was erased. */
  | { readonly kind: "answer_on_its_way"; readonly orderId: string };

/** How long acts are kept: three years. */
const KEEP_MS = 3 * 366 * 86_400_000;

/** Entries of the log that an act quotes for one item, at most. */
const QUOTED = 200;

/**
 * Erases all in one transaction; the act is written with it. Files go before it: they can be exported again, what they hold
 * cannot be taken back.
 */
export async function erasePerson(
  house: House,
  wish: ErasureWish,
  reach: ErasureReach,
): Promise<ErasureOutcome> {
  const at = house.now();
  const id = house.newId();
  const shown = await house.database.read(async (tx) => itemIdsOfOrders(tx, await ordersOf(tx, wish)));
  // By the items' ids, which every table has: an order's id may be a word that stands everywhere.
  const files = eraseExports(reach.shelf, [...shown, ...(await idsForFiles(house, wish))]);
  const done = await house.database.transaction(async (tx): Promise<ErasureOutcome> => {
    const erased = await eraseAll(tx, wish, reach, at);
    if (erased.kind === "answer_on_its_way") return erased;
    const { counts, items } = erased;
    if (Object.values(counts).every((count) => count === 0)) return { kind: "nothing_known" };
    const { kind, id: subject, actor, reason } = wish;
    const act: ErasureAct = {
      id,
      at: new Date(at).toISOString(),
      actor,
      reason,
      subject: { kind, id: subject },
      orders: erased.orders,
      items,
      erased: { ...counts, files: files.removed.length },
      database: tx.engine,
      files,
      audit: await auditOf(tx, items),
    };
    const text = JSON.stringify(act);
    const hash = createHash("sha256").update(text).digest("base64url");
    const keepUntil = at + KEEP_MS;
    const row = { id, at, actor, subject_kind: kind, subject, act: text, hash, keep_until: keepUntil };
    await addErasure(tx, row);
    const details = { act: id, hash, erased: act.erased };
    await keepAudit(tx, { at, actor, action: "feedback.erase", subject, details });
    return { kind: "erased", act, hash, keepUntil };
  });
  if (done.kind === "erased") house.dataErased?.();
  return done;
}

async function ordersOf(tx: Tx, wish: ErasureWish): Promise<readonly string[]> {
  if (wish.kind === "order") return [wish.id];
  const orders = new Set<string>();
  for (const id of await idsOf(tx, wish.id))
    for (const order of await ordersOfCustomer(tx, id)) orders.add(order);
  return [...orders].sort();
}

/** Every id that the person has or had. */
async function idsOf(tx: Tx, customerId: string): Promise<readonly string[]> {
  return idsOfCustomer(tx, await survivorOf(tx, customerId));
}

type Erased =
  | Extract<ErasureOutcome, { kind: "answer_on_its_way" }>
  | {
      readonly kind: "done";
      readonly orders: readonly string[];
      readonly items: readonly string[];
      readonly counts: Record<string, number>;
    };

async function eraseAll(tx: Tx, wish: ErasureWish, reach: ErasureReach, at: number): Promise<Erased> {
  const orders = await ordersOf(tx, wish);
  for (const orderId of orders) {
    if ((await answersOnTheirWay(tx, orderId)) > 0) return { kind: "answer_on_its_way", orderId };
  }
  const done: ErasedOrder[] = [];
  for (const orderId of orders) done.push(await eraseOrder(tx, orderId, (preset) => stemText(preset)));
  const counts = sumOf(done);
  const items = done.flatMap(({ itemIds }) => itemIds);
  const needles = done.flatMap((each) => each.needles);
  counts["keptAnswers"] = await eraseKeptAnswers(tx, reach.secrets, [...orders, ...items], needles);
  for (const id of wish.kind === "customer" ? await idsOf(tx, wish.id) : []) {
    counts["calculations"] = (counts["calculations"] ?? 0) + (await eraseCartsOf(tx, id));
  }
  if (wish.kind === "customer") await eraseCustomer(tx, wish, reach, needles, counts);
  const sources = done.flatMap((each) => each.sources);
  await rememberErased(tx, sources, at);
  return { kind: "done", orders, items, counts };
}

/** Characters of an id from which on it is not a word that stands in any table. */
const TELLING_ID = 6;

/** Ids by which exported tables of orders, points and customers speak of a customer. */
async function idsForFiles(house: House, wish: ErasureWish): Promise<readonly string[]> {
  if (wish.kind === "order") return [];
  const ids = await house.database.read(async (tx) => [
    ...(await ordersOf(tx, wish)),
    ...(await idsOf(tx, wish.id)),
  ]);
  return ids.filter(({ length }) => length >= TELLING_ID);
}

/** The customer's own rows, and copies that hang on no order; adds to `counts`. */
async function eraseCustomer(
  tx: Tx,
  wish: ErasureWish,
  { secrets }: ErasureReach,
  needles: readonly string[],
  counts: Record<string, number>,
): Promise<void> {
  const ids = await idsOf(tx, wish.id);
  const add = (kind: string, count: number): void => {
    counts[kind] = (counts[kind] ?? 0) + count;
  };
  for (const [kind, count] of Object.entries(await eraseCustomerRows(tx, ids))) add(kind, count);
  const telling = tellingTexts([...needles, ...(wish.knownAs ?? [])], wish.knownAs ?? []);
  for (const id of ids) add("events", await eraseEvents(tx, [id], [...needles, ...telling]));
  add("events", await eraseToldTo(tx, telling));
  add("bodies", await eraseBodiesWith(tx, telling));
  add("keptAnswers", await eraseKeptAnswers(tx, secrets, [...ids, ...telling], [...needles, ...telling]));
}

/** Digits of a phone or card from which on they are one. */
const TELLING_DIGITS = 10;

/** Of what is known of a person what names nobody else: addresses of mail, phones and cards in their spellings, and what was given. */
function tellingTexts(texts: readonly string[], given: readonly string[]): readonly string[] {
  const found = new Set<string>(given.map((text) => text.trim()).filter((text) => text !== ""));
  for (const text of texts) {
    if (/^\S+@\S+$/u.test(text.trim())) found.add(text.trim());
    const digits = text.replace(/\D/gu, "");
    if (!/^[+\d\s()-]+$/u.test(text.trim()) || digits.length < TELLING_DIGITS) continue;
    // The last ten stand in every spelling of a phone without blanks.
    for (const spelling of [text.trim(), digits, digits.slice(-TELLING_DIGITS)]) found.add(spelling);
  }
  return [...found];
}

async function auditOf(tx: Tx, items: readonly string[]): Promise<ErasureAct["audit"]> {
  const entries = [];
  for (const item of items) entries.push(...(await auditEntries(tx, 0, QUOTED, item)));
  return entries.map((entry) => ({
    number: entry.number,
    at: new Date(entry.at).toISOString(),
    action: entry.action,
    hash: entry.hash,
  }));
}

function sumOf(done: readonly ErasedOrder[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { counts } of done)
    for (const [kind, count] of Object.entries(counts)) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}

/** An act as it was kept, and whether its hash is still that of its words. */
export interface KeptErasure {
  readonly row: ErasureRow;
  readonly act: ErasureAct;
  readonly isWhole: boolean;
}

/** Acts, newest first; `before` is the id of the last one seen. */
export async function findErasures(
  house: House,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly KeptErasure[]> {
  const rows = await house.database.read((tx) => listErasures(tx, page.before, page.limit));
  return rows.map(keptOf);
}

/** The act with that id; null: there is none. */
export async function findErasure(house: House, id: string): Promise<KeptErasure | null> {
  const row = await house.database.read((tx) => erasureById(tx, id));
  return row === null ? null : keptOf(row);
}

function keptOf(row: ErasureRow): KeptErasure {
  const isWhole = createHash("sha256").update(row.act).digest("base64url") === row.hash;
  const act = JSON.parse(row.act) as ErasureAct;
  // Acts from before there was a list of files have none.
  return { row, isWhole, act: { ...act, files: act.files ?? { removed: [], left: [] } } };
}
