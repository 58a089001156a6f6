// Fills a desk with made-up items, as many as wanted: `node bench/desk-fill.ts --url URL --count N [--seed S]`. Only for empty databases of tests.
import { parseArgs } from "node:util";
import { addDays } from "../src/core/desk/index.ts";
import { stemText } from "../src/flows/stem-words.ts";
import { migrate, type OpenedDatabase, openDatabase, recountDesk, type Tx } from "../src/storage/index.ts";

/** Items of one statement: 30 values each, and SQLite binds 32 766. */
const ROWS = 500;

/** Statements of one transaction. */
const STATEMENTS = 10;

const BRANCHES = 200;
const DISHES = 300;
const DAY_MS = 86_400_000;
const START = Date.UTC(2025, 10, 1);

const TOPICS = ["cold", "late", "taste", "missing", "packing", "courier", "portion", "wrong"];

/** Shares of one to five stars: few in the middle, most at the top. */
const STARS = [0.06, 0.03, 0.05, 0.13, 0.73];

const SUBJECTS =
  "суп пицца роллы бургер салат шаурма каша плов борщ паста кофе чай курьер заказ упаковка соус хлеб десерт".split(
    " ",
  );
const BAD =
  "холодный пресный сухой подгоревший пролитый опоздавший грубый чужой маленький мятый забытый сырой".split(
    " ",
  );
const GOOD = "вкусный горячий свежий быстрый вежливый сочный большой аккуратный любимый отличный".split(" ");
const TAILS = [
  "очень жаль",
  "ждали час",
  "спасибо",
  "закажем ещё",
  "верните деньги",
  "не довезли напиток",
  "приборов не было",
  "всё понравилось",
];

/** Numbers from a seed: the same desk every time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const COLUMNS =
  "seq, id, source, order_id, source_order_id, branch_id, rating, was_asked, comment, preset, total_minor, customer_id, day, hour, received_at, changed_at, taken_at, delivered_at, late_ms, state, due_at, answer, note_count, appeal, is_refunded, is_disputed, revision, version, stems".split(
    ", ",
  );

type Value = string | number | null;

/** One item; branches are of unequal size and quality. */
function itemOf(seq: number, count: number, random: () => number): Value[] {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const isApp = random() < 0.5;
  const branch = Math.floor(random() ** 2 * BRANCHES);
  const isAsked = isApp && random() < 0.3;
  const rating = isAsked ? null : starsOf(random, branch);
  const hasWords = rating !== null && random() < (rating <= 2 ? 0.6 : 0.2);
  const words = rating !== null && rating <= 3 ? BAD : GOOD;
  const comment = hasWords
    ? `${pick(words)} ${pick(SUBJECTS)}, ${pick(words)} ${pick(SUBJECTS)}. ${pick(TAILS)}`
    : null;
  const at = START + Math.floor((seq / count) * 365 * DAY_MS);
  const late = isApp ? null : Math.floor(600_000 + random() ** 2 * 5_400_000);
  const isOpen = seq > count * 0.99 && rating !== null;
  const order = `o-${isApp ? seq : seq - Math.floor(random() * 3)}`;
  return [
    seq,
    `i-${String(seq).padStart(10, "0")}`,
    isApp ? "app" : "yandex-eats",
    order,
    isApp ? null : `e-${seq}`,
    `b-${branch}`,
    rating,
    isApp ? 1 : 0,
    comment,
    rating !== null && rating <= 2 && random() < 0.3 ? "Не понравилась еда" : null,
    Math.floor(40_000 + random() * 300_000),
    random() < 0.7 ? `u-${Math.floor(random() * count * 0.2)}` : null,
    addDays(20_251_101, Math.floor((at - START) / DAY_MS)),
    Math.floor(random() * 24),
    at,
    at,
    late === null ? null : at - late,
    late === null ? null : at,
    late,
    rating === null ? "asked" : isOpen ? "new" : rating <= 3 ? "closed" : "no_reaction",
    isOpen && rating <= 3 ? at + 7_200_000 : null,
    "no",
    0,
    "none",
    random() < 0.01 ? 1 : 0,
    0,
    1,
    1,
    stemText(comment),
  ];
}

function starsOf(random: () => number, branch: number): number {
  let left = random() * (branch % 17 === 3 ? 0.5 : 1);
  for (const [index, share] of STARS.entries()) {
    left -= share;
    if (left < 0) return index + 1;
  }
  return 5;
}

/** Fills an empty desk and counts its tallies; gives seconds. */
export async function fillDesk(database: OpenedDatabase, count: number, seed: number): Promise<number> {
  const started = performance.now();
  const random = randomOf(seed);
  const indexes = await database.transaction(dropIndexes);
  await database.transaction(async (tx) => {
    for (let dish = 1; dish <= DISHES; dish += 1) {
      const name = `${GOOD[dish % GOOD.length]} ${SUBJECTS[dish % SUBJECTS.length]} ${dish}`;
      await tx.run("insert into desk_dish (id, dish_id, name, stems) values (?, ?, ?, ?)", [
        dish,
        `d-${dish}`,
        name,
        stemText(name),
      ]);
    }
  });
  for (let from = 1; from <= count; from += ROWS * STATEMENTS) {
    await database.transaction(async (tx) => {
      if (tx.engine === "postgres") await tx.run("set local session_replication_role = replica");
      for (let first = from; first < from + ROWS * STATEMENTS && first <= count; first += ROWS)
        await addItems(tx, first, Math.min(first + ROWS - 1, count), count, random);
    });
  }
  await database.transaction(async (tx) => {
    if (tx.engine === "postgres") await tx.run("set local statement_timeout = 0");
    for (const index of indexes) await tx.run(index);
    if (tx.engine === "postgres")
      await tx.rows(
        "select setval(pg_get_serial_sequence('desk_item', 'seq'), ?), setval(pg_get_serial_sequence('desk_dish', 'id'), ?)",
        [count, DISHES],
      );
    await tx.run("analyze");
    await recountDesk(tx);
  });
  return (performance.now() - started) / 1000;
}

/** On PostgreSQL indexes are made at the end, or five million items would take an hour; gives the statements that make them. */
async function dropIndexes(tx: Tx): Promise<readonly string[]> {
  if (tx.engine === "sqlite") return [];
  const found = await tx.rows<{ name: string; sql: string }>(
    `select i.indexname as name, i.indexdef as sql from pg_indexes i
     where i.tablename in ('desk_item', 'desk_item_dish', 'desk_word') and i.indexdef like 'CREATE INDEX %'`,
  );
  for (const { name } of found) await tx.run(`drop index ${name}`);
  return found.map(({ sql }) => sql);
}

/** Rows of a statement; PostgreSQL takes them as one JSON text, which it reads faster than thousands of parameters. */
async function addRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly Value[][],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.join(", ");
  if (tx.engine === "postgres") {
    const named = rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
    await tx.run(
      `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, cast(? as json))`,
      [JSON.stringify(named)],
    );
    return;
  }
  const row = `(${columns.map(() => "?").join(", ")})`;
  await tx.run(`insert into ${table} (${names}) values ${rows.map(() => row).join(", ")}`, rows.flat());
}

async function addItems(
  tx: Tx,
  first: number,
  last: number,
  count: number,
  random: () => number,
): Promise<void> {
  const items: Value[][] = [];
  const dishes: Value[][] = [];
  const words: Value[][] = [];
  for (let seq = first; seq <= last; seq += 1) {
    const item = itemOf(seq, count, random);
    items.push(item);
    const dish = 1 + Math.floor(random() * (DISHES - 1));
    dishes.push([seq, dish], [seq, dish + 1]);
    if (item[8] === null || random() >= 0.3) continue;
    words.push([seq, "tag", random() < 0.5 ? "cold" : "late"]);
    words.push([seq, "topic", TOPICS[Math.floor(random() * TOPICS.length)] as string]);
  }
  await addRows(tx, "desk_item", COLUMNS, items);
  await addRows(tx, "desk_item_dish", ["seq", "dish"], dishes);
  await addRows(tx, "desk_word", ["seq", "kind", "word"], words);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { url: { type: "string" }, count: { type: "string" }, seed: { type: "string", default: "1" } },
  });
  if (values.url === undefined || !(Number(values.count) > 0)) throw new Error("--url URL --count N");
  const database = await openDatabase({ url: values.url });
  await migrate(database, Date.now());
  const seconds = await fillDesk(database, Number(values.count), Number(values.seed));
  process.stdout.write(`${values.count} items in ${seconds.toFixed(1)} s\n`);
  await database.close();
}
