// Guesses of promo codes are counted, and a customer who keeps sending one code is no guesser.
import { expect, test } from "vitest";
import type { CodeFacts } from "../core/pricing/index.ts";
import { CODE_TRIES, CODE_TRIES_MS, CodeTries } from "./code-tries.ts";

const unknown: CodeFacts = { promotionId: null, state: "free" };
const known: CodeFacts = { promotionId: "p", state: "free" };

/** A customer who has tried so many different unknown codes. */
function guesser(count: number): CodeTries {
  const tries = new CodeTries();
  for (let guess = 0; guess < count; guess += 1) tries.judge("who", `guess-${guess}`, unknown, 0);
  return tries;
}

test("ten different unknown codes hide every further one from the same customer, and from nobody else", () => {
  const tries = guesser(CODE_TRIES);
  expect(tries.judge("who", "right", known, 1)).toEqual(unknown);
  expect(tries.judge("other", "right", known, 1)).toEqual(known);
});

test("nine do not", () => {
  expect(guesser(CODE_TRIES - 1).judge("who", "right", known, 1)).toEqual(known);
});

test("one unknown code sent a hundred times is one try", () => {
  const tries = new CodeTries();
  for (let time = 0; time < 100; time += 1) tries.judge("who", "same", unknown, time);
  expect(tries.judge("who", "right", known, 101)).toEqual(known);
});

test("after ten minutes the count begins anew", () => {
  const tries = guesser(CODE_TRIES);
  expect(tries.judge("who", "right", known, CODE_TRIES_MS - 1)).toEqual(unknown);
  expect(tries.judge("who", "right", known, CODE_TRIES_MS)).toEqual(known);
});

test("the memory of customers is bounded", () => {
  const tries = guesser(CODE_TRIES);
  for (let customer = 0; customer < 10_000; customer += 1) tries.judge(`c-${customer}`, "x", unknown, 1);
  expect(tries.judge("who", "right", known, 2)).toEqual(known);
});
