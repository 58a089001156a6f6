// All laws of pricing, in the order of their numbers.
import { bounds } from "./bounds.ts";
import { bestChoice, trueGaps } from "./choice.ts";
import { echoes } from "./echoes.ts";
import { hints } from "./hints.ts";
import type { Law } from "./law.ts";
import { menus } from "./menu.ts";
import { monotony } from "./monotony.ts";
import { pointsAgree } from "./points.ts";
import { repetition } from "./repetition.ts";
import { splits } from "./splits.ts";
import { keptPromises } from "./unlocks.ts";

/** Each law once; `number` says which of the list it is part of. */
export const LAWS: readonly Law<never>[] = [
  bestChoice,
  trueGaps,
  menus,
  keptPromises,
  hints,
  splits,
  bounds,
  echoes,
  pointsAgree,
  ...monotony,
  repetition,
].map((law) => law as unknown as Law<never>);
