// The queue on both engines is the core's order, page by page while the clock goes on, and what the export tells reproduces it.
import { parse } from "csv-parse/sync";
import { beforeAll, expect, test } from "vitest";
import { learnDeadline, timeEnds } from "../../src/core/desk/index.ts";
import { queueOrder } from "../../src/core/numbers/index.ts";
import { type DeskRecord, deskItem } from "../../src/storage/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { dice } from "../support/dice.ts";
import { forEachEngine } from "../support/engines.ts";

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const ITEMS = 120;

interface Shown {
  readonly id: string;
  readonly queue: {
    readonly lowness: number;
    readonly roubles: number;
    readonly haste: number;
    readonly value: number;
    readonly timeEnds: string | null;
    readonly at: string;
  } | null;
}

forEachEngine("the queue", (engine) => {
  let api: ApiUnderTest;
  let records: DeskRecord[];
  const get = async (path: string) => (await api.call("GET", `/api/v1${path}`)).json();

  /** All pages of seven, with some time between them. */
  async function walk(sort: string, betweenMs = HOUR): Promise<Shown[]> {
    const found: Shown[] = [];
    for (let after = ""; ; ) {
      const page = await get(`/desk/items?sort=${sort}&limit=7${after === "" ? "" : `&after=${after}`}`);
      found.push(...page.items);
      if (page.nextCursor === null) return found;
      after = page.nextCursor;
      api.pass(betweenMs);
    }
  }

  beforeAll(async () => {
    api = apiOn(engine.database);
    const draw = dice(20_261_122);
    const now = api.house.now();
    for (let index = 0; index < ITEMS; index += 1) {
      const orderId = `o-${index}`;
      if (draw(4) === 0) await appSays(api.house, { orderId, rating: draw(6) === 0 ? null : 1 + draw(5) });
      else {
        const createdAt = now - draw(14 * 24) * HOUR;
        await marketplaceSays(api.house, { orderId, rating: 1 + draw(5), dishes: ["Суп"], createdAt });
      }
    }
    await engine.database.transaction(async (tx) => {
      for (const { seq } of await tx.rows<{ seq: number }>("select seq from desk_item")) {
        const due = draw(4) === 0 ? null : now + (draw(40) - 5) * HOUR;
        const total = draw(5) === 0 ? null : draw(40) * 10_000 + draw(150);
        const answer = draw(6) === 0 ? "delivered" : "no";
        const state = ["new", "in_progress", "waiting", "closed"][draw(4)] as string;
        await tx.run(
          "update desk_item set due_at = ?, total_minor = ?, answer = ?, state = case state when 'asked' then state else ? end where seq = ?",
          [due, total, answer, state, seq],
        );
      }
    });
    const ids = await engine.database.read((tx) =>
      tx.rows<{ id: string }>("select id from desk_item order by seq"),
    );
    records = await engine.database.read(async (tx) => {
      const all: DeskRecord[] = [];
      for (const { id } of ids) all.push((await deskItem(tx, id)) as DeskRecord);
      return all.filter(({ state }) => ["new", "in_progress", "waiting"].includes(state));
    });
    expect(records.length).toBeGreaterThan(ITEMS / 3);
    expect(records.length).toBeLessThan(ITEMS);
  });

  test("by value at risk is low times roubles times haste, told with its factors", async () => {
    const at = api.house.now();
    const found = await walk("value");
    expect(found.map(({ id }) => id)).toEqual(queueOrder(records, at).map(({ id }) => id));
    for (const { queue } of found) {
      if (queue === null) throw new Error("no reason was told");
      expect(queue.value).toBe(queue.lowness * queue.roubles * queue.haste);
      // The clock went on, the walk is of one instant.
      expect(queue.at).toBe(new Date(at).toISOString());
    }
    expect((await get("/desk/items?limit=1")).items[0].queue).toBeNull();
  });

  test("is reproduced from the columns of an export, in whatever order its rows come", async () => {
    const found = await walk("value", 0);
    const csv = (
      await api.call("GET", "/api/v1/desk/export?language=en&filter=state:new,in_progress,waiting")
    ).body;
    const rows = parse(csv, { bom: true, columns: true, delimiter: ";" }) as Record<string, string>[];
    const again = rows
      .reverse()
      .sort(
        (left, right) =>
          Number(right["Value at risk"]) - Number(left["Value at risk"]) ||
          Number(left["Order of arrival"]) - Number(right["Order of arrival"]),
      );
    expect(again.map((row) => row["Item"])).toEqual(found.map(({ id }) => id));
    for (const row of rows) {
      const factors = ["Lowness, 1 to 5", "Roubles at stake", "Haste, 1 to 8"].map((name) =>
        Number(row[name]),
      );
      expect(Number(row["Value at risk"])).toBe(factors.reduce((product, factor) => product * factor, 1));
      expect(factors[0]).toBe(row["Stars"] === "" ? 1 : 6 - Number(row["Stars"]));
    }
  });

  test.each(["unknown", "learned"])("by time left, the marketplace's deadline being %s", async (what) => {
    if (what === "learned") await learn();
    const outcomes = Array.from({ length: 200 }, (_, index) => ageOf(index));
    const deadline = learnDeadline(outcomes);
    const deadlineMs = what === "learned" && deadline.kind === "learned" ? deadline.ageMs : null;
    const at = api.house.now();
    const said = await engine.database.read((tx) =>
      tx.rows<{ id: string; at: number }>("select id, created_at as at from feedback_item"),
    );
    const saidAt = new Map(said.map((row) => [row.id, Number(row.at)]));
    const ends = (item: DeskRecord) =>
      timeEnds({ ...item, saidAt: saidAt.get(item.id) ?? item.receivedAt }, at, deadlineMs);
    const order = [...records].sort(
      (left, right) =>
        (ends(left) ?? Number.MAX_SAFE_INTEGER) - (ends(right) ?? Number.MAX_SAFE_INTEGER) ||
        left.seq - right.seq,
    );
    const found = await walk("left");
    expect(found.map(({ id }) => id)).toEqual(order.map(({ id }) => id));
    expect(found.map(({ queue }) => queue?.timeEnds ?? null)).toEqual(
      order.map((item) => {
        const end = ends(item);
        return end === null ? null : new Date(end).toISOString();
      }),
    );
  });

  test("a cursor of another order, or a forged one, is none", async () => {
    const { nextCursor } = await get("/desk/items?sort=value&limit=7");
    for (const sort of ["left", "newest"])
      expect((await api.call("GET", `/api/v1/desk/items?sort=${sort}&after=${nextCursor}`)).statusCode).toBe(
        400,
      );
  });

  /** Two hundred outcomes around a week, as a marketplace with that limit gives them. */
  const ageOf = (index: number) => {
    const ageMs = Math.round((index / 200) * 2 * WEEK);
    return { ageMs, isDelivered: ageMs < WEEK };
  };
  const learn = () =>
    engine.database.transaction(async (tx) => {
      for (let index = 0; index < 200; index += 1) {
        const { ageMs, isDelivered } = ageOf(index);
        await tx.run(
          `insert into answer_attempt (id, answer_id, number, holder, started_at, outcome, source, age_ms)
           values (?, ?, 1, 'h', ?, ?, 'yandex-eats', ?)`,
          [`a-${index}`, `a-${index}`, index, isDelivered ? "delivered" : "outdated", ageMs],
        );
      }
    });
});
