// Forgets explanations by age and by the room they take: a little at a time, so that carts never wait for it.
import { calculationRoom, oldestCalculation, removeCalculations, removeGoods } from "../storage/index.ts";
import type { House } from "./house.ts";

/** Calculations removed in one transaction. */
export const FORGET_PAGE = 500;
/** Wordings outlive their last noted use by this, ms: the book notes a use only twice a day. */
const GOODS_MARGIN = 2 * 86_400_000;

/** What was forgotten. */
export interface CalculationsForgotten {
  readonly byAge: number;
  readonly bySize: number;
  readonly goods: number;
}

/** Removes calculations older than `keepMs`, then the oldest ones while all together take more than `mostSize` characters. */
export async function forgetCalculations(
  house: House,
  keepMs: number,
  mostSize: number,
  page = FORGET_PAGE,
): Promise<CalculationsForgotten> {
  const now = house.now();
  const byAge = await removePages(house, now - keepMs, page, () => true);
  let { size } = await house.database.read(calculationRoom);
  const bySize =
    size <= mostSize
      ? 0
      : await removePages(house, Number.MAX_SAFE_INTEGER, page, (removed) => {
          size -= removed;
          return size > mostSize;
        });
  const goods = await house.database.transaction(async (tx) => {
    const oldest = (await oldestCalculation(tx)) ?? now;
    return removeGoods(tx, oldest - GOODS_MARGIN);
  });
  return { byAge, bySize, goods };
}

/** Removes page after page of what is older than `before`; `goesOn` is told the size of each page. */
async function removePages(
  house: House,
  before: number,
  page: number,
  goesOn: (size: number) => boolean,
): Promise<number> {
  let sum = 0;
  for (;;) {
    const { count, size } = await house.database.transaction((tx) => removeCalculations(tx, before, page));
    sum += count;
    if (count < page || !goesOn(size)) return sum;
  }
}
