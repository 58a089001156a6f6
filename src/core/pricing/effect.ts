// Effects compiled: each key of an authored effect becomes integers of a rule.
import type { AuthoredReader, BothTexts } from "./authored.ts";
import { bothTexts } from "./authored.ts";
import type { Effect, GiftOption } from "./promotion.ts";
import type { Grant, GrantChoice, MoneyEffect, StepLevel } from "./rule.ts";
import { compileSet } from "./specimen.ts";

/** All effects of one promotion, by what they act on. */
export interface CompiledEffects {
  readonly money: MoneyEffect[];
  readonly gifts: Grant[];
  giftChoice: GrantChoice | null;
  earnTimesBps: number;
  extraPoints: number;
  message: BothTexts | null;
}

/** Compiles the effects of one promotion in their authored order. */
export function compileEffects(
  effects: readonly Effect[],
  path: string,
  reader: AuthoredReader,
  most: number | null,
): CompiledEffects {
  const result: CompiledEffects = {
    money: [],
    gifts: [],
    giftChoice: null,
    earnTimesBps: 10_000,
    extraPoints: 0,
    message: null,
  };
  if (effects.length === 0) reader.problem(path, "a promotion has at least one effect");
  for (const [index, effect] of effects.entries()) {
    const at = `${path}[${index}]`;
    if (
      Object.keys(effect).some((key) => key !== "per") &&
      Object.keys(effect).filter((key) => key !== "per").length !== 1
    ) {
      reader.problem(at, "an effect has exactly one key");
      continue;
    }
    const money = compileMoney(effect, at, reader, most);
    if (money !== null) result.money.push(money);
    else compileOther(effect, at, reader, result);
  }
  return result;
}

function compileMoney(
  effect: Effect,
  path: string,
  reader: AuthoredReader,
  most: number | null,
): MoneyEffect | null {
  if ("percent" in effect) return { kind: "percent", bps: reader.percent(effect.percent, `${path}.percent`) };
  if ("amount" in effect) {
    const amount = reader.roubles(effect.amount, `${path}.amount`);
    if (effect.per === "unit") return { kind: "unit_amount", amount };
    return { kind: effect.per === "line" ? "line_amount" : "cart_amount", amount };
  }
  if ("fixedPrice" in effect)
    return { kind: "fixed_price", price: reader.roubles(effect.fixedPrice, `${path}.fixedPrice`) };
  if ("nForM" in effect) {
    const take = reader.count(effect.nForM.take, `${path}.nForM.take`, 2);
    const pay = reader.count(effect.nForM.pay, `${path}.nForM.pay`, 1);
    if (pay >= take) reader.problem(`${path}.nForM.pay`, "must be less than take");
    return {
      kind: "free_units",
      take,
      free: Math.max(take - pay, 0),
      isAcross: effect.nForM.across === "scope",
      most,
    };
  }
  if ("nthCheaper" in effect) {
    const every = reader.count(effect.nthCheaper.every, `${path}.nthCheaper.every`, 1);
    const bps = reader.percent(effect.nthCheaper.percent, `${path}.nthCheaper.percent`);
    const isAcross = effect.nthCheaper.across === "scope";
    if (bps === 10_000 && every > 1) return { kind: "free_units", take: every, free: 1, isAcross, most };
    return { kind: "nth_cheaper", every, bps, isAcross, most };
  }
  if ("kit" in effect) return compileKit(effect.kit, `${path}.kit`, reader, most);
  return "steps" in effect ? compileSteps(effect.steps, `${path}.steps`, reader) : null;
}

function compileKit(
  kit: Extract<Effect, { kit: unknown }>["kit"],
  path: string,
  reader: AuthoredReader,
  most: number | null,
): MoneyEffect {
  if (kit.parts.length === 0) reader.problem(`${path}.parts`, "a kit has at least one part");
  if ((kit.price === undefined) === (kit.percent === undefined)) {
    reader.problem(path, "a kit has either price or percent");
  }
  return {
    kind: "kit",
    parts: kit.parts.map(({ of, quantity }, index) => ({
      of: compileSet(of, `${path}.parts[${index}].of`, reader),
      units: reader.count(quantity, `${path}.parts[${index}].quantity`),
    })),
    price: kit.price === undefined ? null : reader.roubles(kit.price, `${path}.price`),
    bps: kit.percent === undefined ? 0 : reader.percent(kit.percent, `${path}.percent`),
    most,
  };
}

function compileSteps(
  steps: Extract<Effect, { steps: unknown }>["steps"],
  path: string,
  reader: AuthoredReader,
): MoneyEffect {
  const bySum = steps.by === "sum";
  const levels = steps.levels.map((level, index): StepLevel => {
    const at = `${path}.levels[${index}]`;
    const from = bySum
      ? reader.roubles(level.from, `${at}.from`)
      : reader.quantity(Number(level.from), `${at}.from`);
    if ((level.percent === undefined) === (level.amount === undefined)) {
      reader.problem(at, "a level has either percent or amount");
    }
    if (level.percent !== undefined) {
      return { from, effect: { kind: "percent", bps: reader.percent(level.percent, `${at}.percent`) } };
    }
    return {
      from,
      effect: { kind: "cart_amount", amount: reader.roubles(level.amount ?? 0, `${at}.amount`) },
    };
  });
  if (levels.length === 0) reader.problem(path, "steps have at least one level");
  levels.sort((a, b) => a.from - b.from);
  return { kind: "steps", bySum, levels };
}

function compileOther(effect: Effect, path: string, reader: AuthoredReader, result: CompiledEffects): void {
  if ("gifts" in effect) {
    result.gifts.push(...grantsOf(effect.gifts, `${path}.gifts`, reader));
  } else if ("giftChoice" in effect) {
    if (result.giftChoice !== null) reader.problem(path, "a promotion has at most one choice of gifts");
    const options = grantsOf(effect.giftChoice.options, `${path}.giftChoice.options`, reader);
    result.giftChoice = {
      options,
      limit: reader.count(effect.giftChoice.limit ?? 1, `${path}.giftChoice.limit`),
    };
  } else if ("points" in effect) {
    const { multiplier, extra } = effect.points;
    if (multiplier !== undefined) {
      result.earnTimesBps = reader.percent(multiplier * 100, `${path}.points.multiplier`, 1_000_000);
    }
    if (extra !== undefined) result.extraPoints += reader.count(extra, `${path}.points.extra`, 0);
  } else if ("message" in effect) {
    result.message = bothTexts(effect.message);
  } else {
    reader.problem(path, `unknown effect "${Object.keys(effect).join()}"`);
  }
}

function grantsOf(options: readonly GiftOption[], path: string, reader: AuthoredReader): Grant[] {
  if (options.length === 0) reader.problem(path, "names at least one gift");
  const seen = new Set<string>();
  return options.map((option, index) => {
    if (seen.has(option.offer)) reader.problem(`${path}[${index}]`, "names the same offer twice");
    seen.add(option.offer);
    return {
      offerId: option.offer,
      quantity: reader.count(option.quantity ?? 1, `${path}[${index}].quantity`) * 1000,
    };
  });
}
