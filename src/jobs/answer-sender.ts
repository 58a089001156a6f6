// Sends answers to feedback, each at most once: the attempt is committed before the call, and what it came to after it.
import { type AnswerCallEnd, NOT_SENDABLE } from "../core/desk/index.ts";
import {
  ANSWER_LEASE_MS,
  ANSWERS_AT_ONCE,
  endOwnLeases,
  type House,
  type SettledAnswer,
  settleAnswer,
  sweepLostAnswers,
  takeAnswers,
} from "../flows/index.ts";
import type { StoredAnswer } from "../storage/index.ts";
import type { JobBell } from "./scheduler.ts";

/** What makes the calls. */
export interface AnswerPost {
  /** Gets ready what a call needs, before anything is taken. */
  warm(): Promise<void>;
  /** Makes the call of an answer that has a feedback's id; never throws. `mayWrite` is asked before the first byte. */
  send(
    answer: StoredAnswer & { readonly feedbackId: string },
    mayWrite: () => boolean,
  ): Promise<AnswerCallEnd>;
}

/** Where ends and faults are told. */
export interface AnswerBell extends Pick<JobBell, "failed"> {
  settled?(settled: SettledAnswer): void;
}

/** How often it looks for what is due, ms. */
const POLL_MS = 1_000;

/** A call is begun only in the first quarter of its lease: the rest is for the call and for clocks that differ. */
const WRITE_WITHIN_MS = ANSWER_LEASE_MS / 4;

/** Pauses of the whole sender while the marketplace cannot be reached, ms; the last one is repeated. */
const PAUSES = [2_000, 5_000, 15_000, 60_000] as const;

/** An attempt and what it came to. */
interface Ended {
  readonly attempt: { readonly answerId: string; readonly attemptId: string };
  readonly end: AnswerCallEnd;
}

/** The sender of one process. */
export class AnswerSender {
  readonly #house: House;
  readonly #post: AnswerPost;
  readonly #bell: AnswerBell;
  readonly #clock: () => number;
  readonly #holder: string;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #isOn = false;
  #failures = 0;
  /** Rung for once, until an answer goes through again. */
  #isRefused = false;
  #pausedUntil = 0;
  /** Ends that the database would not take yet: knowledge that no restart would have. */
  #unsettled: Ended[] = [];

  /** `clock` in ms, never going back. */
  constructor(
    house: House,
    post: AnswerPost,
    bell: AnswerBell,
    clock: () => number = () => performance.now(),
  ) {
    this.#house = house;
    this.#post = post;
    this.#bell = bell;
    this.#clock = clock;
    this.#holder = house.newId();
  }

  /** Begins to look; does not keep the process alive. */
  start(): void {
    this.#isOn = true;
    this.#looking = this.#beginning().finally(() => {
      this.#looking = null;
      this.#arm();
    });
  }

  /** Takes nothing more; resolves when what is on its way has ended and is written down. */
  async stop(): Promise<void> {
    this.#isOn = false;
    clearTimeout(this.#timer);
    await this.#looking;
    await this.#settleAll().catch((error: unknown) => this.#bell.failed("send-answers", error));
  }

  /** One look: sends all that is due and holds what others have lost as unknown. */
  async look(): Promise<void> {
    await this.#settleAll();
    await sweepLostAnswers(this.#house);
    for (;;) {
      if (this.#clock() < this.#pausedUntil) return;
      await this.#post.warm();
      const taken = await takeAnswers(this.#house, this.#holder, ANSWERS_AT_ONCE);
      if (taken.length === 0) return;
      const until = this.#clock() + WRITE_WITHIN_MS;
      await Promise.all(taken.map((answer) => this.#send(answer, () => this.#clock() < until)));
      await this.#settleAll();
      if (!this.#isOn && this.#timer !== undefined) return;
    }
  }

  async #settleAll(): Promise<void> {
    for (let next = this.#unsettled[0]; next !== undefined; next = this.#unsettled[0]) {
      const settled = await settleAnswer(this.#house, next.attempt, next.end);
      this.#unsettled.shift();
      if (settled !== null) this.#bell.settled?.(settled);
    }
  }

  async #send(answer: StoredAnswer, mayWrite: () => boolean): Promise<void> {
    const { feedbackId, attemptId } = answer;
    const end: AnswerCallEnd =
      feedbackId === null
        ? { kind: "not_written", why: NOT_SENDABLE }
        : await this.#post.send({ ...answer, feedbackId }, mayWrite);
    this.#judge(end);
    this.#unsettled.push({ attempt: { answerId: answer.id, attemptId: attemptId as string }, end });
  }

  /** What cannot be reached, or has had enough, is left alone for a while by all answers. */
  #judge(end: AnswerCallEnd): void {
    const isThrottled = end.kind === "answered" && end.status === 429;
    const isRefused = end.kind === "not_written" && end.why === "token_refused";
    if (isRefused && !this.#isRefused) this.#house.alarm("answer_credentials_refused", {});
    if (isRefused || (end.kind === "answered" && end.status !== 401)) this.#isRefused = isRefused;
    if (end.kind === "answered" && !isThrottled) this.#failures = 0;
    if ((end.kind === "not_written" && end.why !== NOT_SENDABLE) || isThrottled) {
      this.#failures += 1;
      const pause = PAUSES[Math.min(this.#failures, PAUSES.length) - 1] as number;
      const wished = isThrottled ? (end.retryAfterMs ?? 0) : 0;
      this.#pausedUntil = Math.max(
        this.#pausedUntil,
        this.#clock() + Math.max(pause, Math.min(wished, 60_000)),
      );
    }
  }

  /** A file has one process: what stands as on its way there belongs to one that is gone. */
  async #beginning(): Promise<void> {
    if (this.#house.database.engine !== "sqlite") return;
    try {
      await endOwnLeases(this.#house);
    } catch (error) {
      this.#bell.failed("send-answers", error);
    }
  }

  #arm(): void {
    if (!this.#isOn) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.look()
        .catch((error: unknown) => this.#bell.failed("send-answers", error))
        .finally(() => {
          this.#looking = null;
          this.#arm();
        });
    }, POLL_MS);
    this.#timer.unref();
  }
}
