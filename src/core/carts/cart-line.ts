// A line of a cart as the app names it: what must be kept to answer it again, before anything is looked up or priced.
import type { Quantity } from "../money/index.ts";

/** One line; text fields are the app's own, given back as they came. */
export interface AppLine {
  /** The good as the app calls it. */
  readonly ref: string;
  /** Other names the good may be found under, in the order they were sent under; null where not sent. */
  readonly privateRef: string | null;
  readonly productRef: string | null;
  readonly name: string | null;
  /** Thousandths; null when it was no usable number: the line is kept and answered with a problem. */
  readonly quantity: Quantity | null;
  readonly selected: boolean;
  readonly kitId: string | null;
  readonly addonRefs: readonly string[];
  readonly warehouseId: string | null;
  readonly deliveryGroup: string | null;
  readonly fractionOptionId: string | null;
}

/** The same good in the same kit with the same add-ons from the same warehouse has the same key. */
export function lineKey(line: Pick<AppLine, "ref" | "kitId" | "addonRefs" | "warehouseId">): string {
  return JSON.stringify([line.ref, line.kitId, [...line.addonRefs].sort(), line.warehouseId]);
}
