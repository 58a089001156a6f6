// What one item adds to each count, as SQL over `desk_item i`: the second wording of `tallyOf`, which tests hold against the first.
import type { TallyColumn } from "../core/numbers/index.ts";

const is = (condition: string): string => `case when ${condition} then 1 else 0 end`;
const PROMO = "i.answer = 'delivered' and i.promo_percent is not null";

/** By column. */
export const TALLY_SQL: { readonly [column in TallyColumn]: string } = {
  items: "1",
  x1: is("i.rating = 1"),
  x2: is("i.rating = 2"),
  x3: is("i.rating = 3"),
  x4: is("i.rating = 4"),
  x5: is("i.rating = 5"),
  asked: is("i.was_asked = 1"),
  asked_answered: is("i.was_asked = 1 and i.rating is not null"),
  worded: is("i.comment is not null or i.preset is not null"),
  given: is("i.state <> 'asked'"),
  no_reaction: is("i.state = 'no_reaction'"),
  delivered: is("i.answer = 'delivered'"),
  outdated: is("i.answer = 'outdated'"),
  open: is("i.state in ('new', 'in_progress', 'waiting')"),
  promos: is(PROMO),
  promo_minor: `case when ${PROMO} then coalesce(i.total_minor, 0) * i.promo_percent / 100 else 0 end`,
};
