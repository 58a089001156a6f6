// Stands in for the test runner inside a mutation run: tests are collected, to be run one by one and again and again.
import { format } from "node:util";

export { expect } from "vitest";

/** A test as it was declared. */
export interface TestInHand {
  readonly name: string;
  readonly body: () => unknown;
}

/** Everything that was declared so far. */
export const collected: TestInHand[] = [];

type Body = (...row: never[]) => unknown;
const path: string[] = [];

/** Declarations put their options before the body. */
const bodyOf = (rest: readonly unknown[]): Body =>
  rest.find((each): each is Body => typeof each === "function") as Body;

const rowOf = (row: unknown): unknown[] => (Array.isArray(row) ? row : [row]);

/** As of the runner. */
export function describe(name: string, ...rest: readonly unknown[]): void {
  path.push(name);
  bodyOf(rest)();
  path.pop();
}

describe.each =
  (rows: readonly unknown[]) =>
  (name: string, ...rest: readonly unknown[]): void => {
    for (const row of rows)
      describe(format(name, ...rowOf(row)), () =>
        (bodyOf(rest) as (...row: unknown[]) => unknown)(...rowOf(row)),
      );
  };

/** As of the runner. */
export function test(name: string, ...rest: readonly unknown[]): void {
  collected.push({ name: [...path, name].join(" > "), body: bodyOf(rest) as () => unknown });
}

test.each =
  (rows: readonly unknown[]) =>
  (name: string, ...rest: readonly unknown[]): void => {
    const body = bodyOf(rest) as (...row: unknown[]) => unknown;
    for (const [index, row] of rows.entries()) test(`${name} #${index}`, () => body(...rowOf(row)));
  };
