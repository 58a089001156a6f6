// Decisions of the points ledger as tables: lots in, pairs out.
// Long, because one builder of lots and holds serves all the tables.
import { describe, expect, test } from "vitest";
import { AssertionFailed, instant } from "../basics/index.ts";
import { points } from "../money/index.ts";
import { decideAdjustment, decideReversal } from "./adjust.ts";
import { decideEarn } from "./earn.ts";
import { decideCapture, decideHold, decideRelease, type Hold } from "./hold.ts";
import { compareLots, draw, type Lot, spendable } from "./lot.ts";
import { entriesOf, lotChanges, type Pair } from "./posting.ts";
import { decideReturn, type PointsReturn } from "./return.ts";
import { settle } from "./settle.ts";
import { DEFAULT_TERMS, holdEnd, lotTimes } from "./terms.ts";
import { decideTransfer } from "./transfer.ts";

const AT = instant(1000);
const none = points(0);

function lot(id: string, more: Partial<Record<keyof Lot, unknown>> = {}): Lot {
  const plain = { customerId: "c", kind: "opening", orderId: null, amount: 100, pending: 0, available: 100 };
  const times = { held: 0, expired: 0, activeFrom: 0, expiresAt: null, createdAt: 0 };
  return { id, ...plain, ...times, ...more } as unknown as Lot;
}

function hold(parts: readonly (readonly [string, number, number?])[], more: Partial<Hold> = {}): Hold {
  return {
    orderId: "o",
    customerId: "c",
    amount: points(parts.reduce((sum, [, amount]) => sum + amount, 0)),
    state: "held",
    releaseAt: AT,
    parts: parts.map(([lotId, amount, back = 0], index) => ({
      lotId,
      position: index + 1,
      amount: points(amount),
      givenBack: points(back),
    })),
    ...more,
  };
}

/** Pairs as text: FROM>TO LOT AMOUNT. */
const said = (pairs: readonly Pair[]): string[] =>
  pairs.map(
    ({ from, to, lotId, toLotId, amount }) =>
      `${from}>${to} ${lotId}${toLotId === undefined ? "" : `>${toLotId}`} ${amount}`,
  );

describe("lots", () => {
  test("are used first to expire first, then the oldest, then by id; those without end last", () => {
    const lots = [
      lot("d"),
      lot("c", { expiresAt: 2000, createdAt: 5 }),
      lot("b", { expiresAt: 2000, createdAt: 4 }),
      lot("a2", { expiresAt: 1500, createdAt: 9 }),
      lot("a1", { expiresAt: 1500, createdAt: 9 }),
      lot("e", { createdAt: 1 }),
    ];
    const order = ["a1", "a2", "b", "c", "d", "e"];
    expect([...lots].sort(compareLots).map(({ id }) => id)).toEqual(order);
    expect(draw(lots, 250, AT).map(({ lotId, amount }) => [lotId, amount])).toEqual([
      ["a1", 100],
      ["a2", 100],
      ["b", 50],
    ]);
  });

  test("that wait, have ended or are empty give nothing; an end is exclusive, a beginning inclusive", () => {
    const lots = [
      lot("ends now", { expiresAt: 1000 }),
      lot("ends next", { expiresAt: 1001, available: 1 }),
      lot("begins now", { activeFrom: 1000, available: 2 }),
      lot("begins next", { activeFrom: 1001 }),
      lot("empty", { available: 0 }),
      lot("due", { activeFrom: 999, pending: 4, available: 0 }),
    ];
    expect(spendable(lots, AT)).toBe(7);
    expect(draw(lots, 100, AT).map(({ lotId }) => lotId)).toEqual(["ends next", "begins now"]);
  });
});

describe("a pair", () => {
  test("is two entries; accounts of the programme are nobody's", () => {
    const pair = { from: "issued", to: "pending", lotId: "l", amount: points(5), customerId: "c" } as const;
    expect(entriesOf([pair])).toEqual([
      { account: "issued", customerId: null, lotId: "l", amount: -5 },
      { account: "pending", customerId: "c", lotId: "l", amount: 5 },
    ]);
  });

  test("moves something somewhere", () => {
    const pair = { from: "held", to: "held", lotId: "l", amount: points(5), customerId: "c" } as const;
    expect(() => entriesOf([pair])).toThrow(AssertionFailed);
    expect(() => entriesOf([{ ...pair, to: "available", amount: none }])).toThrow(AssertionFailed);
    expect(entriesOf([{ ...pair, toCustomerId: "d" }]).length).toBe(2);
  });

  test("between a customer and the expired counts on the lot, others of the programme do not", () => {
    const pair = { lotId: "l", amount: points(5), customerId: "c" } as const;
    const changes = lotChanges(
      entriesOf([
        { ...pair, from: "available", to: "expired" },
        { ...pair, from: "held", to: "redeemed" },
      ]),
    );
    expect(changes.get("l")).toEqual({ pending: 0, available: -5, held: -5, expired: 5 });
  });
});

describe("time", () => {
  test("activates, then ends what has ended too; held points stay", () => {
    const lots = [
      lot("due", { pending: 5, available: 0, activeFrom: 1000 }),
      lot("over", { pending: 3, available: 2, held: 7, activeFrom: 10, expiresAt: 1000 }),
      lot("later", { pending: 9, available: 0, activeFrom: 1001 }),
    ];
    const { postings, lots: after } = settle(lots, AT);
    expect(postings.map(({ kind, pairs }) => [kind, said(pairs)])).toEqual([
      ["activate", ["pending>available due 5", "pending>available over 3"]],
      ["expire", ["available>expired over 5"]],
    ]);
    expect(after.map(({ pending, available, held, expired }) => [pending, available, held, expired])).toEqual(
      [
        [0, 5, 0, 0],
        [0, 0, 7, 5],
        [9, 0, 0, 0],
      ],
    );
    expect(settle(after, AT).postings).toEqual([]);
    expect(settle(after, instant(0)).postings).toEqual([]);
  });

  test("of terms is days and hours", () => {
    const terms = { ...DEFAULT_TERMS, pendingDays: 1, expiryDays: 2, holdHours: 3 };
    expect(lotTimes(terms, AT)).toEqual({ activeFrom: 1000 + 86_400_000, expiresAt: 1000 + 3 * 86_400_000 });
    expect(lotTimes({ ...terms, expiryDays: null }, AT).expiresAt).toBeNull();
    expect(holdEnd(terms, AT)).toBe(1000 + 3 * 3_600_000);
  });
});

describe("earning", () => {
  const earning = { lotId: "l", customerId: "c", orderId: "o", amount: points(5), expiresAt: null };

  test("waits for its day, or is there at once", () => {
    expect(said(decideEarn({ ...earning, activeFrom: instant(1001) }, AT).pairs)).toEqual([
      "issued>pending l 5",
    ]);
    expect(said(decideEarn({ ...earning, activeFrom: AT }, AT).pairs)).toEqual(["issued>available l 5"]);
  });

  test("never ends before it begins", () => {
    expect(() => decideEarn({ ...earning, activeFrom: AT, expiresAt: AT }, AT)).toThrow(AssertionFailed);
  });
});

describe("a hold", () => {
  test("is whole or not at all", () => {
    expect(decideHold([lot("l")], "c", points(101), AT)).toEqual({ kind: "refused", available: 100 });
    expect(decideHold([lot("l")], "c", points(60), AT)).toMatchObject({
      takes: [{ lotId: "l", amount: 60 }],
    });
  });

  test("is captured with what returns have left of it, once", () => {
    const decision = decideCapture(
      hold([
        ["a", 10, 4],
        ["b", 5, 5],
      ]),
      [],
      AT,
    );
    expect(decision).toMatchObject({ kind: "post", amount: 6, missing: 0, takes: [] });
    expect(decision.kind === "post" && said(decision.posting.pairs)).toEqual(["held>redeemed a 6"]);
    for (const state of ["captured", "released"] as const)
      expect(decideCapture(hold([["a", 1]], { state }), [], AT)).toEqual({ kind: "ended", state });
  });

  test("that lapsed is captured from what is there by then", () => {
    const lapsed = hold([["a", 10, 10]], { state: "lapsed" });
    const decision = decideCapture(lapsed, [lot("b", { available: 7 })], AT);
    expect(decision).toMatchObject({
      kind: "post",
      amount: 7,
      missing: 3,
      takes: [{ lotId: "b", amount: 7 }],
    });
    expect(decision.kind === "post" && said(decision.posting.pairs)).toEqual(["available>redeemed b 7"]);
  });

  test("goes back to its lots, to nowhere where one has ended, or to a new one where the terms say so", () => {
    const lots = [lot("a", { expiresAt: 1000 }), lot("b")];
    const held = hold([
      ["a", 10],
      ["b", 5],
    ]);
    const plain = decideRelease(held, lots, DEFAULT_TERMS, AT, "n");
    expect(plain).toMatchObject({ kind: "post", amount: 5, missing: 10 });
    expect(plain.kind === "post" && said(plain.posting.pairs)).toEqual([
      "held>available b 5",
      "held>expired a 10",
    ]);
    const kind = decideRelease(held, lots, { ...DEFAULT_TERMS, restoreExpiredDays: 1 }, AT, "n");
    expect(kind).toMatchObject({
      amount: 15,
      missing: 0,
      posting: {
        newLots: [{ id: "n", kind: "returned", orderId: "o", amount: 10, expiresAt: 1000 + 86_400_000 }],
      },
    });
    expect(kind.kind === "post" && said(kind.posting.pairs)).toEqual([
      "held>available b 5",
      "held>available a>n 10",
    ]);
    for (const state of ["captured", "released", "lapsed"] as const)
      expect(decideRelease(hold([["a", 1]], { state }), lots, DEFAULT_TERMS, AT, "n")).toEqual({
        kind: "ended",
        state,
      });
  });
});

describe("a return", () => {
  const ask = (more: Partial<PointsReturn>): PointsReturn => ({
    at: AT,
    customerId: "c",
    hold: null,
    spentBack: none,
    earned: null,
    earnedBack: none,
    before: { earnedBack: none, forgiven: none },
    newLotId: "n",
    ...more,
  });
  const earned = (more: object = {}) => lot("e", { kind: "earned", orderId: "o", available: 0, ...more });

  test("gives back the last used first, from where the points are", () => {
    const parts = [
      ["a", 10],
      ["b", 5, 1],
    ] as const;
    const lots = [lot("a"), lot("b")];
    const captured = decideReturn(
      ask({ hold: hold(parts, { state: "captured" }), spentBack: points(6) }),
      lots,
      DEFAULT_TERMS,
    );
    expect(said(captured.posting.pairs)).toEqual(["redeemed>available b 4", "redeemed>available a 2"]);
    const held = decideReturn(ask({ hold: hold(parts), spentBack: points(99) }), lots, DEFAULT_TERMS);
    expect(said(held.posting.pairs)).toEqual(["held>available b 4", "held>available a 10"]);
    expect(held).toMatchObject({ restored: 14, lost: 0 });
    for (const state of ["released", "lapsed"] as const) {
      const gone = decideReturn(
        ask({ hold: hold(parts, { state }), spentBack: points(9) }),
        lots,
        DEFAULT_TERMS,
      );
      expect(gone).toMatchObject({ restored: 0, parts: [], posting: { pairs: [] } });
    }
  });

  test("takes earned points back: pending, available, forgiven, others, and no more than were earned", () => {
    const own = earned({ amount: 100, pending: 10, available: 20, expired: 30 });
    const lots = [own, lot("x", { available: 15 })];
    const claim = (
      earnedBack: number,
      more: Partial<PointsReturn> = {},
      clawBack: "none" | "lot" | "balance" = "balance",
    ) => {
      const { posting, takenBack, forgiven, missing } = decideReturn(
        ask({ earned: own, earnedBack: points(earnedBack), ...more }),
        lots,
        { ...DEFAULT_TERMS, clawBack },
      );
      return [said(posting.pairs), takenBack, forgiven, missing];
    };
    expect(claim(5)).toEqual([["pending>issued e 5"], 5, 0, 0]);
    expect(claim(25)).toEqual([["pending>issued e 10", "available>issued e 15"], 25, 0, 0]);
    expect(claim(50)).toEqual([["pending>issued e 10", "available>issued e 20"], 30, 20, 0]);
    const all = ["pending>issued e 10", "available>issued e 20", "available>issued x 15"];
    expect(claim(999)).toEqual([all, 45, 30, 25]);
    expect(claim(999, {}, "lot")).toEqual([all.slice(0, 2), 30, 30, 40]);
    expect(claim(999, {}, "none")).toEqual([[], 0, 0, 0]);
    const before = { earnedBack: points(50), forgiven: points(20) };
    expect(claim(999, { before })).toEqual(
      [all.slice(0, 3), 40 + 0, 10, 0].map((part, index) =>
        index === 0 ? ["pending>issued e 10", "available>issued e 20", "available>issued x 10"] : part,
      ),
    );
    expect(claim(1, { before: { ...before, earnedBack: points(100) } })).toEqual([[], 0, 0, 0]);
  });

  test("takes back from the points that come back with it", () => {
    const own = earned({ amount: 8 });
    const decision = decideReturn(
      ask({
        earned: own,
        earnedBack: points(8),
        hold: hold([["a", 10]], { state: "captured" }),
        spentBack: points(5),
      }),
      [own, lot("a", { available: 0 })],
      DEFAULT_TERMS,
    );
    expect(decision).toMatchObject({ restored: 5, takenBack: 5, missing: 3 });
  });
});

describe("an adjustment", () => {
  const change = (amount: number, kind: "open" | "correct" = "correct") =>
    decideAdjustment(
      { kind, customerId: "c", amount, lotId: "n", expiresAt: null },
      [lot("a", { available: 9 })],
      AT,
    );

  test("puts in a lot, takes out of lots, and never more than there is", () => {
    expect(change(5)).toMatchObject({ posting: { newLots: [{ id: "n", kind: "correction" }] } });
    expect(change(5, "open")).toMatchObject({
      posting: { newLots: [{ id: "n", kind: "opening", expiresAt: null }] },
    });
    const taken = change(-9);
    expect(taken.kind === "post" && said(taken.posting.pairs)).toEqual(["available>adjustments a 9"]);
    expect(change(-10)).toEqual({ kind: "refused", available: 9 });
  });

  test("is taken back from its own lot, then from others; what it took returns unless it has ended", () => {
    const lots = [
      lot("own", { available: 4 }),
      lot("x", { available: 3 }),
      lot("old", { expiresAt: 1000, available: 0 }),
    ];
    const take = (lotId: string, amount: number) => ({ lotId, amount: points(amount) });
    const up = decideReversal({ customerId: "c", putIn: [take("own", 10)], takenOut: [] }, lots, AT);
    expect([said(up.posting.pairs), up.missing]).toEqual([
      ["available>adjustments own 4", "available>adjustments x 3"],
      3,
    ]);
    const down = decideReversal(
      { customerId: "c", putIn: [], takenOut: [take("x", 2), take("old", 5)] },
      lots,
      AT,
    );
    expect([said(down.posting.pairs), down.lost]).toEqual([["adjustments>available x 2"], 5]);
    const gone = decideReversal({ customerId: "c", putIn: [take("unknown", 1)], takenOut: [] }, [], AT);
    expect([gone.posting.pairs, gone.missing]).toEqual([[], 1]);
  });
});

test("a transfer takes every account of every lot along", () => {
  const { pairs } = decideTransfer(
    [lot("a", { pending: 1, available: 2, held: 3 }), lot("b", { available: 0 })],
    "d",
  );
  expect(said(pairs)).toEqual(["pending>pending a 1", "available>available a 2", "held>held a 3"]);
  expect(new Set(pairs.map(({ toCustomerId }) => toCustomerId))).toEqual(new Set(["d"]));
});
