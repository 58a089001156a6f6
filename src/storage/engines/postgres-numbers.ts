// Numbers of PostgreSQL as numbers of ours: wide ones arrive as text, and none may lose a digit.
import pg from "pg";

const INT8 = 20;
const NUMERIC = 1700;

/** int8 and numeric arrive as text and must be numbers; only this pool is told so, not the whole process. */
export const parsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (oid === INT8 || oid === NUMERIC) return safeNumber;
    return pg.types.getTypeParser(oid, format as never);
  }) as pg.CustomTypesConfig["getTypeParser"],
};

function safeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new RangeError("a stored number is beyond 2^53");
  }
  return value;
}
