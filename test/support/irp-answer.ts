// What every basket answer must be, read from the answer alone: shape, arithmetic, and the echo that must change nothing.
import { expect } from "vitest";

/** A line as answered. */
export interface Line {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
  readonly discount: number;
  readonly subtotal: number;
  readonly gift?: number;
  readonly appliedDiscounts?: readonly string[];
  readonly bonuses?: { readonly canSpend: number; readonly willEarn: number };
  readonly error?: string;
  readonly notice?: string;
  readonly canBePurchased?: boolean;
  readonly selected?: boolean;
  readonly [field: string]: unknown;
}

/** An answer. */
export interface Answer {
  readonly totalPrice: number;
  readonly discount: number;
  readonly appliedPromocode: string | null;
  readonly items: readonly Line[];
  readonly bonuses?: { readonly canSpend: number; readonly willEarn: number };
  readonly [field: string]: unknown;
}

const TOP: Readonly<Record<string, string>> = {
  totalPrice: "money",
  discount: "money",
  appliedPromocode: "code",
  items: "array",
  bonuses: "object",
  deliveryGroupsBonuses: "object",
  promoGroups: "array",
  giftCards: "array",
  availablePromocodes: "array",
  promocodeStatus: "string",
  promocodeErrorMessage: "string",
  notice: "string",
  extraServices: "array",
  lastSyncDate: "number",
};

const LINE: Readonly<Record<string, string>> = {
  id: "string",
  name: "string",
  price: "money",
  quantity: "number",
  discount: "money",
  subtotal: "money",
  gift: "number",
  appliedDiscounts: "array",
  bonuses: "object",
  itemKitId: "string",
  addons: "array",
  warehouseId: "string",
  fractionOptionId: "string",
  error: "string",
  notice: "string",
  deliveryGroups: "array",
  canBePurchased: "boolean",
  selected: "boolean",
};

function isOf(kind: string, value: unknown): boolean {
  if (kind === "money")
    return typeof value === "number" && value >= 0 && Math.abs(value * 100 - cents(value)) < 1e-3;
  if (kind === "code") return value === null || (typeof value === "string" && value !== "");
  if (kind === "array") return Array.isArray(value);
  if (kind === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === kind;
}

/** Kopecks of roubles. */
export function cents(roubles: number): number {
  return Math.round(roubles * 100);
}

/** Half-up, in whole numbers, without the calculator under test. */
function gross(line: Line): number {
  const product = BigInt(cents(line.price)) * BigInt(Math.round(line.quantity * 1000));
  return Number((product * 2n + 1000n) / 2000n);
}

function sum(lines: readonly Line[], read: (line: Line) => number): number {
  return lines.reduce((total, line) => total + read(line), 0);
}

/** Nothing null or empty but the code and the list of items; known fields of the right kinds only. */
export function expectShape(answer: Answer): void {
  for (const [field, value] of Object.entries(answer)) {
    expect(isOf(TOP[field] ?? "unknown field", value), `${field}: ${JSON.stringify(value)}`).toBe(true);
    if (field !== "appliedPromocode" && field !== "items") expectFilled(field, value);
  }
  for (const field of ["totalPrice", "discount", "appliedPromocode", "items"])
    expect(answer).toHaveProperty(field);
  for (const line of answer.items) {
    for (const [field, value] of Object.entries(line)) {
      expect(isOf(LINE[field] ?? "unknown field", value), `item ${field}: ${JSON.stringify(value)}`).toBe(
        true,
      );
      expectFilled(`item ${field}`, value);
    }
    for (const field of ["id", "name", "price", "quantity", "discount", "subtotal"])
      expect(line).toHaveProperty(field);
  }
}

function expectFilled(path: string, value: unknown): void {
  if (value === null || value === "" || value === undefined) throw new Error(`${path} is empty`);
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${path} is not finite`);
  if (typeof value !== "object" || value === null) return;
  const inner = Object.entries(value);
  if (inner.length === 0) throw new Error(`${path} is empty`);
  for (const [key, each] of inner) expectFilled(`${path}.${key}`, each);
}

/** The arithmetic of contract section 2.5. `balance`: points of the customer, when known. */
export function expectInvariants(answer: Answer, balance = Number.POSITIVE_INFINITY): void {
  expectShape(answer);
  const counted = answer.items.filter((line) => line.selected !== false && line.canBePurchased !== false);
  for (const line of answer.items) {
    const discount = cents(line.discount);
    expect(cents(line.subtotal), JSON.stringify(line)).toBe(gross(line) - discount);
    expect(discount).toBeGreaterThanOrEqual(0);
    expect(discount).toBeLessThanOrEqual(gross(line));
    if (line.gift !== undefined) {
      expect(line.gift).toBeGreaterThan(0);
      expect(discount).toBeGreaterThanOrEqual(cents(line.price) * line.gift);
    }
  }
  expect(cents(answer.totalPrice)).toBe(sum(counted, (line) => cents(line.subtotal)));
  expect(cents(answer.discount)).toBe(sum(counted, (line) => cents(line.discount)));
  if (answer.bonuses === undefined) return;
  const { canSpend, willEarn } = answer.bonuses;
  expect(canSpend).toBeLessThanOrEqual(sum(counted, (line) => line.bonuses?.canSpend ?? 0));
  expect(canSpend).toBeLessThanOrEqual(balance);
  expect(canSpend).toBeLessThanOrEqual(answer.totalPrice);
  expect(willEarn).toBe(sum(counted, (line) => line.bonuses?.willEarn ?? 0));
  const parts = answer["deliveryGroupsBonuses"] as Record<string, { canSpend: number }> | undefined;
  if (parts !== undefined) {
    expect(Object.values(parts).reduce((total, part) => total + part.canSpend, 0)).toBe(canSpend);
  }
}

/** The request that an app makes of our answer: its lines, with the other fields as they were. */
export function echoOf(request: Record<string, unknown>, answer: Answer): Record<string, unknown> {
  const sent = Array.isArray(request["items"]) ? (request["items"] as Record<string, unknown>[]) : [];
  return {
    ...request,
    items: answer.items.map((line) => ({
      ...(sent.find((item) => String(item?.["configurationId"]) === line.id) ?? {}),
      configurationId: line.id,
      name: line.name,
      price: line.price,
      quantity: line.quantity,
      subtotal: line.subtotal,
      appliedDiscounts: line.appliedDiscounts ?? [],
      selected: line.selected,
      itemKitId: line["itemKitId"] ?? null,
      addons: line["addons"] ?? null,
      warehouseId: line["warehouseId"] ?? null,
      fractionOptionId: line["fractionOptionId"] ?? null,
      deliveryGroup: (line["deliveryGroups"] as string[] | undefined)?.[0] ?? null,
    })),
  };
}

/** What an echo must leave as it was: money, quantities, flags, promotion ids, totals. Not notices. */
export function essence(answer: Answer): unknown {
  return {
    totalPrice: answer.totalPrice,
    discount: answer.discount,
    appliedPromocode: answer.appliedPromocode,
    bonuses: answer.bonuses,
    promoGroups: answer["promoGroups"],
    items: answer.items.map(
      ({ id, price, quantity, discount, subtotal, gift, appliedDiscounts, bonuses, ...rest }) => ({
        id,
        price,
        quantity,
        discount,
        subtotal,
        gift,
        appliedDiscounts,
        bonuses,
        canBePurchased: rest.canBePurchased,
        selected: rest.selected,
      }),
    ),
  };
}
