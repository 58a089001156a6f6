// Keys, tokens, clients and people for calls made at random: several of each, since calls remove them.
import {
  createClient,
  createKey,
  createToken,
  type House,
  invitePerson,
  type Secrets,
} from "../../src/flows/index.ts";

/** Makes some of each; gives their ids by the name of the parameter that takes them. */
export async function fillCredentials(house: House, secrets: Secrets): Promise<[string, string][]> {
  const made: [string, string][] = [];
  const note = (name: string, id: string): void => {
    made.push([name, id]);
  };
  for (const label of ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]) {
    const key = await createKey(house, secrets, "irp", label);
    if (key.kind === "created") note("keyId", key.id);
    const token = await createToken(house, secrets, { label, scopes: ["tokens:read"], expiresAt: null });
    if (token.kind === "created") note("tokenId", token.id);
    const client = await createClient(house, secrets, "yandex-eats", label);
    note("clientId", client.clientId);
    note("secretId", client.secretId);
    const wish = { login: label, name: label, role: "agent" as const, outlets: null };
    const person = await invitePerson(house, { actor: "setting", address: null }, wish);
    if (person.kind === "kept") note("personId", person.person.id);
  }
  return made;
}
