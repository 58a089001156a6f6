// Everything that an installation keeps, as one text to look for names in: files with their logs, or every table of a server.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tableNames } from "../../src/storage/index.ts";
import type { EngineUnderTest } from "./engines.ts";

/** Whatever stands in files under a folder. */
export function textOfFiles(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name)).toString("utf8"))
    .join("\n");
}

/** The folder of the file with its write-ahead log, emptied first as after an erasure; or all rows of all tables. */
export async function everyText(engine: EngineUnderTest): Promise<string> {
  if (engine.name === "sqlite") {
    engine.database.truncateLog?.();
    return textOfFiles(dirname(engine.url.slice("sqlite:".length)));
  }
  return engine.database.read(async (tx) => {
    const texts: string[] = [];
    for (const name of await tableNames(tx)) {
      const rows = await tx.rows<{ all: string }>(`select t::text as all from "${name}" t`);
      texts.push(...rows.map((row) => row.all));
      for (const row of await tx.rows<Record<string, unknown>>(`select * from "${name}"`))
        for (const value of Object.values(row))
          if (Buffer.isBuffer(value)) texts.push(value.toString("utf8"));
    }
    return texts.join("\n");
  });
}

/** What numbers are made of: items without words and people, and every count. */
export function numbersText(engine: EngineUnderTest): Promise<string> {
  return engine.database.read(async (tx) => {
    const items = await tx.rows(
      `select seq, source, branch_id, rating, was_asked, comment is null as mute, day, late_ms, state, total_minor,
         is_disputed, revision from desk_item order by seq`,
    );
    const counted = [];
    for (const name of (await tableNames(tx)).filter((each) => /tally/.test(each)))
      counted.push(await tx.rows(`select * from "${name}" order by 1, 2, 3, 4, 5`));
    return JSON.stringify([items, counted]);
  });
}
