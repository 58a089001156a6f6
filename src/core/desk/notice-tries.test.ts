// Tries of a message: pauses grow, wishes are granted, nobody being there never costs a try, and an end has its reason.
import { expect, test } from "vitest";
import { NOTICE_ATTEMPTS, type NoticeEnd, type NoticeTries, stepAfterNotice } from "./notice-tries.ts";

const failed = (isReached: boolean, retryAfterMs: number | null = null): NoticeEnd => ({
  kind: "failed",
  why: "server_error",
  isReached,
  retryAfterMs,
});

/** All pauses until it is given up, or `most` of them. */
function pauses(end: NoticeEnd, most: number): number[] {
  const found: number[] = [];
  let tries: NoticeTries = { attempts: 0, misses: 0 };
  while (found.length < most) {
    const step = stepAfterNotice(tries, end);
    if (step.state !== "waiting") break;
    found.push(step.pauseMs);
    tries = step;
  }
  return found;
}

test("what is sent is sent, and what is refused is given up with its reason", () => {
  expect(stepAfterNotice({ attempts: 3, misses: 1 }, { kind: "sent" })).toEqual({ state: "sent" });
  const refused: NoticeEnd = { kind: "refused", why: "no_chat" };
  expect(stepAfterNotice({ attempts: 0, misses: 0 }, refused)).toEqual({ state: "given_up", why: "no_chat" });
});

test("a side that is there and fails is tried nine times, with pauses that grow", () => {
  const found = pauses(failed(true), 50);
  expect(found).toHaveLength(NOTICE_ATTEMPTS - 1);
  expect([...found].sort((left, right) => left - right)).toEqual(found);
  expect(stepAfterNotice({ attempts: NOTICE_ATTEMPTS - 1, misses: 0 }, failed(true))).toEqual({
    state: "given_up",
    why: "server_error",
  });
});

test("while nobody is there it is tried for ever, every ten minutes at most", () => {
  const found = pauses(failed(false), 1000);
  expect(found).toHaveLength(1000);
  expect(Math.max(...found)).toBe(600_000);
});

test("who asks for patience gets it, an hour at most", () => {
  const step = (wish: number) => stepAfterNotice({ attempts: 0, misses: 0 }, failed(true, wish));
  expect(step(45_000)).toMatchObject({ pauseMs: 45_000 });
  expect(step(1)).toMatchObject({ pauseMs: 5_000 });
  expect(step(1e9)).toMatchObject({ pauseMs: 3_600_000 });
});

test("an answer after a silence counts as a try of its own", () => {
  expect(stepAfterNotice({ attempts: 2, misses: 7 }, failed(true))).toMatchObject({ attempts: 3, misses: 0 });
});
