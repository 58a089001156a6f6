// The door of loyalty: lots of points, and what becomes of them as double entries.
export { decideAdjustment, decideReversal } from "./adjust.ts";
export { decideEarn } from "./earn.ts";
export {
  decideCapture,
  decideHold,
  decideRelease,
  type Hold,
  type HoldState,
} from "./hold.ts";
export { type Lot, type LotKind, type NewLot, spendable, type Take } from "./lot.ts";
export {
  type Account,
  accountChanges,
  type Change,
  type Entry,
  entriesOf,
  lotChanges,
  type MovementKind,
  type Posting,
} from "./posting.ts";
export { decideReturn, type ReturnedPoints } from "./return.ts";
export { settle } from "./settle.ts";
export {
  type ProgrammeCost,
  type SimulatedOrder,
  type SimulatedTerms,
  simulateProgramme,
} from "./simulation.ts";
export { DEFAULT_TERMS, holdEnd, type LoyaltyTerms, lotTimes } from "./terms.ts";
export { decideTransfer } from "./transfer.ts";
