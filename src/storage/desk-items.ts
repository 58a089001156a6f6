// Items of the feedback desk: written as the channels tell them, read as filters, lists and numbers need them.
import {
  type AnswerWord,
  type Appeal,
  DESK_SOURCES,
  type DeskItem,
  type DeskSource,
  type DeskState,
} from "../core/desk/index.ts";
import type { Tx, Value } from "./database.ts";
import type { DeskTables } from "./tables/desk.ts";

type Row = DeskTables["desk_item"];

/** What a channel says of an item; the rest of it is people's work. */
export interface ToldItem {
  readonly id: string;
  readonly source: DeskSource;
  readonly orderId: string;
  readonly sourceOrderId: string | null;
  readonly branchId: string | null;
  readonly rating: number | null;
  /** The channel asked the customer for a rating, now or before. */
  readonly wasAsked: boolean;
  readonly comment: string | null;
  readonly preset: string | null;
  readonly totalMinor: number | null;
  readonly customerId: string | null;
  /** Day of the order on the branch's calendar, yyyymmdd. */
  readonly day: number;
  readonly receivedAt: number;
  readonly takenAt: number | null;
  readonly deliveredAt: number | null;
  readonly lateMs: number | null;
  /** Hour of the order on the branch's clock, 0 to 23; null: not known. */
  readonly hour?: number | null;
  /** Nothing but the arrival tells the day: the first arrival's stays. */
  readonly isDayOfArrival?: true;
  /** How often the customer said something, from 1. */
  readonly revision: number;
  /** See `DeskItem`. */
  readonly stems: string;
  /** Each article once. */
  readonly dishes: readonly { readonly id: string; readonly name: string; readonly stems: string }[];
}

/** An item with what only the desk itself needs. */
export interface DeskRecord extends DeskItem {
  readonly seq: number;
  readonly wasAsked: boolean;
  /** Hour of the order on the branch's clock, 0 to 23; null: not known. */
  readonly hour: number | null;
  readonly changedAt: number;
  readonly takenAt: number | null;
  readonly deliveredAt: number | null;
  readonly noteCount: number;
  /** Percent of the promo code that went out with the answer; null: none. */
  readonly promoPercent: number | null;
  readonly revision: number;
  /** Grows with every change by people: who changes says which version was seen. */
  readonly version: number;
}

/** The columns that the channels tell, in the order of `toldValues`. */
const TOLD = [
  "source",
  "order_id",
  "source_order_id",
  "branch_id",
  "rating",
  "was_asked",
  "comment",
  "preset",
  "total_minor",
  "customer_id",
  "day",
  "taken_at",
  "delivered_at",
  "late_ms",
  "revision",
  "stems",
  "hour",
] as const;

/** All columns by their names: what is kept prepared must not change what it gives when a column is added. */
const ITEM_COLUMNS = [
  ...TOLD,
  ...["seq", "id", "received_at", "changed_at", "state", "due_at", "assignee", "answer", "note_count"],
  ...["promo_percent", "cause", "appeal", "is_refunded", "is_disputed", "version"],
].join(", ");

/** Writes a new item; its order and id are free, or a race has been lost and the database says so. Gives it as it is read. */
export async function insertDeskItem(
  tx: Tx,
  told: ToldItem,
  work: { readonly state: DeskState; readonly dueAt: number | null },
): Promise<DeskRecord> {
  const names = [...TOLD, "id", "received_at", "changed_at", "state", "due_at"];
  const [row] = await tx.rows<Row>(
    `insert into desk_item (${names.join(", ")}, answer, note_count, appeal, is_refunded, is_disputed, version)
     values (${names.map(() => "?").join(", ")}, 'no', 0, 'none', 0, 0, 1) returning ${ITEM_COLUMNS}`,
    [...toldValues(told), told.id, told.receivedAt, told.receivedAt, work.state, work.dueAt],
  );
  const item = recordOf(row as Row);
  await addDishes(tx, item.seq, told);
  const dishes = told.dishes.map(({ id, stems }) => ({ id: id === "" ? null : id, stems }));
  return { ...item, tags: [], topics: [], dishes };
}

/** Writes what the channel says now; state and clock as they are after it. People's work stays, and their version too. */
export async function retellDeskItem(
  tx: Tx,
  seq: number,
  told: ToldItem,
  work: { readonly state: DeskState; readonly dueAt: number | null },
  at: number,
): Promise<void> {
  await tx.run(
    `update desk_item set ${TOLD.map((name) => `${name} = ?`).join(", ")}, changed_at = ?, state = ?, due_at = ?
     where seq = ?`,
    [...toldValues(told), at, work.state, work.dueAt, seq],
  );
  await tx.run("delete from desk_item_dish where seq = ?", [seq]);
  await addDishes(tx, seq, told);
}

/** Items of one order that a change of mind marks at once; more of one order is no customer's doing. */
export const MARKED_MOST = 1_000;

/** Says whether channels disagree about an order, of its items that say otherwise; of the newest 1,000 of them. */
export async function markDisputed(tx: Tx, orderId: string, isDisputed: boolean): Promise<void> {
  const [mark, other] = isDisputed ? [1, 0] : [0, 1];
  await tx.run(
    `update desk_item set is_disputed = ? where seq in
     (select seq from desk_item where order_id = ? and is_disputed = ? order by seq desc limit ${MARKED_MOST})`,
    [mark, orderId, other],
  );
}

/** Fewest and most stars that a channel gave an order; null where it gave none. */
export interface ChannelStars {
  readonly least: number | null;
  readonly most: number | null;
}

const end = (what: "min" | "max"): string =>
  `(select ${what}(rating) from desk_item where order_id = ? and source = ? and rating is not null)`;

/** Of an order, and a channel four times over: each is one end of an index. */
export const STARS_OF_ORDER = `select ${DESK_SOURCES.map(
  (_, index) => `${end("min")} as least_${index}, ${end("max")} as most_${index}`,
).join(", ")}`;

/** What each channel gave an order at least and at most, however many items the order has. */
export async function starsOfOrder(tx: Tx, orderId: string): Promise<ChannelStars[]> {
  const bound = DESK_SOURCES.flatMap((source) => [orderId, source, orderId, source]);
  const [row] = await tx.rows<Record<string, number | null>>(STARS_OF_ORDER, bound);
  return DESK_SOURCES.map((_, index) => ({
    least: starsOr(row?.[`least_${index}`]),
    most: starsOr(row?.[`most_${index}`]),
  }));
}

function starsOr(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

/** Dishes of one statement. */
const DISHES_MOST = 100;

async function addDishes(tx: Tx, seq: number, told: ToldItem): Promise<void> {
  // In one order, so that two who bring the same new dishes never wait for each other in a ring.
  const dishes = [...told.dishes].sort((left, right) => (dishKey(left) < dishKey(right) ? -1 : 1));
  for (let from = 0; from < dishes.length; from += DISHES_MOST) {
    const some = dishes.slice(from, from + DISHES_MOST);
    await tx.run(
      `insert into desk_dish (dish_id, name, stems) values ${some.map(() => "(?, ?, ?)").join(", ")} on conflict do nothing`,
      some.flatMap(({ id, name, stems }) => [id, name, stems]),
    );
    await tx.run(
      `insert into desk_item_dish (seq, dish) select ?, id from desk_dish
       where (dish_id, name) in (values ${some.map(() => "(?, ?)").join(", ")}) on conflict do nothing`,
      [seq, ...some.flatMap(({ id, name }) => [id, name])],
    );
  }
}

const dishKey = ({ id, name }: ToldItem["dishes"][number]): string => JSON.stringify([id, name]);

/** One item, for reading or, with `isForChange`, held until the transaction ends. */
export async function deskItem(tx: Tx, id: string, isForChange = false): Promise<DeskRecord | null> {
  const lock = isForChange && tx.engine === "postgres" ? " for update" : "";
  const rows = await tx.rows<Row>(`select ${ITEM_COLUMNS} from desk_item where id = ?${lock}`, [id]);
  const [item] = await recordsOf(tx, rows);
  return item ?? null;
}

/** Items of one read. */
const READ_MOST = 500;

/** Items by their ids; what is not there is left out. */
export async function deskItemsById(tx: Tx, ids: readonly string[]): Promise<Map<string, DeskRecord>> {
  const found = new Map<string, DeskRecord>();
  for (let from = 0; from < ids.length; from += READ_MOST) {
    const some = ids.slice(from, from + READ_MOST);
    const marks = some.map(() => "?").join(", ");
    const rows = await tx.rows<Row>(`select * from desk_item where id in (${marks})`, some);
    for (const item of await recordsOf(tx, rows)) found.set(item.id, item);
  }
  return found;
}

/** Rows with their words and dishes, in the same order. */
export async function recordsOf(tx: Tx, rows: readonly Row[]): Promise<DeskRecord[]> {
  if (rows.length === 0) return [];
  const marks = rows.map(() => "?").join(", ");
  const seqs = rows.map(({ seq }) => seq);
  const words = await tx.rows<{ seq: number; kind: string; word: string }>(
    `select seq, kind, word from desk_word where seq in (${marks}) order by word`,
    seqs,
  );
  const dishes = await tx.rows<{ seq: number; dish_id: string; stems: string }>(
    `select d.seq, n.dish_id, n.stems from desk_item_dish d join desk_dish n on n.id = d.dish
     where d.seq in (${marks}) order by n.id`,
    seqs,
  );
  const wordsOf = (seq: number, kind: string): string[] =>
    words.filter((each) => each.seq === seq && each.kind === kind).map(({ word }) => word);
  return rows.map((row) => ({
    ...recordOf(row),
    tags: wordsOf(row.seq, "tag"),
    topics: wordsOf(row.seq, "topic"),
    dishes: dishes
      .filter(({ seq }) => seq === row.seq)
      .map(({ dish_id, stems }) => ({ id: dish_id === "" ? null : dish_id, stems })),
  }));
}

function recordOf(row: Row): Omit<DeskRecord, "tags" | "topics" | "dishes"> {
  return {
    seq: row.seq,
    id: row.id,
    source: row.source as DeskSource,
    orderId: row.order_id,
    sourceOrderId: row.source_order_id,
    branchId: row.branch_id,
    rating: row.rating,
    wasAsked: row.was_asked === 1,
    comment: row.comment,
    preset: row.preset,
    totalMinor: row.total_minor,
    customerId: row.customer_id,
    hour: row.hour,
    day: row.day,
    receivedAt: row.received_at,
    changedAt: row.changed_at,
    takenAt: row.taken_at,
    deliveredAt: row.delivered_at,
    lateMs: row.late_ms,
    state: row.state as DeskState,
    assignee: row.assignee,
    dueAt: row.due_at,
    answer: row.answer as AnswerWord,
    noteCount: row.note_count,
    hasNotes: row.note_count > 0,
    promoPercent: row.promo_percent,
    hasPromo: row.promo_percent !== null,
    cause: row.cause,
    appeal: row.appeal as Appeal,
    isRefunded: row.is_refunded === 1,
    isDisputed: row.is_disputed === 1,
    revision: row.revision,
    version: row.version,
    stems: row.stems,
  };
}

function toldValues(told: ToldItem): Value[] {
  return [
    told.source,
    told.orderId,
    told.sourceOrderId,
    told.branchId,
    told.rating,
    told.wasAsked ? 1 : 0,
    told.comment,
    told.preset,
    told.totalMinor,
    told.customerId,
    told.day,
    told.takenAt,
    told.deliveredAt,
    told.lateMs,
    told.revision,
    told.stems,
    told.hour ?? null,
  ];
}
