// Takes a person's words and name out of what was said: what remains says that there were words, and no number changes.
import type { FeedbackContent } from "./content.ts";
import type { RatingGiven } from "./rating.ts";

/** What is taken out. */
export interface Forgotten {
  /** What the customer wrote, to the feedback and to the order. */
  readonly words: boolean;
  /** What the customer is called. */
  readonly names: boolean;
}

/** The content without them. A comment becomes an empty one, so that shares of those with words stay what they were. */
export function forgetContent(content: FeedbackContent, { words, names }: Forgotten): FeedbackContent {
  const { comment, order } = content;
  return {
    ...content,
    comment: words && comment !== null ? "" : comment,
    order: order && {
      ...order,
      comment: words ? null : order.comment,
      customerName: names ? null : order.customerName,
    },
  };
}

/** A rating's delivery without its words; it still says that there were some. */
export function forgetGiven(given: RatingGiven): RatingGiven {
  return given.comment === "" ? given : { ...given, comment: "", wordsGone: true };
}
