// The copies of a person's data that only this installation can read or reach: answers kept under keys, files of exports.
import { keptAnswers, replaceKeptAnswer, type Tx, withoutNeedles } from "../storage/index.ts";
import type { ExportShelf, ShelfErasure } from "./export-shelf.ts";
import type { Secrets } from "./secrets.ts";

/** What an erasure can reach beside the tables; null: it is not here. */
export interface ErasureReach {
  readonly secrets: Pick<Secrets, "open" | "seal"> | null;
  readonly shelf: ExportShelf | null;
}

/** Answers read at once. */
const PAGE = 500;

/** Takes the texts out of kept answers that speak of one of these ids; gives how many held one. */
export async function eraseKeptAnswers(
  tx: Tx,
  secrets: ErasureReach["secrets"],
  ids: readonly string[],
  needles: readonly string[],
): Promise<number> {
  if (secrets === null || needles.length === 0) return 0;
  let count = 0;
  for (let after = { tokenId: "", name: "" }; ; ) {
    const page = await keptAnswers(tx, after, PAGE);
    for (const kept of page) {
      const text = openOr(secrets, kept.answer);
      if (text === null || !ids.some((id) => text.includes(id))) continue;
      const erased = withoutNeedles(text, needles);
      if (erased === text) continue;
      await replaceKeptAnswer(tx, kept, secrets.seal(erased));
      count += 1;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return count;
    after = last;
  }
}

/** What another installation has sealed nobody can read here. */
function openOr(secrets: NonNullable<ErasureReach["secrets"]>, answer: Uint8Array): string | null {
  try {
    return secrets.open(answer);
  } catch {
    return null;
  }
}

/** Removes exported files that speak of the orders. */
export function eraseExports(shelf: ExportShelf | null, ids: readonly string[]): ShelfErasure {
  return shelf === null ? { removed: [], left: [] } : shelf.erase(ids);
}
