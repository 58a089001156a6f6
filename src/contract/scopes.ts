// What a token of the management API may do: one word for each noun and kind of access.

/** Every scope with what it opens. A `write` scope includes the `read` of the same noun. */
export const SCOPES = {
  "overview:read": "The front page: numbers of the day; parts of it only with the scopes of what they count.",
  "live:read":
    "Calls of vendors as they come in, without credentials; people in them only with customers:read.",
  "system:read": "The running server: version, settings without secrets, jobs, backups.",
  "system:write": "Make and check backups.",
  "feedback:read": "Feedback, ratings and deliveries that could not be used.",
  "feedback:write": "Work on items of the desk, its views and its settings.",
  "answers:read": "Answers to feedback, templates, promo budgets and places.",
  "answers:write": "Draft, send, undo, approve and decide on answers; promo codes up to the role's ceiling.",
  "answer-rules:read": "The rules of answers.",
  "answer-rules:write": "Set the rules of answers, templates, promo budgets and places.",
  "erasures:read": "Acts of erasure.",
  "erasures:write": "Erase personal data of an order or a customer from feedback: there is no way back.",
  "audit:read": "The audit log, and the check that nobody changed it.",
  "calculations:read": "Explanations of cart calculations.",
  "promotions:read": "Promotions, their versions and the loyalty programme.",
  "promotions:write": "Change promotions and the loyalty programme, make promo codes and read them.",
  "orders:read": "Orders, with who bought.",
  "orders:write": "Set statuses of orders, cancel them, take goods back.",
  "catalogue:read": "Offers, stock, imports and outlets.",
  "catalogue:write": "Accept held imports, change outlets.",
  "customers:read": "Facts about customers, found by id, card or phone, and merges of them.",
  "customers:write": "Add and change customers, their cards and phones, and merge two into one.",
  "loyalty:read": "Points of customers and reports about them.",
  "loyalty:write": "Take loyalty codes at a till, write and correct points.",
  "events:read": "The feed of events, endpoints without their secrets, and deliveries.",
  "events:write": "Make, change and try endpoints, and send events again. May name places inside the house.",
  "channels:read": "Keys and clients that vendors call with, without their secrets.",
  "channels:write": "Make and revoke keys and clients of vendors.",
  "tokens:read": "Tokens of this API, without the tokens themselves.",
  "tokens:write": "Make and revoke tokens of this API, never beyond the maker's own scopes.",
  "people:read": "People who sign in to the console, and their sessions.",
  "people:write":
    "Add, change, block and remove people, and make links for them, never beyond the maker's own scopes.",
} as const;

/** A scope's name. */
export type Scope = keyof typeof SCOPES;

/** All names, in the order of the table. */
export const SCOPE_NAMES = Object.keys(SCOPES) as Scope[];

/** Whether a word is a scope: what a call needs may be less than one. */
export function isScope(word: string): word is Scope {
  return Object.hasOwn(SCOPES, word);
}

/** Whether a token that holds `held` may do what needs `wanted`. */
export function isAllowed(held: readonly string[], wanted: Scope): boolean {
  if (held.includes(wanted)) return true;
  return wanted.endsWith(":read") && held.includes(wanted.replace(":read", ":write"));
}
