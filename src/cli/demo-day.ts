// One day of the demo's shop: carts, orders and what becomes of them, ratings and feedback, in the order of the clock.
import type { DemoCaller, PastShop } from "./demo-past.ts";
import { HOURS, isBadAt, LOSER, PLACES } from "./demo-shop.ts";
import type { Story } from "./story.ts";

const HOUR = 3_600_000;

/** What a day has of each. */
const PER_DAY = { carts: 10, orders: 6, sellerOrders: 2, ratings: 4 } as const;

/** Buyers of the promotion that loses money, a day. */
const BARGAIN_HUNTERS = 5;

/** What shoppers take from the menu. */
const CHOICES: readonly object[] = [
  { id: "gift-spices", gifts: [{ id: "3003", quantity: 1 }] },
  { id: "instead-500" },
];

/** Hours at which somebody looks through what came. */
const SHIFTS: readonly number[] = [11, 14, 16, 19, 21.5];

/** What happens of itself as time goes by: an order that was placed, and what it will come to. */
interface OpenOrder {
  readonly id: string;
  readonly doneAt: number;
  readonly fate: "done" | "canceled" | "returned";
  readonly isRated: boolean;
}

/** Days of the shop, one after another. */
export class Days {
  readonly #shop: PastShop;
  readonly #story: Story;
  /** The shop's own system, which says what becomes of orders. */
  readonly #till: DemoCaller;
  readonly #personalCodes: string[];
  #open: OpenOrder[] = [];
  #rate: string[] = [];
  /** Requests of carts, the latest last. */
  readonly carts: string[] = [];

  constructor(shop: PastShop, story: Story, till: DemoCaller, personalCodes: readonly string[]) {
    this.#shop = shop;
    this.#story = story;
    this.#till = till;
    this.#personalCodes = [...personalCodes];
  }

  /** Lives the day that begins at `start`, up to `until` at most; `shifts` are when somebody works at the desk. */
  async live(start: number, daysAgo: number, until: number, workAtDesk: () => Promise<void>): Promise<void> {
    const acts: (readonly [at: number, act: () => Promise<unknown>])[] = [];
    const plan = (count: number, act: (at: number) => Promise<unknown>): void => {
      for (let turn = 0; turn < count; turn += 1) {
        const { dice } = this.#story;
        const at = start + dice.of(HOURS) * HOUR + dice.below(HOUR);
        acts.push([at, () => act(at)]);
      }
    };
    plan(PER_DAY.carts, () => this.#cart());
    plan(PER_DAY.orders, () => this.#order({}));
    plan(PER_DAY.sellerOrders, () => this.#sellerOrder());
    if (daysAgo < LOSER.days) plan(BARGAIN_HUNTERS, () => this.#bargain());
    plan(PER_DAY.ratings, () => this.#rating());
    for (const [placeId, usual] of Object.entries(PLACES)) {
      const count = usual - 1 + this.#story.dice.below(3);
      plan(count, (at) => this.#feedback(placeId, daysAgo, at));
    }
    for (const hour of SHIFTS) acts.push([start + hour * HOUR, workAtDesk]);
    for (const order of this.#open) acts.push([order.doneAt, () => this.#end(order)]);
    acts.sort(([left], [right]) => left - right);
    this.#open = this.#open.filter(({ doneAt }) => doneAt >= until);
    for (const [at, act] of acts) {
      if (at >= until) continue;
      this.#shop.at(at);
      await act();
    }
  }

  async #cart(): Promise<void> {
    const { id } = await this.#shop.irp("/basket", this.#story.basket().body);
    this.carts.push(id);
  }

  /** An order of a cart; the app has it priced first. */
  async #order(more: Readonly<Record<string, unknown>>): Promise<void> {
    const { dice } = this.#story;
    const cart = this.#story.basket().body;
    const items = (cart["items"] as { selected?: boolean }[]).map(({ selected: _, ...item }) => item);
    const personal = dice.next() < 0.12 ? this.#personalCodes.pop() : undefined;
    const body = {
      ...cart,
      items,
      ...(personal === undefined ? {} : { promocode: personal }),
      ...(dice.next() < 0.15 ? { promoGroup: [dice.of(CHOICES)] } : {}),
      ...(dice.next() < 0.35 ? { authorizedBonuses: 50 + dice.below(6) * 50 } : {}),
      ...more,
    };
    await this.#place(body);
  }

  /** At the counter of a place, by somebody of its staff. */
  #sellerOrder(): Promise<void> {
    const { dice } = this.#story;
    const outletId = dice.of(Object.keys(PLACES));
    return this.#order({ outletId, staffId: `${100 + dice.below(6)}` });
  }

  /** Somebody who came for the clearance, and for nothing else. */
  async #bargain(): Promise<void> {
    const { dice } = this.#story;
    const quantity = 2 + dice.below(2);
    const externalUserId = this.#story.buyer();
    await this.#place({ items: [{ configurationId: LOSER.offerId, quantity }], externalUserId });
  }

  async #place(cart: Readonly<Record<string, unknown>>): Promise<void> {
    const { dice } = this.#story;
    const basket = await this.#shop.irp("/basket", cart);
    this.carts.push(basket.id);
    const order = this.#story.orderOf({ ...cart, updatedOn: new Date(this.#shop.now).toISOString() });
    const { body } = await this.#shop.irp<{ orders: { id?: string }[] }>("/orders", { orders: [order] });
    const id = body.orders[0]?.id;
    if (id === undefined) return;
    const doneAt = this.#shop.now + HOUR * (3 + dice.below(40));
    const roll = dice.next();
    const fate = roll < 0.06 ? "canceled" : roll < 0.11 ? "returned" : "done";
    this.#open.push({ id, doneAt, fate, isRated: dice.next() < 0.6 });
  }

  async #end({ id, fate, isRated }: OpenOrder): Promise<void> {
    const path = `/orders/${id}`;
    if (fate === "canceled") {
      await this.#shop.api(this.#till, "POST", `${path}/cancel`, { reason: "покупатель передумал" });
      return;
    }
    await this.#shop.api(this.#till, "PUT", `${path}/status`, { status: "done" });
    if (isRated) this.#rate.push(id);
    if (fate !== "returned") return;
    const lines = [{ position: 0, quantity: 1000 }];
    const { lines: bought } = await this.#shop.api<{ lines: { quantity: number; isWeighed: boolean }[] }>(
      this.#till,
      "GET",
      path,
    );
    const [first] = bought;
    if (first === undefined || first.isWeighed || first.quantity < 1000) return;
    await this.#shop.api(this.#till, "POST", `${path}/returns`, { lines, reason: "не подошло" });
  }

  async #rating(): Promise<void> {
    const id = this.#rate.shift();
    await this.#shop.irp("/rating", this.#story.rating(id).body);
  }

  async #feedback(placeId: string, daysAgo: number, at: number): Promise<void> {
    const told = this.#story.told(placeId, isBadAt(placeId, daysAgo));
    await this.#shop.eats(this.#story.feedback(at, told).body);
  }
}
