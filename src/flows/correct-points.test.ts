// Corrections by hand: a reason, limits that hold also in a race, a second person who is not the first.
import { beforeAll, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { later, NOW, PointsDesk } from "../../test/support/points-desk.ts";
import type { Instant } from "../core/basics/index.ts";
import { correctionsSince } from "../storage/index.ts";
import {
  approveCorrection,
  correctPoints,
  declineCorrection,
  findWaitingCorrections,
  type RequestDecision,
} from "./correct-points.ts";
import { transferPoints } from "./transfer-points.ts";

const limits = { mostPoints: 10_000, mostPerDay: 50 };

forEachEngine("a correction", (engine) => {
  let desk: PointsDesk;
  let key = 0;
  beforeAll(() => {
    desk = new PointsDesk(engine.database);
  });
  const fresh = (name: string, work: () => Promise<void>): void => {
    test(name, async () => {
      desk.begin();
      await work();
    });
  };
  const correct = (amount: number, more: object = {}) => {
    key += 1;
    const wish = { customerId: desk.id, amount, reason: "late parcel", actor: "ann", key: `key-${key}` };
    return desk.does((tx) =>
      correctPoints(tx, desk.house, { ...wish, at: NOW, expiresAt: null, limits, ...more }),
    );
  };
  const approve = (requestId: string, actor = "bob", at: Instant = NOW) =>
    desk.does((tx) => approveCorrection(tx, desk.house, { requestId, actor, at }));
  const decline = (requestId: string, actor = "bob") =>
    desk.does((tx) => declineCorrection(tx, desk.house, { requestId, actor, at: NOW }));
  const ask = async (amount: number, more: object = {}): Promise<string> => {
    const outcome = await correct(amount, more);
    return outcome.kind === "waits" ? outcome.requestId : `not waiting but ${outcome.kind}`;
  };

  fresh("puts points in as a lot of its own and takes them out first to expire first", async () => {
    expect(await correct(100, { expiresAt: later(3) })).toMatchObject({ kind: "corrected" });
    await desk.open(50);
    expect(await correct(-120)).toMatchObject({ kind: "corrected" });
    expect([await desk.balance(), await desk.balance(later(4))]).toEqual([30, 30]);
  });

  fresh("happens once per key", async () => {
    const first = await correct(10, { key: "same" });
    expect(await correct(99, { key: "same" })).toEqual({ ...first, kind: "repeated" });
    expect(await desk.balance()).toBe(10);
  });

  fresh("needs a reason, a day that has not passed, and points to take", async () => {
    const refused = { kind: "refused" };
    expect(await correct(1, { reason: " " })).toEqual({ ...refused, reason: "reason_missing" });
    expect(await correct(1, { expiresAt: NOW })).toEqual({ ...refused, reason: "expiry_past" });
    expect(await correct(-1)).toEqual({ ...refused, reason: "too_few_points", available: 0 });
    await desk.open(5);
    await desk.hold(3);
    expect(await correct(-3)).toEqual({ ...refused, reason: "too_few_points", available: 2 });
  });

  describe("above what one person may do", () => {
    fresh("waits for a second person, who is not the first", async () => {
      const requestId = await ask(10_001);
      expect(await correct(10_000)).toMatchObject({ kind: "corrected" });
      expect(await desk.balance()).toBe(10_000);
      expect(await approve(requestId, "ann")).toEqual({ kind: "refused", reason: "same_person" });
      expect(await decline(requestId, "ann")).toEqual({ kind: "refused", reason: "same_person" });
      expect(await approve(requestId)).toMatchObject({ kind: "approved" });
      expect(await desk.balance()).toBe(20_001);
      const before = { kind: "refused", reason: "decided_before", state: "approved" };
      expect([await approve(requestId), await decline(requestId)]).toEqual([before, before]);
    });

    fresh("waits once per key, is declined once, and then is nothing", async () => {
      const requestId = await ask(-10_001, { key: "big", customerId: await rich() });
      expect(await ask(-10_001, { key: "big", customerId: desk.id })).toBe(requestId);
      expect(await decline(requestId)).toEqual({ kind: "declined" });
      expect(await approve(requestId)).toMatchObject({ reason: "decided_before", state: "declined" });
      expect(await decline("nobody's")).toEqual({ kind: "refused", reason: "unknown_request" });
      expect(await approve("nobody's")).toEqual({ kind: "refused", reason: "unknown_request" });
    });

    const rich = async (): Promise<string> => {
      await desk.open(20_000);
      return desk.id;
    };

    fresh("stays waiting while there are too few points, and ends with its own day", async () => {
      const poor = await ask(-10_001, { customerId: await rich() });
      await desk.hold(15_000);
      expect(await approve(poor)).toEqual({ kind: "refused", reason: "too_few_points", available: 5000 });
      await desk.release();
      expect(await approve(poor)).toMatchObject({ kind: "approved" });
      const brief = await ask(10_001, { expiresAt: later(1) });
      expect(await approve(brief, "bob", later(1))).toEqual({ kind: "refused", reason: "expiry_past" });
    });

    fresh("is found while it waits, and goes along with a merge", async () => {
      const requestId = await ask(10_001);
      const old = desk.id;
      desk.begin();
      await desk.does((tx) => transferPoints(tx, desk.house, { from: old, to: desk.id, at: NOW }));
      const waiting = await findWaitingCorrections(desk.house, { after: null, limit: 100 });
      expect(waiting.find(({ id }) => id === requestId)).toMatchObject({
        customerId: desk.id,
        askedBy: "ann",
      });
      expect(await findWaitingCorrections(desk.house, { after: waiting.at(-1)?.id ?? "", limit: 9 })).toEqual(
        [],
      );
      expect(await approve(requestId)).toMatchObject({ kind: "approved" });
      expect(await desk.balance()).toBe(10_001);
    });

    /** So many corrections of one person at once, on customers of their own; gives how many did not wait. */
    const race = async (actor: string, count: number, isLocked = true): Promise<number> => {
      const strict = { mostPoints: 10, mostPerDay: 5 };
      const outcomes = await Promise.all(
        Array.from({ length: count }, (_, index) =>
          isLocked
            ? correct(1, { actor, customerId: `${actor}-${index}`, limits: strict })
            : naive(actor, `${actor}-${index}`, strict),
        ),
      );
      return outcomes.filter(({ kind }) => kind === "corrected").length;
    };
    /** The mutant: counts first, and corrects in a transaction of its own. */
    const naive = async (actor: string, customerId: string, strict: typeof limits) => {
      const done = await engine.database.read((tx) => correctionsSince(tx, actor, NOW));
      const may = done < strict.mostPerDay ? limits : { ...strict, mostPerDay: 0 };
      return correct(1, { actor, customerId, limits: may });
    };

    fresh("a day's limit is exact when many come at once, and begins anew after a day", async () => {
      expect(await race("cy", 20)).toBe(5);
      const strict = { mostPoints: 10, mostPerDay: 5 };
      expect((await correct(1, { actor: "cy", limits: strict, at: later(1) })).kind).toBe("waits");
      expect((await correct(1, { actor: "cy", limits: strict, at: later(1.001) })).kind).toBe("corrected");
    });

    fresh("mutant: who counts before asking lets more through", async () => {
      expect(await race("dee", 20, false)).toBeGreaterThan(5);
    });
  });

  fresh("approved and declined at once is one of both, and points agree", async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      desk.begin();
      const requestId = await ask(10_001);
      const decisions: RequestDecision[] = ["bob", "cy", "dee"].map((actor) => ({
        requestId,
        actor,
        at: NOW,
      }));
      const outcomes = await Promise.all(
        decisions.map((decision, index) =>
          desk.does((tx) => (index === 1 ? declineCorrection : approveCorrection)(tx, desk.house, decision)),
        ),
      );
      const done = outcomes.filter(({ kind }) => kind !== "refused");
      expect(done.length).toBe(1);
      expect(await desk.balance()).toBe(done[0]?.kind === "approved" ? 10_001 : 0);
    }
  });
});
