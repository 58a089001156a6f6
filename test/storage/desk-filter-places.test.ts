// One written filter, one set: lists, saved views, alert rules and webhooks find the same items, on both engines.
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import { type Filter, isMatch } from "../../src/core/desk/index.ts";
import {
  findDeskViews,
  keepDeskView,
  noteEvent,
  publishEvents,
  readDeskFilter,
} from "../../src/flows/index.ts";
import { raiseAlerts } from "../../src/flows/raise-alerts.ts";
import { type DeskRecord, deskSeqs, saveAlertRule, saveEndpoint } from "../../src/storage/index.ts";
import { anyDrawnItem, writeDrawn } from "../support/desk.ts";
import { forEachEngine } from "../support/engines.ts";
import { anyFilterText } from "../support/filter-texts.ts";
import { type HouseUnderTest, houseOver } from "../support/house.ts";
import { blankEndpoint } from "../support/post-office.ts";

const FILTERS = 1000;
const ITEMS = 60;
const SEED = 20_261_122;

/** Rules that stand at once. */
const RULES = 100;

/** The clock of the house: the drawn items have come in the nine seconds before. */
const NOW = instant(9_500);

forEachEngine("the places of one filter", (engine) => {
  let house: HouseUnderTest;
  const items: DeskRecord[] = [];
  const texts = fc.sample(anyFilterText, { numRuns: FILTERS, seed: SEED });
  const filterOf = (text: string): Filter => {
    const read = readDeskFilter(house, text, { me: null, zone: null });
    if (read.kind === "refused") throw new Error(`${text}: ${JSON.stringify(read.problem)}`);
    return read.filter;
  };
  const expectedOf = (text: string): string[] => {
    const filter = filterOf(text);
    return items.filter((item) => isMatch(filter, item)).map(({ id }) => id);
  };

  beforeAll(async () => {
    house = houseOver(engine.database, NOW);
    const drawn = fc
      .sample(anyDrawnItem, { numRuns: 3 * ITEMS, seed: SEED })
      // What was only asked for raises no alerts.
      .filter(({ told }) => told.rating !== null || told.comment !== null)
      .slice(0, ITEMS);
    await engine.database.transaction(async (tx) => {
      for (const [index, item] of drawn.entries())
        items.push(await writeDrawn(tx, `i-${String(index).padStart(3, "0")}`, item));
    });
    expect(items).toHaveLength(ITEMS);
  });

  test(`${FILTERS} filters find in lists and saved views what the core finds`, {
    timeout: 120_000,
  }, async () => {
    const wish = { id: null, isShared: true, sort: "newest" as const };
    for (const [index, filter] of texts.entries())
      await keepDeskView(house, "p-1", { ...wish, name: String(index), filter });
    const views = new Map((await findDeskViews(house, "p-1")).map(({ name, filter }) => [name, filter]));
    const idBySeq = new Map(items.map(({ seq, id }) => [seq, id]));
    let telling = 0;
    await engine.database.read(async (tx) => {
      for (const [index, text] of texts.entries()) {
        const found = await deskSeqs(tx, filterOf(views.get(String(index)) ?? "no view"), 0, 1000);
        const expected = expectedOf(text);
        expect(
          found.map((seq) => idBySeq.get(seq)),
          text,
        ).toEqual(expected);
        if (expected.length > 0 && expected.length < ITEMS) telling += 1;
      }
    });
    // A filter that finds all or nothing would agree with anything.
    expect(telling).toBeGreaterThan(FILTERS / 3);
  });

  /** Holds every item against the rules of `some`; gives the items of each. */
  async function alerted(some: readonly string[], change: (text: string) => string): Promise<string[][]> {
    await engine.database.transaction(async (tx) => {
      await tx.run("delete from desk_alert_rule");
      await tx.run("delete from notice");
      for (const [index, text] of some.entries()) {
        const rule = { name: text, filter: change(text), destinations: [], isOn: true, createdBy: "p-1" };
        await saveAlertRule(tx, { ...rule, id: `r-${index}`, createdAt: index, updatedAt: index });
      }
      for (const item of items) await raiseAlerts(tx, house, item, NOW);
    });
    const rows = await engine.database.read((tx) =>
      tx.rows<{ key: string }>("select key from notice order by key"),
    );
    return some.map((_, index) =>
      rows.flatMap(({ key }) => (key.startsWith(`item:r-${index}:`) ? [key.split(":")[2] as string] : [])),
    );
  }

  test(`${FILTERS} alert rules tell of the same items`, { timeout: 240_000 }, async () => {
    for (let from = 0; from < FILTERS; from += RULES) {
      const some = texts.slice(from, from + RULES);
      const found = await alerted(some, (text) => text);
      for (const [index, text] of some.entries()) expect(found[index], text).toEqual(expectedOf(text));
    }
  });

  test("rules that forget a minus are noticed", { timeout: 60_000 }, async () => {
    const some = texts.slice(0, RULES);
    const found = await alerted(some, (text) => text.replace(/^-/, ""));
    expect(some.some((text, index) => found[index]?.join() !== expectedOf(text).join())).toBe(true);
  });

  test(`${FILTERS} endpoints are told of the same items`, { timeout: 240_000 }, async () => {
    await engine.database.transaction(async (tx) => {
      for (const table of ["event", "webhook_delivery", "webhook_lane"]) await tx.run(`delete from ${table}`);
      for (const [index, filter] of texts.entries())
        await saveEndpoint(tx, { ...blankEndpoint(`e-${index}`, NOW), filter });
      for (const { id } of items) {
        const subject = { type: "feedback", id };
        await noteEvent(tx, house, { kind: "feedback.received", subject, body: {}, at: NOW });
      }
      await noteEvent(tx, house, {
        kind: "order.placed",
        subject: { type: "order", id: "o-1" },
        body: {},
        at: NOW,
      });
    });
    await publishEvents(house);
    const rows = await engine.database.read((tx) =>
      tx.rows<{ endpoint_id: string; subject_id: string; kind: string }>(
        `select d.endpoint_id, e.subject_id, e.kind from webhook_delivery d join event e on e.number = d.number
         order by e.subject_id`,
      ),
    );
    const told = new Map<string, string[]>();
    for (const { endpoint_id, subject_id, kind } of rows) {
      if (kind === "feedback.received") told.set(endpoint_id, [...(told.get(endpoint_id) ?? []), subject_id]);
    }
    for (const [index, text] of texts.entries())
      expect(told.get(`e-${index}`) ?? [], text).toEqual(expectedOf(text));
    // What is about no item always comes, and lanes stand only for what is on its way.
    expect(rows.filter(({ kind }) => kind === "order.placed")).toHaveLength(FILTERS);
    const [lanes] = await engine.database.read((tx) =>
      tx.rows<{ count: number }>("select count(*) as count from webhook_lane"),
    );
    expect(Number(lanes?.count)).toBe(rows.length);
  });
});
