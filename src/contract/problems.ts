// Every refusal of the management API in one table: its status, its title, and whether the same call may succeed later.
// Long because it is one table, and a table in two files is two tables.
import { type Static, Type } from "typebox";
import { output } from "./shape.ts";

/** One row of the table. */
export interface ProblemRow {
  readonly status: number;
  readonly title: string;
  /** True: the same call may be repeated as it is. */
  readonly mayRetry: boolean;
  /** What the caller does about it. */
  readonly advice: string;
}

/** The table. A flow's reason that is not here does not compile where it is answered. */
export const PROBLEMS = {
  malformed_json: row(
    400,
    "The body is not usable JSON",
    false,
    "Send one JSON value in UTF-8: no key twice, at most 32 levels deep, whole numbers within 2^53.",
  ),
  invalid_request: row(
    400,
    "The request does not fit the contract",
    false,
    "See errors[]: each names a place and what is expected there.",
  ),
  bad_cursor: row(400, "The cursor is not one of ours", false, "Start from the first page, without `after`."),
  unauthorized: row(
    401,
    "A valid token or a session is needed",
    false,
    "Send `Authorization: Bearer` with a token that is neither revoked nor expired, or sign in.",
  ),
  wrong_credentials: row(
    401,
    "Login, password or code is wrong",
    false,
    "Which of them is not told. An administrator can make a link to set a new password.",
  ),
  second_factor_needed: row(
    401,
    "A code of the second factor is needed",
    false,
    "Send the same again with `code`: six digits of the app, or a recovery code.",
  ),
  forbidden: row(
    403,
    "The caller may not do this",
    false,
    "Use a token, or sign in as somebody, with the scope named in the detail.",
  ),
  fresh_session_needed: row(
    403,
    "The password has to be given again",
    false,
    "POST /session/fresh, then repeat.",
  ),
  cross_site: row(
    403,
    "The call does not come from the console's own page",
    false,
    "A call with a session's cookie carries `x-csrf` from GET /session and comes from the same origin.",
  ),
  link_not_here: row(
    403,
    "The first link works on the server's own machine only",
    false,
    "Open it there or through a tunnel (ssh -L), or make an invitation with `prilavok people add`.",
  ),
  not_found: row(404, "There is no such thing", false, "Check the path and the identifier."),
  link_ended: row(
    410,
    "The link is used or has ended",
    false,
    "Ask for a new one; the first one is printed when the server starts.",
  ),
  method_not_allowed: row(405, "The path does not take this method", false, "See the Allow header."),
  filter_refused: row(
    400,
    "The filter cannot be read",
    false,
    "See errors[]: each names the character from which on it cannot be read, and why.",
  ),
  answer_on_its_way: row(
    409,
    "An answer to the person is on its way",
    true,
    "Take the answer back or wait until it has arrived, then erase again.",
  ),
  in_flight: row(
    409,
    "The same call is being carried out",
    true,
    "Repeat in a moment with the same Idempotency-Key.",
  ),
  too_many_keys: row(409, "There are too many active keys", false, "Revoke one first."),
  too_many_clients: row(409, "There are too many active clients", false, "Revoke one first."),
  too_many_secrets: row(
    409,
    "The client has as many active secrets as it may",
    false,
    "Revoke the old secret first.",
  ),
  too_many_tokens: row(409, "There are too many active tokens", false, "Revoke one first."),
  import_not_held: row(
    409,
    "The import does not wait for anybody",
    false,
    "Only the newest feed import can be held; see its state.",
  ),
  changed_meanwhile: row(
    409,
    "The rules changed meanwhile",
    true,
    "Look at what is in force now and repeat.",
  ),
  too_many_drafts: row(409, "There are too many open drafts", false, "Publish or throw away one first."),
  draft_published: row(
    409,
    "The draft was published",
    false,
    "Begin another draft: what was published does not change any more.",
  ),
  calculation_unsure: row(
    409,
    "The calculation cannot be made again",
    false,
    "Goods of the cart are forgotten, or the figures were not the engine's; take a newer calculation.",
  ),
  too_many_cases: row(409, "There are too many test cases", false, "Drop some that guard nothing any more."),
  batch_name_taken: row(
    409,
    "Another batch of codes has the name",
    false,
    "Take another name; the same name with the same wish is answered as it is.",
  ),
  customer_merged: row(
    409,
    "The customer was merged into another one",
    false,
    "Read the customer to see whose id it is now, and write to that one.",
  ),
  same_customer: row(
    409,
    "Both ids are the same customer",
    false,
    "Nothing is to be done; ids that were merged cannot be merged the other way round.",
  ),
  merged_elsewhere: row(
    409,
    "The customer that goes was merged into another one",
    false,
    "Merge the one that it leads to now.",
  ),
  into_merged: row(
    409,
    "The customer that stays was merged away",
    false,
    "Merge into the one that it leads to now.",
  ),
  loyalty_code_guessed: row(
    409,
    "Too many wrong loyalty codes of this customer",
    true,
    "Wait ten minutes, or find the customer by card or phone.",
  ),
  nothing_offered: row(409, "No second factor was begun", false, "POST /session/second-factor first."),
  login_taken: row(409, "Somebody has this login", false, "Take another one."),
  too_many_people: row(409, "There are too many people", false, "Remove some who are blocked first."),
  last_administrator: row(
    409,
    "Nobody would be left who may manage people",
    false,
    "Make somebody else an administrator first.",
  ),
  too_many_webhooks: row(409, "There are too many endpoints", false, "Remove one first."),
  too_many_destinations: row(409, "There are too many destinations", false, "Remove one first."),
  too_many_alert_rules: row(409, "There are too many alert rules", false, "Remove one first."),
  destination_off: row(409, "The destination is switched off", false, "Switch it on first."),
  webhook_of_settings: row(
    409,
    "The endpoint follows the settings",
    false,
    "Change imshop.statusUrl and imshop.key, and restart.",
  ),
  events_forgotten: row(
    410,
    "The events asked for are no longer kept",
    false,
    "Something was missed: read the state anew, then go on from the oldest number, which the detail names.",
  ),
  stale_version: row(
    409,
    "Somebody else was quicker",
    false,
    "Read the item again, look at what was done, and repeat with its version.",
  ),
  answer_state: row(
    409,
    "The answer is in another state",
    false,
    "Read the answer: what was asked can be done in some states only.",
  ),
  above_ceiling: row(
    409,
    "The promo code is above what this role may give",
    false,
    "Somebody whose ceiling is high enough has to approve.",
  ),
  order_final: row(
    409,
    "The order is finished",
    false,
    "Orders that are done, canceled or closed stay so; see the status.",
  ),
  order_unbought: row(409, "The order was not bought", false, "What was never paid cannot come back."),
  balance_differs: row(
    409,
    "Our balance and the change do not come to theirs",
    false,
    "Compare the movements of both sides; without changePoints the balance is written as it is.",
  ),
  too_few_points: row(409, "The customer has fewer points", false, "Take out at most what may be spent now."),
  same_person: row(409, "Who asked does not decide", false, "Another token is needed."),
  decided_before: row(409, "It was decided before", false, "Nothing is to be done."),
  points_spent: row(
    409,
    "Some of the points are spent or held",
    false,
    "Send despiteSpent to take back what is left.",
  ),
  too_large: row(413, "The body is too large", false, "Send less at a time."),
  unsupported_media_type: row(415, "The body is not JSON", false, "Send `Content-Type: application/json`."),
  weak_password: row(
    422,
    "The password is not taken",
    false,
    "At least 12 characters, not made of what everybody tries first, nor of the own name.",
  ),
  login_refused: row(
    422,
    "This cannot be a login",
    false,
    "1 to 100 letters, digits and signs, without blanks.",
  ),
  address_refused: row(
    422,
    "The address may not be called",
    false,
    "See errors[]: public https, or a place inside the house that `allow` names.",
  ),
  idempotency_key_reused: row(
    422,
    "The Idempotency-Key belongs to another call",
    false,
    "Use a new key for a new call.",
  ),
  customer_unknown: row(
    422,
    "Nothing is known of one of the customers",
    false,
    "Check the ids; add a new customer first.",
  ),
  expiry_past: row(422, "The points would have ended already", false, "Give an instant to come, or none."),
  promotions_refused: row(
    422,
    "The rules cannot be used",
    false,
    "See errors[]: each names a place, what is wrong and what was probably meant.",
  ),
  codes_refused: row(
    422,
    "These codes cannot be made",
    false,
    "See errors[]: each names a field, what is wrong and what would do.",
  ),
  loyalty_code_refused: row(
    422,
    "The loyalty code is wrong, outlived or used",
    false,
    "Ask the customer for a new one.",
  ),
  work_refused: row(422, "The change cannot be", false, "See errors[]: it names the change and why."),
  answer_refused: row(
    422,
    "This cannot be written",
    false,
    "See errors[]: each names a place and what is wrong there.",
  ),
  answer_kept_back: row(
    422,
    "The answer is kept back",
    false,
    "See errors[]: what blocks has to be changed, what warns is named in `confirmed` to be sent all the same.",
  ),
  return_refused: row(422, "These goods cannot come back", false, "See errors[]: it names the line and why."),
  too_many: row(429, "Too many failed attempts", true, "Wait as long as Retry-After says."),
  backup_running: row(
    409,
    "A backup is being made or checked",
    true,
    "Wait until the list of backups tells of no work.",
  ),
  too_many_listeners: row(
    429,
    "Too many wait for the next call",
    true,
    "Ask without `wait`, or wait until somebody stops looking on.",
  ),
  headers_too_large: row(431, "There are too many headers", false, "Send at most a hundred."),
  internal: row(
    500,
    "Something went wrong on our side",
    true,
    "Repeat later; give the instance to whoever runs the server.",
  ),
  overloaded: row(503, "The server is busy", true, "Wait as long as Retry-After says."),
} as const satisfies Record<string, ProblemRow>;

/** A refusal's name. */
export type ProblemCode = keyof typeof PROBLEMS;

/** All names, in the order of the table. */
export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

/** A place in the request and what is wrong there. */
export const FieldProblem = output(
  {
    path: Type.String({
      description: "Where: /body/items/0, /query/limit, /path/id, /headers/idempotency-key.",
    }),
    message: Type.String({ description: "What is wrong or expected there." }),
    suggestion: Type.Optional(Type.String({ description: "What was probably meant." })),
  },
  { title: "FieldProblem" },
);

/** The body of every refusal, RFC 9457. */
export const Problem = output(
  {
    type: Type.String({ description: "Address of the problem's description." }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String(),
    instance: Type.String({ description: "The request's id, also in X-Request-Id." }),
    code: Type.String({ description: "One of the codes of the table of problems." }),
    errors: Type.Optional(Type.Array(FieldProblem)),
  },
  { title: "Problem", description: "A refusal (RFC 9457)." },
);

/** See `Problem`. */
export type ProblemBody = Static<typeof Problem>;

/** See `FieldProblem`. */
export type FieldProblemBody = Static<typeof FieldProblem>;

function row(status: number, title: string, mayRetry: boolean, advice: string): ProblemRow {
  return { status, title, mayRetry, advice };
}
