// Feeds and stock in files, as readings that may be begun again.
import { createReadStream } from "node:fs";
import type { FeedEvent, Reading, StockEvent } from "../../flows/index.ts";
import { readFeed } from "./feed-reader.ts";
import type { OnBytes } from "./file-text.ts";
import { readStock } from "./stock-reader.ts";

/** Where a file lies and how it is spoken of. */
export interface FeedFile {
  readonly path: string;
  /** For the record of imports, without secrets; the path when absent. */
  readonly name?: string;
  /** Told how many bytes of the file have been read. */
  readonly onBytes?: OnBytes;
}

/** A YML feed in a file. */
export function feedFile(file: FeedFile): Reading<FeedEvent> {
  return { name: file.name ?? file.path, read: () => readFeed(createReadStream(file.path), file.onBytes) };
}

/** A stock file. */
export function stockFile(file: FeedFile): Reading<StockEvent> {
  return { name: file.name ?? file.path, read: () => readStock(createReadStream(file.path), file.onBytes) };
}
