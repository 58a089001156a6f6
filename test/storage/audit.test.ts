// The audit log finds what was changed in it, and names the row; nobody changes it by the way.
import { beforeEach, expect, test } from "vitest";
import { keepAudit, proveAudit } from "../../src/flows/index.ts";
import { type AuditEntry, auditEntries } from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const ENTRIES = 25;

forEachEngine("the audit log", (engine) => {
  const house = () => houseOver(engine.database);

  /** Changes the log as somebody with all rights does: past the triggers. */
  async function tamper(statement: string): Promise<void> {
    await engine.database.transaction(async (tx) => {
      const triggers = guards(engine.name);
      for (const { drop } of triggers) await tx.run(drop);
      await tx.run(statement);
      for (const { create } of triggers) await tx.run(create);
    });
  }

  function guards(name: "sqlite" | "postgres"): { drop: string; create: string }[] {
    if (name === "postgres")
      return [
        {
          drop: "alter table audit_entry disable trigger audit_entry_kept",
          create: "alter table audit_entry enable trigger audit_entry_kept",
        },
      ];
    return ["update", "delete"].map((what) => ({
      drop: `drop trigger audit_entry_no_${what}`,
      create: `create trigger audit_entry_no_${what} before ${what} on audit_entry begin
        select raise(abort, 'the audit log is only added to'); end`,
    }));
  }

  beforeEach(async () => {
    await tamper("delete from audit_entry");
    for (let index = 1; index <= ENTRIES; index += 1) {
      const note = {
        at: index,
        actor: "ann",
        action: "desk.work",
        subject: `i-${index}`,
        details: { index },
      };
      await engine.database.transaction((tx) => keepAudit(tx, note));
    }
  });

  test("is whole when nobody touched it", async () => {
    const proof = await proveAudit(house());
    expect(proof).toMatchObject({ entries: ENTRIES, brokenAt: null });
    expect(proof.head).toMatch(/^[\w-]{43}$/);
  });

  test.each([
    ["a changed actor", "update audit_entry set actor = 'bob' where number = 7", 7],
    ["a changed instant", "update audit_entry set at = at + 1 where number = 1", 1],
    ["changed details", "update audit_entry set details = '{\"index\":9}' where number = 8", 8],
    ["a changed hash", "update audit_entry set hash = 'x' where number = 25", 25],
    ["a row taken out", "delete from audit_entry where number = 12", 12],
    [
      "two rows swapped",
      "update audit_entry set subject = case number when 3 then 'i-4' else 'i-3' end where number in (3, 4)",
      3,
    ],
  ])("names the row: %s", async (_, statement, number) => {
    await tamper(statement);
    expect(await proveAudit(house())).toMatchObject({ brokenAt: number, entries: number - 1 });
  });

  test.each(["update audit_entry set actor = 'bob' where number = 7", "delete from audit_entry"])(
    "refuses %s by its triggers",
    async (statement) => {
      await expect(engine.database.transaction((tx) => tx.run(statement))).rejects.toThrow(/only added to/);
      expect(await proveAudit(house())).toMatchObject({ entries: ENTRIES, brokenAt: null });
    },
  );

  test("a check of the numbers alone notices none of the changes but the missing row", async () => {
    const careless = async () => {
      const entries: AuditEntry[] = await engine.database.read((tx) => auditEntries(tx, 0, 1000));
      return entries.every(({ number }, index) => number === index + 1);
    };
    await tamper("update audit_entry set actor = 'bob' where number = 7");
    expect(await careless()).toBe(true);
    expect((await proveAudit(house())).brokenAt).toBe(7);
  });

  test("written by many at once is one chain", async () => {
    const note = { at: 1, actor: "ann", action: "desk.work", subject: "i", details: {} };
    const writers = Array.from({ length: 20 }, () =>
      engine.database.transaction((tx) => keepAudit(tx, note)),
    );
    await Promise.all(writers);
    expect(await proveAudit(house())).toMatchObject({ entries: ENTRIES + 20, brokenAt: null });
  });
});
