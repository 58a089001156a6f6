// Calls of a person's own session: signing in, the one-time link, the second factor, settings.
import type { Language } from "./words.ts";

/** A person as the session tells of them. */
export interface Person {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly scopes: readonly string[];
  /** Outlets the person works for; null: all. */
  readonly outlets: readonly string[] | null;
  /** Null: the person has not chosen. */
  readonly language: Language | null;
  readonly theme: "light" | "dark" | "system";
  readonly hasSecondFactor: boolean;
}

/** The session in hand. */
export interface Me {
  readonly person: Person;
  /** Goes back as `x-csrf` with every call that changes something. */
  readonly csrf: string;
}

const at = <const Method extends "GET" | "POST" | "PUT" | "DELETE">(
  id: string,
  method: Method,
  path: string,
) => ({
  id,
  method,
  path,
});

/** The calls. */
export const sessionCalls = {
  open: at("openSession", "POST", "/session"),
  read: at("getSession", "GET", "/session"),
  close: at("closeSession", "DELETE", "/session"),
  refresh: at("refreshSession", "POST", "/session/fresh"),
  lookAtLink: at("lookAtLink", "POST", "/session/link/look"),
  useLink: at("useLink", "POST", "/session/link"),
  changePassword: at("changePassword", "PUT", "/session/password"),
  changeSettings: at("changeSettings", "PUT", "/session/settings"),
  beginFactor: at("beginSecondFactor", "POST", "/session/second-factor"),
  confirmFactor: at("confirmSecondFactor", "PUT", "/session/second-factor"),
  removeFactor: at("removeSecondFactor", "DELETE", "/session/second-factor"),
  listSessions: at("listSessions", "GET", "/session/list"),
  closeSession: at("closeOtherSession", "DELETE", "/session/list/{sessionId}"),
} as const;
