// The written filter as the buttons of the inbox change it: term by term, leaving alone what a person typed besides.

/** The terms of a filter as written; blanks within quotes do not part. */
export function termsOf(text: string): string[] {
  return text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? [];
}

/** The value of the first term of `field` that is not negated; null: there is none. */
export function valueIn(text: string, field: string): string | null {
  const term = termsOf(text).find((one) => one.startsWith(`${field}:`));
  return term === undefined ? null : term.slice(field.length + 1);
}

/** The filter with `field` set to `value`, in its place if it had one; null takes the field away. */
export function withValue(text: string, field: string, value: string | null): string {
  const terms = termsOf(text);
  const at = terms.findIndex((one) => one.startsWith(`${field}:`));
  const rest = terms.filter((one) => !one.startsWith(`${field}:`));
  if (value !== null) rest.splice(at === -1 ? rest.length : at, 0, `${field}:${quoted(value)}`);
  return rest.join(" ");
}

/** Whether the term stands in the filter. */
export function hasTerm(text: string, term: string): boolean {
  return termsOf(text).includes(term);
}

/** The filter with the term added, or without it where it stood. */
export function toggled(text: string, term: string): string {
  const terms = termsOf(text);
  return (terms.includes(term) ? terms.filter((one) => one !== term) : [...terms, term]).join(" ");
}

/** A value as a filter takes it: in quotes where it has blanks or commas. Quotes themselves cannot be written. */
export function quoted(value: string): string {
  const bare = value.replaceAll('"', "");
  return /[\s,]/.test(bare) || bare === "" ? `"${bare}"` : bare;
}

/** Filters that mean the same list: the order of terms and extra blanks do not matter. */
export function isSameFilter(left: string, right: string): boolean {
  const sorted = (text: string): string => termsOf(text).sort().join(" ");
  return sorted(left) === sorted(right);
}
