// How the management API refuses: one value that handlers give back, one shape that callers get (RFC 9457).
import type { FastifyReply } from "fastify";
import { type FieldProblemBody, PROBLEMS, type ProblemBody, type ProblemCode } from "../../contract/index.ts";

/** What a handler gives back instead of an answer. */
export class Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: readonly FieldProblemBody[];

  constructor(code: ProblemCode, detail: string, errors: readonly FieldProblemBody[]) {
    this.code = code;
    this.detail = detail;
    this.errors = errors;
  }
}

/** Most places that one refusal names. */
export const ERRORS_LIMIT = 50;

/** Refuses with a row of the table of problems; `detail` never holds a value that a person sent. */
export function refuse(
  code: ProblemCode,
  detail?: string,
  errors: readonly FieldProblemBody[] = [],
): Refusal {
  return new Refusal(code, detail ?? PROBLEMS[code].advice, errors.slice(0, ERRORS_LIMIT));
}

/** Seconds that a caller is asked to wait where the refusal does not know better. */
const RETRY_AFTER = 2;

/** Answers `refusal`. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, title } = PROBLEMS[refusal.code];
  const body: ProblemBody = {
    type: `/api/docs#problem-${refusal.code}`,
    title,
    status,
    detail: refusal.detail,
    instance: reply.request.id,
    code: refusal.code,
    ...(refusal.errors.length === 0 ? {} : { errors: [...refusal.errors] }),
  };
  reply.request.canonical["outcome"] = refusal.code;
  if ((status === 429 || status === 503) && !reply.hasHeader("retry-after")) {
    reply.header("retry-after", RETRY_AFTER);
  }
  return reply.code(status).type("application/problem+json").serializer(JSON.stringify).send(body);
}
