// What the app shows of a promo code has room for few characters: texts that it would cut are refused, with a shorter one.
import { APP_LENGTHS, type Mistake } from "../contract/index.ts";
import { type PromotionSet, readMoment, type Text, UTC } from "../core/pricing/index.ts";

/** Showcase texts of `set` that the app cannot show whole, by their path. Lengths count what a person sees as one character. */
export function showcaseProblems(set: PromotionSet): Mistake[] {
  return set.promotions.flatMap(({ codes }, index) =>
    (codes?.showcase ?? []).flatMap((showcase, place) => {
      const path = `promotions[${index}].codes.showcase[${place}]`;
      const until = showcase.availableUntil;
      return [
        ...Object.entries(APP_LENGTHS).flatMap(([key, most]) =>
          textProblems(showcase[key as keyof typeof APP_LENGTHS], `${path}.${key}`, most),
        ),
        ...(until === undefined || readMoment(until, UTC) !== null ? [] : [noMoment(path, until)]),
      ];
    }),
  );
}

function textProblems(text: Text | undefined, path: string, most: number): Mistake[] {
  if (text === undefined) return [];
  const texts = typeof text === "string" ? [["", text] as const] : Object.entries(text);
  return texts.flatMap(([language, words]) => {
    const characters = charactersOf(words);
    if (characters.length <= most) return [];
    return [
      {
        path: language === "" ? path : `${path}.${language}`,
        message: `is ${characters.length} characters long; the app shows ${most}`,
        suggestion: path.endsWith(".code")
          ? "show a shorter code of this promotion"
          : `shorten it, for example to “${shortened(characters, most)}”`,
      },
    ];
  });
}

const segmenter = new Intl.Segmenter("ru", { granularity: "grapheme" });

/** What a person sees as characters: a letter with its accents, a flag, a family of emoji are one each. */
export function charactersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The beginning that has room, up to the end of a word where there is one. */
function shortened(characters: readonly string[], most: number): string {
  const kept = characters.slice(0, most);
  const isWordCut = characters[most] !== " ";
  const end = isWordCut ? kept.lastIndexOf(" ") : most;
  return kept
    .slice(0, end > 0 ? end : most)
    .join("")
    .trimEnd();
}

function noMoment(path: string, until: string): Mistake {
  return {
    path: `${path}.availableUntil`,
    message: `“${until.slice(0, 40)}” is no date or time`,
    suggestion: "write it like 2026-12-01 or 2026-12-01T23:59:00+03:00",
  };
}
