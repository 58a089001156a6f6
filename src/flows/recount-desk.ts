// Counts the desk again from its items: after an update that brought the counts, after a repair, or to prove that they are right.
import { holdDesk, recountDesk, tallyHash } from "../storage/index.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";

/** What was found. */
export interface Recounted {
  /** The counts were right already, to the last digit. */
  readonly wasRight: boolean;
  /** SHA-256 of all counts as they are now, base64url: two desks with the same are counted the same. */
  readonly hash: string;
}

/** Nobody else writes to the desk meanwhile. */
export function recountFeedback(house: House, actor: string): Promise<Recounted> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    await holdDesk(tx);
    const before = await tallyHash(tx);
    await recountDesk(tx);
    const hash = await tallyHash(tx);
    const wasRight = before === hash;
    const details = { wasRight, hash };
    await keepAudit(tx, { at, actor, action: "feedback.recount", subject: "feedback", details });
    return { wasRight, hash };
  });
}
