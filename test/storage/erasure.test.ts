// Whoever asks to be forgotten is: no name, phone or word of theirs is left in any file or table, and no number changes.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  erasePerson,
  erasureText,
  findErasure,
  noteEvent,
  proveAudit,
  workOn,
} from "../../src/flows/index.ts";
import { addOrderContact, type DeskRecord, deskItemsOfOrder, tableNames } from "../../src/storage/index.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const NAME = "Аполлинария";
const PHONE = "+79120004455";
const WORD = "превосходнейшемаринованный";
const TRACES = [NAME, PHONE, "9120004455", WORD, WORD.slice(0, 20)];

forEachEngine("erasure", (engine) => {
  let house: ReturnType<typeof houseOver>;

  /** Everything that is kept, as text: files of the data folder, or all tables. */
  async function everything(): Promise<string> {
    if (engine.name === "sqlite") {
      const folder = dirname(engine.url.slice("sqlite:".length));
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => readFileSync(join(file.parentPath, file.name)).toString("utf8"))
        .join("\n");
    }
    return engine.database.read(async (tx) => {
      const texts: string[] = [];
      for (const name of await tableNames(tx)) {
        const rows = await tx.rows<{ all: string }>(`select t::text as all from "${name}" t`);
        texts.push(...rows.map((row) => row.all));
        for (const row of await tx.rows<Record<string, unknown>>(`select * from "${name}"`))
          for (const value of Object.values(row))
            if (Buffer.isBuffer(value)) texts.push(value.toString("utf8"));
      }
      return texts.join("\n");
    });
  }
  const traces = async () => {
    const text = await everything();
    return TRACES.filter((trace) => text.includes(trace));
  };
  /** What numbers are made of. */
  const numbers = () =>
    engine.database.read(async (tx) => {
      const items = await tx.rows(
        `select seq, source, branch_id, rating, was_asked, comment is null as mute, day, late_ms, state, total_minor, is_disputed, revision from desk_item order by seq`,
      );
      const tallies = (await tableNames(tx)).filter((name) => /tally/.test(name));
      const counted = [];
      for (const name of tallies) counted.push(await tx.rows(`select * from "${name}" order by 1, 2, 3`));
      return JSON.stringify([items, counted]);
    });

  beforeAll(async () => {
    house = houseOver(engine.database);
    const contact = {
      name: NAME,
      phone: PHONE,
      email: null,
      city: null,
      address: null,
      recipientName: null,
      recipientPhone: null,
      comment: null,
    };
    await engine.database.transaction(async (tx) => {
      await addOrderContact(tx, "gone", contact);
      await noteEvent(tx, house, {
        kind: "order.placed",
        subject: { type: "order", id: "gone" },
        body: { orderId: "gone", buyer: { name: NAME, phone: PHONE } },
        at: house.now(),
      });
    });
    for (const orderId of ["gone", "stays"]) {
      const own = orderId === "gone";
      await marketplaceSays(house, {
        orderId,
        rating: 2,
        comment: own ? `Суп ${WORD}` : "Суп",
        customerName: own ? NAME : "Инга",
      });
      await marketplaceSays(house, {
        orderId,
        rating: 1,
        comment: own ? `${WORD} ${PHONE}` : "Суп",
        customerName: own ? NAME : "Инга",
      });
      await appSays(house, { orderId, rating: 5, comment: own ? `Это ${NAME}` : "Хорошо" });
    }
    const [item] = (await engine.database.read((tx) => deskItemsOfOrder(tx, "gone"))) as [DeskRecord];
    const changes = [{ kind: "note" as const, text: `Позвонить: ${NAME}, ${PHONE}` }];
    await workOn(house, { itemId: item.id, version: 1, actor: "ann", changes });
  });

  test("finds nothing to do where nothing is known", async () => {
    const wish = { kind: "order" as const, id: "none", actor: "ann", reason: "request" };
    expect(await erasePerson(house, wish)).toEqual({ kind: "nothing_known" });
  });

  test("leaves no trace in any file or table, and every number as it was", { timeout: 120_000 }, async () => {
    // The search for traces can find them.
    expect(await traces()).toEqual(TRACES);
    const before = await numbers();
    const done = await erasePerson(house, {
      kind: "order",
      id: "gone",
      actor: "ann",
      reason: "Запрос субъекта",
    });
    engine.database.truncateLog?.();
    expect(await traces()).toEqual([]);
    expect(await numbers()).toBe(before);
    expect(await everything()).toContain("Инга");
    if (done.kind !== "erased") throw new Error(done.kind);
    expect(done.act.erased).toMatchObject({
      items: 2,
      records: 3,
      ratings: 2,
      bodies: 3,
      notes: 1,
      contacts: 1,
      events: 1,
    });
    const kept = await findErasure(house, done.act.id);
    expect(kept).toMatchObject({ isWhole: true, act: done.act });
    expect(done.act.audit.map(({ action }) => action)).toEqual(["desk.work"]);
    expect(done.keepUntil - house.now()).toBeGreaterThanOrEqual(3 * 365 * 86_400_000);
    const text = erasureText(done.act, done.hash, done.keepUntil);
    for (const part of ["АКТ №", "gone", "Запрос субъекта", done.hash]) expect(text).toContain(part);
    for (const trace of TRACES) expect(text).not.toContain(trace);
    expect(await proveAudit(house)).toMatchObject({ brokenAt: null });
  });

  test("an act that was changed is found", async () => {
    const { id } = (
      await engine.database.read((tx) => tx.rows<{ id: string }>("select id from erasure"))
    )[0] as { id: string };
    await engine.database.transaction((tx) => tx.run("update erasure set act = replace(act, 'ann', 'bob')"));
    expect(await findErasure(house, id)).toMatchObject({ isWhole: false });
  });
});
