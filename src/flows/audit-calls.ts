// The audit log of calls: whatever a call of the management API changes is noted in the very transaction that changes it, once a call.
import { createHash } from "node:crypto";
import { type Tx, watchWrites } from "../storage/index.ts";
import { houseWithin } from "./answer-once.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";

/** A call that may change something. */
export interface AuditedCall {
  readonly actor: string;
  /** A word such as channels.createIrpKey. */
  readonly action: string;
  /** Id in the address; null: the id of what is made, told by the flow. */
  readonly subject: string | null;
  /** Stands in for the subject where nothing has an id. */
  readonly place: string;
  /** What the call said; null: only the names of its fields may be kept. */
  readonly wish: unknown;
  readonly fields: readonly string[];
  /** What the thing looks like, read in the transaction before and after; null: there is no such view of it. */
  readonly look: ((house: House) => Promise<unknown>) | null;
}

/** Longest value that is kept whole, characters of JSON; of a longer one its digest. */
export const AUDITED_LENGTH = 20_000;

/** A house whose first transaction that changes something adds an entry, unless the flow has written one of its own. */
export function auditedHouse(house: House, call: AuditedCall): House {
  let isKept = false;
  const { database } = house;
  return {
    ...house,
    database: {
      ...database,
      transaction: async (work) => {
        if (isKept) return database.transaction(work);
        let isNoted = false;
        const result = await database.transaction(async (tx) => {
          const noted = await noteWork(tx, house, call, work);
          isNoted = noted.isNoted;
          return noted.result;
        });
        // Only now: a transaction may be run again from its start.
        isKept ||= isNoted;
        return result;
      },
    },
  };
}

async function noteWork<Result>(
  tx: Tx,
  house: House,
  call: AuditedCall,
  work: (tx: Tx) => Promise<Result>,
): Promise<{ readonly result: Result; readonly isNoted: boolean }> {
  const seen = { isChanged: false, isKept: false };
  const before = call.look === null ? undefined : await call.look(houseWithin(house, tx));
  const result = await work(
    watchWrites(tx, (sql) => {
      if (/\binto audit_entry\b/i.test(sql)) seen.isKept = true;
      else seen.isChanged = true;
    }),
  );
  if (seen.isChanged && !seen.isKept) {
    const after = call.look === null ? undefined : await call.look(houseWithin(house, tx));
    const { actor, action, subject, place, wish, fields } = call;
    await keepAudit(tx, {
      at: house.now(),
      actor,
      action,
      subject: subject ?? idIn(result) ?? place,
      details: {
        ...(fields.length === 0 ? {} : wish === null ? { fields } : { wish: bounded(wish) }),
        ...(call.look === null ? {} : { before: bounded(before), after: bounded(after) }),
      },
    });
  }
  return { result, isNoted: seen.isChanged || seen.isKept };
}

/** The id of what a flow has made: of the result, or of the one thing in it. */
function idIn(result: unknown, depth = 0): string | null {
  if (typeof result !== "object" || result === null) return null;
  const { id } = result as { id?: unknown };
  if (typeof id === "string") return id;
  if (depth > 0) return null;
  const inner = Object.values(result).map((value) => idIn(value, 1));
  return inner.find((value) => value !== null) ?? null;
}

function bounded(value: unknown): unknown {
  const text = JSON.stringify(value ?? null);
  if (text.length <= AUDITED_LENGTH) return value ?? null;
  return { length: text.length, sha256: createHash("sha256").update(text).digest("base64url") };
}
