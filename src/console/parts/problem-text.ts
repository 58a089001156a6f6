// What went wrong, in the reader's words: by the problem's code where there are words for it, else by the kind of failure.
import type { CallFailed } from "../calls.ts";
import type { Say, WordKey } from "../words.ts";

/** The sentence for a failed call. Says when to come again if the server said so. */
export function problemText(error: CallFailed, say: Say): string {
  const own = `problems.${error.code}`;
  const text = say(own as WordKey);
  const told = text === own ? say(`problems.${kindOf(error)}`) : text;
  if (error.retryAfter === null) return told;
  return `${told} ${say("problems.retryAfter", { count: Math.max(1, Math.ceil(error.retryAfter)) })}`;
}

function kindOf(
  error: CallFailed,
): "too_many" | "overloaded" | "not_found" | "forbidden" | "internal" | "unreadable" {
  switch (error.status) {
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 429:
      return "too_many";
    case 503:
      return "overloaded";
    default:
      return error.status >= 500 ? "internal" : "unreadable";
  }
}
