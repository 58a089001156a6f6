// Which vendors' faces this installation shows, and how each is set.
import type { Face } from "../http/index.ts";
import type { Installation } from "./installation.ts";

/** The faces, in no order. */
export function facesOf(_installation: Installation): readonly Face[] {
  return [];
}
