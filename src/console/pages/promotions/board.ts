// The board of promotions as the pages read it.
import type { promotionBoardCalls } from "../../../contract/index.ts";
import type { AnswerOf } from "../../calls.ts";

/** The board. */
export type Board = AnswerOf<typeof promotionBoardCalls.readPromotionBoard>;

/** A promotion on it. */
export type Entry = Board["items"][number];

/** Why two promotions exclude each other. */
export type Reason = Board["rivals"][number]["reason"];

/** Colours of states. */
export const STATE_TONES = { active: "good", scheduled: "calm", ended: "quiet", off: "warn" } as const;

/** Promotions that never apply beside one, with the reason. */
export function rivalsOf(
  board: Board,
  promotionId: string,
): readonly { readonly id: string; readonly reason: Reason }[] {
  return board.rivals.flatMap(({ leftId, rightId, reason }) => {
    if (leftId === promotionId) return [{ id: rightId, reason }];
    return rightId === promotionId ? [{ id: leftId, reason }] : [];
  });
}

/** One layer of the board: its groups, those without a name last. */
export interface Layer {
  readonly layer: number;
  readonly groups: readonly {
    readonly name: string | null;
    readonly isBestOf: boolean;
    readonly entries: readonly Entry[];
  }[];
}

/** The board by layers in the order in which they apply, and by what promotions are grouped by in each. */
export function layersOf(entries: readonly Entry[]): readonly Layer[] {
  const layers = [...new Set(entries.map(({ layer }) => layer))].sort((left, right) => left - right);
  return layers.map((layer) => {
    const own = entries
      .filter((entry) => entry.layer === layer)
      .sort((left, right) => left.order - right.order);
    const keyOf = (entry: Entry): string =>
      entry.bestOf !== null ? `best ${entry.bestOf}` : entry.group !== null ? `group ${entry.group}` : "";
    const keys = [...new Set(own.map(keyOf))].sort(
      (left, right) => Number(left === "") - Number(right === ""),
    );
    return {
      layer,
      groups: keys.map((key) => ({
        name: key === "" ? null : key.slice(key.indexOf(" ") + 1),
        isBestOf: key.startsWith("best "),
        entries: own.filter((entry) => keyOf(entry) === key),
      })),
    };
  });
}
