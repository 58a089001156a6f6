// The states of an answer: each outcome as itself, tried again only where it is certain that nothing arrived.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ANSWER_STATES,
  type AnswerCallEnd,
  givesBack,
  isHolding,
  isPromoPercent,
  isUndoable,
  stepAfter,
  TRYING_MS,
  wordOfAnswer,
  wordOfCall,
} from "./answer.ts";
import { ANSWER_WORDS } from "./item.ts";

const answered = (status: number, more: Partial<Extract<AnswerCallEnd, { kind: "answered" }>> = {}) =>
  ({ kind: "answered", status, retryAfterMs: null, isPage: false, note: null, ...more }) as const;
const PAST = { attempts: 1, refusedTokens: 0, queuedAt: 0 };

describe("the word for a call", () => {
  test.each([
    [200, "delivered"],
    [201, "unknown"],
    [204, "outdated"],
    [302, "unknown"],
    [400, "rejected"],
    [401, "unauthorized"],
    [403, "no_subscription"],
    [404, "unknown_feedback"],
    [408, "rejected"],
    [409, "rejected"],
    [422, "rejected"],
    [429, "throttled"],
    [500, "unknown"],
    [503, "unknown"],
  ])("%i is %s", (status, word) => {
    expect(wordOfCall(answered(status))).toBe(word);
  });

  test("a web page in the place of the empty answer tells nothing", () => {
    expect(wordOfCall(answered(200, { isPage: true }))).toBe("unknown");
  });

  test("what was not written reached nobody; what was written and not answered may have", () => {
    expect(wordOfCall({ kind: "not_written", why: "dns_error" })).toBe("not_written");
    expect(wordOfCall({ kind: "unanswered", why: "timeout" })).toBe("unknown");
    // What may not leave at all is not tried again.
    expect(wordOfCall({ kind: "not_written", why: "not_sendable" })).toBe("rejected");
  });
});

describe("the step after an attempt", () => {
  test("a refused token gets one more call, at once, and no third", () => {
    expect(stepAfter("unauthorized", PAST, 5)).toEqual({ state: "retrying", sendAt: 5 });
    expect(stepAfter("unauthorized", { ...PAST, attempts: 2, refusedTokens: 1 }, 5)).toEqual({
      state: "failed",
      sendAt: null,
    });
  });

  test("pauses grow to an hour and stay there", () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 50].map(
      (attempts) => stepAfter("not_written", { ...PAST, attempts }, 0).sendAt,
    );
    expect(pauses).toEqual([5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 3_600_000, 3_600_000]);
  });

  test("a wish to wait is granted, up to six hours", () => {
    expect(stepAfter("throttled", PAST, 0, 1_000).sendAt).toBe(5_000);
    expect(stepAfter("throttled", PAST, 0, 60_000).sendAt).toBe(60_000);
    expect(stepAfter("throttled", PAST, 0, 86_400_000).sendAt).toBe(21_600_000);
  });

  test("after three days it is given up", () => {
    expect(stepAfter("not_written", PAST, TRYING_MS - 5_000).state).toBe("retrying");
    expect(stepAfter("not_written", PAST, TRYING_MS - 4_999)).toEqual({ state: "failed", sendAt: null });
  });

  test("nothing but what certainly reached nobody is ever called again", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 3 }),
        (status, isPage, attempts, refusedTokens) => {
          const word = wordOfCall(answered(status, { isPage }));
          const step = stepAfter(word, { attempts, refusedTokens, queuedAt: 0 }, 1000);
          if (step.sendAt !== null) expect([401, 429]).toContain(status);
          else expect(["queued", "sending", "retrying"]).not.toContain(step.state);
        },
      ),
    );
    expect(stepAfter("unknown", PAST, 0)).toEqual({ state: "unknown", sendAt: null });
  });
});

describe("states", () => {
  test("one that may have reached the customer holds the place of the only answer, and its promo code", () => {
    for (const state of ANSWER_STATES) if (isHolding(state)) expect(givesBack(state)).toBe(false);
    expect(ANSWER_STATES.filter(isHolding)).toEqual([
      "queued",
      "sending",
      "retrying",
      "delivered",
      "unknown",
    ]);
    expect(ANSWER_STATES.filter(givesBack)).toEqual([
      "outdated",
      "no_subscription",
      "unknown_feedback",
      "rejected",
      "failed",
      "cancelled",
    ]);
  });

  test("only what is not on its way can be taken back", () => {
    expect(ANSWER_STATES.filter(isUndoable)).toEqual(["awaiting_approval", "queued", "retrying"]);
  });

  test("the list shows every outcome as itself", () => {
    const words = ANSWER_STATES.map(wordOfAnswer).filter((word) => word !== null);
    expect([...new Set(words)].sort()).toEqual(ANSWER_WORDS.filter((word) => word !== "no").sort());
    expect(wordOfAnswer("draft")).toBeNull();
  });

  test("promo codes are of five percents", () => {
    expect([0, 10, 15, 20, 25, 30, 40, "10", null].filter(isPromoPercent)).toEqual([10, 15, 20, 30, 40]);
  });
});
