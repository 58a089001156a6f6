// The list of outlets as a spreadsheet writes it: comma or semicolon, UTF-8 or windows-1251, columns in any order.
import { readFile } from "node:fs/promises";
import { TextDecoder } from "node:util";
import { CsvError, parse } from "csv-parse/sync";
import type { OutletRead } from "../flows/index.ts";
import { CommandFailed } from "./context.ts";

/** Columns by name; the case and spaces around do not matter. `id` is needed, an empty cell is "not told". */
export const OUTLET_COLUMNS = ["id", "name", "city", "timezone", "yandexEatsId", "pickupPointId"] as const;

/** Most bytes of the file. */
const MAX_BYTES = 16 * 1024 ** 2;

/** The rows with their lines; throws CommandFailed when the file is no such list. */
export async function readOutlets(path: string): Promise<OutletRead[]> {
  const bytes = await readFile(path);
  if (bytes.byteLength > MAX_BYTES) throw new CommandFailed("the list of outlets is larger than 16 MiB");
  const text = decode(bytes);
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = firstLine.split(";").length > firstLine.split(",").length ? ";" : ",";
  let records: { info: { lines: number }; record: Record<string, string> }[];
  try {
    records = parse(text, {
      bom: true,
      delimiter,
      columns: (header: string[]) => header.map(columnOf),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (error instanceof CsvError)
      throw new CommandFailed(`the list of outlets cannot be read: ${error.message}`);
    throw error;
  }
  if (records.length > 0 && records[0]?.record["id"] === undefined)
    throw new CommandFailed(
      `the list of outlets has no column id; known columns: ${OUTLET_COLUMNS.join(", ")}`,
    );
  return records.map(({ info, record }) => ({
    line: info.lines,
    outlet: {
      id: record["id"] ?? "",
      name: record["name"] || null,
      city: record["city"] || null,
      timezone: record["timezone"] || null,
      yandexEatsId: record["yandexEatsId"] || null,
      pickupPointId: record["pickupPointId"] || null,
    },
  }));
}

/** The known spelling of a header cell, or null for a column that is passed over. */
function columnOf(cell: string): string | null {
  const bare = cell.replace(/[\s_-]/g, "").toLowerCase();
  return OUTLET_COLUMNS.find((column) => column.toLowerCase() === bare) ?? null;
}

/** What is no UTF-8 came out of a Russian spreadsheet. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}
