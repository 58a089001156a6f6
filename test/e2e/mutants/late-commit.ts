// A deliberately broken server on PostgreSQL: it says at once that it has committed, and does it a little later.
import pg from "pg";

const LATER_MS = 300;
const query = pg.Client.prototype.query as (...asked: unknown[]) => unknown;

pg.Client.prototype.query = function late(this: pg.Client, ...asked: unknown[]): unknown {
  const [text] = asked;
  if (typeof text !== "string" || !/(^|; )commit$/.test(text)) return query.apply(this, asked);
  setTimeout(() => (query.apply(this, asked) as Promise<unknown>).catch(() => undefined), LATER_MS);
  return Promise.resolve({ command: "COMMIT", rowCount: 0, rows: [], fields: [] });
} as typeof pg.Client.prototype.query;

await import("../../../src/main.ts");
