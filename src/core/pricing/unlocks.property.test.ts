// Law 4 on random carts: promises of unlocking changes are kept, whatever goods are taken; the counts are printed.
import { describe, expect, test } from "vitest";
import { catches, SEED, tally } from "../../../test/laws/law.ts";
import { keptPromises } from "../../../test/laws/unlocks.ts";
import { RUNS } from "../../../test/support/carts.ts";
import { LONG } from "../../../test/support/laws.ts";

describe("law 4: the unlocking change, when made, unlocks", () => {
  test("in at least 99 of 100 promises", LONG, () => {
    const { cases, wrong, example } = tally(keptPromises, keptPromises.pricer, Math.ceil(RUNS * 0.2), SEED);
    console.info(`promises ${cases}, broken ${wrong}${example === null ? "" : `: ${example}`}`);
    expect(wrong).toBeLessThanOrEqual(cases * 0.01);
  });

  test.each(keptPromises.mutants)("catches a pricer: $name", LONG, (mutant) => {
    expect(catches(keptPromises, mutant, 500)).toBe(true);
  });
});
