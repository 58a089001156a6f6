// What every import shares: one of a kind at a time, a heartbeat in each transaction, an end that is always recorded.
import {
  beginImport,
  catalogueVersions,
  type FileValidators,
  finishImport,
  type ImportCounts,
  type ImportKind,
  type ImportState,
  type ProblemCount,
  type Tx,
  touchImport,
} from "../storage/index.ts";
import type { FileBroken } from "./feed-events.ts";
import type { House } from "./house.ts";

/** Why an import did not take place; what was before it stays. */
export type ImportRefusal = "busy" | "broken_file" | "nothing_usable" | "overtaken";

/** How an import ended. Counts: `offers`, `added`, `changed`, `unchanged`, `vanished`, `skipped`, `remarks`, and others by kind. */
export type ImportOutcome =
  | {
      readonly kind: "applied" | "unchanged";
      readonly id: string;
      readonly counts: ImportCounts;
      readonly problems: readonly ProblemCount[];
    }
  /** Too much would vanish: a person decides. */
  | {
      readonly kind: "held";
      readonly id: string;
      readonly counts: ImportCounts;
      readonly problems: readonly ProblemCount[];
    }
  | {
      readonly kind: "refused";
      readonly reason: ImportRefusal;
      /** Null when it never began. */
      readonly id: string | null;
      /** For `broken_file`: where and why. */
      readonly line: number | null;
      readonly detail: string;
      readonly problems: readonly ProblemCount[];
    };

/** Thrown inside an import whose place another has taken; never leaves the flow. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/** Validators of a file that came from no server. */
export const NO_VALIDATORS: FileValidators = { etag: null, lastModified: null };

/** Rows of a page when a whole table is gone through. */
export const ROWS_PER_PAGE = 2000;

/** The outcome of an import that changed nothing. */
export function refusal(
  reason: ImportRefusal,
  id: string | null,
  told: { broken?: FileBroken | null; problems?: readonly ProblemCount[] } = {},
): ImportOutcome {
  const { broken = null, problems = [] } = told;
  return { kind: "refused", reason, id, line: broken?.line ?? null, detail: broken?.reason ?? "", problems };
}

/** A running import. */
export interface ImportRun {
  readonly id: string;
  readonly baseVersion: number;
  /** A transaction that is only carried out while the import still holds the floor; throws Overtaken otherwise. */
  step<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** The last transaction: `work`, and the record of the end. */
  end(
    state: ImportState,
    told: {
      reason?: string;
      counts: ImportCounts;
      problems: readonly ProblemCount[];
      validators?: FileValidators;
    },
    work?: (tx: Tx) => Promise<void>,
  ): Promise<void>;
}

/** Begins an import, or null while another of its kind runs. */
export async function startImport(house: House, kind: ImportKind, source: string): Promise<ImportRun | null> {
  const id = house.newId();
  const now = house.now();
  const baseVersion = await house.database.transaction(async (tx) => {
    const { version } = await catalogueVersions(tx);
    return (await beginImport(tx, { id, kind, source, baseVersion: version, now })) ? version : null;
  });
  if (baseVersion === null) return null;
  const step = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => {
    const at = house.now();
    return house.database.transaction(async (tx) => {
      if (!(await touchImport(tx, id, at))) throw new Overtaken("another import has taken the floor");
      return work(tx);
    });
  };
  return {
    id,
    baseVersion,
    step,
    end: (state, told, work) => {
      const at = house.now();
      return step(async (tx) => {
        await work?.(tx);
        await finishImport(tx, id, {
          state,
          reason: told.reason ?? null,
          counts: told.counts,
          problems: told.problems,
          ...(told.validators ?? NO_VALIDATORS),
          now: at,
        });
      });
    },
  };
}

/** Pages through a table in transactions of their own, until `page` gives null. */
export async function eachPage(page: (after: string) => Promise<string | null>): Promise<void> {
  let after: string | null = "";
  while (after !== null) after = await page(after);
}
