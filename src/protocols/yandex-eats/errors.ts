// The vendor's error shapes: an array of code and description for everything, an object with a reason for 401 on feedback.

/** Our codes; the vendor leaves the numbers to an agreement and documents none. */
export const CODE = {
  other: 100,
  malformedBody: 101,
  required: 102,
  wrongType: 103,
  outOfRange: 104,
  badDate: 105,
  mediaType: 106,
  tooLarge: 107,
  tokenParameters: 120,
  badCredentials: 121,
  notFound: 404,
  methodNotAllowed: 405,
  tooMany: 429,
  internal: 500,
  unavailable: 503,
} as const;

/** One element of the vendor's error array; `description` names a field and a rule, never a customer's words. */
export interface Problem {
  readonly code: number;
  readonly description: string;
}

/** Most problems told at once. */
export const MOST_PROBLEMS = 20;

/** The body of a 401 on feedback, the only error that is an object. */
export const UNAUTHORIZED = { reason: "Bearer token is missing, unknown or no longer valid" } as const;

/** An answer to something that was thrown. */
export interface ErrorAnswer {
  readonly status: number;
  readonly problems: readonly Problem[];
  readonly retryAfterSeconds?: number;
}

/** Answers that a framework's or a proxy's 4xx may keep; all others become 400, which the vendor knows. */
const KEPT: Readonly<Record<number, Problem>> = {
  404: { code: CODE.notFound, description: "Not found" },
  405: { code: CODE.methodNotAllowed, description: "Method not allowed" },
  413: { code: CODE.tooLarge, description: "Request body is too large" },
  429: { code: CODE.tooMany, description: "Too many requests" },
};

/** What is answered to a thrown `error`: nothing of its text, only a reference to the log line. */
export function answerToError(error: unknown, requestId: string): ErrorAnswer {
  const { statusCode, name, code } = error as { statusCode?: number; name?: string; code?: string };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const kept = KEPT[statusCode];
    if (kept !== undefined) return { status: statusCode, problems: [kept] };
    const isMediaType = statusCode === 415;
    return {
      status: 400,
      problems: [
        isMediaType
          ? { code: CODE.mediaType, description: "Content-Type: not understood" }
          : { code: CODE.malformedBody, description: "The request could not be read" },
      ],
    };
  }
  if (statusCode === 503 || isPassing(name ?? "", code ?? "")) {
    const description = `Temporarily unavailable, reference ${requestId}`;
    return { status: 503, problems: [{ code: CODE.unavailable, description }], retryAfterSeconds: 2 };
  }
  return {
    status: 500,
    problems: [{ code: CODE.internal, description: `Internal error, reference ${requestId}` }],
  };
}

/** Failures that a repeat some seconds later may well survive: a full queue, a database that restarts. */
function isPassing(name: string, code: string): boolean {
  return (
    name === "WriteQueueFull" ||
    name === "CommitUnknown" ||
    name === "DatabaseUnavailable" ||
    /^(?:08|53|57P)/.test(code) ||
    /^E(?:CONNREFUSED|CONNRESET|PIPE|TIMEDOUT)$/.test(code)
  );
}
