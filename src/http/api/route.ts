// A call of the contract joined to the code that carries it out.
import type { Operation, Parts } from "../../contract/index.ts";
import type {
  ApiCaller,
  AttentionTerms,
  BackupDesk,
  CalculationBook,
  CorrectionLimits,
  ExportShelf,
  House,
  OnceKeeper,
  Passwords,
  PeopleDesk,
  RuleShelf,
  Secrets,
  SessionRing,
  SessionTerms,
  SystemParts,
  TokenRing,
  TrySettings,
} from "../../flows/index.ts";
import type { ChannelCheck } from "../channel-check.ts";
import type { LiveCalls } from "../live-calls.ts";
import type { FileAnswer } from "./file-answer.ts";
import type { Refusal } from "./refusal.ts";
import type { Visit } from "./visit.ts";

/** What the server hands to the API. */
export interface ApiParts {
  readonly house: House;
  readonly secrets: Secrets;
  /** The rules in force. */
  readonly rules: RuleShelf;
  /** Where explanations wait to be written. */
  readonly book: CalculationBook;
  /** PRILAVOK_API_TOKEN; null: only tokens of the table. */
  readonly token: string | null;
  /** Failed authentications a minute and address. */
  readonly failedAuthLimit: number;
  /** Why an address may not be registered as an endpoint's; null: it may. Looks names up. */
  readonly judgeAddress: (url: string, allow: readonly string[]) => Promise<string | null>;
  /** Language of explanations. */
  readonly language: "ru" | "en";
  /** How the shop wants carts priced. */
  readonly cartSettings: TrySettings;
  /** How long a loyalty code is good at least. */
  readonly loyaltyCodeMs: number;
  /** What one person may correct of points alone. */
  readonly correctionLimits: CorrectionLimits;
  /** What the server knows of itself, and its backups. */
  readonly system: { readonly parts: SystemParts; readonly backups: BackupDesk };
  /** The last calls of vendors. */
  readonly live: LiveCalls;
  /** How often things are done here: what is late needs attention. */
  readonly attention: AttentionTerms;
  /** Makes the calls of the channels' self-test, which leave nothing behind. */
  readonly testChannels: () => Promise<readonly ChannelCheck[]>;
  /** Where exported files are listed. */
  readonly exportShelf: ExportShelf;
  /** How passwords are kept. */
  readonly passwords: Passwords;
  /** How long sessions live. */
  readonly sessionTerms: SessionTerms;
}

/** What the whole API stands on. */
export interface ApiKit extends ApiParts {
  readonly tokens: TokenRing;
  readonly sessions: SessionRing;
  readonly people: PeopleDesk;
  /** Carries out calls under an Idempotency-Key. */
  readonly once: OnceKeeper;
}

/** One call on its way: its parts are checked, its caller may do it. */
export interface Call<Shape extends Operation> extends Omit<Parts<Shape>, "answer">, Omit<ApiParts, "house"> {
  /** The server's house, or one that works within the transaction of an Idempotency-Key. */
  readonly house: House;
  readonly caller: ApiCaller;
  readonly sessions: SessionRing;
  readonly people: PeopleDesk;
  readonly visit: Visit;
}

/** A call with its handler; the parts' types are checked by `route`. */
export interface Route {
  readonly operation: Operation;
  readonly handle: (call: Call<Operation>) => Promise<unknown>;
  /** What has to be asked of the world outside: before the call's transaction, which awaits nothing but the database. */
  readonly before?: (call: Call<Operation>) => Promise<Refusal | null>;
}

/** Joins a call to its handler, which gives the answer or a Refusal. */
export function route<Shape extends Operation>(
  operation: Shape,
  handle: (call: Call<Shape>) => Promise<Parts<Shape>["answer"] | Refusal | FileAnswer>,
  before?: (call: Call<Shape>) => Promise<Refusal | null>,
): Route {
  return {
    operation,
    handle: handle as unknown as Route["handle"],
    ...(before === undefined ? {} : { before: before as unknown as NonNullable<Route["before"]> }),
  };
}

/** An instant as the API writes it. */
export function shown(at: number): string {
  return new Date(at).toISOString();
}

/** An instant that may be missing. */
export function shownOrNull(at: number | null): string | null {
  return at === null ? null : shown(at);
}
