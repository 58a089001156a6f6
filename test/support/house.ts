// A house for tests of flows: a clock that stands until it is moved, counted ids, alarms that are remembered.
import { type Instant, instant } from "../../src/core/basics/index.ts";
import type { House } from "../../src/flows/index.ts";
import type { Database } from "../../src/storage/index.ts";

/** A house whose world is in the test's hands. */
export interface HouseUnderTest extends House {
  readonly alarms: { readonly kind: string; readonly details: Readonly<Record<string, string | number>> }[];
  /** Moves the clock by `ms`. */
  pass(ms: number): void;
}

/** Houses of this process: two over one database must not give out the same ids. */
let houses = 0;

/** A house over `database`; the clock stands at `at`. */
export function houseOver(database: Database, at: Instant = instant(1_763_712_000_000)): HouseUnderTest {
  const alarms: HouseUnderTest["alarms"] = [];
  let now: number = at;
  let ids = 0;
  const house = 0x8000 + (houses % 0x1000);
  houses += 1;
  return {
    database,
    alarms,
    now: () => instant(now),
    newId: () => {
      ids += 1;
      return `00000000-0000-7000-${house.toString(16)}-${String(ids).padStart(12, "0")}`;
    },
    alarm: (kind, details) => void alarms.push({ kind, details }),
    pass: (ms) => {
      now += ms;
    },
  };
}
