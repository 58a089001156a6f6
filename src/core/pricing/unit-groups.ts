// Units of a line that cost the same, as a receipt needs them.
import { type Minor, multiplyRoundHalfUp, type Quantity } from "../money/index.ts";
import type { UnitGroup } from "./quote.ts";

/** All of a good sold by fraction. */
export function oneGroup(quantity: number, total: number): UnitGroup[] {
  const unitPrice = multiplyRoundHalfUp(total, 1000, quantity) as Minor;
  return [{ quantity: quantity as Quantity, unitPrice, total: total as Minor }];
}

/** Groups of the units from `start` to `end`: the dearer, the cheaper, the free. */
export function groupsOf(start: number, end: number, money: number, paid: number): UnitGroup[] {
  const low = paid === 0 ? 0 : Math.floor(money / paid);
  const dear = paid === 0 ? 0 : money - low * paid;
  // Nearly always all units cost the same.
  if (start >= dear && end <= paid && start < end) return [groupOf(end - start, low)];
  const groups: UnitGroup[] = [];
  const dearer = Math.min(end, dear) - start;
  if (dearer > 0) groups.push(groupOf(dearer, low + 1));
  const cheaper = Math.min(end, paid) - Math.max(start, dear);
  if (cheaper > 0) groups.push(groupOf(cheaper, low));
  const free = end - Math.max(start, paid);
  if (free > 0) groups.push(groupOf(free, 0));
  return groups;
}

function groupOf(units: number, price: number): UnitGroup {
  return {
    quantity: (units * 1000) as Quantity,
    unitPrice: price as Minor,
    total: (units * price) as Minor,
  };
}
