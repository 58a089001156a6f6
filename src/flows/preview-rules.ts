// What a draft would have cost, on recorded carts, while somebody waits: bounded in carts and in time, promotion by promotion.
import type { Mistake } from "../contract/index.ts";
import type { Instant } from "../core/basics/index.ts";
import type { PromotionSet } from "../core/pricing/index.ts";
import { type CalculationSpan, countCalculations, instantOfLast } from "../storage/index.ts";
import type { CartUnderBoth } from "./draft-tally.ts";
import type { House } from "./house.ts";
import { problemsOfSet } from "./read-promotions.ts";
import { newDraftReplay, replayUnderDraft } from "./replay-draft.ts";
import { type DraftReport, draftReport } from "./replay-report.ts";
import { keepWorst } from "./replay-run.ts";
import { DraftShelf, type RuleShelf } from "./rule-shelf.ts";
import { withoutDates } from "./undated-rules.ts";

/** Which recorded carts, and how long it may take. */
export interface PreviewWish {
  readonly from: Instant | null;
  /** Exclusive; null: now. */
  readonly until: Instant | null;
  readonly channel: string | null;
  /** Most carts: the newest of the span. */
  readonly last: number;
  readonly mostMs: number;
  readonly ignoreDates: boolean;
  /** Carts that are named, of each kind. */
  readonly examples: number;
}

/** A cart in which a promotion does another thing under the draft; kopecks. */
export interface PromotionExample {
  readonly calculationId: string;
  readonly amountBefore: number;
  readonly amountAfter: number;
  readonly totalBefore: number;
  readonly totalAfter: number;
}

/** How a promotion does under the draft, in carts whose shopper pays less, more, or the same through all promotions together. */
export interface PromotionOutcome {
  readonly changedCarts: number;
  readonly winners: number;
  readonly losers: number;
  readonly winning: readonly PromotionExample[];
  readonly losing: readonly PromotionExample[];
}

/** What came of it. */
export type RulesPreviewed =
  | {
      readonly kind: "previewed";
      readonly report: DraftReport;
      readonly outcomes: ReadonlyMap<string, PromotionOutcome>;
      readonly span: CalculationSpan;
      /** Carts recorded in the span that was asked for. */
      readonly recorded: number;
      /** Carts priced by other rules than those in force: their “before” is what those rules said. */
      readonly underOtherRules: number;
      /** False: time was over before all were looked at. */
      readonly isWhole: boolean;
    }
  | { readonly kind: "refused"; readonly reason: "does_not_compile"; readonly problems: readonly Mistake[] }
  | { readonly kind: "refused"; readonly reason: "busy" };

/** Carts between two looks at the clock. */
const STEP = 250;

/** Houses in which a preview runs: one at a time, since it takes what the tills do not use. */
const running = new WeakSet<RuleShelf>();

/** Prices recorded carts under `set` and the programme in force. Lets other work of the process go on in between. */
export async function previewRules(
  house: House,
  shelf: RuleShelf,
  set: PromotionSet,
  wish: PreviewWish,
): Promise<RulesPreviewed> {
  const problems = problemsOfSet(set, shelf.timeZone);
  if (problems.length > 0) return { kind: "refused", reason: "does_not_compile", problems };
  if (running.has(shelf)) return { kind: "refused", reason: "busy" };
  running.add(shelf);
  try {
    return await preview(house, shelf, set, wish);
  } finally {
    running.delete(shelf);
  }
}

async function preview(
  house: House,
  shelf: RuleShelf,
  set: PromotionSet,
  wish: PreviewWish,
): Promise<RulesPreviewed> {
  const { documents, version } = await shelf.current();
  const draft = await new DraftShelf(house, shelf.timeZone, {
    set: wish.ignoreDates ? withoutDates(set) : set,
    programme: documents.programme,
  }).current();
  const asked = { from: wish.from ?? 0, until: wish.until ?? house.now() + 1, channel: wish.channel };
  const { recorded, since } = await house.database.read(async (tx) => ({
    recorded: await countCalculations(tx, asked),
    since: await instantOfLast(tx, asked, wish.last),
  }));
  const span = { ...asked, from: since ?? asked.from };
  const outcomes = new Outcomes(wish.examples);
  let underOtherRules = 0;
  const deadline = performance.now() + wish.mostMs;
  let state = newDraftReplay();
  for (;;) {
    const limit = Math.min(wish.last, state.taken + STEP);
    const plan = { span, every: 1, limit, worst: wish.examples, page: STEP };
    const before = state.taken;
    state = await replayUnderDraft(house, shelf, draft, plan, state, {
      onCart: (effect, both) => {
        if (effect.rulesVersion !== version) underOtherRules += 1;
        outcomes.add(both);
      },
    });
    if (state.taken === before || state.taken >= wish.last || performance.now() >= deadline) break;
  }
  const isWhole = state.taken >= Math.min(recorded, wish.last);
  const report = draftReport(state, draft, span);
  return { kind: "previewed", report, outcomes: outcomes.told(), span, recorded, underOtherRules, isWhole };
}

interface Counting {
  changedCarts: number;
  winners: number;
  losers: number;
  readonly winning: PromotionExample[];
  readonly losing: PromotionExample[];
}

/** Collects what each promotion did. */
class Outcomes {
  readonly #examples: number;
  readonly #byId = new Map<string, Counting>();

  constructor(examples: number) {
    this.#examples = examples;
  }

  add({ effect, before, after }: CartUnderBoth): void {
    const [was, is] = [amountsOf(before.promotions), amountsOf(after.promotions)];
    for (const id of new Set([...was.keys(), ...is.keys()])) {
      const [amountBefore, amountAfter] = [was.get(id) ?? 0, is.get(id) ?? 0];
      if (amountBefore === amountAfter) continue;
      const counting = this.#of(id);
      counting.changedCarts += 1;
      const { totalBefore, totalAfter } = effect;
      if (totalBefore === totalAfter) continue;
      const isWin = totalAfter < totalBefore;
      if (isWin) counting.winners += 1;
      else counting.losers += 1;
      const example = { calculationId: effect.id, amountBefore, amountAfter, totalBefore, totalAfter };
      keepWorst(isWin ? counting.winning : counting.losing, example, changeOf, this.#examples);
    }
  }

  told(): ReadonlyMap<string, PromotionOutcome> {
    return this.#byId;
  }

  #of(id: string): Counting {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const counting = { changedCarts: 0, winners: 0, losers: 0, winning: [], losing: [] };
    this.#byId.set(id, counting);
    return counting;
  }
}

const changeOf = ({ totalBefore, totalAfter }: PromotionExample): number =>
  Math.abs(totalAfter - totalBefore);

function amountsOf(promotions: readonly (string | number)[]): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (let index = 1; index < promotions.length; index += 2) {
    const amount = promotions[index];
    if (typeof amount === "number") amounts.set(String(promotions[index - 1]), amount);
  }
  return amounts;
}
