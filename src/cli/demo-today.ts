// How the demo's shop stands today: what waits for somebody, what is being prepared, what went wrong.

import type { Neighbours } from "./demo-neighbours.ts";
import type { PastShop } from "./demo-past.ts";
import { beginDrafts, type Staff } from "./demo-staff.ts";

const DAY = 86_400_000;

/** Carts that are kept as test cases of the rules. */
const CASES = ["Обычная корзина", "Корзина с промокодом", "Распродажа кофе"] as const;

/** What waits for a second person. */
export async function leaveWaiting(shop: PastShop, staff: Staff): Promise<void> {
  await shop.api(staff.loyalty, "POST", "/session/fresh", { password: staff.loyalty.password });
  await shop.api(staff.loyalty, "POST", "/loyalty/corrections", {
    customerId: "buyer-21",
    points: 15_000,
    reason: "Компенсация за сорванный праздничный заказ",
    expiresAt: new Date(shop.now + 90 * DAY).toISOString(),
  });
  await leaveAnswers(shop, staff);
}

/** An answer with more than an agent may give alone, a draft, and one of which nobody knows whether it arrived. */
async function leaveAnswers(shop: PastShop, staff: Staff): Promise<void> {
  const filter = encodeURIComponent("source:yandex-eats state:new rating:1..3 branch:zarechnaya-7");
  const { items } = await shop.api<{ items: { id: string }[] }>(
    staff.agent,
    "GET",
    `/desk/items?filter=${filter}&limit=3&sort=newest`,
  );
  for (const [index, { id }] of items.entries()) {
    const draft = await shop.api<{ id: string; version: number }>(
      staff.agent,
      "POST",
      `/desk/items/${id}/answers`,
      {
        text: "Простите за этот вечер. Мы уже разбираемся с кухней и курьерами.",
        promo: index === 0 ? 30 : null,
      },
    );
    if (index === 2) continue;
    const body = { version: draft.version, confirmed: ["same_text", "promise"] };
    await shop.api(staff.agent, "POST", `/answers/${draft.id}/send`, body);
  }
}

/** Test cases, drafts of the rules, a customer who was two, a branch without answers. */
export async function leaveTraces(shop: PastShop, staff: Staff, carts: readonly string[]): Promise<void> {
  await beginDrafts(shop, staff);
  await shop.installation.book.flush();
  for (const [index, name] of CASES.entries()) {
    const id = carts.at(-1 - index * 3);
    if (id !== undefined) await shop.api(staff.marketer, "POST", `/calculations/${id}/case`, { name });
  }
  await shop.api(shop.admin, "POST", "/customer-merges", {
    fromId: "buyer-39",
    intoId: "buyer-40",
    reason: "Одна семья, одна карта",
  });
  await shop.api(shop.admin, "PUT", "/answer-rules/places/parkovaya-5", { isSubscribed: false });
  await shop.api(shop.admin, "POST", "/desk/erasures", {
    kind: "customer",
    id: "buyer-38",
    reason: "Просьба покупателя",
  });
}

/** What went wrong today: a delivery that nobody can read, and a system of customers that does not answer. */
export async function leaveFaults(shop: PastShop, neighbours: Neighbours): Promise<void> {
  await shop.eats('{"feedback": {"id": "demo-cut-off", "rating": 4, "comm');
  neighbours.breakCrm();
  await shop.settle();
}
