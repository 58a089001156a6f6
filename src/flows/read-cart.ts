// A cart written by a person to try promotions on, as the engine wants it.
import { checkCart } from "../contract/index.ts";
import { type Cart, cartOf } from "../core/pricing/index.ts";
import { readDocument } from "./read-document.ts";
import type { AuthoredProblem } from "./read-promotions.ts";

/** The cart, its customer and its moment as written (null: now), or what is wrong with the text. */
export type CartRead =
  | {
      readonly kind: "read";
      readonly cart: Cart;
      readonly customerId: string | null;
      readonly at: string | null;
    }
  | { readonly kind: "refused"; readonly problems: readonly AuthoredProblem[] };

/** Reads a cart from JSON or YAML text. */
export function readCart(text: string): CartRead {
  const source = readDocument(text);
  if (source.kind === "broken")
    return { kind: "refused", problems: [{ path: "", line: source.line, message: source.message }] };
  const checked = checkCart(source.value);
  if (checked.kind === "refused") {
    const problems = checked.problems.map((each) => ({ ...each, line: source.lineOf(each.path) }));
    return { kind: "refused", problems };
  }
  const { document } = checked;
  return {
    kind: "read",
    cart: cartOf(document),
    customerId: document.customer ?? null,
    at: document.at ?? null,
  };
}
