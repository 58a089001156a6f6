// Decimals from outside: text or number to an integer of the smallest unit, exactly, or null when it is not one.

const DECIMAL = /^([+-]?)(\d{1,15})(?:[.,](\d{1,20}))?$/;

/**
 * Reads "12", "12.5", "12,50" or the number 12.5 as an integer of 10^-`digits` (1250 for two digits).
 * Null when it is not a decimal, has more digits than `digits` (trailing zeros apart) or passes 2^53.
 * A number is read through its shortest text, so 0.7 is seven tenths and not its binary neighbour.
 */
export function parseDecimal(value: string | number, digits: number): number | null {
  if (typeof value === "number" && Number.isInteger(value)) return scaled(value, digits);
  const match = DECIMAL.exec(String(value).trim());
  if (match === null) return null;
  const [, sign, whole, fraction = ""] = match as unknown as [string, string, string, string?];
  const significant = fraction.replace(/0+$/, "");
  if (significant.length > digits) return null;
  const result = Number(`${sign}${whole}${significant.padEnd(digits, "0")}`);
  return Number.isSafeInteger(result) ? (result === 0 ? 0 : result) : null;
}

function scaled(value: number, digits: number): number | null {
  const result = value * 10 ** digits;
  return Number.isSafeInteger(result) ? (result === 0 ? 0 : result) : null;
}

/** The number of roubles (or units) that `value` smallest units of 10^-`digits` are; for JSON answers, at most 15 digits. */
export function toDecimalNumber(value: number, digits: number): number {
  return value / 10 ** digits;
}

/** "1 234.50"-like plain text with a dot: 123450 with two digits is "1234.50". */
export function formatDecimal(value: number, digits: number): string {
  const sign = value < 0 ? "-" : "";
  const text = String(Math.abs(value)).padStart(digits + 1, "0");
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
