// Failed sign-ins in memory: who has to wait before trying again. A try counts as failed until it has succeeded, so that
// a hundred at once are a hundred tries and not one.
import { codeWait, type Failures, failed, signInWait, standing } from "../core/people/index.ts";
import { FailedTries, sourceOf } from "./limit-rate.ts";

/** Most accounts, and most pairs of account and address, that are remembered. */
export const REMEMBERED_PAIRS = 100_000;

/** A try on its way. */
export interface SignInTry {
  /** Folded login, known or not. */
  readonly login: string;
  readonly address: string;
}

/** Slows sign-ins of one server. */
export class SignInBrake {
  readonly #pairs = new Map<string, Failures>();
  readonly #accounts = new Map<string, Failures>();
  readonly #codes = new Map<string, Failures>();
  readonly #addresses: FailedTries;

  /** `perMinute`: failures of one address a minute, whatever accounts it tries. */
  constructor(perMinute: number) {
    this.#addresses = new FailedTries(perMinute);
  }

  /** Begins a try; gives 0, or the ms to wait, and then nothing was tried. */
  begin(tried: SignInTry, now: number): number {
    const pair = pairOf(tried);
    const wait = Math.max(
      this.#addresses.blockedMs(tried.address, now),
      signInWait(this.#pairs.get(pair), this.#accounts.get(tried.login), now),
    );
    if (wait > 0) return wait;
    this.#fail(this.#pairs, pair, now);
    this.#fail(this.#accounts, tried.login, now);
    return 0;
  }

  /** The try failed; gives how often the account's have failed lately, from all addresses. */
  fail(tried: SignInTry, now: number): number {
    this.#addresses.note(tried.address, now);
    return standing(this.#accounts.get(tried.login), now);
  }

  /** The password was right: what this address did before is forgotten, what others did is not. */
  succeed(tried: SignInTry): void {
    this.#pairs.delete(pairOf(tried));
    const account = this.#accounts.get(tried.login);
    if (account !== undefined) this.#accounts.set(tried.login, { ...account, count: account.count - 1 });
  }

  /** Begins a try of the second factor, of an account from anywhere; gives 0 or the ms to wait. */
  beginCode(login: string, now: number): number {
    const wait = codeWait(this.#codes.get(login), now);
    if (wait === 0) this.#fail(this.#codes, login, now);
    return wait;
  }

  /** How often codes of the account have failed lately. */
  codeFailures(login: string, now: number): number {
    return standing(this.#codes.get(login), now);
  }

  /** The code was right. */
  succeedCode(login: string): void {
    this.#codes.delete(login);
  }

  #fail(kept: Map<string, Failures>, key: string, now: number): void {
    const next = failed(kept.get(key), now);
    kept.delete(key);
    kept.set(key, next);
    if (kept.size <= REMEMBERED_PAIRS) return;
    const oldest = kept.keys().next();
    if (oldest.done !== true) kept.delete(oldest.value);
  }
}

const pairOf = ({ login, address }: SignInTry): string => `${sourceOf(address)}\n${login}`;
