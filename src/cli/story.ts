// An invented shop's day: carts, ratings and feedback as its customers would make them. For the demo and for `simulate`.
import { Dice } from "./story-dice.ts";
import { COMPLAINTS, type Complaint, CUSTOMER_NAMES, DISHES, HOT, PRAISE, REMARKS } from "./story-words.ts";

/** One call of a vendor: where it goes and what it says. */
export interface StoryCall {
  readonly path: "/basket" | "/orders" | "/rating" | "/v1/feedback";
  readonly body: Record<string, unknown>;
}

/** Goods that carts are filled with; `isWeighed` ones come by 0.1. Of `isDear` ones fewer are bought. */
export interface StoryGoods {
  readonly id: string;
  readonly isWeighed: boolean;
  readonly isDear?: boolean;
}

/** What a feedback tells, before it is put into the marketplace's words. */
export interface ToldFeedback {
  readonly placeId: string;
  readonly rating: number;
  readonly comment: string;
  readonly remark: string;
  readonly minutes: number;
  readonly dishes: readonly { readonly name: string; readonly price: number }[];
  readonly name: string;
}

const CODES: readonly string[] = ["ПРИВЕТ", "HELLO", "ПРИВЕТТ"];

const CAUSES: readonly Complaint[] = ["cold", "late", "missing", "portion", "spilled"];

/** Shares of one to four stars and of the causes of complaints: usually, and where a place disappoints. */
const USUAL = { stars: [0.025, 0.04, 0.07, 0.24], causes: [0.14, 0.2, 0.34, 0.18] } as const;
const BAD = { stars: [0.28, 0.2, 0.28, 0.14], causes: [0.48, 0.44, 0.04, 0.02] } as const;

/** Customers that the shop knows: buyer-1 and so on. The seventh buys only when the demo shows how. */
const BUYERS = { count: 37, shown: 7 } as const;

/** Tells calls, one after another. */
export class Story {
  readonly dice: Dice;
  readonly #goods: readonly StoryGoods[];
  readonly #places: readonly string[];
  #count = 0;

  constructor(seed: number, goods: readonly StoryGoods[], places: readonly string[]) {
    this.dice = new Dice(seed);
    this.#goods = goods;
    this.#places = places;
  }

  /** A cart of one to eight goods, at times with a code, mostly of a known customer. */
  basket(): StoryCall {
    const lines = 1 + this.dice.below(8);
    const items = Array.from({ length: lines }, (_, place) => {
      const goods = this.#somethingToBuy();
      const pieces = goods.isDear ? 1 : 1 + this.dice.below(3);
      const quantity = goods.isWeighed ? (3 + this.dice.below(15)) / 10 : pieces;
      return { configurationId: goods.id, quantity, selected: place === 0 || this.dice.next() > 0.05 };
    });
    return {
      path: "/basket",
      body: {
        items,
        externalUserId: this.dice.next() < 0.8 ? this.buyer() : null,
        promocode: this.dice.next() < 0.25 ? this.dice.of(CODES) : null,
      },
    };
  }

  /** A customer that the shop knows. */
  buyer(): string {
    const number = 1 + this.dice.below(BUYERS.count - 1);
    return `buyer-${number < BUYERS.shown ? number : number + 1}`;
  }

  /** An order of what such a cart holds; no two have the same key. */
  order(): StoryCall {
    const { items, externalUserId, promocode } = this.basket().body;
    const lines = (items as { configurationId: string; quantity: number }[]).map(
      ({ configurationId, quantity }) => ({ configurationId, quantity }),
    );
    return { path: "/orders", body: { orders: [this.orderOf({ externalUserId, promocode, items: lines })] } };
  }

  /** An order of `cart`, with who buys and how it is delivered. */
  orderOf(cart: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const number = String(this.dice.below(100)).padStart(2, "0");
    return {
      uuid: crypto.randomUUID(),
      name: this.dice.of(CUSTOMER_NAMES),
      phone: `+7 900 000-00-${number}`,
      delivery: "webhook/courier",
      deliveryName: "Курьером",
      deliveryPrice: 300,
      payment: "webhook/card",
      paymentName: "Картой",
      ...cart,
    };
  }

  /** A rating of an order of the app, five stars more often than one; without `orderId`, of an order of another system. */
  rating(orderId?: string): StoryCall {
    this.#count += 1;
    const rating = this.#stars(false);
    const comment =
      rating > 3 ? this.dice.of(PRAISE[rating as 4 | 5]) : this.#complaint(rating, false).comment;
    return { path: "/rating", body: { id: orderId ?? `A-${10_000 + this.#count}`, rating, comment } };
  }

  /** What somebody has to say of an order of `placeId`, or of any place; `isBad`: of one that disappoints. */
  told(placeId = this.dice.of(this.#places), isBad = false): ToldFeedback {
    const rating = this.#stars(isBad);
    const { cause, comment } =
      rating > 3
        ? { cause: null, comment: this.dice.of(PRAISE[rating as 4 | 5]) }
        : this.#complaint(rating, isBad);
    const isLate = cause === "late" || cause === "cold";
    const minutes = isLate ? 62 + this.dice.below(50) : 20 + this.dice.below(32);
    const places = new Set(
      Array.from({ length: 1 + this.dice.below(4) }, () => this.dice.below(DISHES.length)),
    );
    // What is cold was to be eaten hot.
    if (cause === "cold") places.add(this.dice.of(HOT));
    const dishes = [...places].flatMap((place) => DISHES[place] ?? []);
    const remark =
      cause === null ? "" : isBad && isLate ? `${REMARKS.cold}; ${REMARKS.late}` : REMARKS[cause];
    return { placeId, rating, comment, remark, minutes, dishes, name: this.dice.of(CUSTOMER_NAMES) };
  }

  /** A feedback of `at` about an order delivered shortly before. */
  feedback(at: number, told: ToldFeedback = this.told()): StoryCall {
    this.#count += 1;
    const { placeId, rating, comment, remark, minutes, dishes, name } = told;
    const delivered = at - this.dice.below(90) * 60_000;
    const number = String(this.#count).padStart(8, "0");
    return {
      path: "/v1/feedback",
      body: {
        feedback: {
          id: `demo-${number}`,
          createdAt: moscow(at, true),
          eatsId: `${moscow(at, false).slice(2, 10).replaceAll("-", "")}-${number}`,
          orderId: `E-${number}`,
          restaurantId: placeId,
          rating,
          takenAt: moscow(delivered - minutes * 60_000, false),
          deliveredAt: moscow(delivered, false),
          ...(comment === "" ? {} : { comment }),
          ...(remark === "" ? {} : { predefinedComment: remark }),
        },
        orderInfo: {
          createdAt: moscow(delivered - (minutes + 25) * 60_000, true),
          platform: "YE",
          discriminator: "yandex",
          deliveryInfo: { clientName: name },
          paymentInfo: { total: dishes.reduce((sum, { price }) => sum + price, 0) },
          items: dishes.map((dish) => ({
            id: `dish-${DISHES.indexOf(dish) + 1}`,
            ...dish,
            quantity: 1,
            modifications: [],
          })),
          comment: "",
        },
      },
    };
  }

  #somethingToBuy(): StoryGoods {
    for (let draw = 0; ; draw += 1) {
      const goods = this.dice.of(this.#goods);
      if (!goods.isDear || this.dice.next() < 0.15 || draw > 20) return goods;
    }
  }

  #complaint(rating: number, isBad: boolean): { readonly cause: Complaint; readonly comment: string } {
    const cause = CAUSES[this.dice.share((isBad ? BAD : USUAL).causes)] ?? "spilled";
    const { low, middling } = COMPLAINTS[cause];
    const comment = this.dice.next() < 0.25 ? "" : this.dice.of(rating < 3 ? low : middling);
    return { cause, comment };
  }

  #stars(isBad: boolean): number {
    return 1 + this.dice.share((isBad ? BAD : USUAL).stars);
  }
}

/** An instant in Moscow's zone as Yandex Eats writes it: with or without a fraction of six digits. */
export function moscow(at: number, hasFraction: boolean): string {
  const local = new Date(at + 3 * 3_600_000).toISOString();
  return `${local.slice(0, 19)}${hasFraction ? `.${local.slice(20, 23)}000` : ""}+03:00`;
}
