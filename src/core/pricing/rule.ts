// A compiled promotion: everything read, ordered and turned to integers once, so that a calculation only compares and adds.
import type { BothTexts } from "./authored.ts";
import type { Check, Dependence } from "./check.ts";
import type { GoodsTest } from "./goods.ts";
import type { Situation } from "./situation.ts";
import type { GoodsSet } from "./specimen.ts";

/** One effect on money. Amounts in kopecks, shares in basis points, counts in whole units; `most` sets an order. */
export type MoneyEffect =
  | { readonly kind: "percent"; readonly bps: number }
  | { readonly kind: "cart_amount"; readonly amount: number }
  | { readonly kind: "line_amount"; readonly amount: number }
  | { readonly kind: "unit_amount"; readonly amount: number }
  | { readonly kind: "fixed_price"; readonly price: number }
  | {
      readonly kind: "free_units";
      readonly take: number;
      readonly free: number;
      readonly isAcross: boolean;
      readonly most: number | null;
    }
  | {
      readonly kind: "nth_cheaper";
      readonly every: number;
      readonly bps: number;
      readonly isAcross: boolean;
      readonly most: number | null;
    }
  | {
      readonly kind: "kit";
      readonly parts: readonly KitPart[];
      /** Of the whole kit; null: `bps` off its units. */
      readonly price: number | null;
      readonly bps: number;
      readonly most: number | null;
    }
  | { readonly kind: "steps"; readonly bySum: boolean; readonly levels: readonly StepLevel[] };

/** What a kit needs of some goods, whole units. */
export interface KitPart {
  readonly of: GoodsSet;
  readonly units: number;
}

/** A level of steps, ascending; from in kopecks or thousandths of a unit. */
export interface StepLevel {
  readonly from: number;
  readonly effect: Extract<MoneyEffect, { kind: "percent" | "cart_amount" }>;
}

/** A gift in thousandths of a unit, always whole units. */
export interface Grant {
  readonly offerId: string;
  readonly quantity: number;
}

/** Gifts of which the shopper picks up to `limit`. */
export interface GrantChoice {
  readonly options: readonly Grant[];
  readonly limit: number;
}

/** Caps and floors in kopecks; null: none. */
export interface RuleBounds {
  readonly perUnit: number | null;
  readonly perLine: number | null;
  readonly perOrder: number | null;
  readonly floorPrice: number | null;
  readonly floorBps: number | null;
  /** Kopecks that a discount is rounded down to a multiple of; 1: half up to the kopeck. */
  readonly grain: 1 | 100 | 1000;
}

/**
 * How the money after a promotion depends on the money before it; the lemmas of influence.ts stand on this.
 * "none": takes no money. "share": each pool by itself, by its money alone. "unit": each pool by itself, by money and
 * paid units. "free": frees units of each pool by itself. "cart": one amount over all pools. "odd": anything else.
 */
export type Manner = "none" | "share" | "unit" | "free" | "cart" | "odd";

/** What falls away beside a promotion. */
export type Replaces = "nothing" | "all-discounts" | "automatic-discounts" | "code-discounts";

/** One promotion, ready. */
export interface Rule {
  readonly id: string;
  readonly name: BothTexts;
  /** Place in the set as authored. */
  readonly position: number;
  /** Place in the order of priority descending, then id: the order of ties. */
  readonly merit: number;
  /** Place in the order of application: layer, kind of effect, merit. */
  readonly order: number;
  readonly layer: number;
  readonly isLive: boolean;
  readonly from: number;
  readonly until: number;
  /** Weekdays and hours of the schedule. */
  readonly calendar: readonly ((situation: Situation) => boolean)[];
  readonly audience: readonly Check[];
  readonly when: readonly Check[];
  /** Those of `audience` and `when` that discounts of earlier layers can change; asked at the promotion's turn. */
  readonly dynamic: readonly Check[];
  readonly dependsOn: Dependence;
  /** True when more money never makes `dynamic` fail. */
  readonly isRising: boolean;
  readonly scope: GoodsTest | null;
  readonly manner: Manner;
  readonly effects: readonly MoneyEffect[];
  readonly bounds: RuleBounds;
  /** True when any of `bounds` restricts. */
  readonly isBounded: boolean;
  readonly gifts: readonly Grant[];
  readonly giftChoice: GrantChoice | null;
  /** Basis points of the usual earning (20000 doubles), and points on top. */
  readonly earnTimesBps: number;
  readonly extraPoints: number;
  readonly message: BothTexts | null;
  readonly hint: BothTexts | null;
  readonly needsCode: boolean;
  readonly choiceGroup: string | null;
  readonly combiningGroup: string | null;
  readonly combinesWith: "all" | "none" | ReadonlySet<string>;
  readonly bestOf: string | null;
  readonly isMandatory: boolean;
  readonly replaces: Replaces;
  readonly maySpendPoints: boolean;
  readonly earnsPoints: boolean;
  /** Kopecks. */
  readonly worth: number;
}

/** True when the promotion takes money off goods; gifts, points and messages do not. */
export function isDiscount(rule: Rule): boolean {
  return rule.effects.length > 0;
}

/** The manner of a promotion's effects within its bounds. */
export function mannerOf(effects: readonly MoneyEffect[], bounds: RuleBounds, needsCode: boolean): Manner {
  const manners = new Set(effects.map((effect) => effectManner(effect)));
  const [first] = manners;
  if (first === undefined) return "none";
  if (bounds.grain !== 1 || bounds.perOrder !== null || manners.size > 1) return "odd";
  if (first === "cart") return effects.length > 1 ? "odd" : "cart";
  const hasUnitBound = bounds.perUnit !== null || bounds.floorPrice !== null || bounds.floorBps !== null;
  const isFreely = effects.length === 1 && !hasUnitBound && bounds.perLine === null && !needsCode;
  if (first === "free") return isFreely ? "free" : "odd";
  return hasUnitBound && first === "share" ? "unit" : first;
}

function effectManner(effect: MoneyEffect): Manner {
  switch (effect.kind) {
    case "percent":
    case "line_amount":
      return "share";
    case "cart_amount":
      return "cart";
    case "unit_amount":
    case "fixed_price":
      return "unit";
    case "free_units":
      return effect.isAcross || effect.most !== null ? "odd" : "free";
    case "nth_cheaper":
      return effect.isAcross || effect.most !== null ? "odd" : "unit";
    case "kit":
      return "odd";
    default:
      return effect.bySum || effect.levels.some((level) => level.effect.kind !== "percent") ? "odd" : "share";
  }
}
