// One call of the management API as data: what the server mounts, the document describes and the tests generate calls from.
import type { Static, TObject, TSchema } from "typebox";
import { PROBLEMS, type ProblemCode } from "./problems.ts";
import type { Scope } from "./scopes.ts";

/** Groups of calls, in the order of the page. */
export const TAGS = {
  system: "The front page, the running server, its backups, and calls as they come in.",
  feedback:
    "What customers said: feedback of marketplaces, ratings of the app, and deliveries that could not be used.",
  desk: "The feedback desk: items of every channel, found by one filter, and people's work on them; the audit log.",
  answers:
    "Answers to feedback of marketplaces: sent at most once, with the rules for texts and promo codes.",
  calculations: "Why a cart cost what it cost.",
  promotions: "The rules that price carts, their versions, and the loyalty programme.",
  orders: "What was sold to whom, how far it has come, what came back.",
  catalogue: "Offers, stock, imports and outlets.",
  customers: "Who the customers are, and what is known of them.",
  loyalty: "Points and loyalty codes.",
  events: "What happened, as a feed and as signed webhooks.",
  channels: "Keys and clients that vendors call with.",
  tokens: "Tokens of this API.",
  people: "People who sign in to the console, their sessions and roles.",
} as const;

/** A group's name. */
export type Tag = keyof typeof TAGS;

/** What a call needs of its caller: a scope; "session": somebody who is signed in, whatever they may do; "public": nothing. */
export type Needed = Scope | "session" | "public";

/** A call. Paths are written below /api/v1, parameters in braces. */
export interface Operation {
  /** Verb and noun; unique. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly scope: Needed;
  /** True: somebody who is signed in must have given the password just now, whatever the scope. */
  readonly needsFresh?: boolean;
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TSchema;
  /** Largest body, bytes; 256 KiB when not given. */
  readonly bodyLimit?: number;
  readonly status: 200 | 201 | 204;
  /** Absent for 204. */
  readonly answer?: TSchema;
  /** Media types of an answer that is a file and not JSON; then `answer` is absent. */
  readonly files?: readonly string[];
  /** Refusals of its own, beside those that every call of its kind may get. */
  readonly problems?: readonly ProblemCode[];
  /** True: the body's schema only describes; a checker that knows what was probably meant refuses in its place. */
  readonly isCheckedInside?: boolean;
  /** True: takes an Idempotency-Key, because repeating it would make a second thing. */
  readonly isCreating?: boolean;
  /** True: told by the shop's own systems for each thing that happens, with a history of its own: not in the audit log. */
  readonly hasOwnHistory?: boolean;
  /** True: changes nothing, though it is no GET: what it asks for must not stand in an address. */
  readonly isReading?: boolean;
}

/** Keeps the schemas' types. */
export function operation<const Shape extends Operation>(shape: Shape): Shape {
  return shape;
}

type StaticOf<Shape, Name extends string> = Shape extends {
  readonly [Key in Name]: infer Schema extends TSchema;
}
  ? Static<Schema>
  : undefined;

/** Types of one call's parts; undefined where it has none. */
export interface Parts<Shape extends Operation> {
  readonly params: StaticOf<Shape, "params">;
  readonly query: StaticOf<Shape, "query">;
  readonly body: StaticOf<Shape, "body">;
  readonly answer: StaticOf<Shape, "answer">;
}

/** Every refusal that a call may get: its own and those of its kind. */
export function problemsOf(call: Operation): ProblemCode[] {
  const codes = new Set<ProblemCode>(["invalid_request"]);
  if (call.scope !== "public")
    for (const code of ["unauthorized", "forbidden", "cross_site"] as const) codes.add(code);
  if (call.params !== undefined) codes.add("not_found");
  if (call.query !== undefined && "after" in call.query.properties) codes.add("bad_cursor");
  if (call.method !== "GET") {
    for (const code of ["malformed_json", "too_large", "unsupported_media_type"] as const) codes.add(code);
  }
  if (call.isCreating) for (const code of ["in_flight", "idempotency_key_reused"] as const) codes.add(code);
  for (const code of call.problems ?? []) codes.add(code);
  for (const code of ["too_many", "internal", "overloaded"] as const) codes.add(code);
  return [...codes].sort((left, right) => PROBLEMS[left].status - PROBLEMS[right].status);
}
