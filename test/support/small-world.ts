// A little of everything, so that lists have entries and calls by id find something.
import { createKey, createToken } from "../../src/flows/index.ts";
import type { ApiUnderTest } from "./api.ts";

/** Fills the house of `api`; gives ids that exist, of every kind. */
export async function fillForFuzz(api: ApiUnderTest): Promise<readonly string[]> {
  const { house, secrets } = api;
  const ids: string[] = [];
  for (const label of ["first", "second"]) {
    const key = await createKey(house, secrets, "irp", label);
    if (key.kind === "created") ids.push(key.id);
    const token = await createToken(house, secrets, { label, scopes: ["tokens:read"], expiresAt: null });
    if (token.kind === "created") ids.push(token.id);
  }
  return ids;
}
