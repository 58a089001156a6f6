// Effects that give nothing: zero values, caps and floors that leave nothing, units counted of goods sold by weight.
import { parseDecimal } from "../money/index.ts";
import type { Effect, PromotionDocument } from "../pricing/index.ts";
import type { GoodsBook } from "./catalogue.ts";
import { type Clause, conjunction, type Measure } from "./clauses.ts";
import { type Remark, rubles } from "./finding.ts";
import { type Solving, solveAny } from "./solving.ts";
import type { Subject } from "./subject.ts";

const kopecks = (value: number | string | undefined): number => parseDecimal(value ?? 0, 2) ?? 0;

const MONEY_KEYS = ["percent", "amount", "fixedPrice", "nForM", "nthCheaper", "steps", "kit"] as const;

/** True when the effect takes money off goods of the cart. */
export function takesMoney(effect: Effect): boolean {
  return MONEY_KEYS.some((key) => Object.hasOwn(effect, key));
}

/** Remarks on the effects of one promotion; errors when none of them is left. `isIdle`: none is. */
export function idleEffects(
  subject: Subject,
  solving: Solving,
): { readonly remarks: readonly Remark[]; readonly isIdle: boolean } {
  const { document } = subject;
  const remarks: Remark[] = [];
  let working = 0;
  for (const [index, effect] of document.then.entries()) {
    const own = remarksOnEffect(effect, index, subject, solving.goods);
    if (own.length === 0) own.push(...unreachable(effect, index, subject, solving));
    const isDead = own.some(({ severity }) => severity !== "warning");
    if (!isDead && !isGiftOfNothing(effect, solving.goods)) working += 1;
    remarks.push(...own);
  }
  const isIdle = working === 0;
  return {
    isIdle,
    remarks: isIdle ? remarks : remarks.map((each) => ({ ...each, severity: "warning" as const })),
  };
}

function remarksOnEffect(
  effect: Effect,
  index: number,
  { document, path, scope }: Subject,
  goods: GoodsBook,
): Remark[] {
  const at = `${path}.then[${index}]`;
  const about = { promotionIds: [document.id] };
  if (isZero(effect)) return [{ code: "zero_effect", path: at, ...about }];
  if (!takesMoney(effect)) return [];
  const cap = Object.entries(document.caps ?? {}).find(([, value]) => kopecks(value) === 0);
  if (cap !== undefined) return [{ code: "cap_zero", path: `${path}.caps.${cap[0]}`, ...about }];
  if ((document.floor?.percentOfPrice ?? 0) >= 100)
    return [
      { code: "floor_too_high", path: `${path}.floor.percentOfPrice`, ...about, words: { needed: "100 %" } },
    ];
  if (goods.offers === null || scope.size === 0) return [];
  const { highestPrice, isAllFractional, isCodeForbidden } = goods.figures(scope);
  const [floor, fixed] = [
    kopecks(document.floor?.unitPrice),
    "fixedPrice" in effect ? kopecks(effect.fixedPrice) : 0,
  ];
  if (floor >= highestPrice && document.floor?.unitPrice !== undefined) {
    const words = { needed: rubles(floor) };
    return [
      {
        code: "floor_too_high",
        path: `${path}.floor.unitPrice`,
        ...about,
        needed: floor,
        actual: highestPrice,
        words,
      },
    ];
  }
  if ("fixedPrice" in effect && fixed >= highestPrice) {
    const words = { needed: rubles(fixed), actual: rubles(highestPrice) };
    return [{ code: "fixed_price_too_high", path: at, ...about, needed: fixed, actual: highestPrice, words }];
  }
  const countsUnits = "nForM" in effect || "nthCheaper" in effect;
  if (countsUnits && isAllFractional) return [{ code: "weight_only", path: at, ...about }];
  if (document.codes !== undefined && isCodeForbidden)
    return [{ code: "code_share_zero", path: `${path}.scope`, ...about }];
  return [];
}

function isZero(effect: Effect): boolean {
  if ("percent" in effect) return effect.percent === 0;
  if ("amount" in effect) return kopecks(effect.amount) === 0;
  if ("nthCheaper" in effect) return effect.nthCheaper.percent === 0;
  if ("steps" in effect)
    return effect.steps.levels.every(({ percent, amount }) => (percent ?? 0) === 0 && kopecks(amount) === 0);
  if ("points" in effect) return (effect.points.multiplier ?? 1) === 1 && (effect.points.extra ?? 0) === 0;
  return "kit" in effect && effect.kit.percent === 0;
}

/** Gifts of which the catalogue has none; said of each by another check. */
function isGiftOfNothing(effect: Effect, { offers, byId }: GoodsBook): boolean {
  if (offers === null) return false;
  const options =
    "gifts" in effect ? effect.gifts : "giftChoice" in effect ? effect.giftChoice.options : null;
  return options?.every(({ offer }) => !byId.has(offer)) ?? false;
}

/** Sets, steps and levels that the promotion's own conditions keep out of reach. */
function unreachable(effect: Effect, index: number, subject: Subject, solving: Solving): Remark[] {
  const { document, path, clauses } = subject;
  const asked = askedBy(effect);
  if (asked.length === 0 || clauses === null || solveAny(clauses, solving).kind === "never") return [];
  const failing = asked.filter(({ measure, least }) => {
    const demand: Clause = [
      {
        kind: "goods",
        measure,
        of: subject.scope,
        span: { least, most: Number.POSITIVE_INFINITY },
        path: "then",
        is: true,
      },
    ];
    const joined = conjunction([clauses, [demand]]);
    return joined !== null && solveAny(joined, solving).kind === "never";
  });
  const isAll = failing.length === asked.length;
  return failing.map(({ name }) => ({
    code: "effect_unreachable",
    path: `${path}.then[${index}]${name}`,
    promotionIds: [document.id],
    words: { what: `then[${index}]${name}` },
    ...(isAll ? {} : { severity: "warning" as const }),
  }));
}

interface Asked {
  readonly name: string;
  readonly measure: Measure;
  readonly least: number;
}

/** What of its scope an effect needs before it gives anything, each alternative by its place. */
function askedBy(effect: Effect): Asked[] {
  if ("nForM" in effect) return [{ name: ".nForM", measure: "quantity", least: effect.nForM.take * 1000 }];
  if ("nthCheaper" in effect)
    return [{ name: ".nthCheaper", measure: "quantity", least: effect.nthCheaper.every * 1000 }];
  if (!("steps" in effect)) return [];
  const { by, levels } = effect.steps;
  return levels.map(({ from }, place) => ({
    name: `.steps.levels[${place}]`,
    measure: by === "sum" ? "left" : "quantity",
    least: parseDecimal(from, by === "sum" ? 2 : 3) ?? 0,
  }));
}

/** The most that money effects of a promotion may take in one order, by its own cap; null: no cap. */
export function capOfOrder({ caps }: PromotionDocument): number | null {
  return caps?.perOrder === undefined ? null : kopecks(caps.perOrder);
}
