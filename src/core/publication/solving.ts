// One question for all checks: can these demands be met together? Either a proof that they cannot, or a situation to try.
import type { CustomerFacts, Zone } from "../pricing/index.ts";
import { findClash, type GoodsClash, type GoodsDemand, goodsOf } from "./baskets.ts";
import type { Clause, Reading } from "./clauses.ts";
import { findMoment, type MomentFound } from "./moments.ts";
import { findPerson, type Surroundings } from "./people.ts";

/** When, who and where; what goods it takes. */
export interface Model {
  readonly at: number;
  readonly customer: CustomerFacts | null;
  readonly surroundings: Surroundings;
  readonly goods: readonly GoodsDemand[];
}

/** Met, or never, and which demands are to blame. */
export type Solution =
  | { readonly kind: "maybe"; readonly model: Model }
  | {
      readonly kind: "never";
      readonly why: "time" | "person" | "goods";
      readonly paths: readonly string[];
      readonly clash: GoodsClash | null;
    };

/** What solving needs beside the demands. */
export interface Solving extends Reading {
  readonly now: number;
  readonly zone: Zone;
  /** Moments found before, by their demands. */
  readonly moments: Map<string, MomentFound>;
}

/** Solves one clause. "never" is a proof; "maybe" is a guess that the engine confirms. */
export function solve(clause: Clause, solving: Solving): Solution {
  const moment = momentOf(clause, solving);
  if (moment.kind === "never") return { kind: "never", why: "time", paths: moment.paths, clash: null };
  const person = findPerson(clause, moment.at, solving.zone);
  if (person.kind === "never") return { kind: "never", why: "person", paths: person.paths, clash: null };
  const goods = goodsOf(clause);
  const clash = findClash(goods, solving.goods);
  if (clash !== null) return { kind: "never", why: "goods", paths: clash.paths, clash };
  const { customer, surroundings } = person;
  return { kind: "maybe", model: { at: moment.at, customer, surroundings, goods } };
}

function momentOf(clause: Clause, { now, zone, moments }: Solving): MomentFound {
  const timed = clause.filter(({ kind }) => kind === "dates" || kind === "weekdays" || kind === "hours");
  const key = JSON.stringify(timed);
  let known = moments.get(key);
  if (known === undefined) {
    known = findMoment(timed, now, zone);
    moments.set(key, known);
  }
  return known;
}

/** The first clause that may be met; otherwise why the first of them cannot. */
export function solveAny(clauses: readonly Clause[], solving: Solving): Solution {
  let first: Solution | null = null;
  for (const clause of clauses) {
    const solution = solve(clause, solving);
    if (solution.kind === "maybe") return solution;
    first ??= solution;
  }
  return first ?? { kind: "never", why: "person", paths: [], clash: null };
}
