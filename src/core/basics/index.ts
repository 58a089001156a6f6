// The door of the basics: five tiny files, a closed list.
export { AssertionFailed, assert, present } from "./assert.ts";
export type { Brand } from "./brand.ts";
export { type Instant, instant } from "./instant.ts";
export { unreachable } from "./unreachable.ts";
