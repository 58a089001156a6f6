// Alert rules for single items: looked at in the transaction that shows an item, each told once of an item, however often it is revised.
import { type Filter, isMatch } from "../core/desk/index.ts";
import { alertRules, type DeskRecord, markAlerted, type Tx } from "../storage/index.ts";
import { readDeskFilter } from "./find-desk.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";
import { tellItem } from "./queue-notices.ts";

const DAY_MS = 86_400_000;

/** What is older is no news: an item that first came before, and a delivery that was made before. Ms. */
const NEWS = { itemMs: 90 * DAY_MS, deliveryMs: DAY_MS } as const;

/** Looks at all rules for an item that is new or says something new, as of its delivery `at`. */
export async function raiseAlerts(tx: Tx, house: House, item: DeskRecord, at: number): Promise<void> {
  if (item.rating === null && item.comment === null) return;
  if (at - item.receivedAt > NEWS.itemMs || house.now() - at > NEWS.deliveryMs) return;
  for (const rule of await alertRules(tx, true)) {
    const filter = standingFilter(house, rule.filter);
    if (filter === null || !isMatch(filter, item)) continue;
    if (!(await markAlerted(tx, rule.id, item.id, at))) continue;
    await noteEvent(tx, house, {
      kind: "desk.alert",
      subject: { type: item.source === "app" ? "rating" : "feedback", id: item.id },
      body: {
        itemId: item.id,
        ruleId: rule.id,
        rule: rule.name,
        source: item.source,
        branchId: item.branchId,
        orderId: item.orderId,
        rating: item.rating,
      },
      at: house.now(),
    });
    await tellItem(tx, rule, item.id, at);
  }
}

/** In every zone a day begins with a quarter of an hour: as long is a reading of "today" good. Ms. */
const QUARTER_MS = 900_000;

/** Most filters that are kept as they were read. */
const KEPT = 300;

const kept = new Map<string, Filter>();

/** A filter that stands by itself, read once a quarter of an hour: nobody is "me", days are the shop's. Null: it cannot be read any more. */
export function standingFilter(house: House, text: string): Filter | null {
  const now = house.now();
  const key = `${house.timezone ?? ""}\n${Math.floor(now / QUARTER_MS)}\n${text}`;
  const known = kept.get(key);
  if (known !== undefined) return atPresent(known, now);
  const read = readDeskFilter(house, text, { me: null, zone: null });
  if (read.kind === "refused") return null;
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, read.filter);
  return read.filter;
}

/** The same filter, with "overdue" meaning now. */
function atPresent(filter: Filter, now: number): Filter {
  return filter.map((condition) =>
    condition.test.kind === "overdue"
      ? { ...condition, test: { kind: "overdue" as const, at: now } }
      : condition,
  );
}
