// What was done, in the reader's words; an action that has none, of a newer or older version, keeps its own name.
// These words are many and of this page alone: they come with it and not with every page.
import type { ReactNode } from "react";
import { useReader } from "../../reader.tsx";
import { auditActions as english } from "../../words/en/audit-actions.ts";
import { auditActions as russian } from "../../words/ru/audit-actions.ts";

const NAMES = { ru: namesOf(russian), en: namesOf(english) };

function namesOf(words: Readonly<Record<string, Readonly<Record<string, string>>>>): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([noun, actions]) =>
      Object.entries(actions).map(([name, text]) => [`${noun}.${name}`, text] as const),
    ),
  );
}

/** The name of an action. */
export function ActionName({ action }: { readonly action: string }): ReactNode {
  const { language } = useReader();
  return NAMES[language].get(action) ?? <span className="mono">{action}</span>;
}
