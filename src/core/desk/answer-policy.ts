// What the house allows in answers: who may give which promo code, what must be agreed by two, and how texts are checked.

/** Roles that ceilings are set for. */
export const ANSWER_ROLES = ["agent", "branch_manager", "network_manager", "admin"] as const;

/** One of ANSWER_ROLES. */
export type AnswerRole = (typeof ANSWER_ROLES)[number];

/** Checks of a text whose weight the house chooses. */
export const TEXT_CHECKS = [
  "too_long",
  "other_name",
  "phone",
  "link",
  "profanity",
  "promise",
  "same_text",
] as const;

/** One of TEXT_CHECKS. */
export type TextCheck = (typeof TEXT_CHECKS)[number];

/** "block": it cannot be sent so; "warn": who sends confirms it; "off": nobody looks. */
export const CHECK_LEVELS = ["block", "warn", "off"] as const;

/** One of CHECK_LEVELS. */
export type CheckLevel = (typeof CHECK_LEVELS)[number];

/** The rules of one installation. */
export interface AnswerPolicy {
  /** Characters beyond which a text is remarked on; the marketplace states no limit. */
  readonly textLimit: number;
  /** Percent up to which a role gives promo codes alone; beyond it somebody whose ceiling is high enough approves. */
  readonly ceilings: Readonly<Record<AnswerRole, number>>;
  /** A percent above this needs a second person, whoever sends it. */
  readonly fourEyesAbove: number;
  /** Days in which a customer gets no second promo code; 0: no rule. */
  readonly coolDownDays: number;
  /** A text is remarked on when each of so many last customers of the branch got it; 0: no rule. */
  readonly sameTextLast: number;
  /** Beginnings of words that no answer may have. */
  readonly profanity: readonly string[];
  readonly levels: Readonly<Record<TextCheck, CheckLevel>>;
  /** A month's promo codes of a branch that has no budget of its own; null: no limit. */
  readonly budget: PromoBudget;
}

/** What a branch may give away in a month of its calendar. */
export interface PromoBudget {
  /** Codes; null: no limit. */
  readonly promos: number | null;
  /** Kopecks, counted as percent of the order's sum; null: no limit. */
  readonly amountMinor: number | null;
}

/** Beginnings of coarse words, Russian and English. The house adds its own. */
const COARSE = [
  "бляд",
  "бля",
  "ебан",
  "ебат",
  "ёбан",
  "заеб",
  "наеб",
  "пизд",
  "хуй",
  "хуе",
  "хуё",
  "хуя",
  "мудак",
  "мудил",
  "гандон",
  "пидор",
  "пидар",
  "сука",
  "суки",
  "сучк",
  "жоп",
  "дерьм",
  "говн",
  "дебил",
  "идиот",
  "fuck",
  "shit",
  "bitch",
  "asshole",
  "bastard",
  "cunt",
  "idiot",
] as const;

/** The rules until somebody sets others. */
export const USUAL_POLICY: AnswerPolicy = {
  textLimit: 1000,
  ceilings: { agent: 15, branch_manager: 20, network_manager: 40, admin: 40 },
  fourEyesAbove: 20,
  coolDownDays: 30,
  sameTextLast: 3,
  profanity: COARSE,
  levels: {
    too_long: "warn",
    other_name: "warn",
    phone: "warn",
    link: "warn",
    profanity: "block",
    promise: "warn",
    same_text: "warn",
  },
  budget: { promos: 100, amountMinor: null },
};

/** Whether an answer with this promo code needs a second person; null percent: no code. */
export function needsApproval(policy: AnswerPolicy, percent: number | null, role: AnswerRole): boolean {
  if (percent === null) return false;
  return percent > policy.ceilings[role] || percent > policy.fourEyesAbove;
}

/** Why somebody may not approve; null: they may. Who asked never does. */
export function whyNotApprove(
  policy: AnswerPolicy,
  answer: { readonly askedBy: string; readonly promoPercent: number | null },
  person: { readonly actor: string; readonly role: AnswerRole },
): "same_person" | "above_ceiling" | null {
  if (answer.askedBy === person.actor) return "same_person";
  return (answer.promoPercent ?? 0) > policy.ceilings[person.role] ? "above_ceiling" : null;
}

/** What a code costs at most, kopecks: percent of the order's sum, rounded up. */
export function promoCost(percent: number, totalMinor: number): number {
  return Math.ceil((totalMinor * percent) / 100);
}
