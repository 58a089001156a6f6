// Random basket requests of both apps for a known shop, the same ones for the same seed.

/** What baskets are made of. */
export interface BasketShop {
  readonly offers: readonly string[];
  readonly customers: readonly string[];
  readonly codes: readonly string[];
  /** Entries of `promoGroup`. */
  readonly choices: readonly unknown[];
  readonly outlets: readonly string[];
}

/** Numbers from 0 below 1, the same for the same seed. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` bodies; about a fifth come from the seller's app. */
export function randomBaskets(seed: number, count: number, shop: BasketShop): Record<string, unknown>[] {
  const chance = chanceOf(seed);
  const whole = (below: number): number => Math.floor(chance() * below);
  const one = <Value>(of: readonly Value[]): Value => of[whole(of.length)] as Value;
  return Array.from({ length: count }, () => {
    const isSeller = chance() < 0.2;
    const items = Array.from({ length: 1 + whole(8) }, () => {
      const id = one(shop.offers);
      return {
        ...(isSeller ? { privateId: id } : { configurationId: id }),
        quantity: chance() < 0.15 ? (1 + whole(25)) / 10 : 1 + whole(5),
        ...(chance() < 0.1 ? { selected: false } : {}),
      };
    });
    return {
      items,
      ...(chance() < 0.6 ? { externalUserId: one(shop.customers) } : {}),
      ...(chance() < 0.4 ? { promocode: one(shop.codes) } : {}),
      ...(chance() < 0.4 ? { promoGroup: [one(shop.choices)] } : {}),
      ...(chance() < 0.3 ? { authorizedBonuses: whole(400) } : {}),
      ...(isSeller ? { outletId: one(shop.outlets), staffId: "0042" } : {}),
    };
  });
}

/** The shop of `examples/irp-samples-world`. */
export const SAMPLE_SHOP: BasketShop = {
  offers: ["880101", "880102", "771200", "450033", "450078", "620415", "333900", "501010"],
  customers: ["u-104512", "u-2", "u-3"],
  codes: ["осень500", "КОФЕ15"],
  choices: [
    "p-bag",
    "p-gift-choice-700",
    { id: "p-gift-choice", gifts: [{ id: "990002", quantity: 1 }] },
    { id: "p-gift-choice", gifts: [{ id: "990003", quantity: 2 }] },
  ],
  outlets: ["4021", "lesnaya-12"],
};

/** The shop of `examples/demo-world`. */
export const DEMO_SHOP: BasketShop = {
  offers: [
    ...[
      "1101",
      "1103",
      "1104",
      "1201",
      "1202",
      "1204",
      "1301",
      "1302",
      "1401",
      "1501",
      "1502",
      "1503",
      "1601",
    ],
    ...[
      "1703",
      "2101",
      "2102",
      "2103",
      "2201",
      "2203",
      "2301",
      "2302",
      "2304",
      "2401",
      "2501",
      "2601",
      "3001",
    ],
  ],
  customers: ["buyer-1", "buyer-2", "buyer-3", "buyer-7", "buyer-9", "stranger"],
  codes: ["привет", "HELLO", "СОСЕД-4K7P-01", "сосед-6w5h-04"],
  choices: [
    "instead-500",
    { id: "gift-spices", gifts: [{ id: "3003", quantity: 1 }] },
    { id: "gift-spices", gifts: [{ id: "3004", quantity: 1 }] },
  ],
  outlets: ["lesnaya-12", "sadovaya-3"],
};
