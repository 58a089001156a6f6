// A cart that was split into shipments: the whole is remembered, and each part is answered with its share of it.
import { instant } from "../core/basics/index.ts";
import { type Group, type GroupLine, lineKey, type PartLine, type SharedLine } from "../core/carts/index.ts";
import { isWhole, minor, points, quantity, total, ZERO } from "../core/money/index.ts";
import {
  type Cart,
  type Facts,
  foldCode,
  type Quote,
  type QuoteLine,
  stripGifts,
  type UnitGroup,
} from "../core/pricing/index.ts";
import { claimCartGroup, readCartGroup, type Tx } from "../storage/index.ts";
import type { QuoteMaker } from "./calculation-text.ts";
import type { RequestedLine } from "./cart-request.ts";
import type { House } from "./house.ts";
import type { ShelvedRules } from "./rule-shelf.ts";
import { GROUP_AGE, rememberGroup, shareGroup } from "./share-group.ts";

/** A quote and whose figures it has. */
export interface MadeQuote {
  readonly quote: Quote;
  readonly madeBy: QuoteMaker;
}

/** The quote as it is where there is no group or this is the whole cart (which is remembered); a part's share otherwise. */
export async function shareCart(
  house: House,
  shelved: ShelvedRules,
  groupId: string | null,
  lines: readonly RequestedLine[],
  cart: Cart,
  facts: Facts,
  made: MadeQuote,
): Promise<MadeQuote> {
  const shared = await sharePart(house, shelved, groupId, lines, cart, facts, made);
  if (shared === null) await rememberWhole(house, groupId, lines, cart, made);
  return shared ?? made;
}

/** A part's share of the whole that is remembered; null where this is no part of one. */
export async function sharePart(
  house: House,
  shelved: ShelvedRules,
  groupId: string | null,
  lines: readonly RequestedLine[],
  cart: Cart,
  facts: Facts,
  made: MadeQuote,
): Promise<MadeQuote | null> {
  const counted = countedLines(made);
  if (groupId === null || counted.length === 0) return null;
  const part = [...counted.map((line) => paidPart(line, lines)), ...giftParts(cart, shelved)];
  const shares = await shareGroup(house, groupKey(groupId, cart), part);
  if (shares === null) return null;
  return { quote: partQuote(made.quote, counted, shares, cart, facts), madeBy: "share" };
}

/** Remembers a whole cart, whose parts are then answered with their shares of it. */
export async function rememberWhole(
  house: House,
  groupId: string | null,
  lines: readonly RequestedLine[],
  cart: Cart,
  made: MadeQuote,
): Promise<void> {
  if (groupId === null || countedLines(made).length === 0) return;
  await rememberGroup(house, groupKey(groupId, cart), wholeOf(made.quote, lines));
}

/** The whole cart that is remembered for the group, this code and these choices; null where there is none. */
export function rememberedWhole(
  house: House,
  groupId: string,
  cart: Pick<Cart, "code" | "choices">,
): Promise<Group | null> {
  const since = instant(house.now() - GROUP_AGE);
  return house.database.read((tx) => readCartGroup(tx, groupKey(groupId, cart), since));
}

/** Gifts of a whole cart whose goods it does not hold as bought ones too, with the promotions that gave them, by offer. */
export function giftsOfWhole(
  group: Group,
): ReadonlyMap<string, { readonly quantity: number; readonly promotionIds: readonly string[] }> {
  const isBought = (offerId: string): boolean => group.lines.some(({ key }) => key.startsWith(`${offerId} `));
  const gifts = new Map<string, { readonly quantity: number; readonly promotionIds: readonly string[] }>();
  for (const { key, quantity: count, discounts } of group.lines) {
    const offerId = key.startsWith(giftKey("")) ? key.slice(giftKey("").length) : null;
    if (offerId !== null && !isBought(offerId))
      gifts.set(offerId, { quantity: count, promotionIds: discounts.map((one) => one.promotionId) });
  }
  return gifts;
}

/** Holds the whole cart that is remembered until the transaction ends. */
export async function holdWhole(tx: Tx, groupId: string, cart: Cart, now: number): Promise<void> {
  await claimCartGroup(tx, groupKey(groupId, cart), instant(now - GROUP_AGE));
}

/** Only what the engine priced is shared. */
function countedLines({ quote, madeBy }: MadeQuote): readonly QuoteLine[] {
  return madeBy === "engine" ? quote.lines.filter((line) => line.isCounted && line.lineIndex !== null) : [];
}

/** A code or a choice makes another whole cart of the same goods, so it is remembered apart. */
function groupKey(groupId: string, cart: Pick<Cart, "code" | "choices">): string {
  const code = cart.code === null ? "" : foldCode(cart.code);
  if (code === "" && cart.choices.length === 0) return groupId;
  return JSON.stringify([groupId, code, cart.choices.map(({ promotionId }) => promotionId)]);
}

/** The offer goes along: two lines of one name may be different goods. */
function paidKey(line: QuoteLine, sent: RequestedLine | undefined): string {
  return `${line.offerId} ${sent === undefined ? "" : lineKey(sent)}`;
}

const giftKey = (offerId: string | null): string => `gift ${offerId}`;

function paidPart(line: QuoteLine, lines: readonly RequestedLine[]): PartLine {
  const sent = lines[line.lineIndex ?? -1];
  return { key: paidKey(line, sent), quantity: line.quantity, mark: sent?.deliveryGroup ?? "" };
}

/** Gifts of the whole cart that came with this part. */
function giftParts(cart: Cart, shelved: ShelvedRules): PartLine[] {
  return stripGifts(cart, shelved.rules).returned.map((gift) => ({
    key: giftKey(gift.offerId),
    quantity: quantity(gift.quantity),
    mark: "",
  }));
}

function wholeOf(quote: Quote, lines: readonly RequestedLine[]): GroupLine[] {
  return quote.lines
    .filter((line) => line.isCounted)
    .map((line) => ({
      key: line.lineIndex === null ? giftKey(line.offerId) : paidKey(line, lines[line.lineIndex]),
      price: line.price,
      quantity: line.quantity,
      total: line.total,
      discounts: line.discounts,
      giftUnits: line.giftUnits,
      points: line.points,
    }));
}

/** The part's own quote with the money of its share. The menu of choices belongs to the whole cart. */
function partQuote(
  quote: Quote,
  counted: readonly QuoteLine[],
  shares: readonly SharedLine[],
  cart: Cart,
  facts: Facts,
): Quote {
  const paid = new Map(counted.map((line, index) => [line, shares[index] as SharedLine]));
  const lines = quote.lines.flatMap((line) => {
    const share = paid.get(line);
    if (share !== undefined) return [sharedLine(line, share)];
    return line.lineIndex === null ? [] : [line];
  });
  for (const share of shares.slice(counted.length)) lines.push(sharedGift(share, facts));
  const all = [...shares];
  return {
    ...quote,
    lines,
    gross: total(all.map(({ gross }) => gross)),
    discount: total(all.map(({ discount }) => discount)),
    total: total(all.map((share) => share.total)),
    points: quote.points === null ? null : pointsOf(all, cart, facts),
    code: codeOf(quote, all, facts),
    offered: [],
    notices: [],
  };
}

function sharedLine(line: QuoteLine, share: SharedLine): QuoteLine {
  return {
    ...line,
    gross: share.gross,
    discount: share.discount,
    total: share.total,
    discounts: share.discounts,
    giftUnits: share.giftUnits,
    unitGroups: unitGroupsOf(share),
    points: line.points === null ? null : (share.points ?? line.points),
  };
}

function sharedGift(share: SharedLine, facts: Facts): QuoteLine {
  const offerId = share.key.slice(giftKey("").length);
  return {
    lineIndex: null,
    offerId,
    name: facts.offers.get(offerId)?.name ?? null,
    price: share.price,
    quantity: share.quantity,
    gross: share.gross,
    discount: share.discount,
    total: share.total,
    giftUnits: share.giftUnits,
    discounts: share.discounts,
    unitGroups: unitGroupsOf(share),
    selected: true,
    isCounted: true,
    problem: null,
    notices: [],
    points: share.points,
  };
}

/** Units of the dearer and of the cheaper price, and the free ones; a weighed line is one group. */
function unitGroupsOf(share: SharedLine): UnitGroup[] {
  const units = share.quantity / 1000 - share.giftUnits;
  if (!isWhole(share.quantity) || units <= 0) {
    return [
      {
        quantity: share.quantity,
        unitPrice: minor(Math.round((share.total * 1000) / share.quantity)),
        total: share.total,
      },
    ];
  }
  const cheap = Math.floor(share.total / units);
  const dearUnits = share.total - cheap * units;
  const group = (count: number, unitPrice: number): UnitGroup => ({
    quantity: quantity(count * 1000),
    unitPrice: minor(unitPrice),
    total: minor(count * unitPrice),
  });
  const groups = [group(dearUnits, cheap + 1), group(units - dearUnits, cheap), group(share.giftUnits, 0)];
  return groups.filter((each) => each.quantity > 0);
}

function pointsOf(shares: readonly SharedLine[], cart: Cart, facts: Facts): Quote["points"] {
  const sum = (read: (of: NonNullable<SharedLine["points"]>) => number): number =>
    shares.reduce((all, share) => all + (share.points === null ? 0 : read(share.points)), 0);
  const maySpend = points(
    Math.min(
      sum((each) => each.maySpend),
      facts.customer?.balance ?? 0,
    ),
  );
  return {
    maySpend,
    willEarn: points(sum((each) => each.willEarn)),
    spending: points(Math.min(cart.pointsToSpend, maySpend)),
  };
}

/** A code counts as applied in a part where the whole cart owed it a discount on these goods. */
function codeOf(quote: Quote, shares: readonly SharedLine[], facts: Facts): Quote["code"] {
  const promotionId = facts.code?.promotionId ?? null;
  if (quote.code === null || promotionId === null) return quote.code;
  const gave = (share: SharedLine): boolean =>
    share.discounts.some((one) => one.promotionId === promotionId && one.amount > ZERO);
  return shares.some(gave) ? { ...quote.code, state: "applied", promotionId } : quote.code;
}
