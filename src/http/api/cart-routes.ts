// Carts tried by hand: priced here, or handed out with everything that the engine needs to price them in a browser.
import { cartCalls, isAllowed, loweredShown, outcomeShown } from "../../contract/index.ts";
import { type Instant, instant } from "../../core/basics/index.ts";
import { minor, points } from "../../core/money/index.ts";
import { cartOf, type Facts, readMoment } from "../../core/pricing/index.ts";
import {
  type CartRequest,
  FixedShelf,
  factsToTry,
  outletsOf,
  requestOf,
  type ShelvedRules,
  type SupposedCustomer,
  tryCart,
} from "../../flows/index.ts";
import { OfferShelf } from "../../storage/index.ts";
import { Refusal, refuse } from "./refusal.ts";
import { type ApiParts, type Call, route, shown } from "./route.ts";
import { rulesChosen } from "./rules-chosen.ts";

const priceCart = route(cartCalls.priceCart, async (call) => {
  const found = await rulesChosen(call.house, call.rules, call.body.rules ?? {});
  if (found instanceof Refusal) return found;
  const { shelved } = found;
  const tried = triedCart(call, shelved);
  if (tried instanceof Refusal) return tried;
  const shut = await elsewhere(call, tried.request);
  if (shut !== null) return shut;
  const rules = new FixedShelf(call.house, call.rules.timeZone, shelved);
  const answer = await tryCart({ ...deskOf(call), rules }, tried.request, tried.at);
  if (answer.kind === "refused") return refuse("calculation_unsure");
  return {
    at: shown(tried.at),
    rules: { version: found.version, hash: shelved.hash },
    ...outcomeShown(answer.quote, shelved.rules.byId),
    lowered: loweredShown(answer.lowered),
  };
});

const readFacts = route(cartCalls.readCartFacts, async (call) => {
  const { body } = call;
  const known = new Set(body.known ?? []);
  const offers: Facts["offers"][] = [];
  const sides = [];
  let offerIds: readonly (string | null)[] = [];
  let at: Instant | null = null;
  for (const chosen of body.sides) {
    const found = await rulesChosen(call.house, call.rules, chosen);
    if (found instanceof Refusal) return found;
    const tried = triedCart(call, found.shelved);
    if (tried instanceof Refusal) return tried;
    const shut = await elsewhere(call, tried.request);
    if (shut !== null) return shut;
    at ??= tried.at;
    const read = await factsToTry(deskOf(call), found.shelved, tried.request, at);
    offerIds = read.offerIds;
    offers.push(read.facts.offers);
    sides.push(sideShown(found, read.facts, known));
  }
  return {
    at: shown(at ?? call.house.now()),
    timeZone: call.rules.timeZone,
    unitesGroups: call.cartSettings.severalChoices === "union",
    lowersQuantities: call.cartSettings.shortStock === "clamp",
    pricesAddons: call.cartSettings.addonPrices,
    offerIds: [...offerIds],
    offers: offersShown(offers),
    sides,
  };
});

/** Routes of carts that are tried, of the tag "calculations". */
export const cartRoutes = [priceCart, readFacts];

type CartCall = Pick<Call<typeof cartCalls.priceCart>, keyof ApiParts | "caller"> & {
  readonly body: Pick<Call<typeof cartCalls.priceCart>["body"], "cart" | "supposed">;
};

function deskOf({ house, secrets, cartSettings }: CartCall) {
  return { house, secrets, settings: cartSettings, offers: new OfferShelf(() => performance.now()) };
}

/** The request with its moment, which local times of the shop may name. */
function triedCart({ house, caller, body }: CartCall, { rules }: ShelvedRules) {
  const { at, customer } = body.cart;
  if (customer !== undefined && !isAllowed(caller.scopes, "customers:read")) return refuse("forbidden");
  const moment = at === undefined ? house.now() : readMoment(at, rules.zone);
  if (moment === null) {
    const message = "an instant, a local date-time or a date";
    return refuse("invalid_request", undefined, [{ path: "/body/cart/at", message }]);
  }
  const addons = body.cart.lines.map((line) => line.addons ?? []);
  const request = requestOf(cartOf(body.cart), customer ?? null, supposedOf(body.supposed), addons);
  return { request, at: instant(moment) };
}

/** Stock and prices of an outlet are for those who may see it; a cart of none has the prices of the network. */
async function elsewhere(
  { house, caller }: CartCall,
  { outletId, pickupPoint }: CartRequest,
): Promise<Refusal | null> {
  const { stores } = caller;
  if (stores === null) return null;
  const isOwn = outletId === null || stores.includes(outletId);
  const isFetchedHere =
    pickupPoint === null || (await outletsOf(house, stores)).pickupPoints.has(pickupPoint);
  return isOwn && isFetchedHere ? null : refuse("forbidden", "This outlet is not one of yours.");
}

function supposedOf(supposed: CartCall["body"]["supposed"]): SupposedCustomer | null {
  if (supposed === undefined) return null;
  return {
    segments: supposed.segments ?? [],
    tier: supposed.tier ?? null,
    birthday: supposed.birthday ?? null,
    orderCount: supposed.orderCount ?? null,
    balance: points(supposed.balancePoints ?? 0),
    spent: minor(supposed.spentMinor ?? 0),
  };
}

function sideShown(
  { shelved, version }: { readonly shelved: ShelvedRules; readonly version: number | null },
  { customer, code, limits }: Facts,
  known: ReadonlySet<string>,
) {
  return {
    rules: { version, hash: shelved.hash },
    documents: known.has(shelved.hash) ? null : { ...shelved.documents },
    customer:
      customer === null
        ? null
        : {
            id: customer.id,
            segments: [...customer.segments],
            tier: customer.tier,
            birthday: customer.birthday,
            orderCount: customer.orderCount,
            balancePoints: customer.balance,
            spent: Object.entries(customer.spent).map(([days, amountMinor]) => ({
              days: Number(days),
              amountMinor,
            })),
          },
    code: code === null ? null : { promotionId: code.promotionId, state: code.state },
    limits: [...limits].map(([promotionId, { usesLeft, budgetLeft }]) => ({
      promotionId,
      usesLeft,
      budgetLeftMinor: budgetLeft,
    })),
  };
}

/** Every offer once: goods are the same on both sides, gifts are not. */
function offersShown(sides: readonly Facts["offers"][]) {
  const byId = new Map(sides.flatMap((offers) => [...offers]));
  return [...byId.values()].map((offer) => ({
    id: offer.id,
    groupId: offer.groupId,
    name: offer.name,
    priceMinor: offer.price,
    oldPriceMinor: offer.oldPrice,
    categoryIds: [...offer.categoryIds],
    vendor: offer.vendor,
    params: Object.fromEntries(Object.entries(offer.params).map(([name, values]) => [name, [...values]])),
    stepThousandths: offer.step,
    codeCapBps: offer.codeCap,
    usePoints: offer.usePoints,
    isAvailable: offer.isAvailable,
    stockThousandths: offer.stock,
  }));
}
