// The terms of a written filter: words, quoted phrases and field:value, each with its place in the text.

/** One term as written. */
export interface FilterTerm {
  /** A minus stands before it. */
  readonly isNot: boolean;
  /** Null: free words, then there is one value. */
  readonly field: string | null;
  /** Between commas, without quotes. */
  readonly values: readonly string[];
  /** First character, and the one after the last. */
  readonly at: number;
  readonly end: number;
}

/** The terms in order, or the place of a quote that nothing closes. */
export function filterTerms(text: string): readonly FilterTerm[] | { readonly unclosedAt: number } {
  const terms: FilterTerm[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text, at)) {
      at += 1;
      continue;
    }
    const term = termAt(text, at);
    if (term === null) return { unclosedAt: at };
    terms.push(term);
    at = term.end;
  }
  return terms;
}

/** The term that begins at `at`; null when a quote stays open. */
function termAt(text: string, at: number): FilterTerm | null {
  const isNot = text[at] === "-" && at + 1 < text.length && !isSpace(text, at + 1);
  const start = isNot ? at + 1 : at;
  const named = /^([a-z]+):/.exec(text.slice(start, start + 20));
  const field = named?.[1] ?? null;
  const values: string[] = [];
  let place = start + (named?.[0].length ?? 0);
  for (;;) {
    const value = valueAt(text, place, field !== null);
    if (value === null) return null;
    values.push(value.text);
    place = value.end;
    if (field === null || text[place] !== ",") break;
    place += 1;
  }
  return { isNot, field, values, at, end: place };
}

/** A value from `at` on: quoted, or up to a space and, in a list, to a comma. */
function valueAt(
  text: string,
  at: number,
  isList: boolean,
): { readonly text: string; readonly end: number } | null {
  if (text[at] === '"') {
    const close = text.indexOf('"', at + 1);
    return close === -1 ? null : { text: text.slice(at + 1, close), end: close + 1 };
  }
  let end = at;
  while (end < text.length && !isSpace(text, end) && !(isList && text[end] === ",")) end += 1;
  return { text: text.slice(at, end), end };
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text[at] as string);
}
