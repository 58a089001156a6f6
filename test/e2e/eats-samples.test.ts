// Every recorded exchange with Yandex Eats through the HTTP door of a real server, read both ways, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Entry,
  entries,
  hasShape,
  isProblemList,
  microseconds,
  recordedCall,
  sample,
} from "../protocols/yandex-eats/recorded.ts";
import { engines } from "../support/engines.ts";
import { CREDENTIALS } from "../support/server.ts";
import { type Answer, type EatsStand, isTaken, type Mode, makeEatsStand } from "./eats-stand.ts";

const bodies = entries.filter((entry) => entry.type === "feedback-body" && entry.sequence === undefined);
const steps = entries.filter((entry) => entry.sequence !== undefined);
const calls = entries.filter((entry) => entry.type === "http-request");
const sequences = [...new Set(steps.map((entry) => entry.sequence))];
const titled = (list: readonly Entry[]) => list.map((entry) => [entry.file, entry] as const);

/** The order of every request in auth/ and http/. */
const CALLED_ORDER = "261112-41731927";

/** The call that must come before any token is issued: issuing one forgets those that have expired. */
const WITH_EXPIRED = "auth/A08-expired-token.json";
const expiredFirst = (left: Entry, right: Entry): number =>
  Number(right.file === WITH_EXPIRED) - Number(left.file === WITH_EXPIRED);

/** Bodies whose order number another body brings before them: each body wants a store that knows nothing of it. */
const seconds = bodies.filter((entry, index) => {
  const told = orderOf(entry);
  return told !== null && bodies.slice(0, index).some((earlier) => orderOf(earlier) === told);
});
const firsts = bodies.filter((entry) => !seconds.includes(entry));

test("the manifest has all the kinds of exchange that are driven here", () => {
  expect([bodies.length, steps.length, calls.length]).toEqual([74, 12, 35]);
  expect(seconds.map((entry) => entry.file)).toEqual([
    "feedback/156-eatsId-padded.json",
    "feedback/157-eatsId-number.json",
  ]);
  expect(new Set(calls.map((entry) => entry.file.split("/")[0]))).toEqual(new Set(["auth", "http", "token"]));
});

for (const engine of ["sqlite", "postgres"] as const) {
  const declare = engines().includes(engine) ? describe : describe.skip;
  declare(`the recorded exchanges with Yandex Eats (${engine})`, () => {
    let stand: EatsStand;
    beforeAll(async () => {
      stand = await makeEatsStand(engine);
    });
    afterAll(() => stand?.remove());

    describe("order numbers that come twice", () => {
      test.each(titled(seconds))("%s", (_file, entry) => deliver(stand, entry, "tolerant"));
    });

    for (const mode of ["tolerant", "strict"] as const) {
      describe(mode, () => {
        beforeAll(() => stand.restart(mode));
        test.each(titled([...calls].sort(expiredFirst)))("%s", (_file, entry) =>
          exchange(stand, entry, mode),
        );
        // What is refused leaves nothing: in strict reading those of the first group stand in nobody's way.
        const list = mode === "strict" ? [...seconds, ...firsts] : firsts;
        test.each(titled(list))("%s", (_file, entry) => deliver(stand, entry, mode));
        test.each(sequences)("%s", (name) => deliverAll(stand, name, mode));
      });
    }
  });
}

interface Told {
  readonly id?: unknown;
  readonly eatsId?: unknown;
  readonly restaurantId?: unknown;
}

function toldIn(entry: Entry): Told {
  return (JSON.parse(sample(entry.file)) as { feedback?: Told }).feedback ?? {};
}

/** The order number as it is stored; null: there is none that could be. */
function orderOf(entry: Entry): string | null {
  const told = toldIn(entry).eatsId;
  const text = typeof told === "number" ? String(told) : typeof told === "string" ? told.trim() : "";
  return text === "" || text.length > 255 ? null : text;
}

/** One body to a store that knows nothing of its order. */
async function deliver(stand: EatsStand, entry: Entry, mode: Mode): Promise<void> {
  const order = orderOf(entry);
  if (order !== null) expect(await stand.records(order)).toEqual([]);
  await send(stand, entry, mode);
}

/** Sends a body and looks at the answer and at what it left. */
async function send(stand: EatsStand, entry: Entry, mode: Mode): Promise<void> {
  const status = mode === "strict" ? entry.strict?.status : entry.recommended.status;
  const order = orderOf(entry);
  const before = await stand.records(order ?? undefined);
  const headers = {
    authorization: `Bearer ${await stand.token("{{VALID_TOKEN}}")}`,
    "content-type": "application/json",
  };
  const answer = await stand.call("POST", "/v1/feedback", headers, sample(entry.file));
  expect(answer.status).toBe(status);
  const after = await stand.records(order ?? undefined);
  if (status !== 200) {
    expect(answer.body).toSatisfy(isProblemList);
    expect(after).toEqual(before);
    return;
  }
  expect(answer.body).toEqual({ result: "OK" });
  expect(after).toHaveLength(before.length + (entry.recommended.effect === "created" ? 1 : 0));
  const told = toldIn(entry);
  const [record] = after;
  expect(record).toMatchObject({
    clientId: CREDENTIALS.clientId,
    eatsId: order,
    restaurantId: told.restaurantId,
    effect: entry.recommended.effect,
    isUnassigned: false,
    canReply: record?.feedbackId !== null,
  });
  expect([...(record?.warnings ?? [])].sort()).toEqual([...(entry.recommended.warnings ?? [])].sort());
  if (typeof told.id === "number") expect(sample(entry.file)).toContain(`"id": ${record?.feedbackId},`);
  else expect(record?.feedbackId).toBe(typeof told.id === "string" && told.id !== "" ? told.id : null);
  for (const [field, expected] of Object.entries(entry.instant ?? {})) {
    const shown = record?.instants[field] ?? "";
    expect(microseconds(shown, expected)).toBe(microseconds(expected, expected));
  }
}

/** The steps of a sequence in order, and what they leave together. */
async function deliverAll(stand: EatsStand, name: string | undefined, mode: Mode): Promise<void> {
  const sequence = steps.filter((entry) => entry.sequence === name);
  const [first] = sequence;
  const order = first === undefined ? undefined : (orderOf(first) ?? undefined);
  expect(await stand.records(order)).toEqual([]);
  for (const entry of sequence) await send(stand, entry, mode);
  const taken = sequence.filter((entry) => mode === "tolerant" || entry.strict?.status === 200);
  const having = (effect: string) => taken.filter((entry) => entry.recommended.effect === effect).length;
  const records = await stand.records(order);
  expect(records).toHaveLength(having("created"));
  expect(records.reduce((sum, record) => sum + record.deliveries, 0)).toBe(taken.length);
  const revisions = records.reduce((sum, record) => sum + record.revisions.length, 0);
  expect(revisions).toBe(having("created") + having("updated"));
}

/** A recorded request as it stands, its answer, and whether it left what its status says. */
async function exchange(stand: EatsStand, entry: Entry, mode: Mode): Promise<void> {
  const { method, path, headers: recorded, body } = recordedCall(entry.file);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(recorded)) {
    const [placeholder] = /\{\{\w+\}\}/.exec(value) ?? [];
    headers[name] =
      placeholder === undefined ? value : value.replace(placeholder, await stand.token(placeholder));
  }
  // The contract calls scope required and gives a default; strict mode holds it to the former.
  const isStrictOnly = mode === "strict" && entry.file === "token/T09-missing-scope.json";
  const status = isStrictOnly ? 400 : entry.recommended.status;
  const before = await deliveriesOf(stand);
  const answer = await stand.call(method, path, headers, body);
  expect(answer.status).toBe(status);
  if (isStrictOnly) expect(answer.body).toSatisfy(isProblemList);
  else expect(answer.body).toSatisfy((shown) => hasShape(shown, entry.recommended.bodyShape));
  const isToken = path.endsWith("/token");
  checkHeaders(answer, isToken);
  if (isToken && status === 200) {
    expect(await isTaken(stand.call, (answer.body as { access_token: string }).access_token)).toBe(true);
  }
  expect(await deliveriesOf(stand)).toBe(before + (!isToken && status === 200 ? 1 : 0));
}

/** How often the feedback of auth/ and http/ has been taken. */
async function deliveriesOf(stand: EatsStand): Promise<number> {
  const records = await stand.records(CALLED_ORDER);
  expect(records.length).toBeLessThanOrEqual(1);
  return records[0]?.deliveries ?? 0;
}

function checkHeaders({ status, headers }: Answer, isToken: boolean): void {
  expect(headers["content-type"]).toMatch(/^application\/json/);
  expect(headers["allow"]).toBe(status === 405 ? "POST" : undefined);
  if (isToken && status !== 405) expect(headers["cache-control"]).toBe("no-store");
  expect(headers["www-authenticate"] === undefined).toBe(status !== 401);
}
