// The token request: a form in the body, or the same credentials in HTTP Basic as ordinary OAuth clients send them.
import { CODE, type Problem } from "./errors.ts";

/** A token request that can be checked, or why it cannot. */
export type TokenForm =
  | { readonly kind: "read"; readonly clientId: string; readonly secret: string; readonly scope: string }
  | { readonly kind: "refused"; readonly problem: Problem };

/** The parts of the HTTP request that matter. */
export interface TokenCall {
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  /** Names in the query string. */
  readonly query: readonly string[];
  readonly body: Uint8Array | undefined;
  /** Strict mode: documented parameters must be there although they have defaults. */
  readonly isStrict: boolean;
}

const SCOPES: readonly string[] = ["read", "write"];
const DEFAULT_SCOPE = "read write";
const DEFAULT_GRANT = "client_credentials";
const OURS: readonly string[] = ["client_id", "client_secret", "grant_type", "scope"];

/** Reads the request; looks at no stored secret. */
export function readTokenForm(call: TokenCall): TokenForm {
  if (call.query.some((name) => OURS.includes(name)))
    return refused("query: parameters belong into the body");
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(call.contentType?.trim() ?? "")) {
    return refused("Content-Type: expected application/x-www-form-urlencoded");
  }
  const text = new TextDecoder().decode(call.body ?? new Uint8Array()).replace(/[\r\n]+$/, "");
  const form = new URLSearchParams(text);
  const names = [...form.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    return refused(`${OURS.includes(repeated) ? repeated : "a parameter"}: given more than once`);
  }
  const credentials = readCredentials(form, call.authorization);
  if ("description" in credentials) return { kind: "refused", problem: credentials };
  const grant = form.get("grant_type") || (call.isStrict ? "" : DEFAULT_GRANT);
  if (grant !== DEFAULT_GRANT) return refused(`grant_type: expected ${DEFAULT_GRANT}`);
  const scope = form.get("scope") || (call.isStrict ? "" : DEFAULT_SCOPE);
  const asked = scope.split(" ").filter((name) => name !== "");
  if (asked.length === 0 || asked.some((name) => !SCOPES.includes(name))) {
    return refused("scope: expected read, write or both");
  }
  return { kind: "read", ...credentials, scope: asked.join(" ") };
}

type Credentials = { readonly clientId: string; readonly secret: string };

function readCredentials(form: URLSearchParams, authorization: string | undefined): Credentials | Problem {
  const clientId = form.get("client_id") ?? "";
  const secret = form.get("client_secret") ?? "";
  const basic = /^basic +(\S+)\s*$/i.exec(authorization ?? "");
  if (basic !== null) {
    const pair = readBasic(basic[1] ?? "");
    if (pair === null) return problem("Authorization: not readable");
    if (secret !== "" || (clientId !== "" && clientId !== pair.clientId)) {
      return problem("client_secret: credentials were given twice");
    }
    return pair;
  }
  if (clientId === "") return problem("client_id: required");
  if (secret === "") return problem("client_secret: required");
  return { clientId, secret };
}

/** Both halves are form-encoded before they are joined (RFC 6749, 2.3.1). */
function readBasic(encoded: string): Credentials | null {
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 1 || colon === text.length - 1) return null;
  try {
    const decode = (part: string): string => decodeURIComponent(part.replaceAll("+", " "));
    return { clientId: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) };
  } catch {
    return null;
  }
}

function problem(description: string): Problem {
  return { code: CODE.tokenParameters, description };
}

function refused(description: string): TokenForm {
  return { kind: "refused", problem: problem(description) };
}
