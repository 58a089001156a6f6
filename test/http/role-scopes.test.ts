// Roles and scopes are two tables of two rooms: every scope that a role names exists, and both name the same roles.
import { expect, test } from "vitest";
import { isScope, operations, SCOPE_NAMES } from "../../src/contract/index.ts";
import { ROLE_NAMES } from "../../src/contract/me.ts";
import { FRESH_SCOPES, ROLE_SCOPES, ROLES, scopesOf } from "../../src/core/people/index.ts";

test("the contract and the core name the same roles", () => {
  expect([...ROLE_NAMES]).toEqual([...ROLES]);
});

test("every scope of a role is a scope", () => {
  const unknown = Object.values(ROLE_SCOPES)
    .flatMap((scopes) => (scopes === "all" ? [] : scopes))
    .concat(FRESH_SCOPES)
    .filter((scope) => !isScope(scope));
  expect(unknown).toEqual([]);
  expect(scopesOf("administrator", SCOPE_NAMES)).toEqual(SCOPE_NAMES);
});

test("a thing that is kept to its outlet is named by a parameter of the path", () => {
  for (const { id, stores, path } of operations) {
    if (typeof stores !== "object") continue;
    expect([id, path.includes(`{${stores.param}}`)]).toEqual([id, true]);
  }
});
