// A verdict in words: what was decided about a promotion, what it lacked, and what would have been enough.

import type { calculationRepeatCalls } from "../../../contract/index.ts";
import type { AnswerOf } from "../../calls.ts";
import { momentText, moneyText, numberText } from "../../parts/amounts.ts";
import type { Reader } from "../../reader.tsx";
import type { WordKey } from "../../words.ts";

/** What a cart came to under some rules. */
export type Outcome = Omit<AnswerOf<typeof calculationRepeatCalls.repeatCalculation>["after"], "rules">;

/** A verdict about one promotion. */
export type Verdict = Outcome["verdicts"][number];

/** A promotion's name in the reader's language; its id where the rules of then are gone. */
export function nameOf(verdict: Verdict, reader: Pick<Reader, "language">): string {
  return verdict.name?.[reader.language] ?? verdict.promotionId;
}

/** What was decided, in a few words. */
export function reasonOf({ isApplied, reason }: Verdict, { say }: Reader): string {
  if (isApplied) return say("calculations.isApplied");
  return reason === null ? say("calculations.isMissed") : say(`calculations.reasons.${reason}` as WordKey);
}

/** What it lacked, who won, and what would have been enough: a sentence each. `nameById` knows the other promotions. */
export function detailsOf(verdict: Verdict, nameById: (id: string) => string, reader: Reader): string[] {
  const { say, language } = reader;
  const details: string[] = [];
  if (verdict.failed !== null) details.push(failedText(verdict.failed, reader));
  if (verdict.winnerId !== null)
    details.push(say("calculations.winner", { name: nameById(verdict.winnerId) }));
  if (verdict.differenceMinor !== null)
    details.push(say("calculations.dearer", { amount: moneyText(verdict.differenceMinor, language) }));
  const { unlock } = verdict;
  // "Needs a code" says itself what would do.
  const saysItself = verdict.reason === "code_not_entered" || verdict.reason === "not_chosen";
  if (unlock !== null && !saysItself) {
    const amount = moneyText(unlock.amountMinor ?? 0, language);
    const count = numberText(unlock.count ?? 0, language, 3);
    details.push(say(`calculations.unlocks.${unlock.kind}` as WordKey, { amount, count }));
  }
  return details;
}

function failedText(failed: NonNullable<Verdict["failed"]>, reader: Reader): string {
  const { say } = reader;
  const key = `calculations.kinds.${failed.kind}` as WordKey;
  const word = say(key);
  const kind = word === key ? failed.kind : word;
  if (failed.needed === null && failed.actual === null) return say("calculations.failedPlain", { kind });
  const [needed, actual] = [failed.needed, failed.actual].map((value) =>
    valueText(failed.kind, value, reader),
  );
  return say("calculations.failed", { kind, needed: needed ?? "", actual: actual ?? "" });
}

function valueText(kind: string, value: string | number | null, reader: Reader): string {
  const { say, language, zone } = reader;
  if (value === null || value === "") return say("calculations.none");
  if (kind === "customer" && typeof value === "string") return customerText(value, reader);
  if (typeof value === "string") return value;
  if (kind === "sum") return moneyText(value, language);
  return kind === "dates" ? momentText(value, language, zone) : numberText(value, language, 3);
}

/** What a condition on the customer asks for: `tiers: ["gold"]; orderNumber: {"atMost":1}` in words. */
function customerText(text: string, { say }: Reader): string {
  if (text === "known" || text === "anonymous") return say(`calculations.who.${text}`);
  return text
    .split("; ")
    .map((part) => {
      const [, name = "", json = ""] = /^(\w+): (.*)$/s.exec(part) ?? [];
      const key = `calculations.who.${name}` as WordKey;
      const written = say(key, { value: boundsText(json, say) });
      return written === key ? part : written;
    })
    .join(", ");
}

function boundsText(json: string, say: Reader["say"]): string {
  const quoted = [...json.matchAll(/"([^"]*)"(?!:)/g)].map((match) => match[1]);
  if (quoted.length > 0) return quoted.join(", ");
  return [...json.matchAll(/"(atLeast|atMost)":([\d.]+)/g)]
    .map(([, name, value]) => say(`calculations.who.${name as "atLeast" | "atMost"}`, { value: value ?? "" }))
    .join(" ");
}
