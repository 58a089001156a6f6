// The publication gate: everything that is legal in a rule set and still should not be published, found before it is.
import type { Instant } from "../basics/index.ts";
import { type PromotionSet, type Rules, UTC, zoneOf } from "../pricing/index.ts";
import { type KnownNames, NameCheck, stepRemarks, textRemarks } from "./authored-checks.ts";
import { beatenRemarks, type Ruled } from "./beaten.ts";
import { budgetRemarks } from "./budgets.ts";
import { type CatalogueView, GoodsBook } from "./catalogue.ts";
import { type CodesView, codeRemarks } from "./code-checks.ts";
import { type Finding, findingOf, type Remark } from "./finding.ts";
import { giftRemarks, kitRemarks } from "./gift-checks.ts";
import { idleEffects } from "./idle-effects.ts";
import { neverApplies } from "./never-applies.ts";
import type { Solving } from "./solving.ts";
import { type FloorSettings, stackRemarks } from "./stacks.ts";
import { type Subject, subjectsOf } from "./subject.ts";
import { Till } from "./witness.ts";

/** What the retailer asks for beyond the rules themselves. */
export interface PublicationSettings extends FloorSettings {
  /** Kopecks that a gift may be worth; absent: any. */
  readonly giftPriceCap?: number;
  /** Kopecks of a cart that is still plausible, for budgets. Default 20,000 roubles. */
  readonly plausibleCart?: number;
  /** Work that searching with the engine may cost in all: about as many carts, fewer where the set is large. */
  readonly mostWork?: number;
}

/** What the gate looks at. */
export interface PublicationInput {
  readonly set: PromotionSet;
  /** The compiled set; null where it did not compile, and then nothing is priced. */
  readonly rules: Rules | null;
  /** IANA name of the shop's zone. */
  readonly timeZone: string;
  /** Null: not known, so nothing is said of goods. */
  readonly catalogue: CatalogueView | null;
  readonly names: KnownNames;
  /** Null: the code table is not known. */
  readonly codes: CodesView | null;
  readonly settings: PublicationSettings;
  /** From now on promotions must be able to apply. */
  readonly today: Instant;
}

/** Something that was not looked into, and why. */
export interface Unanalysed {
  readonly promotionIds: readonly string[];
  readonly reason:
    | "too_many_alternatives"
    | "unknown_effect"
    | "no_catalogue"
    | "not_compiled"
    | "too_much_work";
  /** Offers left out, where it is about offers. */
  readonly offers: number;
}

/** The gate's report, in the order of the set. */
export interface PublicationReport {
  readonly findings: readonly Finding[];
  readonly notAnalysed: readonly Unanalysed[];
}

const PLAUSIBLE = 2_000_000;
const WORK = 4000;

/** Analyses the set. Pure: the same input gives the same report. */
export function analysePublication(input: PublicationInput): PublicationReport {
  const { set, rules, catalogue, settings } = input;
  const zone = zoneOf(input.timeZone) ?? UTC;
  const solving: Solving = { now: input.today, zone, goods: new GoodsBook(catalogue), moments: new Map() };
  const subjects = subjectsOf(set, rules, solving);
  const { remarks, dead, notAnalysed } = single(subjects, input, solving);
  const live = subjects.filter((each): each is Ruled => each.rule !== null && each.isLive);
  const alive = live.filter(({ document }) => !dead.has(document.id));
  if (rules !== null) {
    const till = new Till(rules, solving.goods, settings.mostWork ?? WORK);
    remarks.push(...beatenRemarks({ all: live, dead, solving, till, objective: rules.objective }));
    remarks.push(...budgetRemarks(alive, settings.plausibleCart ?? PLAUSIBLE, solving, till));
    if (catalogue !== null) {
      const { remarks: stacks, unsearched } = stackRemarks(alive, catalogue, settings, solving, till);
      remarks.push(...stacks);
      if (unsearched > 0) notAnalysed.push({ promotionIds: [], reason: "too_much_work", offers: unsearched });
    }
  } else notAnalysed.push({ promotionIds: [], reason: "not_compiled", offers: 0 });
  if (catalogue === null) notAnalysed.push({ promotionIds: [], reason: "no_catalogue", offers: 0 });
  return {
    findings: inOrder(
      remarks.map((each) => findingOf(softened(each, subjects))),
      set,
    ),
    notAnalysed,
  };
}

const EFFECTS = [
  "percent",
  "amount",
  "fixedPrice",
  "nForM",
  "nthCheaper",
  "steps",
  "kit",
  "gifts",
  "giftChoice",
  "points",
  "message",
];

interface Singles {
  readonly remarks: Remark[];
  /** Promotions that can give nothing any more. */
  readonly dead: ReadonlySet<string>;
  readonly notAnalysed: Unanalysed[];
}

/** Everything that can be said of promotions one by one, of their codes, and of groups of choices. */
function single(subjects: readonly Subject[], input: PublicationInput, solving: Solving): Singles {
  const names = new NameCheck(input.catalogue, input.names);
  const remarks: Remark[] = [];
  const dead = new Set<string>();
  const notAnalysed: Unanalysed[] = [];
  const skip = (subject: Subject, reason: Unanalysed["reason"]): void => {
    notAnalysed.push({ promotionIds: [subject.document.id], reason, offers: 0 });
  };
  for (const subject of subjects) {
    const { document } = subject;
    const never = neverApplies(subject, solving);
    if (never === null) skip(subject, "too_many_alternatives");
    const told = never ?? [];
    remarks.push(...told);
    if (told.some(({ code }) => MILD[code] !== true)) dead.add(document.id);
    if (document.status === "ended") continue;
    const isKnown = document.then.every((effect) => Object.keys(effect).some((key) => EFFECTS.includes(key)));
    if (!isKnown) skip(subject, "unknown_effect");
    const idle = idleEffects(subject, solving);
    if (idle.isIdle) dead.add(document.id);
    remarks.push(
      ...idle.remarks,
      ...stepRemarks(subject),
      ...textRemarks(subject),
      ...names.remarks(subject),
    );
    remarks.push(...giftRemarks(subject, solving.goods, names, input.settings.giftPriceCap ?? null));
    remarks.push(...kitRemarks(subject, solving.goods));
  }
  remarks.push(...codeRemarks(subjects, input.codes, solving), ...choiceRemarks(subjects, dead));
  return { remarks, dead, notAnalysed };
}

/** Said of a promotion that may apply again without being changed. */
const MILD: Readonly<Record<string, boolean>> = { scope_unavailable: true, threshold_above_stock: true };

/** Groups of the menu of which no promotion can apply. */
function choiceRemarks(subjects: readonly Subject[], dead: ReadonlySet<string>): Remark[] {
  const groups = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const group = subject.document.choice?.group;
    if (group !== undefined && subject.isLive) groups.set(group, [...(groups.get(group) ?? []), subject]);
  }
  return [...groups].flatMap(([group, members]): Remark[] => {
    const [first] = members;
    if (first === undefined || !members.every(({ document }) => dead.has(document.id))) return [];
    const promotionIds = members.map(({ document }) => document.id);
    return [{ code: "choice_never_shown", path: `${first.path}.choice`, promotionIds, words: { group } }];
  });
}

/** What is wrong with a promotion that does not run hurts nobody yet. */
function softened(remark: Remark, subjects: readonly Subject[]): Remark {
  const [id] = remark.promotionIds;
  const subject = subjects.find(({ document }) => document.id === id);
  return subject === undefined || subject.isLive ? remark : { ...remark, severity: "warning" };
}

/** Errors first, then by promotion. */
function inOrder(findings: readonly Finding[], set: PromotionSet): Finding[] {
  const places = new Map(set.promotions.map(({ id }, place) => [id, place]));
  const placeOf = ({ promotionIds: [id] }: Finding): number => places.get(id ?? "") ?? set.promotions.length;
  const rankOf = ({ severity }: Finding): number => (severity === "error" ? 0 : 1);
  return [...findings].sort((a, b) => rankOf(a) - rankOf(b) || placeOf(a) - placeOf(b));
}
