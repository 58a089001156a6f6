// The price of a cart: read, match, choose, spread, explain. A pure function of cart, rules, facts and instant.
import type { Instant } from "../basics/index.ts";
import type { Minor } from "../money/index.ts";
import { offerChoices } from "./alternatives.ts";
import type { Cart } from "./cart.ts";
import { readChoice } from "./choices.ts";
import { chosenSlots, droppedChoices, messagesOf, stepsOf, totalsOf } from "./closing.ts";
import { type CodeReading, codeOutcome, readCode } from "./code-outcome.ts";
import { boardOf, chooseBest } from "./combination.ts";
import { verdictsWithDifferences } from "./differences.ts";
import type { Facts } from "./facts.ts";
import { giveGifts } from "./gifts.ts";
import { giveHints } from "./hints.ts";
import { openLedger } from "./ledger-of-units.ts";
import { buildLines } from "./lines.ts";
import { goodsOf, type Match, matchRules, type Rejection, reject } from "./matching.ts";
import { countPoints } from "./points.ts";
import { poolLines } from "./pooling.ts";
import { Promises } from "./promises.ts";
import type { Quote, Unlock, Verdict } from "./quote.ts";
import { readCart } from "./reading.ts";
import type { Rules } from "./rules.ts";
import { type Situation, situationOf } from "./situation.ts";
import { type Court, type Finding, judgeRejections, judgeSlots } from "./verdicts.ts";

/**
 * How much is told. "plain": money, gifts, points, verdicts; "menu": with the menu of choices and hints, all that an
 * answer needs; "full": with the difference that a beaten promotion would make and what would unlock one that was not
 * applied; "every": with a verdict even for promotions that the index never touched. What a lesser detail tells, a
 * greater one tells alike.
 */
export type Detail = "plain" | "menu" | "full" | "every";

/** Prices the cart at the instant. The same four values give the same quote, byte for byte. Spends nothing. */
export function price(cart: Cart, rules: Rules, facts: Facts, at: Instant, detail: Detail = "full"): Quote {
  const reading = readCart(cart, rules, facts);
  const pools = poolLines(reading.lines);
  const situation = situationOf(cart, facts, at, rules.zone, pools);
  const code = readCode(cart, rules, facts);
  const codeRule = code !== null && code.state === "free" ? code.rule : null;
  const match = matchRules(rules, situation, codeRule);
  const { lowestUnitPrice } = rules;
  const board = boardOf(
    { situation, slots: match.slots, ledger: openLedger(situation), lowestUnitPrice },
    rules.objective,
  );
  const choice = readChoice(cart, rules, reading.returned);
  const chosen = chooseBest(board, chosenSlots(match.slots, choice));
  const giving = giveGifts(match.slots, choice, situation);
  const { lines, parts } = buildLines(reading.lines, situation, match.slots, board.play.ledger, giving.given);
  const points = countPoints(lines, situation, match.slots, board.play.ledger);
  const steps = stepsOf(board);
  const messages = messagesOf(match.slots);
  const court: Court = { board, chosen, choice, giving, parts };
  const rejections = rejectionsOf(match, code);
  const judged = judgeSlots(court);
  const findings = rejections.length === 0 ? judged : judged.concat(judgeRejections(rejections, situation));
  const promises = new Promises({ rules, situation, codeRule, choice }, match.slots, chosen.isOptimal);
  const outcome =
    code === null ? null : codeOutcome(code, findings, unlockOfCode(code, findings, promises, detail));
  const hint = detail === "plain" ? null : giveHints(findings, promises, situation, lines);
  const dropped = droppedChoices(choice, match.slots);
  const notices = reading.notices.concat(
    giving.notices,
    outcome?.notice ?? [],
    dropped,
    messages,
    hint ?? [],
  );
  // From here on the ledger holds other trials: everything above has been read from it.
  const more =
    detail === "every" ? judgeRejections(untouched(rules, findings, situation, code), situation) : [];
  const offered = detail === "plain" ? [] : offerChoices(board, choice);
  return {
    lines,
    ...totalsOf(lines),
    points,
    code: outcome?.outcome ?? null,
    offered,
    notices,
    verdicts:
      detail === "plain" || detail === "menu"
        ? findings.map(({ verdict }) => verdict)
        : explained(court, [...findings, ...more], promises, offered, detail),
    steps,
    proof: { isOptimal: chosen.isOptimal, gapMinor: chosen.gapMinor as Minor },
  };
}

/** Verdicts with all that can be told of them. */
function explained(
  { board, chosen, choice }: Court,
  findings: readonly Finding[],
  promises: Promises,
  offered: Quote["offered"],
  detail: "full" | "every",
): Verdict[] {
  promises.readAtLeisure(detail);
  return verdictsWithDifferences(board, chosen, choice, findings).map((verdict, index) =>
    promises.tell(findings[index] as Finding, verdict, offered),
  );
}

/** What the shopper is told to add for the entered code. */
function unlockOfCode(
  { rule }: CodeReading,
  findings: readonly Finding[],
  promises: Promises,
  detail: Detail,
): Unlock | null {
  const finding = findings.find((each) => each.rule === rule);
  return finding === undefined || detail === "plain" ? null : (promises.of(finding)?.unlock ?? null);
}

function rejectionsOf(match: Match, code: CodeReading | null): readonly Rejection[] {
  if (code === null || code.rule === null || code.state === "free") return match.rejections;
  return [...match.rejections, { rule: code.rule, reason: OF_STATE[code.state], check: null }];
}

/** Why the promotion of a code that is no good does not apply. */
const OF_STATE = {
  redeemed: "code_spent",
  blocked: "code_blocked",
  expired: "code_expired",
  foreign: "code_foreign",
} as const satisfies Record<Exclude<CodeReading["state"], "free">, Rejection["reason"]>;

/** Rejections of the promotions that no finding speaks of. */
function untouched(
  rules: Rules,
  findings: readonly Finding[],
  situation: Situation,
  code: CodeReading | null,
): Rejection[] {
  const seen = new Set(findings.map(({ rule }) => rule));
  const rejections: Rejection[] = [];
  for (const rule of rules.promotions) {
    if (seen.has(rule)) continue;
    const rejection = reject(rule, goodsOf(rule, situation.pools), situation, code?.rule ?? null);
    if (rejection !== null) rejections.push(rejection);
  }
  return rejections;
}
