// What each step of a cart costs inside the process, so that it is known where the time of the endpoint goes.
import { join } from "node:path";
import { v7 } from "uuid";
import { instant } from "../src/core/basics/index.ts";
import { ENGINE_VERSION, price } from "../src/core/pricing/index.ts";
import { readFacts } from "../src/flows/cart-facts.ts";
import {
  CalculationBook,
  type CartDesk,
  createSecrets,
  KeyRing,
  quoteCart,
  RuleShelf,
} from "../src/flows/index.ts";
import { basketAnswer } from "../src/protocols/irp/answer.ts";
import { readBody } from "../src/protocols/irp/body.ts";
import type { IrpSettings } from "../src/protocols/irp/index.ts";
import { readBasket } from "../src/protocols/irp/translate.ts";
import { OfferShelf, openDatabase } from "../src/storage/index.ts";
import { ROOT, runCli, serverPlace } from "../test/support/server.ts";
import { cartBody } from "./cart-body.ts";

const ROUNDS = 15;
const CALLS = 500;

const SETTINGS: IrpSettings = {
  language: "ru",
  promocodeStatus: "earlyAccess",
  promocodeErrorMessage: false,
  unavailableLine: "error",
  priceNotice: false,
  extraServicesInTotal: false,
  giftCardsInTotal: false,
  deliveryGroups: ["default", "express", "large"],
};

/** A step with its name in the table. */
type Step = readonly [name: string, run: () => unknown];

async function main(): Promise<void> {
  const place = await serverPlace("sqlite");
  await runCli(place, ["import", "world", join(ROOT, "examples", "irp-samples-world")]);
  const database = await openDatabase({ url: place.databaseUrl });
  const house = { database, now: () => instant(Date.now()), newId: v7, alarm: () => undefined };
  const secrets = createSecrets("pepper");
  const book = new CalculationBook(house);
  const desk: CartDesk = {
    house,
    secrets,
    book,
    price,
    rules: new RuleShelf(house, "Europe/Moscow"),
    offers: new OfferShelf(() => performance.now()),
    settings: {
      onEngineFault: "catalogue",
      shortStock: "error",
      severalChoices: "first",
      addonPrices: false,
    },
  };
  const body = cartBody();
  const parsed = readBody(body);
  if (parsed.kind !== "read") throw new Error("the body is refused");
  const read = readBasket(parsed.body);
  if (read.kind !== "read") throw new Error("the basket is refused");
  const { request, nameless } = read;
  const shelved = await desk.rules.current();
  const quoted = await quoteCart(desk, request, v7());
  if (quoted.kind === "refused") throw new Error(quoted.reason);
  const { cart, facts, quote } = quoted;
  const answer = basketAnswer(quoted, SETTINGS, nameless);
  const at = house.now();
  const ring = new KeyRing(house, secrets, "irp", ["test-key-0001"]);
  const note = () =>
    book.add({
      id: v7(),
      at,
      cart,
      facts,
      quote,
      madeBy: "engine",
      rules: { version: shelved.version, hash: shelved.hash },
      engineVersion: ENGINE_VERSION,
      foldedCode: null,
    });
  const steps: readonly Step[] = [
    ["parse the body", () => readBody(body)],
    ["recognise the key", () => ring.recognise(["test-key-0001"])],
    ["translate", () => readBasket(parsed.body)],
    ["read the facts", () => database.look((tx) => readFacts(tx, desk, shelved, request))],
    ["price", () => price(cart, shelved.rules, facts, at, "menu")],
    ["make the answer", () => basketAnswer(quoted, SETTINGS, nameless)],
    ["answer to text", () => JSON.stringify(answer)],
    ["note for the book", note],
  ];
  const costs = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of steps) add(costs, name, await costOf(run));
    add(costs, "write the book, of one cart", await timed(() => book.flush()));
  }
  await book.close();
  await database.close();
  await place.remove();
  process.stdout.write(tableOf(costs));
}

/** Microseconds of one call. */
function costOf(run: () => unknown): Promise<number> {
  return timed(async () => {
    for (let call = 0; call < CALLS; call += 1) {
      const result = run();
      if (result instanceof Promise) await result;
    }
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return ((performance.now() - started) * 1000) / CALLS;
}

function add(costs: Map<string, number[]>, name: string, cost: number): void {
  const known = costs.get(name);
  if (known === undefined) costs.set(name, [cost]);
  else known.push(cost);
}

function tableOf(costs: ReadonlyMap<string, number[]>): string {
  const rows = [...costs].map(([name, all]) => {
    const sorted = all.slice(3).sort((left, right) => left - right);
    return [name, sorted[0] ?? 0, sorted[sorted.length >> 1] ?? 0] as const;
  });
  const sum = (place: 1 | 2): string => rows.reduce((total, row) => total + row[place], 0).toFixed(0);
  return [
    "## Steps of a cart over SQLite, in the process",
    "",
    `20 lines, ${CALLS} calls a round, ${ROUNDS} rounds of which the first 3 warm up.`,
    "",
    "| step | least, µs | median, µs |",
    "|---|---|---|",
    ...rows.map(([name, least, median]) => `| ${name} | ${least.toFixed(1)} | ${median.toFixed(1)} |`),
    `| **all** | **${sum(1)}** | **${sum(2)}** |`,
    "",
  ].join("\n");
}

await main();
