// Erases the personal data of an order or a customer from the feedback side of the house, and keeps an act that proves it.
import { createHash } from "node:crypto";
import {
  addErasure,
  auditEntries,
  type ErasedOrder,
  type ErasureRow,
  eraseOrder,
  erasureById,
  ordersOfCustomer,
} from "../storage/index.ts";
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
  | { readonly kind: "nothing_known" };

/** How long acts are kept: three years. */
const KEEP_MS = 3 * 366 * 86_400_000;

/** Entries of the log that an act quotes for one item, at most. */
const QUOTED = 200;

/** Erases all in one transaction; the act is written with it. */
export function erasePerson(house: House, wish: ErasureWish): Promise<ErasureOutcome> {
  const at = house.now();
  const id = house.newId();
  return house.database.transaction(async (tx): Promise<ErasureOutcome> => {
    const orders = wish.kind === "order" ? [wish.id] : await ordersOfCustomer(tx, wish.id);
    const done: ErasedOrder[] = [];
    for (const orderId of orders) done.push(await eraseOrder(tx, orderId, (preset) => stemText(preset)));
    const erased = sumOf(done);
    if (Object.values(erased).every((count) => count === 0)) return { kind: "nothing_known" };
    const items = done.flatMap(({ itemIds }) => itemIds);
    const audit = [];
    for (const item of items) audit.push(...(await auditEntries(tx, 0, QUOTED, item)));
    const act: ErasureAct = {
      id,
      at: new Date(at).toISOString(),
      actor: wish.actor,
      reason: wish.reason,
      subject: { kind: wish.kind, id: wish.id },
      orders,
      items,
      erased,
      database: tx.engine,
      audit: audit.map((entry) => ({
        number: entry.number,
        at: new Date(entry.at).toISOString(),
        action: entry.action,
        hash: entry.hash,
      })),
    };
    const text = JSON.stringify(act);
    const hash = createHash("sha256").update(text).digest("base64url");
    const keepUntil = at + KEEP_MS;
    await addErasure(tx, {
      id,
      at,
      actor: wish.actor,
      subject_kind: wish.kind,
      subject: wish.id,
      act: text,
      hash,
      keep_until: keepUntil,
    });
    const details = { act: id, hash, erased };
    await keepAudit(tx, { at, actor: wish.actor, action: "feedback.erase", subject: wish.id, details });
    return { kind: "erased", act, hash, keepUntil };
  });
}

function sumOf(done: readonly ErasedOrder[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { counts } of done)
    for (const [kind, count] of Object.entries(counts)) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}

/** An act as it was kept, and whether its hash is still that of its words. */
export async function findErasure(
  house: House,
  id: string,
): Promise<{ readonly row: ErasureRow; readonly act: ErasureAct; readonly isWhole: boolean } | null> {
  const row = await house.database.read((tx) => erasureById(tx, id));
  if (row === null) return null;
  const isWhole = createHash("sha256").update(row.act).digest("base64url") === row.hash;
  return { row, act: JSON.parse(row.act) as ErasureAct, isWhole };
}
