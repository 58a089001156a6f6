// Runs a suite on every engine this machine has: SQLite in a temporary file, PostgreSQL in a database of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe } from "vitest";
import { migrate, type OpenedDatabase, openDatabase } from "../../src/storage/index.ts";
import { URL_VARIABLE } from "./postgres.ts";

/** A database for one suite; `database` may be used from beforeAll on. */
export interface EngineUnderTest {
  readonly name: "sqlite" | "postgres";
  readonly database: OpenedDatabase;
  /** The URL, to open a second handle or start a process on it. */
  readonly url: string;
  /** Closes it and opens it again, as a restart does. */
  reopen(): Promise<void>;
}

let counter = 0;

/** A new empty place for data and the function that removes it. */
export async function freshPlace(
  name: "sqlite" | "postgres",
): Promise<{ url: string; remove(): Promise<void> }> {
  if (name === "sqlite") {
    const folder = mkdtempSync(join(tmpdir(), "prilavok-test-"));
    return {
      url: `sqlite:${join(folder, "test.db")}`,
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const base = process.env[URL_VARIABLE] as string;
  counter += 1;
  const title = `t_${process.pid}_${Date.now().toString(36)}_${counter}`;
  await administer(base, `create database ${title}`);
  const url = new URL(base);
  url.pathname = `/${title}`;
  return { url: url.href, remove: () => administer(base, `drop database if exists ${title} with (force)`) };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Engines of this machine; PostgreSQL only where a server was found or started. */
export function engines(): readonly ("sqlite" | "postgres")[] {
  return process.env[URL_VARIABLE] ? ["sqlite", "postgres"] : ["sqlite"];
}

/** Declares `suite` once per engine; on a machine without PostgreSQL its half is reported as skipped. */
export function forEachEngine(
  title: string,
  suite: (engine: EngineUnderTest) => void,
  options = { isMigrated: true },
): void {
  for (const name of ["sqlite", "postgres"] as const) {
    const declare = engines().includes(name) ? describe : describe.skip;
    declare(`${title} (${name})`, () => {
      let opened: OpenedDatabase | undefined;
      let place: Awaited<ReturnType<typeof freshPlace>> | undefined;
      const open = async (): Promise<void> => {
        opened = await openDatabase({ url: (place as { url: string }).url });
      };
      beforeAll(async () => {
        place = await freshPlace(name);
        await open();
        if (options.isMigrated) await migrate(opened as OpenedDatabase, 0);
      });
      afterAll(async () => {
        await opened?.close();
        await place?.remove();
      });
      suite({
        name,
        get database() {
          return opened as OpenedDatabase;
        },
        get url() {
          return (place as { url: string }).url;
        },
        reopen: async () => {
          await opened?.close();
          await open();
        },
      });
    });
  }
}
