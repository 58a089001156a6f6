// Vendure's OrderCalculator with stubbed services and no tax: measured only, nothing of it is used or shipped.
import type { PromotionDocument } from "../src/core/pricing/index.ts";
import { effectOf, isInScope, leastSum, loaded, type Peer, type PeerLine, type PeerTask } from "./peer.ts";

interface Operation {
  readonly code: string;
  readonly args: readonly { readonly name: string; readonly value: string }[];
}

type Constructor<Made> = new (...all: never[]) => Made;

interface Order {
  readonly subTotal: number;
}

interface Calculator {
  applyPriceAdjustments(
    ctx: object,
    order: Order,
    promotions: readonly object[],
    updated: readonly object[],
    options: object,
  ): Promise<Order>;
}

interface VendureLine {
  readonly productVariant: { readonly id: string };
  readonly quantity: number;
}

interface Parts {
  readonly Calculator: Constructor<Calculator>;
  readonly Order: Constructor<Order>;
  readonly OrderLine: Constructor<VendureLine>;
  readonly Promotion: Constructor<object>;
  readonly TaxRate: Constructor<object>;
  readonly config: { readonly taxOptions: object; readonly orderOptions: object };
  readonly conditions: readonly object[];
  readonly actions: readonly object[];
  readonly facets: FacetBook;
}

/** Facets of goods by id: stands where its own service keeps them after the first reading. */
type FacetBook = Map<string, readonly string[]>;

/** The driver. */
export function vendure(): Peer {
  const parts = partsOf();
  return {
    name: "Vendure core 3.7",
    remark:
      "categories and vendors as facets, in memory; percentages of the list price; buy X get Y read differently",
    task: (lines, promotions) => taskOf(parts, lines, promotions),
  };
}

function partsOf(): Parts {
  const from = <Exported>(path: string, name: string): Exported =>
    loaded<Record<string, Exported>>(`@vendure/core/dist/${path}.js`)[name] as Exported;
  // Loaded first: its modules import one another in a circle.
  const Calculator = from<Parts["Calculator"]>(
    "service/helpers/order-calculator/order-calculator",
    "OrderCalculator",
  );
  const action = (file: string, name: string): object =>
    from(`config/promotion/actions/${file}-action`, name);
  const condition = (file: string, name: string): object =>
    from(`config/promotion/conditions/${file}-condition`, name);
  const facets: FacetBook = new Map();
  const byFacets = action("facet-values-percentage-discount", "discountOnItemWithFacets") as {
    init(injector: object): void;
  };
  const Checker = from<new (...all: object[]) => object>(
    "service/helpers/facet-value-checker/facet-value-checker",
    "FacetValueChecker",
  );
  const cache = { createCache: () => ({ get: async (id: string) => facets.get(id) }) };
  const checker = new Checker({}, cache);
  byFacets.init({ get: () => checker });
  return {
    facets,
    Calculator,
    Order: from("entity/order/order.entity", "Order"),
    OrderLine: from("entity/order-line/order-line.entity", "OrderLine"),
    Promotion: from("entity/promotion/promotion.entity", "Promotion"),
    TaxRate: from("entity/tax-rate/tax-rate.entity", "TaxRate"),
    config: from("config/default-config", "defaultConfig"),
    conditions: [
      condition("min-order-amount", "minimumOrderAmount"),
      condition("buy-x-get-y-free", "buyXGetYFreeCondition"),
    ],
    actions: [
      byFacets,
      action("order-fixed-discount", "orderFixedDiscount"),
      action("buy-x-get-y-free", "buyXGetYFreeAction"),
      unitAmountAction(from("config/promotion/promotion-action", "PromotionItemAction")),
    ],
  };
}

/** It has no amount per unit of some goods: an action of the kind that its users write. */
function unitAmountAction(ItemAction: new (options: object) => object): object {
  return new ItemAction({
    code: "unit_amount",
    description: [{ languageCode: "en", value: "Amount off each unit" }],
    args: { discount: { type: "int" }, productVariantIds: { type: "ID", list: true } },
    execute: (_ctx: object, line: VendureLine, args: { discount: number; productVariantIds: string[] }) =>
      args.productVariantIds.includes(line.productVariant.id) ? -args.discount : 0,
  });
}

function taskOf(parts: Parts, lines: readonly PeerLine[], documents: readonly PromotionDocument[]): PeerTask {
  const make = <Made>(Of: Constructor<Made>, ...all: unknown[]): Made => new Of(...(all as never[]));
  parts.facets.clear();
  for (const { id, categories, vendor } of lines) parts.facets.set(id, [...categories, vendor]);
  const zone = { id: "1", members: [] };
  const rate = make(parts.TaxRate, { id: "1", name: "none", value: 0, enabled: true });
  const calculator = make(
    parts.Calculator,
    { taxOptions: parts.config.taxOptions, orderOptions: parts.config.orderOptions },
    { getAllWithMembers: async () => [zone] },
    { getApplicableTaxRate: async () => rate },
    {},
    {},
    { get: async () => zone },
  );
  const order = make(parts.Order, {
    id: "1",
    taxZoneId: "1",
    couponCodes: [],
    surcharges: [],
    shippingLines: [],
    promotions: [],
    lines: lines.map((line) =>
      make(parts.OrderLine, {
        id: `line-${line.id}`,
        quantity: line.count,
        orderPlacedQuantity: 0,
        listPrice: line.price,
        initialListPrice: line.price,
        listPriceIncludesTax: false,
        adjustments: [],
        taxLines: [],
        taxCategoryId: "1",
        productVariant: { id: line.id },
      }),
    ),
  });
  const promotions = documents.map((document) =>
    make(parts.Promotion, {
      id: document.id,
      name: document.id,
      promotionConditions: parts.conditions,
      promotionActions: parts.actions,
      ...operationsOf(document, lines),
    }),
  );
  const ctx = { channelId: "1", channel: { pricesIncludeTax: false } };
  const options = { recalculateShipping: false, recalculateShippingPromotions: false };
  return {
    run: () => calculator.applyPriceAdjustments(ctx, order, promotions, [], options),
    total: () => order.subTotal,
  };
}

function operation(code: string, args: Readonly<Record<string, unknown>>): Operation {
  return {
    code,
    args: Object.entries(args).map(([name, value]) => ({
      name,
      value: typeof value === "object" ? JSON.stringify(value) : String(value),
    })),
  };
}

function operationsOf(
  document: PromotionDocument,
  lines: readonly PeerLine[],
): { readonly conditions: Operation[]; readonly actions: Operation[] } {
  const effect = effectOf(document);
  const least = leastSum(document);
  const ids = lines.filter((line) => isInScope(document, line)).map((line) => line.id);
  const conditions =
    least === null ? [] : [operation("minimum_order_amount", { amount: least * 100, taxInclusive: false })];
  switch (effect.kind) {
    case "percent": {
      const facets = [...(document.scope?.categories ?? []), ...(document.scope?.vendors ?? [])];
      return {
        conditions,
        actions: [operation("facet_based_discount", { discount: effect.percent, facets })],
      };
    }
    case "nForM": {
      const { take, pay } = effect;
      const args = { amountX: pay, variantIdsX: ids, amountY: take - pay, variantIdsY: ids };
      return {
        conditions: [...conditions, operation("buy_x_get_y_free", args)],
        actions: [operation("buy_x_get_y_free", {})],
      };
    }
    case "amount": {
      const discount = effect.roubles * 100;
      const action = effect.isPerUnit
        ? operation("unit_amount", { discount, productVariantIds: ids })
        : operation("order_fixed_discount", { discount });
      return { conditions, actions: [action] };
    }
  }
}
