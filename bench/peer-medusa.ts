// Medusa's promotion module: its pure calculators, called in the order of its service, without its database.
import type { PromotionDocument } from "../src/core/pricing/index.ts";
import { effectOf, leastSum, loaded, type Peer, type PeerLine, type PeerTask } from "./peer.ts";

interface Action {
  readonly action: string;
  readonly amount: unknown;
}

interface Rule {
  readonly attribute: string;
  readonly operator: string;
  readonly values: readonly { readonly value: string }[];
}

/** What is looked at here; the calculators read more. */
interface Method {
  readonly target_type: string;
  readonly value: number;
  readonly [field: string]: unknown;
}

interface Promotion {
  readonly code: string;
  readonly type: string;
  readonly rules: readonly Rule[];
  readonly application_method: Method;
}

interface Calculators {
  areRulesValidForContext(rules: readonly Rule[], context: object, scope: string): boolean;
  readonly ComputeActionUtils: {
    sortByBuyGetType(left: Promotion, right: Promotion): number;
    getComputedActionsForItems(...all: unknown[]): Action[];
    getComputedActionsForBuyGet(...all: unknown[]): Action[];
  };
}

interface Framework {
  transformPropertiesToBigNumber(value: unknown, options: { include: readonly string[] }): void;
}

/** Every quantity a promotion may act on: Medusa wants a number. */
const PLENTY = 1_000_000;

/** The driver; prices in kopecks, so that totals can be compared. */
export function medusa(): Peer {
  const calculators = loaded<Calculators>("@medusajs/promotion/dist/utils/index.js");
  const framework = loaded<Framework>("@medusajs/framework/utils");
  return {
    name: "Medusa promotion 2.21",
    remark: "unrounded amounts; largest value first; buy X get Y read differently",
    task: (lines, promotions) => taskOf(calculators, framework, lines, promotions),
  };
}

function taskOf(
  { areRulesValidForContext, ComputeActionUtils: utils }: Calculators,
  framework: Framework,
  lines: readonly PeerLine[],
  documents: readonly PromotionDocument[],
): PeerTask {
  const items = lines.map((line) => ({
    id: `item-${line.id}`,
    quantity: line.count,
    subtotal: line.price * line.count,
    original_total: line.price * line.count,
    product: {
      id: line.id,
      vendor: line.vendor,
      categories: line.categories.map((id) => ({ id })),
    },
  }));
  const gross = items.reduce((sum, item) => sum + item.subtotal, 0);
  const context = { currency_code: "rub", subtotal: gross, items };
  const promotions = documents
    .map(promotionOf)
    .sort((left, right) => right.application_method.value - left.application_method.value)
    .sort(utils.sortByBuyGetType);
  let actions: Action[] = [];
  return {
    run: () => {
      actions = [];
      const [applied, bought, targets] = [new Map(), new Map(), new Map()];
      for (const promotion of promotions) {
        if (!areRulesValidForContext(promotion.rules, context, "order")) continue;
        const more =
          promotion.type === "buyget"
            ? utils.getComputedActionsForBuyGet(promotion, items, applied, bought, targets)
            : utils.getComputedActionsForItems(
                promotion,
                items,
                applied,
                promotion.application_method.target_type === "order" ? "across" : undefined,
              );
        actions.push(...more);
      }
      framework.transformPropertiesToBigNumber(actions, { include: ["amount"] });
    },
    total: () => {
      let off = 0;
      for (const { action, amount } of actions) if (action === "addItemAdjustment") off += Number(amount);
      return gross - off;
    },
  };
}

function oneOf(attribute: string, values: readonly string[]): Rule {
  return { attribute, operator: "in", values: values.map((value) => ({ value })) };
}

function targetOf({ scope }: PromotionDocument): Rule[] {
  if (scope?.offers !== undefined) return [oneOf("items.product.id", scope.offers)];
  if (scope?.vendors !== undefined) return [oneOf("items.product.vendor", scope.vendors)];
  if (scope?.categories !== undefined) return [oneOf("items.product.categories.id", scope.categories)];
  return [];
}

function promotionOf(document: PromotionDocument): Promotion {
  const effect = effectOf(document);
  const least = leastSum(document);
  const target_rules = targetOf(document);
  const common = { code: document.id, is_automatic: true, is_tax_inclusive: false };
  const rules =
    least === null
      ? []
      : [{ attribute: "subtotal", operator: "gte", values: [{ value: String(least * 100) }] }];
  const items = { target_type: "items", allocation: "each", max_quantity: PLENTY, target_rules };
  switch (effect.kind) {
    case "percent":
      return {
        ...common,
        rules,
        type: "standard",
        application_method: { ...items, type: "percentage", value: effect.percent },
      };
    case "nForM": {
      const counts = { apply_to_quantity: effect.take - effect.pay, buy_rules_min_quantity: effect.pay };
      const method = { ...items, type: "percentage", value: 100, buy_rules: target_rules, ...counts };
      return { ...common, rules, type: "buyget", application_method: method };
    }
    case "amount": {
      const method = { ...items, type: "fixed", value: effect.roubles * 100 };
      const across = { ...method, target_type: "order", allocation: "across", max_quantity: null };
      return {
        ...common,
        rules,
        type: "standard",
        application_method: effect.isPerUnit ? method : across,
      };
    }
  }
}
