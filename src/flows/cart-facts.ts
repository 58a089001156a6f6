// Everything that a cart's price depends on, read in one go: goods, customer, code, cards, services.
import type { OfferedService } from "../core/carts/index.ts";
import { total } from "../core/money/index.ts";
import {
  type CodeFacts,
  type CustomerFacts,
  foldCode,
  type LimitFacts,
  type Offer,
  readMoment,
  type Zone,
} from "../core/pricing/index.ts";
import { type OfferShelf, offersOfGroup, type Tx } from "../storage/index.ts";
import type { CartRequest, RequestedLine, SupposedCustomer } from "./cart-request.ts";
import { checkGiftCards, type GiftCardCheck } from "./check-gift-cards.ts";
import { customerKeyOf } from "./customer-key.ts";
import { codeFacts } from "./find-code.ts";
import { customerFacts } from "./find-customer.ts";
import type { House } from "./house.ts";
import { limitFacts, limitsOfRules } from "./limits.ts";
import { extraServicesFor } from "./offer-services.ts";
import type { ShelvedRules } from "./rule-shelf.ts";
import type { Secrets } from "./secrets.ts";

/** The goods of a cart. */
export interface FoundGoods {
  /** By offer id: goods of the lines and every gift that the rules may grant. */
  readonly offers: ReadonlyMap<string, Offer>;
  /** The offer of each line, in their order; null where none was found. */
  readonly offerIds: readonly (string | null)[];
}

/** What was read for a request. */
export interface CartFacts extends FoundGoods {
  readonly customer: CustomerFacts | null;
  readonly code: CodeFacts | null;
  /** State of each code on offer, by the code as written. */
  readonly onOffer: ReadonlyMap<string, CodeFacts>;
  /** What is left of limits, by promotion id. */
  readonly limits: ReadonlyMap<string, LimitFacts>;
  readonly giftCards: readonly GiftCardCheck[];
  readonly services: readonly OfferedService[] | null;
}

/** What reading needs. */
export interface FactsDesk {
  readonly house: House;
  readonly secrets: Secrets;
  readonly offers: OfferShelf;
  readonly settings: FactsSettings;
}

/** Settings that decide what is read and how it is put together. */
export interface FactsSettings {
  readonly severalChoices: "first" | "union";
  readonly addonPrices: boolean;
}

/** Reads everything for `request`. */
export async function readFacts(
  tx: Tx,
  desk: FactsDesk,
  shelved: ShelvedRules,
  request: CartRequest,
): Promise<CartFacts> {
  const now = desk.house.now();
  const { supposed } = request;
  const customer =
    supposed === undefined
      ? await customerFacts(tx, desk.secrets, request.customer, shelved.rules.spentDays, now)
      : supposedFacts(supposed, shelved.rules.spentDays);
  // Somebody made up is nobody to the counters and to codes that belong to one customer.
  const knownId = supposed === undefined ? (customer?.id ?? null) : null;
  const goods = await findGoods(tx, desk, shelved, request, request.lines, customer);
  const { rules } = shelved;
  const codeRules = { codes: rules.codes, zone: rules.zone, ofCodes: limitsOfRules(shelved).ofCodes };
  const factsOf = (code: string) => codeFacts(tx, code, codeRules, now, knownId);
  const onOffer = new Map<string, CodeFacts>();
  for (const { code } of codesOnOffer(shelved)) {
    const facts = await factsOf(code);
    if (facts !== null) onOffer.set(code, facts);
  }
  const code = request.code === null ? null : await factsOf(request.code);
  return {
    ...goods,
    customer,
    onOffer,
    code,
    limits: await limitFacts(tx, shelved, {
      customerKey: customerKeyOf(desk.secrets, knownId, request.customer),
      foldedCode: request.code === null ? null : foldCode(request.code),
      promotionOfCode: code?.promotionId ?? null,
      at: now,
    }),
    giftCards:
      request.giftCards.length === 0 ? [] : await checkGiftCards(tx, desk.secrets, request.giftCards),
    services:
      request.services === null
        ? null
        : await extraServicesFor(tx, request.services, serviceGoods(request.lines, goods)),
  };
}

function supposedFacts(
  { spent, ...supposed }: SupposedCustomer,
  spentDays: readonly number[],
): CustomerFacts {
  return { ...supposed, id: "supposed", spent: Object.fromEntries(spentDays.map((days) => [days, spent])) };
}

/** Most codes on offer that are looked at. */
const MOST_ON_OFFER = 20;

/** Codes that the rules' authors want shown, of promotions that may run. */
export function codesOnOffer({ documents, rules }: ShelvedRules): readonly OnOffer[] {
  let known = onOfferBySet.get(documents.set);
  if (known === undefined) {
    known = documents.set.promotions
      .filter(({ status }) => status === undefined || status === "active" || status === "scheduled")
      .flatMap(({ codes }) => codes?.showcase ?? [])
      .slice(0, MOST_ON_OFFER)
      .map((shown) => inUtc(shown, rules.zone));
    onOfferBySet.set(documents.set, known);
  }
  return known;
}

/** A local date-time is the shop's, whatever zone the machine is in. */
function inUtc({ availableUntil, ...shown }: OnOffer, zone: Zone): OnOffer {
  const at = availableUntil === undefined ? null : readMoment(availableUntil, zone);
  return at === null ? shown : { ...shown, availableUntil: new Date(at).toISOString() };
}

type OnOffer = NonNullable<
  NonNullable<ShelvedRules["documents"]["set"]["promotions"][number]["codes"]>["showcase"]
>[number];

const onOfferBySet = new WeakMap<object, readonly OnOffer[]>();

/** Names of each line's good, the app's own first, as services may be bound to any of them. */
function serviceGoods(
  lines: readonly RequestedLine[],
  { offerIds }: FoundGoods,
): { readonly names: readonly string[] }[] {
  return lines.map((line, index) => ({
    names: [line.ref, offerIds[index], line.privateRef, line.productRef].filter(
      (name) => typeof name === "string",
    ),
  }));
}

type Stage = readonly ["offer" | "group", (line: RequestedLine) => string | null];

const ownRef = (line: RequestedLine): string | null => (line.hasOwnRef ? line.ref.trim() : null);
const privateRef = (line: RequestedLine): string | null => line.privateRef;
const productRef = (line: RequestedLine): string | null => line.productRef;

/** Where a line's good is looked for, in this order; a card counts only where it has exactly one offer. */
const STAGES: Readonly<Record<CartRequest["channel"], readonly Stage[]>> = {
  app: [
    ["offer", ownRef],
    ["offer", privateRef],
    ["offer", productRef],
    ["group", productRef],
    ["group", privateRef],
  ],
  // Here the line's own id is the vendor's and may look like one of ours: it comes last, the product's never.
  seller: [
    ["offer", privateRef],
    ["group", privateRef],
    ["offer", ownRef],
  ],
};

/** Finds the goods of `lines` and the gifts that the rules may grant. Usually one statement, or none. */
export async function findGoods(
  tx: Tx,
  desk: FactsDesk,
  shelved: ShelvedRules,
  request: CartRequest,
  lines: readonly RequestedLine[],
  customer: CustomerFacts | null,
): Promise<FoundGoods> {
  const place = {
    cityFias: request.city.cityFias ?? request.city.fias,
    cityKladr: request.city.kladr,
    regionFias: request.city.regionFias,
    priceTier: customer?.tier ?? null,
    outletId: request.outletId,
    pickupPointId: request.pickupPoint,
  };
  const offers = new Map<string, Offer>();
  const offerIds = new Array<string | null>(lines.length).fill(null);
  const asked = new Set<string>();
  const load = async (ids: Iterable<string>): Promise<void> => {
    const fresh: string[] = [];
    for (const id of ids) {
      if (asked.has(id)) continue;
      asked.add(id);
      fresh.push(id);
    }
    if (fresh.length === 0) return;
    for (const [id, offer] of await desk.offers.offersForCart(tx, fresh, place)) offers.set(id, offer);
  };
  let open = lines.map((_, index) => index);
  let wanted: readonly string[] = shelved.rules.giftOfferIds;
  for (const [kind, read] of STAGES[request.channel]) {
    const names = open.map((index) => read(lines[index] as RequestedLine));
    const given = names.filter((name) => name !== null);
    const single = kind === "group" ? await singleOffers(tx, given) : null;
    await load([...wanted, ...(single === null ? given : single.values())]);
    wanted = [];
    open = open.filter((index, position) => {
      const name = names[position] ?? null;
      const id = name === null ? null : single === null ? name : (single.get(name) ?? null);
      if (id === null || !offers.has(id)) return true;
      offerIds[index] = id;
      return false;
    });
    if (open.length === 0) break;
  }
  if (desk.settings.addonPrices) {
    await load(lines.flatMap((line) => line.addonRefs));
    return { offers, offerIds: priceAddons(lines, offerIds, offers) };
  }
  return { offers, offerIds };
}

/** A good with add-ons that have a price is a good of its own, dearer by them; it stands under an id of both. */
function priceAddons(
  lines: readonly RequestedLine[],
  offerIds: readonly (string | null)[],
  offers: Map<string, Offer>,
): (string | null)[] {
  return offerIds.map((id, index) => {
    const offer = id === null ? undefined : offers.get(id);
    const addons = lines[index]?.addonRefs.flatMap((ref) => offers.get(ref) ?? []) ?? [];
    if (offer === undefined || addons.length === 0) return id;
    const joined = [offer, ...addons].map((each) => each.id).join("+");
    offers.set(joined, {
      ...offer,
      id: joined,
      price: total([offer.price, ...addons.map((addon) => addon.price)]),
      oldPrice: null,
      isAvailable: offer.isAvailable && addons.every((addon) => addon.isAvailable),
    });
    return joined;
  });
}

/** The only offer of each card that has exactly one. */
async function singleOffers(tx: Tx, groupIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const single = new Map<string, string>();
  if (groupIds.length === 0) return single;
  for (const [group, [first, ...others]] of await offersOfGroup(tx, [...new Set(groupIds)])) {
    if (first !== undefined && others.length === 0) single.set(group, first);
  }
  return single;
}
