// The door of the YML feed format: bytes and files to events.
export { readFeed } from "./feed-reader.ts";
export { feedFile, stockFile } from "./file-reading.ts";
export { readStock } from "./stock-reader.ts";
