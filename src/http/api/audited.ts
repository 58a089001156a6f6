// Which calls of the API go into the audit log, and what of them may be kept there for ever: settings whole, of people only names of fields.
import { isScope, type Operation } from "../../contract/index.ts";
import { type ApiCaller, auditedHouse, type House } from "../../flows/index.ts";
import { Refusal } from "./refusal.ts";
import type { Route } from "./route.ts";

/** Nouns of scopes whose calls name no customer: what they said may stand in a log that nobody can erase. */
const OF_SETTINGS: ReadonlySet<string> = new Set([
  "promotions",
  "catalogue",
  "events",
  "channels",
  "tokens",
  "answer-rules",
  "system",
]);

/** Names of fields whose values are credentials. */
const SECRET_FIELD = /secret|password|token$|^key$/i;

/** Whether calls of this kind are noted. */
export function isAudited(operation: Operation): boolean {
  return operation.method !== "GET" && !operation.isReading && !operation.hasOwnHistory;
}

/** What of a call the log is told. */
export interface CallToAudit {
  readonly operation: Operation;
  readonly params: unknown;
  readonly body: unknown;
  readonly caller: ApiCaller;
  /** The call that shows the same thing, carried out in the house it is given; null: there is none. */
  readonly look: ((house: House) => Promise<unknown>) | null;
}

/** The house for the handler of a call. */
export function houseForCall(house: House, { operation, params, body, caller, look }: CallToAudit): House {
  if (!isAudited(operation)) return house;
  const noun = isScope(operation.scope) ? operation.scope.slice(0, operation.scope.indexOf(":")) : "people";
  const isOfSettings = OF_SETTINGS.has(noun);
  const ids = Object.values((params ?? {}) as Record<string, unknown>).map(String);
  const fields = typeof body === "object" && body !== null ? Object.keys(body).slice(0, 50) : [];
  // What publishes rules notes itself what it changed, field by field.
  const isShown = isOfSettings && noun !== "promotions" && look !== null;
  return auditedHouse(house, {
    actor: caller.tokenId,
    action: `${noun}.${operation.id}`,
    subject: ids.length === 0 ? null : ids.join("/"),
    place: operation.path.split("/")[1] ?? "",
    wish: isOfSettings ? withoutSecrets(body) : null,
    fields: fields.map((name) => name.slice(0, 60)),
    look: isShown ? async (within) => withoutSecrets(await shownBy(look, within)) : null,
  });
}

async function shownBy(look: (house: House) => Promise<unknown>, house: House): Promise<unknown> {
  const answer = await look(house);
  return answer instanceof Refusal ? null : answer;
}

/** The call that reads what `operation` changes: the same path. */
export function readerOf(routes: readonly Route[], { method, path }: Operation): Route | null {
  if (method === "GET") return null;
  return routes.find((one) => one.operation.method === "GET" && one.operation.path === path) ?? null;
}

/** The value without credentials: fields that are named so, and what addresses carry of them. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return withoutAddressSecrets(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_FIELD.test(name) && typeof inner === "string" ? "…" : withoutSecrets(inner),
    ]),
  );
}

/** An address without user, password and query. */
function withoutAddressSecrets(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.username === "" && url.password === "" && url.search === "") return text;
  return `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
}
