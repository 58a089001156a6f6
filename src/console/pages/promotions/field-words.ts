// What fields are called: words by their place in the schema, for the form, for differences and for findings.
import { useMemo } from "react";
import { useSay } from "../../reader.tsx";
import type { Say, WordKey } from "../../words.ts";
import { stepsOf, wayOf } from "./schema.ts";

/** Units that stand behind a number, by the field's name. */
const UNITS = {
  percent: "percent",
  percentOfPrice: "percent",
  days: "days",
  daysBefore: "days",
  daysAfter: "days",
} as const;

/** Names of fields in the reader's language. */
export interface FieldWords {
  readonly label: (container: string, name: string) => string;
  /** Undefined: the label says enough. */
  readonly help: (container: string, name: string) => string | undefined;
  readonly option: (name: string, value: string) => string;
  /** " %" and the like; undefined: a bare number. */
  readonly unit: (name: string) => string | undefined;
  /** A path in words: "What happens 1 › Percent off"; the path itself where nothing is known. */
  readonly place: (path: string) => string;
}

/** The names. */
export function fieldWords(say: Say): FieldWords {
  const said = (key: string): string | undefined => {
    const text = say(key as WordKey);
    return text === key ? undefined : text;
  };
  const label = (container: string, name: string): string =>
    said(`promotionFields.${container}.${name}`) ?? name;
  return {
    label,
    help: (container, name) => said(`promotionHelp.${container}.${name}`),
    option: (name, value) => said(`promotionOptions.${name}.${value}`) ?? value,
    unit: (name) =>
      Object.hasOwn(UNITS, name) ? said(`promotions.unit.${UNITS[name as keyof typeof UNITS]}`) : undefined,
    place: (path) => {
      const way = wayOf(stepsOf(path));
      if (way.length === 0) return path;
      return way
        .map(({ container, name, entry }) =>
          entry === null ? label(container, name) : `${label(container, name)} ${entry + 1}`,
        )
        .join(" › ");
    },
  };
}

/** The names in the reader's language. */
export function useFieldWords(): FieldWords {
  const say = useSay();
  return useMemo(() => fieldWords(say), [say]);
}
