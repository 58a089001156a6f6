// An option that is a name of the shop's own and no word of any language.
import type { ReactNode } from "react";

/** Shows an option so that nobody translates it: for `renderOption` of fields. */
export function namedOption({ option }: { readonly option: { readonly value: string } }): ReactNode {
  return <span translate="no">{option.value}</span>;
}
