// One promotion under analysis: its document, its rule, and its conditions as clauses.
import {
  AuthoredReader,
  type Condition,
  type PromotionDocument,
  type PromotionSet,
  type Rule,
  type Rules,
} from "../pricing/index.ts";
import type { GoodsSet } from "./catalogue.ts";
import { type Clause, clausesOf, conjunction, type Demand } from "./clauses.ts";
import type { Solving } from "./solving.ts";

/** A promotion with everything that checks ask of it. */
export interface Subject {
  readonly document: PromotionDocument;
  /** promotions[2] */
  readonly path: string;
  /** Null where the set did not compile. */
  readonly rule: Rule | null;
  readonly scope: GoodsSet;
  /** Runs or will run: neither a draft, nor paused, nor ended. */
  readonly isLive: boolean;
  /** Schedule, audience, conditions and scope; null: too many alternatives to follow. */
  readonly clauses: readonly Clause[] | null;
  /** The schedule alone, for the time before it counts. */
  readonly schedule: Clause;
}

/** All promotions of a set. */
export function subjectsOf(set: PromotionSet, rules: Rules | null, solving: Solving): Subject[] {
  return set.promotions.map((document, index): Subject => {
    const path = `promotions[${index}]`;
    const scope = solving.goods.setOf(document.scope);
    const { status = "active" } = document;
    const schedule = scheduleOf(document, solving);
    const conditions = clausesOf(
      [...pathed(document.audience, "audience"), ...pathed(document.when, "when")],
      solving,
    );
    const scoped: Demand = {
      kind: "goods",
      measure: "distinct",
      of: scope,
      span: { least: 1, most: Number.POSITIVE_INFINITY },
      path: "scope",
      is: true,
    };
    return {
      document,
      path,
      rule: rules?.promotions[index] ?? null,
      scope,
      isLive: status === "active" || status === "scheduled",
      clauses: conjunction([[[...schedule, scoped]], conditions]),
      schedule,
    };
  });
}

function pathed(conditions: readonly Condition[] | undefined, name: string) {
  return (conditions ?? []).map((condition, index) => ({ condition, path: `${name}[${index}]` }));
}

function scheduleOf({ schedule = {} }: PromotionDocument, { zone }: Solving): Clause {
  const reader = new AuthoredReader(zone);
  const { from, until, weekdays, hours } = schedule;
  const clause: Demand[] = [];
  if (from !== undefined || until !== undefined) {
    clause.push({
      kind: "dates",
      from: from === undefined ? Number.NEGATIVE_INFINITY : reader.moment(from, ""),
      until: until === undefined ? Number.POSITIVE_INFINITY : reader.moment(until, ""),
      path: "schedule",
      is: true,
    });
  }
  if (weekdays !== undefined)
    clause.push({ kind: "weekdays", wanted: weekdays, path: "schedule.weekdays", is: true });
  if (hours !== undefined) {
    const spans = hours.map((span) => ({
      from: reader.minute(span.from, ""),
      to: reader.minute(span.to, ""),
    }));
    clause.push({ kind: "hours", spans, path: "schedule.hours", is: true });
  }
  return clause;
}
