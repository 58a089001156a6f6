// Words of the home page.
import type { Same } from "../../words.ts";
import type { home as ru } from "../ru/home.ts";

/** Texts of the home page. */
export const home: Same<typeof ru> = {
  hello: "Hello, {{name}}",
  places: "Where to go",
};
