// The door of the flows: what the product does, one file per verb.
export type { House } from "./house.ts";
