// The jobs of the ledger: what is due is written down once, also when the clock goes back, and holds are left alone.
import { beforeAll, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { houseOver } from "../../test/support/house.ts";
import { later, NOW, PointsDesk } from "../../test/support/points-desk.ts";
import { DEFAULT_TERMS } from "../core/loyalty/index.ts";
import { activatePoints, expirePoints, releaseStaleHolds } from "./expire-points.ts";
import { auditPoints, findPointsHistory } from "./report-points.ts";

forEachEngine("time", (engine) => {
  let desk: PointsDesk;
  beforeAll(() => {
    desk = new PointsDesk(engine.database);
  });
  const at = (days: number) => {
    const house = houseOver(engine.database, later(days));
    // Ids of this clock must not be those of another.
    return { ...house, newId: () => `${desk.house.newId()}-${days}` };
  };
  const kinds = async () =>
    (await findPointsHistory(at(0), desk.id, { before: null, limit: 100 })).map(({ kind }) => kind).sort();

  test("makes pending points active and ends them, each once however often the clock goes back and forth", async () => {
    desk.begin();
    await desk.earn(25, NOW, { ...DEFAULT_TERMS, pendingDays: 1, expiryDays: 2 });
    await desk.open(10, later(5));
    const seen: unknown[] = [];
    for (const day of [0, 1, 0, 1, 3, 1, 0, 3, 5, 3, 6]) {
      const [active, ended] = [await activatePoints(at(day)), await expirePoints(at(day))];
      seen.push([
        day,
        active.settled,
        ended.settled,
        (await desk.book())?.available,
        await desk.balance(later(day)),
      ]);
    }
    expect(seen).toEqual([
      [0, 0, 0, 10, 10],
      [1, 1, 0, 35, 35],
      [0, 0, 0, 35, 10],
      [1, 0, 0, 35, 35],
      [3, 0, 1, 10, 10],
      [1, 0, 0, 10, 10],
      [0, 0, 0, 10, 10],
      [3, 0, 0, 10, 10],
      [5, 0, 1, 0, 0],
      [3, 0, 0, 0, 0],
      [6, 0, 0, 0, 0],
    ]);
    expect(await kinds()).toEqual(["activate", "earn", "expire", "expire", "open"]);
  });

  test("leaves held points alone until their order ends", async () => {
    desk.begin();
    await desk.open(10, later(2));
    await desk.hold(6);
    await expirePoints(at(3));
    expect(await desk.book()).toMatchObject({ available: 0, held: 6 });
    expect(await desk.capture(later(3))).toMatchObject({ kind: "done", amount: 6 });
  });

  test("gives holds back of which nothing was heard, and no others", async () => {
    desk.begin();
    await desk.open(100);
    await desk.hold(30);
    const first = desk.order;
    desk.order += "-b";
    await desk.hold(20, later(10));
    expect(await releaseStaleHolds(at(29), DEFAULT_TERMS)).toEqual({ settled: 0 });
    expect(await releaseStaleHolds(at(30), DEFAULT_TERMS)).toEqual({ settled: 1 });
    expect(await releaseStaleHolds(at(30), DEFAULT_TERMS)).toEqual({ settled: 0 });
    expect(await desk.book()).toMatchObject({ available: 80, held: 20 });
    desk.order = first;
    expect(await desk.release()).toEqual({ kind: "ended", state: "lapsed" });
  });

  test("two instances at once write down each once, and a stop is heeded", async () => {
    for (let turn = 0; turn < 25; turn += 1) {
      desk.begin();
      await desk.earn(5, NOW, { ...DEFAULT_TERMS, pendingDays: 50, expiryDays: 10 });
    }
    const stopped = AbortSignal.abort();
    expect(await activatePoints(at(50), stopped)).toEqual({ settled: 0 });
    await Promise.all([activatePoints(at(50.1)), activatePoints(at(50.2)), expirePoints(at(50.3))]);
    await Promise.all([expirePoints(at(60.1)), expirePoints(at(60.2)), activatePoints(at(60.3))]);
    expect(await kinds()).toEqual(["activate", "earn", "expire"]);
    expect((await auditPoints(at(0))).differences).toEqual([]);
    expect(await releaseStaleHolds(at(99), DEFAULT_TERMS, stopped)).toEqual({ settled: 0 });
  });
});
