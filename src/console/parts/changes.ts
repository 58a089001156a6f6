// What differs between two documents, place by place: for versions of a rule and for lines of the audit log.

/** One difference. */
export interface Change {
  /** Where: `then[0].percent`; empty for the whole document. */
  readonly path: string;
  /** Undefined: it was not there. */
  readonly before: unknown;
  /** Undefined: it is no longer there. */
  readonly after: unknown;
}

/** Differences that are told at most: nobody reads more, and two unlike documents would tell everything. */
export const CHANGES_LIMIT = 200;

/** The differences of two JSON values, in the order of the first document, then what only the second has. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const changes: Change[] = [];
  walk(before, after, "", changes);
  return changes.slice(0, CHANGES_LIMIT);
}

function walk(before: unknown, after: unknown, path: string, changes: Change[]): void {
  if (changes.length > CHANGES_LIMIT || Object.is(before, after)) return;
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) {
    changes.push({ path, before, after });
    return;
  }
  const isList = Array.isArray(before);
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const place = isList ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    walk(own(before, key), own(after, key), place, changes);
  }
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
