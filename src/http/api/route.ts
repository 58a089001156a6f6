// A call of the contract joined to the code that carries it out.
import type { Operation, Parts } from "../../contract/index.ts";
import type { ApiCaller, House, OnceKeeper, Secrets, TokenRing } from "../../flows/index.ts";
import type { Refusal } from "./refusal.ts";

/** What the whole API stands on. */
export interface ApiKit {
  readonly house: House;
  readonly secrets: Secrets;
  readonly tokens: TokenRing;
  /** Carries out calls under an Idempotency-Key. */
  readonly once: OnceKeeper;
  /** Failed authentications a minute and address. */
  readonly failedAuthLimit: number;
}

/** One call on its way: its parts are checked, its caller may do it. */
export interface Call<Shape extends Operation> extends Omit<Parts<Shape>, "answer"> {
  /** The kit's house, or one that works within the transaction of an Idempotency-Key. */
  readonly house: House;
  readonly secrets: Secrets;
  readonly caller: ApiCaller;
}

/** A call with its handler; the parts' types are checked by `route`. */
export interface Route {
  readonly operation: Operation;
  readonly handle: (call: Call<Operation>) => Promise<unknown>;
}

/** Joins a call to its handler, which gives the answer or a Refusal. */
export function route<Shape extends Operation>(
  operation: Shape,
  handle: (call: Call<Shape>) => Promise<Parts<Shape>["answer"] | Refusal>,
): Route {
  return { operation, handle: handle as unknown as Route["handle"] };
}

/** An instant as the API writes it. */
export function shown(at: number): string {
  return new Date(at).toISOString();
}

/** An instant that may be missing. */
export function shownOrNull(at: number | null): string | null {
  return at === null ? null : shown(at);
}
