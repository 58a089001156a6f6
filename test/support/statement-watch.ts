// Reads every statement on its way to either engine: what callers say may be bound to one and never be part of its text.
import BetterSqlite from "better-sqlite3";
import pg from "pg";

/** What was seen on the way. */
export interface StatementWatch {
  /** Texts that hold `mark`. */
  readonly tainted: string[];
  /** Texts in all. */
  count(): number;
}

/** Watches for `mark` until the process ends, which stands in the texts that callers send and nowhere in our own statements. */
export function watchStatements(mark: string): StatementWatch {
  const tainted: string[] = [];
  let count = 0;
  const look = (statement: unknown): void => {
    const text = typeof statement === "string" ? statement : ((statement as { text?: string })?.text ?? "");
    count += 1;
    if (text.includes(mark)) tainted.push(text);
  };
  readFirst(BetterSqlite.prototype, "prepare", look);
  readFirst(BetterSqlite.prototype, "exec", look);
  readFirst(pg.Client.prototype, "query", look);
  return { tainted, count: () => count };
}

/** Has the first argument of a method read before it runs. */
function readFirst(owner: object, name: string, look: (first: unknown) => void): void {
  const methods = owner as Record<string, (...all: unknown[]) => unknown>;
  const before = methods[name] as (...all: unknown[]) => unknown;
  methods[name] = function (this: unknown, ...all: unknown[]) {
    look(all[0]);
    return before.apply(this, all);
  };
}
