// Answers the parts of a split cart from the whole that was calculated before, so that they sum to it.
import { instant } from "../core/basics/index.ts";
import { type GroupLine, type PartLine, type SharedLine, shareOfGroup } from "../core/carts/index.ts";
import { claimCartGroup, saveCartGroup } from "../storage/index.ts";
import type { House } from "./house.ts";

/** How long a whole cart is remembered, ms. */
export const GROUP_AGE = 3_600_000;

/** The part's lines in the order given, or null: no whole cart is remembered of which this is a part. */
export async function shareGroup(
  house: House,
  groupId: string,
  part: readonly PartLine[],
): Promise<readonly SharedLine[] | null> {
  const now = house.now();
  return house.database.transaction(async (tx) => {
    const group = await claimCartGroup(tx, groupId, instant(now - GROUP_AGE));
    if (group === null) return null;
    const share = shareOfGroup(group, part);
    if (share.kind === "new_original") return null;
    if (share.group !== null) await saveCartGroup(tx, groupId, share.group, now);
    return share.lines;
  });
}

/** Remembers a whole cart as it was answered; parts given of an earlier one are forgotten. */
export async function rememberGroup(
  house: House,
  groupId: string,
  lines: readonly GroupLine[],
): Promise<void> {
  const now = house.now();
  await house.database.transaction((tx) => saveCartGroup(tx, groupId, { lines, parts: [] }, now));
}
