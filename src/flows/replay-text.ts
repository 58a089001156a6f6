// A replay's report for a person at a terminal.

import type { Gap } from "./draft-facts.ts";
import type { LeftOut } from "./draft-tally.ts";
import { roublesText } from "./explanation.ts";
import type { CheckReport, DraftReport, PromotionEffect } from "./replay-report.ts";
import { DOUBTS, GAPS, LEFT_OUT } from "./replay-words.ts";

/** Ids of a list that are printed; JSON has all. */
const LISTED = 12;

const money = (kopecks: number): string => roublesText(kopecks, "en");
const signed = (kopecks: number): string => `${kopecks > 0 ? "+" : ""}${money(kopecks)}`;
const whole = (count: number): string => count.toLocaleString("en").replaceAll(",", " ");

/** The report of a check, a line each. */
export function checkLines({ taken, counts, worst }: CheckReport): string[] {
  if (taken === 0) return ["Nothing to do: no calculation is recorded in that time."];
  const { same, differs, ...unjudged } = counts;
  return [
    `${whole(taken)} calculations: ${whole(same)} came out the same, ${whole(differs)} differ.`,
    ...(Object.keys(DOUBTS) as (keyof typeof DOUBTS)[])
      .filter((reason) => unjudged[reason] > 0)
      .map((reason) => `  ${whole(unjudged[reason])} cannot be judged: ${DOUBTS[reason]}`),
    ...(worst.length === 0 ? [] : ["", "Worst:"]),
    ...worst.map(
      ({ id, at, verdict, engineVersion, answered, again }) =>
        `  ${id}  ${new Date(at).toISOString()}  answered ${money(answered)}, now ${
          again === null ? "the engine fails" : money(again)
        }${verdict === "differs" ? "" : ` (engine ${engineVersion} then)`}`,
    ),
  ];
}

/** The report of a replay under a draft, a line each. */
export function draftLines(report: DraftReport): string[] {
  const { carts, taken, leftOut } = report;
  if (taken === 0) return ["Nothing to do: no calculation is recorded in that time."];
  return [
    `${whole(carts.priced)} carts: ${whole(carts.cheaper)} cheaper for the shopper, ${whole(carts.dearer)} dearer, ${whole(carts.same)} the same.`,
    ...(Object.keys(LEFT_OUT) as LeftOut[])
      .filter((reason) => leftOut[reason] > 0)
      .map((reason) => `  ${whole(leftOut[reason])} left out: ${LEFT_OUT[reason]}`),
    "",
    ...sumLines(report),
    "",
    ...promotionLines(report.promotions),
    ...giftLines(report),
    ...effectLines("Cheaper by the most", report.cheaper),
    ...effectLines("Dearer by the most", report.dearer),
    ...remarks(report),
  ];
}

function sumLines({ before, after }: DraftReport): string[] {
  const row = (name: string, texts: readonly string[]): string =>
    `${name.padEnd(24)}${texts.map((text) => text.padStart(20)).join("")}`;
  const roubles = (name: string, key: "gross" | "discount" | "total"): string =>
    row(name, [money(before[key]), money(after[key]), signed(after[key] - before[key])]);
  const count = (name: string, key: "willEarn" | "maySpend" | "freeUnits"): string => {
    const change = after[key] - before[key];
    return row(name, [whole(before[key]), whole(after[key]), `${change > 0 ? "+" : ""}${whole(change)}`]);
  };
  const share = ({ discount, gross }: DraftReport["before"]): number =>
    gross === 0 ? 0 : (100 * discount) / gross;
  const points = share(after) - share(before);
  return [
    row("", ["answered", "draft", "change"]),
    roubles("goods, ₽", "gross"),
    roubles("discount, ₽", "discount"),
    row("  of the goods", [
      `${share(before).toFixed(2)} %`,
      `${share(after).toFixed(2)} %`,
      `${points > 0 ? "+" : ""}${points.toFixed(2)} %`,
    ]),
    roubles("to pay, ₽", "total"),
    count("points to be earned", "willEarn"),
    count("points that may pay", "maySpend"),
    count("free units", "freeUnits"),
  ];
}

function promotionLines(promotions: readonly PromotionEffect[]): string[] {
  if (promotions.length === 0) return [];
  const side = ({ amount, carts }: { amount: number; carts: number }): string =>
    carts === 0 ? "–" : `${money(amount)} in ${whole(carts)}`;
  return [
    "Discount by promotion, ₽ and carts:",
    ...promotions
      .slice(0, LISTED)
      .map(
        ({ id, before, after, gifts }) =>
          `  ${id}: ${side(before)} → ${side(after)} (${signed(after.amount - before.amount)})${
            gifts > 0 ? `, ${whole(gifts)} gifts` : ""
          }`,
      ),
    ...more(promotions.length),
    "",
  ];
}

function giftLines({ gifts }: DraftReport): string[] {
  if (gifts.length === 0) return [];
  const listed = gifts.slice(0, LISTED).map(({ offerId, units }) => `${offerId} × ${whole(units)}`);
  return [`Gifts under the draft: ${listed.join(", ")}`, ...more(gifts.length), ""];
}

function effectLines(title: string, effects: DraftReport["cheaper"]): string[] {
  if (effects.length === 0) return [];
  return [
    `${title}:`,
    ...effects.map(
      ({ id, totalBefore, totalAfter }) =>
        `  ${id}  ${money(totalBefore)} → ${money(totalAfter)}  (${signed(totalAfter - totalBefore)})`,
    ),
    "",
  ];
}

function remarks({ gaps, giftsUnknown, segmentsUnseen, asleep, neverApplied }: DraftReport): string[] {
  const lines = [
    ...(Object.keys(GAPS) as Gap[])
      .filter((gap) => gaps[gap] > 0)
      .map((gap) => `  in ${whole(gaps[gap])} carts ${GAPS[gap]}`),
    ...list("gifts that today's catalogue does not know, never given", giftsUnknown),
    ...list("segments that no recorded customer was in (perhaps made later)", segmentsUnseen),
    ...list("promotions that could not run then, by status or dates (see --ignore-dates)", asleep),
    ...list("promotions that applied in no cart", neverApplied),
  ];
  return lines.length === 0 ? [] : ["To be known of these figures:", ...lines];
}

function list(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  return [`  ${what}: ${ids.slice(0, LISTED).join(", ")}`, ...more(ids.length)];
}

function more(count: number): string[] {
  return count > LISTED ? [`  and ${count - LISTED} more, see --json`] : [];
}
