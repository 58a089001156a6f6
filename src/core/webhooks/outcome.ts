// What came of one attempt to deliver, in one word: the word is stored and shown, never the answer's text.

/**
 * `delivered`: 2xx. `redirect` to `server_error`: an answer that is none of these. `answer_refused`: a 2xx whose body says no
 * (IMSHOP). The rest are faults before an answer; `address_refused`: not sent, because the address is not one we may call;
 * `not_sent`: our own side could not make the call.
 */
export type AttemptOutcome =
  | "delivered"
  | "redirect"
  | "client_error"
  | "gone"
  | "throttled"
  | "server_error"
  | "answer_refused"
  | "address_refused"
  | "dns_error"
  | "unreachable"
  | "connect_timeout"
  | "connection_refused"
  | "connection_reset"
  | "tls_error"
  | "timeout"
  | "protocol_error"
  | "not_sent";

/** The word for an answer's status. Only 2xx is a success; a redirect is not followed and is a failure. */
export function outcomeOfStatus(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return "delivered";
  if (status >= 300 && status < 400) return "redirect";
  if (status === 410) return "gone";
  if (status === 429) return "throttled";
  if (status >= 500) return "server_error";
  return "client_error";
}

/** True when nothing more is to be tried: it arrived, or was understood and refused. */
export function isSettled(outcome: AttemptOutcome): boolean {
  return outcome === "delivered" || outcome === "answer_refused";
}

const NEVER_THERE: ReadonlySet<AttemptOutcome> = new Set([
  "address_refused",
  "dns_error",
  "unreachable",
  "connect_timeout",
  "not_sent",
]);

/** True when somebody at the other end answered the call or at least the connection: our own network works. */
export function isReached(outcome: AttemptOutcome): boolean {
  return !NEVER_THERE.has(outcome);
}
