// The laws of pricing in their short form: each on random carts, and each is shown to catch broken pricers. `npm run laws` is the long form.
import { describe, expect, test } from "vitest";
import { LAWS } from "../../../test/laws/index.ts";
import { catches, SEED, tally } from "../../../test/laws/law.ts";
import { RUNS } from "../../../test/support/carts.ts";
import { LONG } from "../../../test/support/laws.ts";

/** Other carts every time, unless the environment names a seed. A law that bears exceptions is judged on the same carts. */
const seed = Number(process.env["PRILAVOK_PROPERTY_SEED"] ?? Date.now() % 2 ** 31);

describe.each(LAWS)("law $number: $title", (law) => {
  test("holds", LONG, () => {
    const runs = Math.max(1, Math.round(RUNS * law.share));
    const { cases, wrong, example } = tally(law, law.pricer, runs, law.tolerance === 0 ? seed : SEED);
    expect(wrong, `${wrong} of ${cases} wrong: ${example}`).toBeLessThanOrEqual(law.tolerance * cases);
  });

  test.each(law.mutants)("catches a pricer that $name", LONG, (mutant) => {
    expect(catches(law, mutant)).toBe(true);
  });
});
