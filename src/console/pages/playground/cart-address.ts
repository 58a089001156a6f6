// A cart in the address of the page: what is on the screen can be sent to a colleague, and Back takes a step back.
import type { calculationCalls, cartCalls } from "../../../contract/index.ts";
import type { AnswerOf, PartsOf } from "../../calls.ts";
import { rulesOf } from "../calculations/rules-choice.tsx";

/** What the address keeps. `who`: "" nobody, "supposed" somebody made up, "found" a customer by id. */
export const CART = [
  ...["goods", "code", "points", "choice"],
  ...["who", "customer", "segments", "tier", "birthday", "orders", "balance", "spent"],
  ...["at", "face", "outlet", "employee", "city", "kladr", "fias", "delivery", "payment", "pickup", "early"],
  ...["left", "right", "full", "from"],
] as const;

/** A cart as the address holds it: texts by name, an empty one where nothing is said. */
export type CartAddress = Readonly<Record<(typeof CART)[number], string>>;

/** Changes some of it; `isStep` makes a step for Back. */
export type ChangeCart = (change: Partial<CartAddress>, isStep?: boolean) => void;

/** One line of the cart. */
export interface WrittenLine {
  readonly offer: string;
  /** Units, at most three decimals. */
  readonly quantity: number;
  readonly isAside: boolean;
  /** Ids of goods that are added to it. */
  readonly addons: readonly string[];
}

/** A promotion chosen from the menu, with the gifts picked. */
export interface WrittenChoice {
  readonly promotion: string;
  readonly gifts: readonly { readonly offer: string; readonly quantity: number }[];
}

/** Most lines that an address holds. */
const MOST_LINES = 100;

/** Most add-ons of a line. */
const MOST_ADDONS = 20;

/** Lines of a text such as `1501:3,1601:0.5:aside,2101:1::3003+3004`. */
export function linesOf(text: string): readonly WrittenLine[] {
  return parts(text, ",")
    .slice(0, MOST_LINES)
    .map((line) => {
      const [offer = "", quantity = "", aside = "", addons = ""] = line.split(":");
      const units = Number(quantity);
      return {
        offer: unescaped(offer),
        quantity: Number.isFinite(units) && units >= 0 && units <= 1_000_000 ? units : 1,
        isAside: aside === "aside",
        addons: parts(addons, "+").slice(0, MOST_ADDONS).map(unescaped),
      };
    });
}

/** The text of lines. */
export function linesText(lines: readonly WrittenLine[]): string {
  return lines
    .map(({ offer, quantity, isAside, addons }) =>
      [
        ...[encodeURIComponent(offer), String(quantity)],
        ...(isAside || addons.length > 0 ? [isAside ? "aside" : ""] : []),
        ...(addons.length > 0 ? [addons.map(encodeURIComponent).join("+")] : []),
      ].join(":"),
    )
    .join(",");
}

/** Choices of a text such as `gift-spices:3003@1,instead-500`. */
export function choicesOf(text: string): readonly WrittenChoice[] {
  return parts(text, ",").map((choice) => {
    const [promotion = "", ...gifts] = choice.split(":");
    return { promotion: unescaped(promotion), gifts: gifts.map(giftOf) };
  });
}

function giftOf(text: string): WrittenChoice["gifts"][number] {
  const [offer = "", quantity = ""] = text.split("@");
  const units = Number(quantity);
  return { offer: unescaped(offer), quantity: units > 0 && units <= 1000 ? units : 1 };
}

/** The text of choices. */
export function choicesText(choices: readonly WrittenChoice[]): string {
  return choices
    .map(({ promotion, gifts }) =>
      [
        encodeURIComponent(promotion),
        ...gifts.map(({ offer, quantity }) => `${encodeURIComponent(offer)}@${quantity}`),
      ].join(":"),
    )
    .join(",");
}

/** Segments of a text, with a comma between them. */
export function namesOf(text: string): string[] {
  return parts(text, ",").map(unescaped);
}

/** The text of segments. */
export function namesText(names: readonly string[]): string {
  return names.map(encodeURIComponent).join(",");
}

function parts(text: string, separator: string): string[] {
  return text.split(separator).filter((part) => part !== "");
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type PriceBody = PartsOf<typeof cartCalls.priceCart>["body"];

/** The cart as the API and the engine take it. */
export function documentOf(address: CartAddress): PriceBody["cart"] {
  const { city, kladr, fias } = address;
  const isCoded = kladr !== "" || fias !== "";
  const points = whole(address.points);
  return {
    lines: linesOf(address.goods).map(({ offer, quantity, isAside, addons }) => ({
      offer,
      quantity,
      ...(isAside ? { selected: false } : {}),
      ...(addons.length > 0 ? { addons: [...addons] } : {}),
    })),
    choices: choicesOf(address.choice).map(({ promotion, gifts }) => ({ promotion, gifts: [...gifts] })),
    ...(points === null ? {} : { points }),
    ...(address.face === "seller" ? { channel: "seller" as const } : {}),
    ...(address.early === "" ? {} : { earlyAccess: true }),
    ...(isCoded ? { city: said({ name: city, kladr, fias }) } : said({ city })),
    ...said({
      code: address.code,
      customer: address.who === "found" ? address.customer : "",
      at: address.at,
      outlet: address.outlet,
      employee: address.face === "seller" ? address.employee : "",
      delivery: address.delivery,
      payment: address.payment,
      pickupPoint: address.pickup,
    }),
  };
}

/** Only the texts that say something. */
function said<Names extends string>(texts: Readonly<Record<Names, string>>): Partial<Record<Names, string>> {
  return Object.fromEntries(
    Object.entries<string>(texts).filter(([, text]) => text.trim() !== ""),
  ) as Partial<Record<Names, string>>;
}

/** A whole number from zero; null: none. */
function whole(text: string): number | null {
  const value = Number(text);
  return text.trim() !== "" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** A customer who is made up, as the API takes one; undefined where nobody is. */
export function supposedOf(address: CartAddress): PriceBody["supposed"] {
  if (address.who !== "supposed") return undefined;
  const [orderCount, balancePoints, spentRoubles] = [
    whole(address.orders),
    whole(address.balance),
    whole(address.spent),
  ];
  return {
    segments: namesOf(address.segments),
    ...said({ tier: address.tier, birthday: address.birthday }),
    ...(orderCount === null ? {} : { orderCount }),
    ...(balancePoints === null ? {} : { balancePoints }),
    ...(spentRoubles === null ? {} : { spentMinor: spentRoubles * 100 }),
  };
}

/** Choices of rules on both sides, as rules-choice.tsx writes them; one where nothing is compared. */
export function sidesOf({ left, right }: CartAddress): string[] {
  const first = left === "" ? "current" : left;
  return right === "" ? [first] : [first, right];
}

/** Every good of the lines once; with other add-ons it is another one. */
function goodsOf(lines: PriceBody["cart"]["lines"]): PriceBody["cart"]["lines"] {
  const goods = lines.map(({ offer, addons }) => ({ offer, ...(addons === undefined ? {} : { addons }) }));
  return [...new Map(goods.map((good) => [JSON.stringify(good), good])).values()];
}

/** What the server is asked for: quantities, points and choices change nothing of it. */
export function factsWishOf(address: CartAddress) {
  const { lines, choices: _choices, points: _points, ...cart } = documentOf(address);
  const supposed = supposedOf(address);
  return {
    cart: { ...cart, lines: goodsOf(lines) },
    ...(supposed === undefined ? {} : { supposed }),
    sides: sidesOf(address).map(rulesOf),
  };
}

/** The address of the page with the cart of a recorded calculation, its moment and its customer; gifts that came back are left out. */
export function addressOfCalculation(calculation: AnswerOf<typeof calculationCalls.getCalculation>): string {
  const { cart, customerId } = calculation;
  const lines = cart.lines.flatMap(({ offerId, quantity, giftUnits, isSelected }) => {
    const paid = Math.round(((quantity ?? 1) - giftUnits) * 1000) / 1000;
    return offerId === null || paid <= 0
      ? []
      : [{ offer: offerId, quantity: paid, isAside: !isSelected, addons: [] }];
  });
  const choices = cart.choices.map(({ promotionId, gifts }) => ({
    promotion: promotionId,
    gifts: gifts.map(({ offerId, quantity }) => ({ offer: offerId, quantity })),
  }));
  const told: Partial<CartAddress> = {
    goods: linesText(lines),
    code: cart.code ?? "",
    points: cart.pointsToSpend > 0 ? String(cart.pointsToSpend) : "",
    choice: choicesText(choices),
    who: customerId === null ? "" : "found",
    customer: customerId ?? "",
    at: calculation.at,
    face: calculation.channel === "seller" ? "seller" : "",
    outlet: cart.outletId ?? "",
    employee: cart.employeeId ?? "",
    city: cart.city ?? "",
    kladr: cart.cityKladr ?? "",
    fias: cart.cityFias ?? "",
    delivery: cart.deliveryMethod ?? "",
    payment: cart.paymentMethod ?? "",
    pickup: cart.pickupPoint ?? "",
    early: cart.isEarlyAccess ? "1" : "",
    from: calculation.id,
  };
  const query = new URLSearchParams(Object.entries(told).filter(([, text]) => text !== ""));
  return `/playground?${query.toString()}`;
}
