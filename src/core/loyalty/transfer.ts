// Two customers become one: every lot of the one goes to the other as it is, pending, available and held alike.
import type { Lot } from "./lot.ts";
import type { CustomerAccount, Pair, Posting } from "./posting.ts";

const ACCOUNTS: readonly CustomerAccount[] = ["pending", "available", "held"];

/** Moves what is left of `lots` to another customer; each keeps its own dates. */
export function decideTransfer(lots: readonly Lot[], toCustomerId: string): Posting {
  const pairs = lots.flatMap((lot) =>
    ACCOUNTS.flatMap((account): Pair[] =>
      lot[account] === 0
        ? []
        : [
            {
              from: account,
              to: account,
              lotId: lot.id,
              amount: lot[account],
              customerId: lot.customerId,
              toCustomerId,
            },
          ],
    ),
  );
  return { kind: "transfer", newLots: [], pairs };
}
