// A customer who asks is told everything and forgotten everywhere: no name, phone or card is left in any file or table, and amounts stay.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createSecrets,
  ExportShelf,
  erasePerson,
  exportCustomer,
  importBalances,
  importOrders,
  noteEvent,
  OnceKeeper,
  writeCustomer,
  writeIdentities,
} from "../../src/flows/index.ts";
import {
  addCalculations,
  addOrderContact,
  CUSTOMER_SOURCES,
  savePromoCodes,
  tableShapes,
} from "../../src/storage/index.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";
import { everyText, textOfFiles } from "../support/traces.ts";

const NAME = "Аполлинария Кружевникова";
const PHONE = "+79120004455";
const CARD = "7788990011223344";
const MAIL = "apollinaria@post.example";
const TRACES = [NAME, PHONE, "9120004455", CARD, MAIL, "1988-03-08", "ценители-сыра"];
const ID = "u-778899";

forEachEngine("erasure of a customer", (engine) => {
  const secrets = createSecrets("pepper");
  const folder = mkdtempSync(join(tmpdir(), "prilavok-exports-"));
  const shelf = new ExportShelf(join(folder, "exports.jsonl"));
  const reach = { secrets, shelf };
  let house: ReturnType<typeof houseOver>;
  afterAll(() => rmSync(folder, { recursive: true }));

  const everything = async () => {
    const kept = await engine.database.read((tx) =>
      tx.rows<{ answer: Uint8Array | null }>("select answer from idempotency_key"),
    );
    const opened = kept.map(({ answer }) => (answer === null ? "" : secrets.open(answer)));
    return [await everyText(engine), textOfFiles(folder), ...opened].join("\n");
  };
  const traces = async () => {
    const text = await everything();
    return TRACES.filter((trace) => text.includes(trace));
  };
  const amounts = () =>
    engine.database.read(async (tx) => [
      await tx.rows("select id, customer_id, total_minor from shop_order order by id"),
      await tx.rows("select customer_id, available from points_account order by 1"),
      await tx.rows("select account, customer_id, amount from points_entry order by movement_id, position"),
    ]);

  beforeAll(async () => {
    house = houseOver(engine.database);
    const contact = {
      ...{ name: NAME, phone: PHONE, email: MAIL, city: null, address: null },
      ...{ recipientName: null, recipientPhone: null, comment: null },
    };
    const traits = { segments: ["ценители-сыра"], tier: "gold", birthday: "1988-03-08", orderCount: 2 };
    await writeCustomer(house, { id: ID, ...traits });
    await writeIdentities(house, secrets, ID, { card: [CARD], phone: [PHONE] });
    await writeCustomer(house, { id: "u-stays", ...traits, segments: [], birthday: null });
    const lines = [{ offerId: "milk-1", quantity: 1000, price: 100, isWeighed: true }];
    const orders = [ID, "u-stays"].map((customerId, index) => ({ id: `order-${index}`, customerId, lines }));
    await importOrders(house, Buffer.from(JSON.stringify(orders)));
    await importBalances(house, secrets, Buffer.from(`id,points\n${ID},500\nu-stays,70\n`), {
      name: "balances.csv",
      actor: "test",
    });
    await engine.database.transaction(async (tx) => {
      await addOrderContact(tx, "order-0", contact);
      const event = {
        kind: "customer.changed" as const,
        subject: { type: "customer", id: ID },
        at: house.now(),
      };
      await noteEvent(tx, house, { ...event, body: { customerId: ID, told: `${NAME} ${PHONE}` } });
      const other = {
        kind: "order.placed" as const,
        subject: { type: "order", id: "elsewhere" },
        at: house.now(),
      };
      await noteEvent(tx, house, { ...other, body: { recipient: MAIL } });
      await savePromoCodes(tx, [
        {
          ...{ code: "ONLY-HERS", folded: "onlyhers", promotionId: "p", state: "free", batch: "b" },
          ...{ validUntil: null, createdAt: 1, usesPerCode: 1, customerId: ID, place: 1 },
        },
      ]);
      await addCalculations(tx, [
        {
          ...{ id: "calc", at: house.now(), channel: "app", customerId: ID, code: null },
          ...{ rulesVersion: 1, rulesHash: "", engineVersion: "" },
          ...{ input: JSON.stringify({ card: CARD }), result: JSON.stringify({ note: NAME }) },
        },
      ]);
      // A body that could not be read hangs on no order.
      await tx.run(
        `insert into delivery (id, channel, route, client_id, received_at, request_id, content_type, body, status, effect, warnings)
         values ('broken', 'yandex-eats', 'feedback', 'c', 1, 'r', null, ?, 400, 'rejected', '[]')`,
        [Buffer.from(`{"customer":"${NAME}","phone":"8${PHONE.slice(2)}","card":"${CARD}"`)],
      );
      await tx.run(
        `insert into delivery (id, channel, route, client_id, received_at, request_id, content_type, body, status, effect, warnings)
         values ('other', 'yandex-eats', 'feedback', 'c', 1, 'r', null, ?, 400, 'rejected', '[]')`,
        [Buffer.from('{"customer":"Инга"')],
      );
    });
    await marketplaceSays(house, { orderId: "order-0", rating: 2, comment: `Я ${NAME}`, customerName: NAME });
    await appSays(house, { orderId: "order-0", rating: 5, comment: PHONE });
    const once = new OnceKeeper(house, secrets);
    const kept = { status: 200, body: JSON.stringify({ id: ID, note: CARD }) };
    await once.answer({ tokenId: "t", name: "k", fingerprint: "f" }, async () => ({ answer: null, kept }));
    for (const [name, text] of [
      ["hers.csv", `${ID};${NAME};${PHONE}`],
      ["others.csv", "u-stays;Инга"],
    ] as const) {
      shelf.note(join(folder, name), house.now());
      writeFileSync(join(folder, name), text);
    }
  });

  test("every table that names customers, orders or items is in the export, or there is a reason", async () => {
    const reasons = new Set([
      // Outcomes of what is exported with its item, and settings of the shop; who of the staff has an item open.
      ...[
        "answer_attempt",
        "desk_look",
        "feedback_import_row",
        "desk_dish",
        "order_dish",
        "desk_order",
        "feedback_moment",
        // What staff notes on days of the shop: nobody's personal data.
        "trend_note",
      ],
      // Goods of a kept cart stand in the order's own lines.
      "calculation_goods",
    ]);
    const shapes = await engine.database.read(tableShapes);
    const told = new Set(CUSTOMER_SOURCES.map(({ table }) => table));
    const naming = shapes.filter(({ columns }) =>
      columns.some(({ name }) => ["customer_id", "order_id", "item_id", "phone", "email"].includes(name)),
    );
    const missing = naming.map(({ name }) => name).filter((name) => !told.has(name) && !reasons.has(name));
    expect(missing.filter((name) => !["extra_service"].includes(name))).toEqual([]);
    for (const { table, by } of CUSTOMER_SOURCES) {
      const columns = shapes.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
      expect([table, by.filter((column) => !columns.includes(column))]).toEqual([table, []]);
    }
  });

  test("a customer is told everything that is kept, and nothing of anybody else", async () => {
    const told = await exportCustomer(house, ID);
    const text = JSON.stringify(told);
    for (const part of [NAME, PHONE, MAIL, CARD, "1988-03-08", "ценители-сыра", "ONLY-HERS", "order-0"])
      expect([part, text.includes(part)]).toEqual([part, true]);
    expect(text).not.toContain("u-stays");
    expect(text).not.toContain("order-1");
    expect(told?.records["pointsEntries"]?.length).toBeGreaterThan(0);
    expect(await exportCustomer(house, "nobody")).toBeNull();
  });

  test("leaves no name, phone or card anywhere, and every amount as it was", {
    timeout: 120_000,
  }, async () => {
    expect(await traces()).toEqual(TRACES);
    const before = await amounts();
    const wish = { kind: "customer" as const, id: ID, actor: "ann", reason: "Request" };
    const done = await erasePerson(house, { ...wish, knownAs: [NAME, CARD] }, reach);
    if (done.kind !== "erased") throw new Error(done.kind);
    expect(await traces()).toEqual([]);
    expect(await amounts()).toEqual(before);
    expect(done.act.erased).toMatchObject({
      ...{ customers: 1, identities: 2, codes: 1, contacts: 1, calculations: 1, files: 1, keptAnswers: 1 },
    });
    expect(done.act.files.removed).toEqual([join(folder, "hers.csv")]);
    expect(await everything()).toContain("Инга");
    const [code] = await engine.database.read((tx) =>
      tx.rows<{ state: string }>("select state from promo_code where code = 'ONLY-HERS'"),
    );
    expect(code?.state).toBe("blocked");
  });

  test("whoever is forgotten already is nobody", async () => {
    const wish = { kind: "customer" as const, id: "nobody", actor: "ann", reason: "Request" };
    expect(await erasePerson(house, wish, reach)).toEqual({ kind: "nothing_known" });
  });
});
