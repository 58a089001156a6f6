// The people of the demo's shop at their work: they read feedback, put topics on it, answer it, and change the rules.

import type { Neighbours } from "./demo-neighbours.ts";
import type { PastShop } from "./demo-past.ts";
import { ANSWERS, LOSER, loserDocument, NOTES, STAFF, TOPICS } from "./demo-shop.ts";
import type { Dice } from "./story-dice.ts";

/** Somebody of the staff, signed in. */
type Person = Awaited<ReturnType<PastShop["signIn"]>>;

/** Everybody of the staff. */
export type Staff = Readonly<Record<keyof typeof STAFF, Person>>;

interface Item {
  readonly id: string;
  readonly version: number;
  readonly rating: number;
  readonly source: string;
}

/** Items that are worked on in a shift. */
const A_SHIFT = 6;

/** Everybody is invited and signs in. */
export async function hire(shop: PastShop): Promise<Staff> {
  return {
    agent: await shop.signIn({ ...STAFF.agent }),
    second: await shop.signIn({ ...STAFF.second }),
    marketer: await shop.signIn({ ...STAFF.marketer }),
    head: await shop.signIn({ ...STAFF.head }),
    loyalty: await shop.signIn({ ...STAFF.loyalty }),
  };
}

/** A shift at the desk: what was written since the last one is taken up, and most of it answered. */
export async function workAtDesk(
  shop: PastShop,
  staff: Staff,
  dice: Dice,
  neighbours: Neighbours,
  /** A place whose feedback is left for later; null: none. */
  withoutPlace: string | null,
): Promise<void> {
  const others = withoutPlace === null ? "" : ` -branch:${withoutPlace}`;
  const filter = encodeURIComponent(`state:new rating:1..3 has:comment${others}`);
  const { items } = await shop.api<{ items: Item[] }>(
    staff.agent,
    "GET",
    `/desk/items?filter=${filter}&limit=${A_SHIFT}`,
  );
  for (const item of items) {
    shop.at(shop.now + (2 + dice.below(6)) * 60_000);
    const who = dice.next() < 0.6 ? staff.agent : staff.second;
    const isAnswered = item.source === "yandex-eats" && dice.next() < 0.85;
    await takeUp(shop, who, item, dice, !isAnswered);
    if (isAnswered) await answer(shop, who, staff, item, dice, neighbours);
  }
}

async function takeUp(shop: PastShop, who: Person, item: Item, dice: Dice, isClosed: boolean): Promise<void> {
  const changes: object[] = [
    { kind: "assign", person: who.id },
    { kind: "state", to: "in_progress" },
  ];
  if (dice.next() < 0.3) changes.push({ kind: "note", text: dice.of(NOTES) });
  if (dice.next() < 0.15) changes.push({ kind: "refund", isRefunded: true });
  if (dice.next() < 0.1) changes.push({ kind: "appeal", appeal: "open" });
  if (isClosed) changes.push({ kind: "state", to: "closed" });
  await shop.api(who, "POST", `/desk/items/${item.id}/work`, { version: item.version, changes });
}

async function answer(
  shop: PastShop,
  who: Person,
  staff: Staff,
  item: Item,
  dice: Dice,
  neighbours: Neighbours,
): Promise<void> {
  const promo = item.rating < 3 && dice.next() < 0.5 ? dice.of([10, 15, 15, 30]) : null;
  const draft = await shop.api<{ id: string; version: number }>(
    who,
    "POST",
    `/desk/items/${item.id}/answers`,
    { text: dice.of(ANSWERS), promo },
  );
  const confirmed = ["same_text", "promise"];
  const sent = await shop.api<{ state: string; version: number; id: string }>(
    who,
    "POST",
    `/answers/${draft.id}/send`,
    { version: draft.version, confirmed },
  );
  // Above what one person may give, another one looks at it.
  if (sent.state === "awaiting_approval") await shop.api(staff.head, "POST", `/answers/${draft.id}/approve`);
  const roll = dice.next();
  neighbours.meet(roll < 0.06 ? "204" : roll < 0.09 ? "500" : "ok");
  await shop.sendAnswers();
  neighbours.meet("ok");
}

/** A tidy desk: topics on all complaints, and what needs no reaction is put aside. */
export async function tidyDesk(shop: PastShop, staff: Staff): Promise<void> {
  for (const [topic, word] of TOPICS) {
    const filter = `"${word}" -topic:"${topic}" rating:1..3`;
    const change = { kind: "word", of: "topic", word: topic, isOn: true };
    await shop.api(staff.agent, "POST", "/desk/bulk", { filter, change, most: 2000 });
  }
  for (const filter of ["rating:4..5 state:new", "rating:1..3 -has:comment state:new"]) {
    const change = { kind: "state", to: "no_reaction" };
    await shop.api(staff.second, "POST", "/desk/bulk", { filter, change, most: 2000 });
  }
}

/** Where all places together rise, somebody has looked and knows which one it is. */
export async function acknowledgeAll(shop: PastShop, staff: Staff): Promise<void> {
  const { alarms } = await shop.api<{ alarms: { id: string; branchId: string | null }[] }>(
    staff.head,
    "GET",
    "/desk/alarms?isOpen=true",
  );
  const note = "Растёт из-за одной точки, её тревога открыта";
  for (const { id, branchId } of alarms)
    if (branchId === null)
      await shop.api(staff.head, "POST", `/desk/alarms/${id}`, { act: "known_cause", note });
}

/** The marketer's good idea: written as a draft, published although the gate says what it thinks of it. */
export async function publishLoser(shop: PastShop, staff: Staff): Promise<void> {
  const draft = await shop.api<{ id: string }>(staff.marketer, "POST", "/promotion-drafts", {
    name: "Освободить склад кофе",
    note: "Килограммовые пачки лежат с весны",
  });
  const path = `/promotion-drafts/${draft.id}`;
  await shop.api(staff.marketer, "POST", `${path}/promotions`, loserDocument(shop.now));
  const check = await shop.api<{ findings?: { code: string }[] }>(staff.marketer, "GET", `${path}/check`);
  const codes = [...new Set((check.findings ?? []).map(({ code }) => code))].join(",");
  const despite = codes === "" ? "" : `?despite=${encodeURIComponent(codes)}`;
  await shop.api(staff.marketer, "POST", `${path}/publish${despite}`);
}

/** What is being prepared: an end of the clearance, and gifts for December. */
export async function beginDrafts(shop: PastShop, staff: Staff): Promise<void> {
  const end = await shop.api<{ id: string }>(staff.marketer, "POST", "/promotion-drafts", {
    name: "Закончить распродажу кофе",
    note: "Скидка больше, чем выручка",
  });
  await shop.api(staff.marketer, "DELETE", `/promotion-drafts/${end.id}/promotions/${LOSER.id}`);
  const gifts = await shop.api<{ id: string }>(staff.marketer, "POST", "/promotion-drafts", {
    name: "Декабрь",
    note: "Сладости к праздникам",
  });
  await shop.api(staff.marketer, "POST", `/promotion-drafts/${gifts.id}/promotions`, {
    id: "december-sweets",
    name: { ru: "Сладости к празднику −12 %", en: "Sweets for the holidays −12 %" },
    status: "draft",
    scope: { categories: ["15"] },
    then: [{ percent: 12 }],
  });
}
