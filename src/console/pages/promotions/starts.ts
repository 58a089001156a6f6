// What a condition, an effect or an entry of a list is when it is added: a usual value that is then changed.
import { blankOf } from "./blank.ts";
import type { Schema } from "./schema.ts";

/** Anything that a promotion holds. */
export type Value = unknown;

/** Conditions to begin with, by key. */
export const CONDITION_STARTS: Readonly<Record<string, Value>> = {
  sum: { atLeast: 1000 },
  quantity: { atLeast: 2 },
  distinctGoods: { atLeast: 2 },
  customer: { known: true },
  channels: ["app"],
  outlets: [],
  employees: [],
  cities: { names: [] },
  delivery: [],
  payment: [],
  pickupPoints: [],
  earlyAccess: true,
  weekdays: [1, 2, 3, 4, 5],
  hours: { from: "09:00", to: "12:00" },
  dates: { from: "" },
  any: [{ sum: { atLeast: 1000 } }],
  all: [{ sum: { atLeast: 1000 } }],
  not: { sum: { atLeast: 1000 } },
};

/** Effects to begin with, by key. */
export const EFFECT_STARTS: Readonly<Record<string, Value>> = {
  percent: 10,
  amount: 100,
  fixedPrice: 100,
  nForM: { take: 3, pay: 2, across: "scope" },
  nthCheaper: { every: 2, percent: 50, across: "scope" },
  steps: { by: "sum", levels: [{ from: 1000, percent: 5 }] },
  kit: {
    parts: [
      { of: {}, quantity: 1 },
      { of: {}, quantity: 1 },
    ],
    percent: 10,
  },
  gifts: [{ offer: "" }],
  giftChoice: { options: [{ offer: "" }] },
  points: { multiplier: 2 },
  message: { ru: "" },
};

/** An entry of a list of objects to begin with. */
export function entryStart(name: string, schema: Schema): Value {
  return ENTRY_STARTS[name] ?? blankOf(schema);
}

const ENTRY_STARTS: Readonly<Record<string, Value>> = {
  levels: { from: 2000, percent: 10 },
  hours: { from: "09:00", to: "12:00" },
  periods: { per: "day", uses: 100 },
  parts: { of: {}, quantity: 1 },
  any: {},
  all: {},
};
