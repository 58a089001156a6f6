// A walk over recorded calculations that may be interrupted anywhere and go on from what was kept of it.
import { setImmediate } from "node:timers/promises";
import type { CalculationPlace, CalculationSpan } from "../storage/index.ts";
import { CalculationPages, PAGE, type PagedCalculation } from "./calculation-pages.ts";
import type { House } from "./house.ts";
import type { RuleShelf, ShelvedRules } from "./rule-shelf.ts";

/** Which calculations, and how much of them is told. */
export interface ReplayPlan {
  readonly span: CalculationSpan;
  /** 1: all; n: every n-th. */
  readonly every: number;
  /** Most that are taken; null: no limit. */
  readonly limit: number | null;
  /** Most calculations that are named, of each kind worth naming. */
  readonly worst: number;
  /** Calculations taken in one go; PAGE when not given. */
  readonly page?: number;
}

/** Where a replay stands. JSON: kept between two runs it continues, and ends as one that was never interrupted. */
export interface ReplayState<Tally> {
  readonly after: CalculationPlace | null;
  /** Calculations walked past, and those of them that were taken. */
  readonly seen: number;
  readonly taken: number;
  readonly tally: Tally;
}

/** What a replay tells while it runs. */
export interface ReplayWatch<Tally> {
  /** After each page; what is kept of `state` must be kept before the next page. */
  onPage?(state: ReplayState<Tally>): void | Promise<void>;
}

/** Longest that other work of the process waits, ms. */
const TURN_MS = 8;

/** Lets other work of the process go on. */
export class Turns {
  #since = performance.now();

  /** Waits where this turn has been long enough. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await setImmediate();
    this.#since = performance.now();
  }
}

/** Takes page after page from where `state` stands; `take` adds to the tally. */
export async function walk<Tally>(
  house: House,
  plan: ReplayPlan,
  state: ReplayState<Tally>,
  watch: ReplayWatch<Tally>,
  take: (page: readonly PagedCalculation[], turns: Turns) => Promise<void>,
): Promise<ReplayState<Tally>> {
  const pages = new CalculationPages(house, plan.span, plan.every, state.after, state.seen);
  const turns = new Turns();
  let current = state;
  for (;;) {
    const room = Math.min(plan.page ?? PAGE, plan.limit === null ? PAGE : plan.limit - current.taken);
    const page = room <= 0 ? null : await pages.next(room);
    if (page === null) return current;
    await take(page, turns);
    const { after, seen } = pages;
    current = { after, seen, taken: current.taken + page.length, tally: state.tally };
    await watch.onPage?.(current);
  }
}

/** Versions of the rules that a replay keeps at hand: in the order of time they follow each other. */
const VERSIONS = 8;

/** Rules of recorded calculations, those that are gone remembered as such. */
export class RecordedRules {
  readonly #shelf: RuleShelf;
  readonly #known = new Map<number, ShelvedRules | null>();

  constructor(shelf: RuleShelf) {
    this.#shelf = shelf;
  }

  /** The rules of a version as carts were priced with them; null when there are none. */
  async of(version: number): Promise<ShelvedRules | null> {
    const known = this.#known.get(version);
    if (known !== undefined) return known;
    const [oldest] = this.#known.keys();
    if (this.#known.size >= VERSIONS && oldest !== undefined) this.#known.delete(oldest);
    const shelved = await this.#shelf.ofVersion(version);
    this.#known.set(version, shelved);
    return shelved;
  }
}

/** The `most` entries of highest rank, highest first; of equal ones those that came first. */
export function keepWorst<Entry>(
  kept: Entry[],
  entry: Entry,
  rank: (entry: Entry) => number,
  most: number,
): void {
  const mine = rank(entry);
  const last = kept.at(-1);
  if (most <= 0 || (kept.length >= most && last !== undefined && rank(last) >= mine)) return;
  let place = kept.length;
  while (place > 0 && rank(kept[place - 1] as Entry) < mine) place -= 1;
  kept.splice(place, 0, entry);
  if (kept.length > most) kept.pop();
}
