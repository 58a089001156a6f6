// What events there are: the words that endpoints ask for and receivers switch on.

/** Every kind of event with what it tells. A kind that is not here cannot be noted. */
export const EVENT_KINDS = {
  "order.placed": "An order was placed.",
  "order.changed": "An order's status or contents changed.",
  "order.done": "An order was handed over and paid.",
  "order.canceled": "An order was cancelled.",
  "order.closed": "An order ended without being bought.",
  "order.returned": "Goods of an order came back.",
  "points.changed": "A customer's points moved.",
  "customer.changed": "What is known of a customer changed.",
  "customer.merged": "Two customers became one.",
  "rating.received": "A customer rated an order, or changed the rating.",
  "feedback.received": "Feedback of a marketplace came in, or was changed there.",
  "desk.alarm": "Low ratings of a branch or of all rise beyond luck.",
  "desk.alert": "An item of the desk passed an alert rule.",
  "feedback.answer": "An answer to feedback came to an end, or nobody can tell whether it arrived.",
  "rules.published": "Another version of promotions and programme is in force.",
  "imshop.status": "An order's status is to be told to IMSHOP. Goes to IMSHOP only.",
  "desk.notice": "A message to people, for the one endpoint that a destination names.",
  "webhook.test": "A trial of one endpoint. Goes to that endpoint only.",
} as const;

/** A kind of event. */
export type EventKind = keyof typeof EVENT_KINDS;

/** Kinds that have an addressee: no endpoint can ask for them. */
export const ADDRESSED_KINDS: readonly EventKind[] = ["imshop.status", "webhook.test", "desk.notice"];

/** Kinds that an endpoint can ask for. */
export const OPEN_KINDS = (Object.keys(EVENT_KINDS) as EventKind[]).filter(
  (kind) => !ADDRESSED_KINDS.includes(kind),
);
