// One line of our quote as a line of the vendor's answer.
import type { LineProblem, Lowering, QuoteLine } from "../../core/pricing/index.ts";
import type { RequestedLine } from "../../flows/index.ts";
import { roubles, units } from "./amounts.ts";
import { groupsFrom } from "./delivery-groups.ts";
import { type GoodNames, lineWords } from "./notices.ts";
import type { IrpSettings } from "./settings.ts";

/** Points of a line or of the cart. */
export interface BonusesAnswer {
  canSpend: number;
  willEarn: number;
}

/** One line of the answer; a field that does not apply is not there. */
export interface ItemAnswer {
  id: string;
  name: string;
  price: number;
  quantity: number;
  discount: number;
  subtotal: number;
  gift?: number;
  appliedDiscounts?: string[];
  bonuses?: BonusesAnswer;
  itemKitId?: string;
  addons?: { configurationId: string }[];
  warehouseId?: string;
  fractionOptionId?: string;
  error?: string;
  notice?: string;
  deliveryGroups?: string[];
  canBePurchased?: boolean;
  selected?: boolean;
}

/** Lines with these problems cost nothing, since what they would cost is not known. */
function isPriceless(problem: LineProblem | null): boolean {
  return problem !== null && problem.kind !== "short_stock";
}

/** What cannot be had is unticked; a quantity that the shopper can correct leaves the tick where it is. */
function isUnticked(problem: LineProblem | null): boolean {
  return problem !== null && (problem.kind === "unknown_offer" || problem.kind === "unavailable");
}

/** The line; `sent` null: a gift that the engine added. */
export function itemAnswer(
  line: QuoteLine,
  sent: RequestedLine | null,
  lowering: Lowering | undefined,
  settings: IrpSettings,
  names: GoodNames,
): ItemAnswer {
  const { problem } = line;
  const isFree = isPriceless(problem);
  const id = sent?.hasOwnRef === true ? sent.ref : (line.offerId ?? sent?.ref ?? "");
  const item: ItemAnswer = {
    id,
    name: line.name ?? sent?.name ?? id,
    price: isFree ? 0 : roubles(line.price),
    quantity: units(line.quantity),
    discount: isFree ? 0 : roubles(line.discount),
    subtotal: isFree ? 0 : roubles(line.total),
  };
  if (line.giftUnits > 0) item.gift = line.giftUnits;
  if (line.discounts.length > 0) item.appliedDiscounts = line.discounts.map((one) => one.promotionId);
  if (line.points !== null) item.bonuses = { canSpend: line.points.maySpend, willEarn: line.points.willEarn };
  if (sent !== null) addCompanions(item, sent);
  const { error, notice } = lineWords(line, lowering, settings, names);
  if (error !== null) item.error = error;
  if (notice !== null) item.notice = notice;
  if (sent !== null && sent.deliveryGroup !== null) {
    item.deliveryGroups = groupsFrom(sent.deliveryGroup, settings.deliveryGroups);
  }
  item.canBePurchased = problem === null;
  item.selected = line.selected && !isUnticked(problem);
  return item;
}

function addCompanions(item: ItemAnswer, sent: RequestedLine): void {
  if (sent.kitId !== null) item.itemKitId = sent.kitId;
  if (sent.addonRefs.length > 0) item.addons = sent.addonRefs.map((configurationId) => ({ configurationId }));
  if (sent.warehouseId !== null) item.warehouseId = sent.warehouseId;
  if (sent.fractionOptionId !== null) item.fractionOptionId = sent.fractionOptionId;
}
