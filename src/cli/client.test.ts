// `client` as a person or a script uses it, on a real database in a temporary folder.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-client-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, ["client", ...argv]);

interface Credentials {
  readonly clientId: string;
  readonly secretId: string;
  readonly secret: string;
}

test("a client is made, given a second secret and taken back", async () => {
  expect((await run("list", "yandex-eats")).out).toContain("no clients");
  const made = JSON.parse(
    (await run("create", "yandex-eats", "--label", "main", "--json")).out,
  ) as Credentials;
  const rotated = JSON.parse(
    (await run("create", "yandex-eats", "--client", made.clientId, "--json")).out,
  ) as Credentials;
  expect(rotated).toMatchObject({ clientId: made.clientId });
  expect(rotated.secret).not.toBe(made.secret);
  expect(await run("create", "yandex-eats", "--client", made.clientId)).toMatchObject({ code: 1, out: "" });
  expect((await run("revoke", "yandex-eats", made.clientId, "--secret", made.secretId)).code).toBe(0);
  const listed = await run("list", "yandex-eats", "--json");
  expect(JSON.parse(listed.out)).toMatchObject([
    {
      id: made.clientId,
      label: "main",
      revokedAt: null,
      secrets: [{ id: made.secretId }, { revokedAt: null }],
    },
  ]);
  for (const secret of [made.secret, rotated.secret]) expect(listed.out).not.toContain(secret);
  expect((await run("revoke", "yandex-eats", made.clientId)).code).toBe(0);
  expect(await run("revoke", "yandex-eats", made.clientId, "--json")).toMatchObject({
    code: 1,
    out: '{"revoked":false}\n',
  });
});

test("a person is told what was made", async () => {
  const { out } = await run("create", "yandex-eats");
  expect(out).toMatch(/client_id {6}yandex-eats-[0-9a-f]{18}\nclient_secret {2}prs_[\w-]{43}\nShown once/);
  expect((await run("list", "yandex-eats")).out).toMatch(/^yandex-eats-\w+ {2}(?:active |revoked)/);
});

test("wrong use is told from failure", async () => {
  expect(await run("create", "irp")).toMatchObject({
    code: 2,
    error: expect.stringContaining("yandex-eats"),
  });
  expect((await run("create")).code).toBe(2);
  expect((await run("create", "yandex-eats", "--client", "nobody")).code).toBe(1);
});
