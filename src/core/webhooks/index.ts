// The door of the decisions about what leaves the house: when to try again, and how an endpoint is doing.
export {
  type EndpointHealth,
  isCharged,
  observeAttempt,
} from "./health.ts";
export { type AttemptOutcome, isReached, isSettled, outcomeOfStatus } from "./outcome.ts";
export { ATTEMPTS, nextAttemptIn, RETRY_AFTER_MOST_MS } from "./schedule.ts";
