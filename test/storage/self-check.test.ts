// The check of SQLite at every start: its version and settings are read back, and one that is wrong is refused with a sentence.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EngineRefused, openDatabase } from "../../src/storage/index.ts";
import { serverPlace, startServer } from "../support/server.ts";

const { pragma, prepare } = Sqlite.prototype;

describe("the check of SQLite at its start", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "prilavok-check-"));
  });
  afterEach(() => {
    Object.assign(Sqlite.prototype, { pragma, prepare });
    rmSync(folder, { recursive: true });
  });
  const open = () => openDatabase({ url: `sqlite:${join(folder, "prilavok.db")}` });

  /** The engine gets `instead` where it is told `setting`, or nothing at all. */
  function deafTo(setting: RegExp, instead?: string): void {
    Sqlite.prototype.pragma = function deaf(this: Sqlite.Database, text: string, options) {
      if (setting.test(text)) return instead === undefined ? undefined : pragma.call(this, instead);
      return pragma.call(this, text, options);
    };
  }

  /** The engine says that it is `version`. */
  function ofVersion(version: string): void {
    Sqlite.prototype.prepare = function disguised(this: Sqlite.Database, text: string) {
      return prepare.call(this, text.replace("sqlite_version()", `'${version}'`));
    } as typeof prepare;
  }

  test("settings are those that keep what was acknowledged, also when the file is opened again", async () => {
    for (let each = 0; each < 2; each += 1) {
      const database = await open();
      const { version, ...set } = database.traits;
      expect(set).toEqual({ journalMode: "wal", synchronous: 2, foreignKeys: 1, busyTimeoutMs: 5000 });
      expect(String(version)).toMatch(/^3\.\d+\.\d+$/);
      await database.close();
    }
  });

  test.each([
    ["journal_mode", /^journal_mode =/, "journal_mode = DELETE", "journalMode is delete"],
    ["synchronous", /^synchronous =/, undefined, "synchronous is 1"],
    ["foreign_keys", /^foreign_keys =/, "foreign_keys = OFF", "foreignKeys is 0"],
    ["busy_timeout", /^busy_timeout =/, "busy_timeout = 100", "busyTimeoutMs is 100"],
  ] as const)(
    "a wrong %s is refused, and nothing is left open",
    async (_name, setting, instead, sentence) => {
      // A file that is there already: the driver opens it with settings of its own.
      await (await open()).close();
      deafTo(setting, instead);
      await expect(open()).rejects.toThrow(
        new EngineRefused(`SQLite did not take its settings: ${sentence}`),
      );
      Object.assign(Sqlite.prototype, { pragma });
      await (await open()).close();
    },
  );

  test.each([
    ["3.51.2", true],
    ["3.40.1", true],
    ["2.99.99", true],
    ["3.51.3", false],
    ["3.53.0", false],
    ["3.100.0", false],
    ["4.0.0", false],
  ])("SQLite %s is refused: %s", async (version, isRefused) => {
    ofVersion(version);
    const opened = open();
    if (isRefused)
      await expect(opened).rejects.toThrow(
        new EngineRefused(`SQLite ${version} may lose commits; 3.51.3 or later is needed`),
      );
    else await (await opened).close();
  });
});

test("a server says at its start what its database is and how it is set", { timeout: 60_000 }, async () => {
  const place = await serverPlace("sqlite");
  try {
    const server = await startServer(place);
    // Lines are gathered for a moment: the stop writes all.
    await server.stop();
    const lines = server.printed().split("\n");
    const line = lines.find((each) => each.includes('"msg":"database"'));
    expect(JSON.parse(line ?? "{}")).toMatchObject({
      engine: "sqlite",
      version: expect.stringMatching(/^3\./),
      journalMode: "wal",
      synchronous: 2,
      foreignKeys: 1,
      busyTimeoutMs: 5000,
    });
  } finally {
    await place.remove();
  }
});
