// Which composition is priced: the request's own, or what synchronisation with the customer's other devices makes of it.
import { type AppLine, lineKey } from "../core/carts/index.ts";
import { quantity } from "../core/money/index.ts";
import { type Cart, type CartLine, stripGifts } from "../core/pricing/index.ts";
import {
  type CartFacts,
  type FactsDesk,
  type FactsSettings,
  type FoundGoods,
  findGoods,
} from "./cart-facts.ts";
import type { CartRequest, RequestedLine } from "./cart-request.ts";
import type { ShelvedRules } from "./rule-shelf.ts";
import { syncCart } from "./sync-cart.ts";

/** Lines with their goods. */
export interface Composition extends FoundGoods {
  readonly lines: readonly RequestedLine[];
  /** The date to answer; null: not synchronised. */
  readonly syncAt: number | null;
  /** The date sent lies after our clock. */
  readonly isFuture: boolean;
}

/** The composition of a request whose facts were read. */
export async function composeCart(
  desk: FactsDesk,
  shelved: ShelvedRules,
  request: CartRequest,
  read: CartFacts,
): Promise<Composition> {
  const own: Composition = {
    lines: request.lines,
    offers: read.offers,
    offerIds: read.offerIds,
    syncAt: null,
    isFuture: false,
  };
  // Carts are kept for those who signed in, under the id that theirs leads to.
  if (request.customer.externalUserId === null || read.customer === null || request.syncDate === null)
    return own;
  const cart = engineCart(request, own, desk.settings);
  const sync = await syncCart(
    desk.house,
    read.customer.id,
    request.syncDate,
    paidLines(cart, request.lines, shelved),
  );
  if (sync.kind === "apart") return own;
  if (sync.kind === "sent") return { ...own, syncAt: sync.syncAt, isFuture: sync.isFuture };
  const lines = sync.lines.map((line) => requestedAgain(line, request.lines));
  const found = await desk.house.database.read((tx) =>
    findGoods(tx, desk, shelved, request, lines, read.customer),
  );
  return { ...found, lines, syncAt: sync.syncAt, isFuture: sync.isFuture };
}

/** The cart as the engine takes it. */
export function engineCart(
  request: CartRequest,
  composed: Pick<Composition, "lines" | "offerIds">,
  settings: Pick<FactsSettings, "severalChoices">,
): Cart {
  const { city } = request;
  const lines: CartLine[] = composed.lines.map((line, index) => ({
    offerId: composed.offerIds[index] ?? null,
    quantity: line.quantity,
    selected: line.selected,
    echoed: line.echoed,
    sentAsFree: line.sentAsFree,
  }));
  return {
    channel: request.channel,
    lines,
    code: request.code,
    choices: request.choices,
    ...(settings.severalChoices === "union" ? { unitesGroups: true } : {}),
    pointsToSpend: request.pointsToSpend,
    outletId: request.outletId,
    employeeId: request.employeeId,
    city: { name: city.name, kladr: city.kladr, fias: city.fias },
    deliveryMethod: request.deliveryMethod,
    paymentMethod: request.paymentMethod,
    pickupPoint: request.pickupPoint,
    isEarlyAccess: request.isEarlyAccess,
  };
}

/** What the customer pays for: gifts of ours that came back are no part of a kept cart. */
function paidLines(cart: Cart, lines: readonly RequestedLine[], shelved: ShelvedRules): AppLine[] {
  const { isClean, gone, taken } = stripGifts(cart, shelved.rules);
  if (isClean) return lines.map(appLine);
  return lines.flatMap((line, index) => {
    if (gone.has(index)) return [];
    const gift = taken.get(index) ?? 0;
    const kept = appLine(line);
    return [
      gift === 0 || line.quantity === null ? kept : { ...kept, quantity: quantity(line.quantity - gift) },
    ];
  });
}

/** The part of a line that is kept. */
export function appLine(line: RequestedLine): AppLine {
  return {
    ref: line.ref,
    privateRef: line.privateRef,
    productRef: line.productRef,
    name: line.name,
    quantity: line.quantity,
    selected: line.selected,
    kitId: line.kitId,
    addonRefs: line.addonRefs,
    warehouseId: line.warehouseId,
    deliveryGroup: line.deliveryGroup,
    fractionOptionId: line.fractionOptionId,
  };
}

/** A kept line as if it had been sent; where the request has the same line, it says what the app echoed and showed. */
function requestedAgain(line: AppLine, sent: readonly RequestedLine[]): RequestedLine {
  const key = lineKey(line);
  const same = sent.find((one) => !one.sentAsFree && lineKey(one) === key);
  return {
    ...line,
    hasOwnRef: same?.hasOwnRef ?? true,
    echoed: [],
    sentAsFree: false,
    sentPrice: same?.sentPrice ?? null,
  };
}
