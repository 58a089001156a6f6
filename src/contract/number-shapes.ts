// Numbers as the API tells them: what the data do not bear has no value, so that no screen can colour it.
import { Type } from "typebox";
import { count, oneOf, output } from "./shape.ts";

/** A number of any size. */
export const number = (description: string) => Type.Number({ description });
/** The kind of one of several answers. */
export const word = <const Word extends string>(kind: Word) => Type.Literal(kind);
/** A 95 % interval. */
export const interval = output(
  { low: number("Lower end."), high: number("Upper end.") },
  { title: "Interval", description: "95 %." },
);

const counted = { count: count("How many are."), of: Type.Number({ description: "Of so many." }) };

/** A share, or only its counts. */
export const share = Type.Union(
  [
    output({ kind: word("share"), ...counted, share: number("Between 0 and 1."), interval }),
    output({ kind: word("not_enough"), ...counted, interval }),
  ],
  { title: "ShareNumber", description: "Wilson's interval; wider than 0.20 is not enough for a value." },
);

/** A change that may be told, may be luck, or is not borne by the data. */
export const change = Type.Union(
  [
    output({ kind: word("not_enough") }),
    output({ kind: word("no_clear_change"), difference: number("May be luck."), interval }),
    output({
      kind: word("changed"),
      direction: oneOf(["up", "down"], "Where to."),
      difference: number("After less before."),
      interval,
    }),
  ],
  { title: "ChangeNumber", description: "Only `changed` may be coloured: its interval excludes none." },
);

/** Ratings. */
export const of = count("Ratings.");
/** A mean, or only its count. */
export const mean = Type.Union(
  [
    output({ kind: word("mean"), of, mean: number("Stars."), interval }),
    output({
      kind: word("shrunk"),
      of,
      mean: number("Stars, drawn to the network's mean: under 30 ratings."),
    }),
    output({ kind: word("not_enough"), of }),
  ],
  { title: "MeanNumber" },
);

/** Ratings by stars. */
export const stars = Type.Array(Type.Integer(), { description: "One to five stars." });

/** A source. */
export const source = Type.String({
  description: "Where the feedback comes from; sources are never pooled.",
});
