// An invented shop's day: carts, ratings and feedback as its customers would make them. For the demo and for `simulate`.

/** One call of a vendor: where it goes and what it says. */
export interface StoryCall {
  readonly path: "/basket" | "/orders" | "/rating" | "/v1/feedback";
  readonly body: Record<string, unknown>;
}

/** Goods that carts are filled with; `isWeighed` ones come by 0.1. */
export interface StoryGoods {
  readonly id: string;
  readonly isWeighed: boolean;
}

/** Comments by stars: what people really write, without a name in them. */
const COMMENTS: Readonly<Record<number, readonly string[]>> = {
  1: ["Привезли холодное, ждали полтора часа", "Забыли половину заказа", "Суп пролился, пакет мокрый"],
  2: ["Долго везли", "Не положили приборы, хотя просили", "Порция меньше, чем раньше"],
  3: ["Нормально, но бывает лучше", "Вкусно, только поздно", ""],
  4: ["Хорошо", "Всё как надо, чуть остыло", ""],
  5: ["Отлично, спасибо!", "Быстро и вкусно", "Как всегда на высоте", "", ""],
};

const REMARKS: readonly string[] = [
  "Холодная еда; Долгая доставка",
  "Не хватает позиции",
  "Маленькая порция",
];
const CODES: readonly string[] = ["ПРИВЕТ", "HELLO", "ПРИВЕТТ"];

/** Numbers that look like chance and are the same in every run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to, and without, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to, and without, `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** One of `choices`. */
  of<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.below(choices.length)] as Choice;
  }
}

/** Tells calls, one after another. */
export class Story {
  readonly #dice: Dice;
  readonly #goods: readonly StoryGoods[];
  readonly #places: readonly string[];
  #count = 0;

  constructor(seed: number, goods: readonly StoryGoods[], places: readonly string[]) {
    this.#dice = new Dice(seed);
    this.#goods = goods;
    this.#places = places;
  }

  /** A cart of one to eight goods, at times with a code, mostly of a known customer. */
  basket(): StoryCall {
    const lines = 1 + this.#dice.below(8);
    const items = Array.from({ length: lines }, () => {
      const goods = this.#dice.of(this.#goods);
      const quantity = goods.isWeighed ? (3 + this.#dice.below(15)) / 10 : 1 + this.#dice.below(3);
      return { configurationId: goods.id, quantity, selected: this.#dice.next() > 0.05 };
    });
    return {
      path: "/basket",
      body: {
        items,
        externalUserId: this.#dice.next() < 0.8 ? `buyer-${1 + this.#dice.below(40)}` : null,
        promocode: this.#dice.next() < 0.25 ? this.#dice.of(CODES) : null,
      },
    };
  }

  /** An order of what such a cart holds; no two have the same key. */
  order(): StoryCall {
    const { items, externalUserId, promocode } = this.basket().body;
    const lines = (items as { configurationId: string; quantity: number }[]).map(
      ({ configurationId, quantity }) => ({ configurationId, quantity }),
    );
    const order = {
      uuid: crypto.randomUUID(),
      externalUserId,
      promocode,
      name: "Покупатель",
      phone: "+7 900 000-00-00",
      delivery: "webhook/courier",
      deliveryName: "Курьером",
      deliveryPrice: 300,
      payment: "webhook/card",
      items: lines,
    };
    return { path: "/orders", body: { orders: [order] } };
  }

  /** A rating of an order of the app, five stars more often than one. */
  rating(): StoryCall {
    const rating = this.#stars(this.#places[0] as string, false);
    this.#count += 1;
    return {
      path: "/rating",
      body: {
        id: `A-${10_000 + this.#count}`,
        rating,
        comment: this.#dice.of(COMMENTS[rating] as readonly string[]),
      },
    };
  }

  /** A feedback about an order delivered shortly before `at`; `isBadWeek` makes the last place disappoint. */
  feedback(at: number, isBadWeek = false): StoryCall {
    this.#count += 1;
    const place = this.#dice.of(this.#places);
    const rating = this.#stars(place, isBadWeek);
    const minutes = 20 + this.#dice.below(rating < 3 ? 70 : 30);
    const delivered = at - this.#dice.below(90) * 60_000;
    const number = String(this.#count).padStart(8, "0");
    const comment = this.#dice.of(COMMENTS[rating] as readonly string[]);
    const total = 400 + this.#dice.below(2600);
    return {
      path: "/v1/feedback",
      body: {
        feedback: {
          id: `demo-${number}`,
          createdAt: moscow(at, true),
          eatsId: `${moscow(at, false).slice(2, 10).replaceAll("-", "")}-${number}`,
          orderId: `E-${number}`,
          restaurantId: place,
          rating,
          takenAt: moscow(delivered - minutes * 60_000, false),
          deliveredAt: moscow(delivered, false),
          ...(comment === "" ? {} : { comment }),
          ...(rating < 4 ? { predefinedComment: this.#dice.of(REMARKS) } : {}),
        },
        orderInfo: {
          createdAt: moscow(delivered - (minutes + 25) * 60_000, true),
          platform: "YE",
          discriminator: "yandex",
          deliveryInfo: { clientName: `Покупатель ${1 + this.#dice.below(900)}` },
          paymentInfo: { total },
          items: [{ id: "dish-1", name: "Суп дня", quantity: 1, price: total, modifications: [] }],
          comment: "",
        },
      },
    };
  }

  #stars(place: string, isBadWeek: boolean): number {
    const isBad = isBadWeek && place === this.#places.at(-1);
    const roll = this.#dice.next();
    const shares = isBad ? [0.3, 0.5, 0.65, 0.8] : [0.04, 0.08, 0.14, 0.32];
    const index = shares.findIndex((share) => roll < share);
    return index === -1 ? 5 : index + 1;
  }
}

/** An instant in Moscow's zone as Yandex Eats writes it: with or without a fraction of six digits. */
function moscow(at: number, hasFraction: boolean): string {
  const local = new Date(at + 3 * 3_600_000).toISOString();
  return `${local.slice(0, 19)}${hasFraction ? `.${local.slice(20, 23)}000` : ""}+03:00`;
}
