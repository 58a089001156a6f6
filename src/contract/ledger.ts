// The points ledger as a whole: the report, the entries one by one, and imports of balances.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import {
  count,
  identifier,
  input,
  LARGEST,
  label,
  minor,
  moment,
  nullable,
  oneOf,
  output,
  PAGE,
  pageOf,
} from "./shape.ts";

const points = (description: string) => Type.Integer({ minimum: 0, maximum: LARGEST, description });
const change = (description: string) => Type.Integer({ minimum: -LARGEST, maximum: LARGEST, description });

/** The report. */
export const getLoyaltyReport = operation({
  id: "getLoyaltyReport",
  method: "GET",
  path: "/loyalty/report",
  tag: "loyalty",
  summary: "Read what is owed, what ends soon, what came and went",
  scope: "loyalty:read",
  query: input({
    at: Type.Optional(moment("The liability at this past instant; left out: now.")),
    from: Type.Optional(moment("Turnover from here on; left out: 30 days before `until`.")),
    until: Type.Optional(moment("Not within; left out: now.")),
    by: Type.Optional(
      oneOf(["day", "month", "whole"], "Rows of the turnover, in the shop's time zone; left out: whole."),
    ),
  }),
  status: 200,
  answer: output(
    {
      liability: output({
        at: moment("The instant."),
        availablePoints: points("May be spent."),
        pendingPoints: points("Earned, and not to be spent yet."),
        heldPoints: points("Kept for orders."),
        totalPoints: points("All three."),
        totalMinor: nullable(minor("Their worth, kopecks."), "Null: there is no programme."),
      }),
      ending: Type.Array(
        output({
          days: count("Within so many days from now, behind the row before."),
          points: points("Points that end."),
          customers: count("Customers who have them."),
        }),
      ),
      turnover: Type.Array(
        output({
          from: moment("From."),
          until: moment("Until, not within."),
          issued: points("Earned by orders."),
          takenBack: points("Taken back of it after returns."),
          redeemed: points("Paid for orders."),
          returned: points("Given back of it after returns."),
          expired: points("Ended by time."),
          correctedUp: points("Put in by hand."),
          correctedDown: points("Taken out by hand."),
          openedUp: points("Put in by balances from elsewhere."),
          openedDown: points("Taken out by them."),
        }),
      ),
    },
    { title: "LoyaltyReport" },
  ),
});

/** Entries of one page of the ledger, at most. */
export const ENTRIES_PAGE_LIMIT = 1000;

/** The ledger itself. */
export const listLedgerEntries = operation({
  id: "listLedgerEntries",
  method: "GET",
  path: "/loyalty/entries",
  tag: "loyalty",
  summary: "Read the points ledger, entry by entry",
  description:
    "Oldest first. The amounts of each movement add up to 0. `export ledger` writes them as a CSV table.",
  scope: "loyalty:read",
  query: input({
    ...PAGE,
    from: Type.Optional(moment("From here on.")),
    until: Type.Optional(moment("Not within.")),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: ENTRIES_PAGE_LIMIT,
        default: ENTRIES_PAGE_LIMIT,
        description: "Entries of a page.",
      }),
    ),
  }),
  status: 200,
  answer: pageOf(
    output(
      {
        at: moment("When."),
        movementId: identifier("The movement that it belongs to."),
        position: count("Its place in the movement, from 1."),
        kind: Type.String({ description: "Kind of the movement." }),
        account: Type.String({
          description:
            "pending, available or held of a customer; issued, redeemed, expired or adjustments of the programme.",
        }),
        customerId: nullable(Type.String(), "Null: an account of the programme."),
        lotId: identifier("The lot."),
        points: change("Above 0: arrived; below: left."),
        orderId: nullable(Type.String(), "The order."),
        actor: nullable(Type.String(), "Who did it by hand."),
        reason: nullable(Type.String(), "Why."),
        controlPoints: nullable(change("The balance that another system told."), "Null: none did."),
      },
      { title: "LedgerEntry" },
    ),
    "LedgerEntryPage",
  ),
});

/** Whether the book adds up. */
export const getLedgerInvariants = operation({
  id: "getLedgerInvariants",
  method: "GET",
  path: "/loyalty/invariants",
  tag: "loyalty",
  summary: "Recompute every balance from the entries and compare",
  description:
    "Goes through the whole ledger, which takes long where it is large: ask when a person wants to know, not on a timer.",
  scope: "loyalty:read",
  status: 200,
  answer: output(
    {
      checkedAt: moment("When."),
      isSound: Type.Boolean({ description: "Everything agrees, and the sum over all accounts is 0." }),
      movements: count("Movements."),
      entries: count("Entries."),
      accounts: count("Customers with accounts."),
      lots: count("Lots."),
      sumPoints: change("Sum over all entries; 0 in a sound ledger."),
      differences: Type.Array(Type.String(), {
        description: "One sentence for each thing that does not agree, the first 20 of each kind.",
      }),
    },
    { title: "LedgerInvariants" },
  ),
});

/** An import of balances. */
const BalanceImport = output(
  {
    id: identifier("Id of the import."),
    name: label("Name of the file."),
    actor: Type.String({ description: "Who imported." }),
    state: oneOf(
      ["running", "done", "undoing", "undone"],
      "running and undoing: on their way, or interrupted.",
    ),
    balances: count("Balances that it has."),
    points: points("Their sum."),
    startedAt: moment("When it began."),
    undoneAt: nullable(moment("When it was taken back."), "Null: it stands."),
    missingPoints: points("Could not be taken back since they were spent."),
    lostPoints: points("Were not given back since they had expired."),
  },
  { title: "BalanceImport" },
);

/** Imports of balances. */
export const listBalanceImports = operation({
  id: "listBalanceImports",
  method: "GET",
  path: "/loyalty/balance-imports",
  tag: "loyalty",
  summary: "List imports of balances",
  description: "Newest first. Files are imported at the server: `import balances FILE`.",
  scope: "loyalty:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(BalanceImport, "BalanceImportPage"),
});

/** Takes an import back. */
export const undoBalanceImport = operation({
  id: "undoBalanceImport",
  method: "POST",
  path: "/loyalty/balance-imports/{importId}/undo",
  tag: "loyalty",
  summary: "Take an import of balances back as a whole",
  description: "Again, it goes on where it was interrupted, or changes nothing.",
  scope: "loyalty:write",
  needsFresh: true,
  params: input({ importId: identifier("Id of the import.") }),
  body: input(
    {
      despiteSpent: Type.Optional(
        Type.Boolean({ description: "Also where some points are spent or held: what is left is taken." }),
      ),
    },
    { title: "BalanceImportUndo", examples: [{ despiteSpent: true }] },
  ),
  status: 200,
  answer: BalanceImport,
  problems: ["points_spent"],
});
