// Roles, logins and waits of people, by example.
import { describe, expect, test } from "vitest";
import {
  ATTACK_FAILURES,
  answerRoleOf,
  codeWait,
  type Failures,
  FORGET_AFTER,
  FRESH_SCOPES,
  failed,
  foldLogin,
  isLogin,
  isRole,
  LONGEST_WAIT,
  ROLES,
  reaches,
  scopesOf,
  signInWait,
  standing,
} from "./index.ts";

describe("roles", () => {
  const all = ["orders:read", "people:write", ...FRESH_SCOPES];

  test("an administrator may do all, and nobody else what needs the password anew", () => {
    expect(scopesOf("administrator", all)).toBe(all);
    for (const role of ROLES.filter((one) => one !== "administrator"))
      for (const scope of FRESH_SCOPES) expect([role, scopesOf(role, all)]).not.toContain(scope);
  });

  test("a viewer changes nothing", () => {
    expect(scopesOf("viewer", all).filter((scope) => scope.endsWith(":write"))).toEqual([]);
  });

  test("words that are no role are none", () => {
    expect(ROLES.every(isRole)).toBe(true);
    expect(isRole("owner")).toBe(false);
  });

  test("promo codes are given by those who answer; a manager of all stores is the network's", () => {
    expect(ROLES.map((role) => answerRoleOf(role, ["a"]))).toEqual([
      null,
      "agent",
      "branch_manager",
      null,
      null,
      "admin",
    ]);
    expect(answerRoleOf("branch_manager", null)).toBe("network_manager");
  });

  test("what belongs to no store is reached by those of all stores only", () => {
    expect([reaches(null, null), reaches(null, "a"), reaches(["a"], "a")]).toEqual([true, true, true]);
    expect([reaches(["a"], "b"), reaches(["a"], null), reaches([], "a")]).toEqual([false, false, false]);
  });
});

describe("logins", () => {
  test("are one spelling whatever the keyboard does", () => {
    expect(foldLogin("  Owner ")).toBe("owner");
    expect(foldLogin("ＯＷＮＥＲ")).toBe("owner");
  });

  test.each(["a", "owner@shop.example", "мария", "m.p-1"])("%s may be taken", (login) => {
    expect(isLogin(login)).toBe(true);
  });

  test.each(["", "   ", "two words", "line\nbreak", "x".repeat(101), "a\u0000b"])("%j may not", (login) => {
    expect(isLogin(login)).toBe(false);
  });
});

describe("waits", () => {
  const counted = (count: number, lastAt = 0): Failures => ({ count, lastAt });

  test("five tries are free, then the wait doubles up to a quarter of an hour", () => {
    expect(signInWait(undefined, undefined, 0)).toBe(0);
    expect([4, 5, 6, 7, 20, 1000].map((count) => signInWait(counted(count), undefined, 0))).toEqual([
      0,
      1000,
      2000,
      4000,
      LONGEST_WAIT,
      LONGEST_WAIT,
    ]);
  });

  test("a wait passes, and a clock set back does not lengthen it", () => {
    expect(signInWait(counted(7), undefined, 4000)).toBe(0);
    expect(signInWait(counted(7), undefined, 1000)).toBe(3000);
    expect(signInWait(counted(7, 1_000_000), undefined, 0)).toBe(4000);
  });

  test("of an attacked account every address has one try, then waits a minute and longer", () => {
    const attacked = counted(ATTACK_FAILURES);
    expect(signInWait(undefined, attacked, 0)).toBe(0);
    expect(signInWait(counted(1), attacked, 0)).toBe(60_000);
    expect(signInWait(counted(2), attacked, 0)).toBe(120_000);
    expect(signInWait(counted(1), counted(ATTACK_FAILURES - 1), 0)).toBe(0);
  });

  test("failures are forgotten after an hour without one", () => {
    expect(failed(counted(9), FORGET_AFTER)).toEqual({ count: 1, lastAt: FORGET_AFTER });
    expect(failed(counted(9), FORGET_AFTER - 1).count).toBe(10);
    expect(standing(undefined, 0)).toBe(0);
  });

  test("codes of the second factor wait from the tenth on", () => {
    expect([codeWait(counted(9), 0), codeWait(counted(10), 0), codeWait(undefined, 0)]).toEqual([0, 1000, 0]);
  });
});
