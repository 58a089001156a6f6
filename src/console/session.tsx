// The session of this browser: who is signed in, and what happens when the server no longer knows them.
import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { isAllowed, type MeBody, type Scope, SHUT_SCOPES, sessionCalls } from "../contract/index.ts";
import { CallFailed, door, send } from "./calls.ts";
import { useReader, useTheme } from "./reader.tsx";

/** The person who is signed in, as the server tells of them. */
export type Person = MeBody["person"];

/** What a person may choose for themselves. */
export type Choice = Partial<Pick<Person, "language" | "theme">>;

/** What is known of the session. */
export type SessionState =
  | { readonly kind: "asking" }
  | { readonly kind: "signedOut" }
  | { readonly kind: "signedIn"; readonly person: Person }
  | { readonly kind: "failed"; readonly error: CallFailed };

/** The session and what can be done with it. */
export interface Session {
  readonly state: SessionState;
  /** Takes the answer of a call that signed in or changed the person. */
  readonly enter: (me: MeBody) => void;
  /** Asks the server again who is signed in. */
  readonly reload: () => void;
  readonly signOut: () => Promise<void>;
}

const Context = createContext<Session | null>(null);

/** The session; only below `SessionProvider`. */
export function useSession(): Session {
  const session = useContext(Context);
  if (session === null) throw new Error("there is no session above");
  return session;
}

/** The person who is signed in; only on pages that need a session. */
export function useMe(): Person {
  const { state } = useSession();
  if (state.kind !== "signedIn") throw new Error("nobody is signed in");
  return state.person;
}

/** Keeps a choice with the account; the browser follows at once, so a failure is no trouble. */
export function useKeepChoice(): (choice: Choice) => void {
  const { state, enter } = useSession();
  return (choice) => {
    if (state.kind !== "signedIn") return;
    const { language, theme } = state.person;
    const body = { language, theme, ...choice };
    send(sessionCalls.putSettings, { body }).then(
      (me) => enter(me as MeBody),
      () => undefined,
    );
  };
}

/** Whether the person may do what needs `scope`: buttons that the server would refuse are not shown. */
export function useMay(scope: string): boolean {
  const { state } = useSession();
  return state.kind === "signedIn" && mayWith(state.person, scope as Scope);
}

/** A scope that opens nothing to people of some outlets is none to them. */
function mayWith({ scopes, outlets }: Person, scope: Scope): boolean {
  return isAllowed(scopes, scope) && (outlets === null || !SHUT_SCOPES.includes(scope));
}

/** What a page asks of who opens it; every row of the registry fits. */
interface Opening {
  readonly scopes?: readonly string[];
  readonly isOfAll?: boolean;
}

/** Whether the person may open a page. */
export function mayOpen(person: Person, row: Opening): boolean {
  return whyShut(person, row) === null;
}

/** Why a page is shut to the person: the role lacks the scope, or it is for people of all outlets; null: it opens. */
export function whyShut(
  { scopes, outlets }: Person,
  { scopes: asked, isOfAll = false }: Opening,
): "scope" | "outlets" | null {
  if (asked !== undefined && !asked.some((scope) => isAllowed(scopes, scope as Scope))) return "scope";
  return isOfAll && outlets !== null ? "outlets" : null;
}

/** Keeps the session. */
export function SessionProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [state, setState] = useState<SessionState>({ kind: "asking" });
  const client = useQueryClient();
  const choices = useChoices();
  const enter = useCallback(
    (me: MeBody) => {
      door.csrf = me.csrf;
      choices(me.person);
      setState({ kind: "signedIn", person: me.person });
    },
    [choices],
  );
  const reload = useCallback(() => {
    send(sessionCalls.getSession).then(
      (answer) => enter(answer as MeBody),
      (error: unknown) => {
        if (!(error instanceof CallFailed)) throw error;
        setState(error.status === 401 ? { kind: "signedOut" } : { kind: "failed", error });
      },
    );
  }, [enter]);
  const signOut = useCallback(async () => {
    // The pages go first: what they still asked for would be refused.
    setState({ kind: "asking" });
    await client.cancelQueries();
    client.clear();
    try {
      await send(sessionCalls.removeSession);
      setState({ kind: "signedOut" });
    } catch {
      // Nobody may believe to be signed out who is not.
      reload();
    }
  }, [client, reload]);
  useEffect(() => {
    door.onLost = () => {
      client.clear();
      setState({ kind: "signedOut" });
    };
    reload();
  }, [client, reload]);
  const session = useMemo(() => ({ state, enter, reload, signOut }), [state, enter, reload, signOut]);
  return <Context.Provider value={session}>{children}</Context.Provider>;
}

/** Brings the account's language and theme to this browser, once a sign-in. */
function useChoices(): (person: Person) => void {
  const reader = useReader();
  const { theme, setTheme } = useTheme();
  const now = useRef({ reader, theme, setTheme });
  now.current = { reader, theme, setTheme };
  const seen = useRef("");
  return useCallback((person) => {
    const mark = `${person.id} ${person.language} ${person.theme}`;
    if (seen.current === mark) return;
    seen.current = mark;
    const { reader: reading, theme: shown, setTheme: show } = now.current;
    if (person.language !== null && person.language !== reading.language)
      reading.setLanguage(person.language);
    if (person.theme !== shown) show(person.theme);
  }, []);
}
