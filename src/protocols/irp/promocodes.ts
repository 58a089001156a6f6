// What the answer says of promo codes: the one that was typed, and those on offer.
import type { CodeOutcome, CodeShowcase, Text } from "../../core/pricing/index.ts";
import type { Language } from "./messages.ts";

/** How the vendor calls what became of a code. */
export type PromocodeStatus = "success" | "notFound" | "alreadyRedeemed" | "notRedeemable";

/** The status of a typed code. */
export function promocodeStatus(outcome: CodeOutcome): PromocodeStatus {
  switch (outcome.state) {
    case "applied":
      return "success";
    case "not_found":
      return "notFound";
    case "already_redeemed":
      return "alreadyRedeemed";
    default:
      return "notRedeemable";
  }
}

/** A code on offer. */
export interface ShowcaseAnswer {
  promocode: string;
  title: string;
  description: string;
  longDescription?: string;
  availableUntil?: number;
  backgroundImage?: string;
  appliedImage?: string;
  applyImageAnimation?: "stamp" | "fade";
  backgroundColor?: string;
  textAppearance?: "light" | "dark";
}

/** Codes on offer, in the order given. */
export function showcaseOf(showcase: readonly CodeShowcase[], language: Language): ShowcaseAnswer[] {
  return showcase.map((code) => {
    const answer: ShowcaseAnswer = {
      promocode: code.code,
      title: textOf(code.title, language),
      description: textOf(code.description, language),
    };
    const long = code.longDescription === undefined ? "" : textOf(code.longDescription, language);
    if (long !== "") answer.longDescription = long;
    const until = secondsOf(code.availableUntil);
    if (until !== null) answer.availableUntil = until;
    if (code.backgroundImage) answer.backgroundImage = code.backgroundImage;
    if (code.appliedImage) answer.appliedImage = code.appliedImage;
    if (code.applyImageAnimation) answer.applyImageAnimation = code.applyImageAnimation;
    if (code.backgroundColor) answer.backgroundColor = code.backgroundColor;
    if (code.textAppearance) answer.textAppearance = code.textAppearance;
    return answer;
  });
}

/** The newest form of the field: unix seconds. */
function secondsOf(until: string | undefined): number | null {
  const at = until === undefined ? Number.NaN : Date.parse(until);
  return Number.isNaN(at) ? null : Math.floor(at / 1000);
}

function textOf(text: Text, language: Language): string {
  return typeof text === "string" ? text : (text[language] ?? text.ru);
}
