// Examples of events have the fields of real ones: receivers are programmed against them.
import { beforeAll, expect, test } from "vitest";
import { EVENT_EXAMPLES, type EventKind, OPEN_KINDS } from "../../src/contract/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { allBeside, fillForFuzz } from "../support/small-world.ts";

forEachEngine("examples of events", (engine) => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    await fillForFuzz(api);
  }, 120_000);

  test("real events of a small shop have the fields of their examples, no more and no fewer", async () => {
    const rows = await engine.database.read((tx) =>
      tx.rows<{ kind: EventKind; subject_type: string; body: string }>(
        "select kind, subject_type, body from event",
      ),
    );
    // Events that the world notes by hand are empty.
    const real = rows.filter(({ body }) => body !== "{}");
    const kinds = new Set(real.map(({ kind }) => kind));
    for (const kind of ["feedback.received", "rules.published", "desk.alert"] as const)
      expect(kinds).toContain(kind);
    for (const { kind, subject_type, body } of real) {
      const example = EVENT_EXAMPLES[kind];
      expect(Object.keys(example.data).sort(), kind).toEqual(Object.keys(JSON.parse(body)).sort());
      if (kind !== "desk.alert") expect(example.subject.type, kind).toBe(subject_type);
    }
  });

  test("every kind that an endpoint can ask for has an example", () => {
    for (const kind of OPEN_KINDS)
      expect(Object.keys(EVENT_EXAMPLES[kind].data).length, kind).toBeGreaterThan(0);
  });
});
