// The door of loyalty: lots of points, and what becomes of them as double entries.
export { type Adjustment, decideAdjustment, decideReversal, type Reversal } from "./adjust.ts";
export { decideEarn, type Earning } from "./earn.ts";
export {
  decideCapture,
  decideHold,
  decideRelease,
  type HeldPart,
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
  type ProgrammeAccount,
} from "./posting.ts";
export { decideReturn, type ReturnedPoints } from "./return.ts";
export { type Settlement, settle } from "./settle.ts";
export { type ClawBack, DEFAULT_TERMS, holdEnd, type LoyaltyTerms, lotTimes } from "./terms.ts";
export { decideTransfer } from "./transfer.ts";
