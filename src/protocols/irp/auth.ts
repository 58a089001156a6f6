// Where a caller may have put its key. The vendor's wording leaves four places open; any of them is good.
import type { FastifyRequest } from "fastify";

/** Longest key that is compared; anything longer is no key of ours. */
const LONGEST_KEY = 512;

/** Keys found in the headers `Authorization: Bearer` and `key`. */
export function headerKeys(request: FastifyRequest): string[] {
  const found: string[] = [];
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const match = /^\s*bearer\s+(.+)$/i.exec(authorization);
    if (match !== null) note(found, match[1]);
  }
  const { key } = request.headers;
  if (key !== undefined) note(found, Array.isArray(key) ? key[0] : key);
  return found;
}

/** Takes keys out of a body (`key` and `headers`), so that nothing after this point can log or store them. */
export function takeBodyKeys(body: Record<string, unknown>): string[] {
  const found: string[] = [];
  if (Object.hasOwn(body, "key")) {
    note(found, body["key"]);
    delete body["key"];
  }
  if (Object.hasOwn(body, "headers")) {
    const { headers } = body;
    if (typeof headers === "object" && headers !== null) note(found, (headers as { key?: unknown }).key);
    delete body["headers"];
  }
  return found;
}

function note(found: string[], value: unknown): void {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || text.length > LONGEST_KEY) return;
  const trimmed = text.trim();
  if (trimmed !== "" && !found.includes(trimmed)) found.push(trimmed);
}
