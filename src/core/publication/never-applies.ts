// Promotions that can never apply: their time, their conditions or their goods leave no cart.
import { parseDecimal } from "../money/index.ts";
import { goodsOf } from "./baskets.ts";
import { type Remark, rubles } from "./finding.ts";
import { type Solution, type Solving, solve, solveAny } from "./solving.ts";
import type { Subject } from "./subject.ts";

/** Remarks on one promotion; null where its alternatives are too many to follow. */
export function neverApplies(subject: Subject, solving: Solving): Remark[] | null {
  const { document, path, clauses, schedule } = subject;
  const about = { promotionIds: [document.id] };
  if (document.status === "ended")
    return [{ code: "already_over", path: `${path}.status`, ...about, words: { when: "status: ended" } }];
  const end = schedule.find((demand) => demand.kind === "dates");
  if (end?.kind === "dates" && end.until <= solving.now) {
    const words = { when: document.schedule?.until ?? "" };
    return [{ code: "already_over", path: `${path}.schedule.until`, ...about, words }];
  }
  const zero = zeroLimits(document).map(
    (place): Remark => ({ code: "limit_zero", path: `${path}.limits.${place}`, ...about }),
  );
  if (clauses === null) return zero.length > 0 ? zero : null;
  const timed = solve(schedule, solving);
  const solution = timed.kind === "never" ? timed : solveAny(clauses, solving);
  if (solution.kind === "never") return [...zero, remarkOf(solution, subject)];
  return [...zero, ...stockRemarks(subject, solving)];
}

/** Paths of limits that allow nothing. */
function zeroLimits({ limits = {} }: Subject["document"]): string[] {
  const { periods = [], ...whole } = limits;
  const spans = [
    ["", whole],
    ...periods.map((span, index) => [`periods[${index}].`, span] as const),
  ] as const;
  return spans.flatMap(([at, span]) =>
    Object.entries(span)
      .filter(([key, value]) => key !== "per" && parseDecimal(value, 3) === 0)
      .map(([key]) => `${at}${key}`),
  );
}

function remarkOf(solution: Extract<Solution, { kind: "never" }>, { document, path }: Subject): Remark {
  const { paths, why, clash } = solution;
  const about = { promotionIds: [document.id], words: { what: paths.join(", ") } };
  const at = paths.length === 0 ? `${path}.when` : `${path}.${paths.at(-1)}`;
  if (why === "time") return { code: "schedule_empty", path: at, ...about };
  if (clash?.alone === null || clash === null) return { code: "conditions_contradict", path: at, ...about };
  const { demand, most } = clash.alone;
  if (demand.path === "scope") return { code: "scope_empty", path: at, ...about };
  const scale = demand.measure === "quantity" ? 1000 : 1;
  const money = demand.measure === "list" || demand.measure === "left";
  const needed = money ? rubles(demand.span.least) : demand.span.least / scale;
  return {
    code: "threshold_unreachable",
    path: at,
    promotionIds: [document.id],
    needed: demand.span.least / scale,
    actual: most / scale,
    words: { needed, actual: most / scale },
  };
}

/** What today's availability stands in the way of; it may be mended by the next feed. */
function stockRemarks({ document, path, scope, clauses }: Subject, { goods }: Solving): Remark[] {
  if (goods.offers === null) return [];
  const about = { promotionIds: [document.id] };
  const figures = goods.figures(scope);
  const remarks: Remark[] = [];
  if (figures.available === 0) {
    const words = { count: scope.size ?? 0 };
    remarks.push({ code: "scope_unavailable", path: `${path}.scope`, ...about, words });
  }
  const [only] = clauses ?? [];
  if (clauses?.length !== 1 || only === undefined) return remarks;
  for (const demand of goodsOf(only)) {
    const { stock } = goods.figures(demand.of);
    if (demand.measure !== "quantity" || stock === null || demand.span.least <= stock) continue;
    const [needed, actual] = [demand.span.least / 1000, stock / 1000];
    const at = `${path}.${demand.path}`;
    remarks.push({
      code: "threshold_above_stock",
      path: at,
      ...about,
      needed,
      actual,
      words: { needed, actual },
    });
  }
  return remarks;
}
