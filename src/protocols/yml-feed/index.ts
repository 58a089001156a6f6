// The door of the YML feed format: bytes to events.
export { readFeed } from "./feed-reader.ts";
export type { OnBytes } from "./file-text.ts";
export { readStock } from "./stock-reader.ts";
