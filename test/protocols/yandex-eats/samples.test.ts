// Every recorded exchange of the samples, by the tolerant and the strict reading, on both engines.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createClient, revokeClient, rotateSecret } from "../../../src/flows/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import {
  type Entry,
  entries,
  hasShape,
  isProblemList,
  microseconds,
  recordedCall,
  sample,
} from "./recorded.ts";
import { emptyRecords, makeStand, type Stand } from "./stand.ts";

const bodies = entries.filter((entry) => entry.type === "feedback-body" && entry.sequence === undefined);
const steps = entries.filter((entry) => entry.sequence !== undefined);
const calls = entries.filter((entry) => entry.type === "http-request");
const titled = (list: readonly Entry[]) => list.map((entry) => [entry.file, entry] as const);

test("the manifest has all the kinds of exchange that are driven here", () => {
  expect(bodies.length).toBe(74);
  expect(steps.length).toBe(12);
  expect(calls.length).toBe(35);
});

forEachEngine("the samples", (engine) => {
  for (const mode of ["tolerant", "strict"] as const) {
    describe(mode, () => {
      let stand: Stand;
      beforeAll(() => {
        stand = makeStand(engine.database, { mode });
      });
      beforeEach(() => emptyRecords(engine.database));
      afterAll(() => stand.app.close());

      test.each(titled(bodies))("%s", async (_file, entry) => {
        await deliver(stand, entry, mode);
      });

      test.each([...new Set(steps.map((entry) => entry.sequence))])("%s", async (name) => {
        const sequence = steps.filter((entry) => entry.sequence === name);
        for (const entry of sequence) await deliver(stand, entry, mode);
        if (mode === "tolerant") {
          const items = await stand.stored();
          const created = sequence.filter((entry) => entry.recommended.effect === "created");
          expect(items).toHaveLength(created.length);
          expect(items.reduce((sum, item) => sum + item.deliveries, 0)).toBe(sequence.length);
        }
      });

      test.each(titled(calls))("%s", async (_file, entry) => {
        await exchange(stand, entry, mode);
      });
    });
  }
});

async function deliver(stand: Stand, entry: Entry, mode: "tolerant" | "strict"): Promise<void> {
  const answer = await stand.send(sample(entry.file), await stand.token());
  const status = mode === "strict" ? entry.strict?.status : entry.recommended.status;
  expect(answer.status).toBe(status);
  if (status === 200) expect(answer.body).toEqual({ result: "OK" });
  else expect(answer.body).toSatisfy(isProblemList);
  if (mode === "strict") return;
  const eatsId = (JSON.parse(sample(entry.file)) as { feedback?: { eatsId?: unknown } }).feedback?.eatsId;
  const items = await stand.stored();
  if (entry.recommended.effect === "rejected") {
    expect(items).toEqual([]);
    return;
  }
  const [item] = items;
  expect(item?.effect).toBe(entry.recommended.effect);
  expect([...(item?.warnings ?? [])].sort()).toEqual([...(entry.recommended.warnings ?? [])].sort());
  expect(item?.content.sourceOrderId).toBe(String(eatsId).trim());
  for (const [field, expected] of Object.entries(entry.instant ?? {})) {
    const shown = item?.instants[field as "createdAt"] as string;
    expect(microseconds(shown, expected)).toBe(microseconds(expected, expected));
  }
}

async function exchange(stand: Stand, entry: Entry, mode: "tolerant" | "strict"): Promise<void> {
  const request = recordedCall(entry.file);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const [placeholder] = /\{\{\w+\}\}/.exec(value) ?? [];
    headers[name.toLowerCase()] =
      placeholder === undefined ? value : value.replace(placeholder, await tokenFor(stand, placeholder));
  }
  const answer = await stand.call({
    method: request.method,
    url: `/yandex-eats${request.path}`,
    headers,
    ...(request.method === "POST" ? { payload: request.body } : {}),
  });
  // The contract calls scope required and gives a default; strict mode holds it to the former.
  const isStrictOnly = mode === "strict" && entry.file === "token/T09-missing-scope.json";
  expect(answer.status).toBe(isStrictOnly ? 400 : entry.recommended.status);
  if (isStrictOnly) return;
  expect(answer.body).toSatisfy((body) => hasShape(body, entry.recommended.bodyShape));
  if (answer.status === 405) expect(answer.headers["allow"]).toBe("POST");
  if (request.path.endsWith("/token") && answer.status !== 405) {
    expect(answer.headers["cache-control"]).toBe("no-store");
  }
  expect(answer.headers["www-authenticate"] === undefined).toBe(answer.status !== 401);
}

async function tokenFor(stand: Stand, placeholder: string): Promise<string> {
  if (placeholder === "{{READ_ONLY_TOKEN}}") return stand.token("read");
  if (placeholder === "{{REVOKED_TOKEN}}") return revokedToken(stand);
  const token = await stand.token();
  if (placeholder === "{{EXPIRED_TOKEN}}") stand.turnClock(3600_000 + 5 * 60_000);
  return token;
}

/** A token of a client whose secret was rotated and then taken back. */
async function revokedToken(stand: Stand): Promise<string> {
  const { secrets } = stand.settings;
  const made = await createClient(stand.house, secrets, "yandex-eats", "rotated");
  const answer = await stand.call({
    method: "POST",
    url: "/yandex-eats/security/oauth/token",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: `client_id=${made.clientId}&client_secret=${made.secret}&grant_type=client_credentials&scope=read`,
  });
  await rotateSecret(stand.house, secrets, "yandex-eats", made.clientId);
  await revokeClient(stand.house, "yandex-eats", made.clientId, made.secretId);
  return (answer.body as { access_token: string }).access_token;
}
