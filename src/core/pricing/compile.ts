// From authored promotions to rules: everything is read, checked and ordered once, and every mistake is told with its path.
import { AuthoredReader, bothTexts, type Problem } from "./authored.ts";
import { type Check, dependenceOf } from "./check.ts";
import { zoneOf } from "./clock.ts";
import { foldCode } from "./code-folding.ts";
import { compareIds } from "./compare.ts";
import { compileCondition, hoursTest, weekdayTest } from "./condition.ts";
import { compileEffects } from "./effect.ts";
import { compileGoods, keysOfGoods } from "./goods.ts";
import type { Condition, Goods, PromotionDocument, PromotionSet } from "./promotion.ts";
import { type MoneyEffect, mannerOf, type Replaces, type Rule, type RuleBounds } from "./rule.ts";
import { type IndexEntry, indexRules, type Rules } from "./rules.ts";
import { scopeOf, setsOf } from "./scope.ts";
import type { Situation } from "./situation.ts";

/** Rules, or every mistake found. */
export type CompileResult =
  | { readonly kind: "compiled"; readonly rules: Rules }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

const LAYERS = { automatic: 0, code: 10, choice: 20 } as const;

/** Compiles a set for a shop whose clocks show `timeZone` (IANA name). Refuses the whole set when anything is wrong. */
export function compileRules(set: PromotionSet, timeZone: string): CompileResult {
  const zone = zoneOf(timeZone);
  if (zone === null)
    return { kind: "refused", problems: [{ path: "timeZone", message: `no such zone: ${timeZone}` }] };
  const reader = new AuthoredReader(zone);
  const lowestUnitPrice = reader.roubles(set.lowestUnitPrice ?? "0.01", "lowestUnitPrice");
  const merits = rankBy(
    set.promotions,
    (a, b) => (b.priority ?? 0) - (a.priority ?? 0) || compareIds(a.id, b.id),
  );
  const drafts = set.promotions.map((document, position) =>
    compilePromotion(document, position, merits[position] as number, reader),
  );
  const orders = rankBy(
    drafts,
    (a, b) => a.layer - b.layer || kindRank(a.effects) - kindRank(b.effects) || a.merit - b.merit,
  );
  const promotions = drafts.map((draft, position): Rule => ({ ...draft, order: orders[position] as number }));
  const byId = new Map(promotions.map((rule) => [rule.id, rule]));
  if (byId.size < promotions.length) reportTwins(set, reader);
  const codes = listedCodes(set, reader);
  if (reader.problems.length > 0) return { kind: "refused", problems: reader.problems };
  const entries = promotions.map((rule, position) =>
    entryOf(rule, set.promotions[position] as PromotionDocument),
  );
  const rules: Rules = {
    promotions,
    byId,
    codes,
    giftOfferIds: [...new Set(promotions.flatMap(giftsOf))],
    spentDays: [...new Set(set.promotions.flatMap(spentDaysOf))].sort((a, b) => a - b),
    objective: set.objective ?? "shopperSaving",
    lowestUnitPrice,
    zone,
    index: indexRules(entries),
  };
  return { kind: "compiled", rules };
}

function rankBy<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): number[] {
  const sorted = items
    .map((_, index) => index)
    .sort((a, b) => compare(items[a] as Item, items[b] as Item) || a - b);
  const ranks = new Array<number>(items.length).fill(0);
  for (const [rank, index] of sorted.entries()) ranks[index] = rank;
  return ranks;
}

/**
 * Within a layer: fixed prices first, then percentages, amounts off units and lines, free and cheaper units, amounts off
 * the cart; what takes no money off comes last. A promotion of several kinds stands where its last kind does.
 */
function kindRank(effects: readonly MoneyEffect[]): number {
  return effects.length === 0 ? 5 : Math.max(...effects.map(rankOfEffect));
}

function rankOfEffect(effect: MoneyEffect): number {
  switch (effect.kind) {
    case "fixed_price":
      return 0;
    case "percent":
      return 1;
    case "unit_amount":
    case "line_amount":
      return 2;
    case "free_units":
    case "nth_cheaper":
    case "kit":
      return 3;
    case "cart_amount":
      return 4;
    default:
      return Math.max(1, ...effect.levels.map((level) => rankOfEffect(level.effect)));
  }
}

type Draft = Omit<Rule, "order">;

function compilePromotion(
  document: PromotionDocument,
  position: number,
  merit: number,
  reader: AuthoredReader,
): Draft {
  const path = `promotions[${position}]`;
  if (document.id === "") reader.problem(`${path}.id`, "must not be empty");
  const effects = compileEffects(document.then, `${path}.then`, reader, setsOf(document, path, reader));
  const scope = scopeOf(document);
  const when = compileChecks(document.when, `${path}.when`, reader);
  const audience = compileChecks(document.audience, `${path}.audience`, reader);
  const dynamic = [...audience, ...when].filter((check) => check.dependsOn !== "nothing");
  const needsCode = document.codes !== undefined;
  const choiceGroup = document.choice?.group ?? null;
  if (effects.giftChoice !== null && choiceGroup === null) {
    reader.problem(`${path}.then`, "a choice of gifts needs choice.group");
  }
  const bounds = compileBounds(document, path, reader);
  const combining = document.combining ?? {};
  const spends = combining.spendPoints ?? true;
  const automaticLayer = needsCode ? LAYERS.code : LAYERS.automatic;
  return {
    id: document.id,
    name: bothTexts(document.name),
    position,
    merit,
    layer: combining.layer ?? (choiceGroup === null ? automaticLayer : LAYERS.choice),
    isLive: document.status === undefined || document.status === "active" || document.status === "scheduled",
    ...compileSchedule(document, path, reader),
    audience,
    when,
    dynamic,
    dependsOn: dependenceOf(dynamic),
    isRising: dynamic.every((check) => check.isRising),
    manner: mannerOf(effects.money, bounds, needsCode),
    scope: compileGoods(scope, `${path}.scope`, reader),
    effects: effects.money,
    bounds,
    isBounded: Object.entries(bounds).some(([key, value]) => key !== "grain" && value !== null),
    gifts: effects.gifts,
    giftChoice: effects.giftChoice,
    earnTimesBps: effects.earnTimesBps,
    extraPoints: effects.extraPoints,
    message: effects.message,
    hint: document.texts?.hint === undefined ? null : bothTexts(document.texts.hint),
    needsCode,
    choiceGroup,
    combiningGroup: combining.group ?? null,
    combinesWith: typeof combining.with === "object" ? new Set(combining.with) : (combining.with ?? "all"),
    bestOf: combining.bestOf ?? null,
    isMandatory: combining.mandatory ?? false,
    replaces: combining.replaces ?? defaultReplaces(document, scope, effects.money),
    maySpendPoints: spends,
    earnsPoints: combining.earnPoints ?? spends,
    worth: document.worth === undefined ? 0 : reader.roubles(document.worth, `${path}.worth`),
  };
}

/** A basket discount that the shopper chooses stands instead of the others unless its author says otherwise. */
function defaultReplaces(
  document: PromotionDocument,
  scope: Goods | undefined,
  money: readonly MoneyEffect[],
): Replaces {
  return document.choice !== undefined && scope === undefined && money.length > 0
    ? "all-discounts"
    : "nothing";
}

function compileChecks(
  conditions: readonly Condition[] | undefined,
  path: string,
  reader: AuthoredReader,
): Check[] {
  return (conditions ?? []).map((condition, index) => {
    const short = path.slice(path.indexOf(".") + 1);
    const before = reader.problems.length;
    const check = compileCondition(condition, `${short}[${index}]`, reader);
    // Checks carry paths within their promotion; problems carry paths within the set.
    const prefix = path.slice(0, path.indexOf(".") + 1);
    for (let at = before; at < reader.problems.length; at += 1) {
      const problem = reader.problems[at] as Problem;
      reader.problems[at] = { ...problem, path: `${prefix}${problem.path}` };
    }
    return check;
  });
}

function compileBounds(
  { caps = {}, floor = {}, rounding }: PromotionDocument,
  path: string,
  reader: AuthoredReader,
): RuleBounds {
  const cap = (name: "perUnit" | "perLine" | "perOrder"): number | null => {
    const value = caps[name];
    return value === undefined ? null : reader.roubles(value, `${path}.caps.${name}`);
  };
  const grain = rounding === "ten" ? 1000 : 100;
  return {
    perUnit: cap("perUnit"),
    perLine: cap("perLine"),
    perOrder: cap("perOrder"),
    floorPrice:
      floor.unitPrice === undefined ? null : reader.roubles(floor.unitPrice, `${path}.floor.unitPrice`),
    floorBps:
      floor.percentOfPrice === undefined
        ? null
        : reader.percent(floor.percentOfPrice, `${path}.floor.percentOfPrice`),
    grain: rounding === undefined || rounding === "kopeck" ? 1 : grain,
  };
}

function compileSchedule(
  { schedule = {} }: PromotionDocument,
  path: string,
  reader: AuthoredReader,
): Pick<Rule, "from" | "until" | "calendar"> {
  const { from, until, weekdays, hours } = schedule;
  const calendar: ((situation: Situation) => boolean)[] = [];
  if (weekdays !== undefined) calendar.push(weekdayTest(weekdays, `${path}.schedule.weekdays`, reader));
  if (hours !== undefined) {
    const spans = hours.map((span, i) =>
      hoursTest(span.from, span.to, `${path}.schedule.hours[${i}]`, reader),
    );
    calendar.push((situation) => spans.some((test) => test(situation)));
  }
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : reader.moment(from, `${path}.schedule.from`),
    until: until === undefined ? Number.POSITIVE_INFINITY : reader.moment(until, `${path}.schedule.until`),
    calendar,
  };
}

function reportTwins(set: PromotionSet, reader: AuthoredReader): void {
  const seen = new Set<string>();
  for (const [index, { id }] of set.promotions.entries()) {
    if (seen.has(id)) reader.problem(`promotions[${index}].id`, `another promotion has the id "${id}"`);
    seen.add(id);
  }
}

function listedCodes(set: PromotionSet, reader: AuthoredReader): Map<string, string> {
  const codes = new Map<string, string>();
  for (const [index, { id, codes: own }] of set.promotions.entries()) {
    for (const [place, code] of (own?.list ?? []).entries()) {
      const path = `promotions[${index}].codes.list[${place}]`;
      const folded = foldCode(code);
      const owner = codes.get(folded);
      if (folded === "") reader.problem(path, "must not be empty");
      if (owner !== undefined && owner !== id)
        reader.problem(path, `"${code}" already belongs to promotion "${owner}"`);
      codes.set(folded, id);
    }
  }
  return codes;
}

function giftsOf(rule: Rule): string[] {
  return [...rule.gifts, ...(rule.giftChoice?.options ?? [])].map((grant) => grant.offerId);
}

function spentDaysOf({ audience = [], when = [] }: PromotionDocument): number[] {
  const days: number[] = [];
  const visit = (condition: Condition): void => {
    if ("customer" in condition && condition.customer.spent !== undefined)
      days.push(condition.customer.spent.days);
    if ("not" in condition) visit(condition.not);
    if ("any" in condition) for (const each of condition.any) visit(each);
    if ("all" in condition) for (const each of condition.all) visit(each);
  };
  for (const condition of [...audience, ...when]) visit(condition);
  return days;
}

function entryOf(rule: Rule, document: PromotionDocument): IndexEntry {
  const { audience = [], when = [] } = document;
  const conditions = [...audience, ...when];
  const find = <Value>(read: (condition: Condition) => Value | undefined): Value | null =>
    conditions.map(read).find((value) => value !== undefined) ?? null;
  return {
    rule,
    keys: keysOfGoods(scopeOf(document)),
    segments: find((condition) => ("customer" in condition ? condition.customer.segments : undefined)),
    channels: find((condition) => ("channels" in condition ? condition.channels : undefined)),
    outlets: find((condition) => ("outlets" in condition ? condition.outlets : undefined)),
  };
}
