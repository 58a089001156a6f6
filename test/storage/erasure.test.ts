// Whoever asks to be forgotten is: no name, phone or word of theirs is left in any file or table, and no number changes.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createSecrets,
  deskTable,
  ExportShelf,
  erasePerson,
  erasurePage,
  erasureText,
  findErasure,
  keepAlertRule,
  noteEvent,
  OnceKeeper,
  proveAudit,
  reprocessFeedback,
  workOn,
} from "../../src/flows/index.ts";
import {
  addCalculations,
  addOrderContact,
  type DeskRecord,
  deskItemsOfOrder,
} from "../../src/storage/index.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";
import { destinationAt } from "../support/notice-world.ts";
import { everyText, numbersText, textOfFiles } from "../support/traces.ts";

const NAME = "Аполлинария";
const PHONE = "+79120004455";
const WORD = "превосходнейшемаринованный";
const TRACES = [NAME, PHONE, "9120004455", WORD, WORD.slice(0, 20)];

forEachEngine("erasure", (engine) => {
  let house: ReturnType<typeof houseOver>;
  const secrets = createSecrets("pepper");
  const exports = mkdtempSync(join(tmpdir(), "prilavok-exports-"));
  const shelf = new ExportShelf(join(exports, "exports.jsonl"));
  const reach = { secrets, shelf };

  /** Answers kept under keys, opened: what the installation itself could read. */
  const keptTexts = () =>
    engine.database.read(async (tx) => {
      const rows = await tx.rows<{ answer: Uint8Array | null }>("select answer from idempotency_key");
      return rows.map(({ answer }) => (answer === null ? "" : secrets.open(answer))).join("\n");
    });

  /** Everything that is kept, as text: the data, exports, kept answers. */
  const everything = async () =>
    [await everyText(engine), textOfFiles(exports), await keptTexts()].join("\n");
  afterAll(() => rmSync(exports, { recursive: true }));

  const traces = async () => {
    const text = await everything();
    return TRACES.filter((trace) => text.includes(trace));
  };
  const numbers = () => numbersText(engine);

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
    await engine.database.transaction((tx) =>
      tx.run(
        "insert into shop_order (id, customer_id, placed_at, status, total_minor, calculation_id) values ('gone', 'cust', 1, 'new', 1, 'calc')",
      ),
    );
    // Somebody is told of every low item: what waits to be told holds nobody's words either.
    await destinationAt(house, { gets: ["items"] });
    const rule = { name: "Low", filter: "rating:1..2", destinations: [], isOn: true };
    await keepAlertRule(house, "ann", null, rule);
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
    await engine.database.transaction((tx) =>
      addCalculations(tx, [
        {
          id: "calc",
          at: house.now(),
          channel: "irp",
          customerId: null,
          code: null,
          rulesVersion: 1,
          rulesHash: "",
          engineVersion: "",
          input: JSON.stringify({ note: NAME }),
          result: JSON.stringify({ note: WORD }),
        },
      ]),
    );
    const once = new OnceKeeper(house, secrets);
    for (const [name, text] of [
      ["of-gone", `Суп ${WORD}`],
      ["of-stays", "Суп"],
    ] as const) {
      const kept = { status: 200, body: JSON.stringify({ orderId: name.slice(3), comment: text }) };
      await once.answer({ tokenId: "t", name, fingerprint: "f" }, async () => ({ answer: null, kept }));
    }
    for (const [name, format, filter] of [
      ["all.csv", "csv", []],
      ["all.xlsx", "xlsx", []],
      ["other.csv", "csv", [{ isNot: false, test: { kind: "order", id: "stays" } }]],
    ] as const) {
      const pieces: Uint8Array[] = [];
      const wish = { filter, language: "ru", zone: null } as const;
      for await (const piece of deskTable(house, wish, format)) pieces.push(piece);
      shelf.note(join(exports, name), house.now());
      writeFileSync(join(exports, name), Buffer.concat(pieces));
    }
  });

  test("finds nothing to do where nothing is known", async () => {
    const wish = { kind: "order" as const, id: "none", actor: "ann", reason: "request" };
    expect(await erasePerson(house, wish, reach)).toEqual({ kind: "nothing_known" });
  });

  test("waits while an answer to the person is on its way", async () => {
    const [item] = (await engine.database.read((tx) => deskItemsOfOrder(tx, "gone"))) as [DeskRecord];
    await engine.database.transaction((tx) =>
      tx.run(
        `insert into answer (id, item_id, source, place_id, revision, feedback_at, state, text, confirmed, created_by,
           created_at, attempts, refused_tokens, version)
         values ('on-its-way', ?, 'yandex-eats', 'lesnaya', 1, 0, 'queued', ?, '[]', 'ann', 0, 0, 0, 1)`,
        [item.id, `Здравствуйте, ${NAME}!`],
      ),
    );
    const wish = { kind: "order" as const, id: "gone", actor: "ann", reason: "request" };
    expect(await erasePerson(house, wish, { ...reach, shelf: null })).toEqual({
      kind: "answer_on_its_way",
      orderId: "gone",
    });
    expect(await traces()).toEqual(TRACES);
    await engine.database.transaction((tx) => tx.run("update answer set state = 'delivered'"));
  });

  test("leaves no trace in any file or table, and every number as it was", { timeout: 120_000 }, async () => {
    // The search for traces can find them.
    expect(await traces()).toEqual(TRACES);
    const before = await numbers();
    const done = await erasePerson(
      house,
      {
        kind: "order",
        id: "gone",
        actor: "ann",
        reason: "Запрос субъекта <b>",
      },
      reach,
    );
    expect(await traces()).toEqual([]);
    expect(await numbers()).toBe(before);
    expect(
      await engine.database.read((tx) => tx.rows("select key from notice where destination_id <> ''")),
    ).toHaveLength(2);
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
      calculations: 1,
      keptAnswers: 1,
      answers: 1,
      files: 2,
    });
    expect(done.act.files).toEqual({
      removed: [join(exports, "all.csv"), join(exports, "all.xlsx")],
      left: [],
    });
    expect(existsSync(join(exports, "other.csv"))).toBe(true);
    const page = erasurePage(done.act, done.hash, done.keepUntil);
    expect(page).toContain("Запрос субъекта &lt;b&gt;");
    expect(page).not.toMatch(/<script|<b>|https?:|src=/);
    const kept = await findErasure(house, done.act.id);
    expect(kept).toMatchObject({ isWhole: true, act: done.act });
    expect(done.act.audit.map(({ action }) => action)).toEqual(["desk.work"]);
    expect(done.keepUntil - house.now()).toBeGreaterThanOrEqual(3 * 365 * 86_400_000);
    const text = erasureText(done.act, done.hash, done.keepUntil);
    for (const part of ["АКТ №", "gone", "Запрос субъекта", done.hash]) expect(text).toContain(part);
    for (const trace of TRACES) expect(text).not.toContain(trace);
    expect(await proveAudit(house)).toMatchObject({ brokenAt: null });
  });

  test("the desk made again from its records is the same to the last digit", async () => {
    const before = await numbers();
    const items = () =>
      engine.database.read((tx) => tx.rows("select * from desk_item where order_id = 'gone' order by seq"));
    const was = await items();
    await reprocessFeedback(house, 0);
    expect(await numbers()).toBe(before);
    expect(await items()).toEqual(was);
  });

  test("what is delivered again is answered, counted and not stored", async () => {
    const before = await numbers();
    const deliveries = () =>
      engine.database.read((tx) =>
        tx.rows<{ effect: string; size: number }>(
          "select effect, length(body) as size from delivery order by received_at desc, id desc limit 1",
        ),
      );
    house.pass(1000);
    const again = { orderId: "gone", rating: 1, comment: `${WORD} ${PHONE}`, customerName: NAME };
    expect(await marketplaceSays(house, again)).toMatchObject({ effect: "erased" });
    expect(await deliveries()).toEqual([{ effect: "erased", size: 0 }]);
    house.pass(1000);
    expect(await marketplaceSays(house, { ...again, rating: 3 })).toMatchObject({ effect: "erased" });
    house.pass(1000);
    expect(await appSays(house, { orderId: "gone", rating: 4, comment: NAME })).toMatchObject({
      effect: "erased",
    });
    expect(await deliveries()).toEqual([{ effect: "erased", size: 0 }]);
    expect(await traces()).toEqual([]);
    expect(await numbers()).toBe(before);
    // Others are stored as ever.
    expect(
      await marketplaceSays(house, { ...again, orderId: "new", comment: "x", customerName: "y" }),
    ).toMatchObject({
      effect: "created",
    });
  });

  test("an act that was changed is found", async () => {
    const { id } = (
      await engine.database.read((tx) => tx.rows<{ id: string }>("select id from erasure"))
    )[0] as { id: string };
    await engine.database.transaction((tx) => tx.run("update erasure set act = replace(act, 'ann', 'bob')"));
    expect(await findErasure(house, id)).toMatchObject({ isWhole: false });
  });
});
