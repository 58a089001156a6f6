// Small feeds written by hand or from a plain model, and a house to import them into.
import { readFileSync } from "node:fs";
import { type Instant, instant } from "../../../src/core/basics/index.ts";
import type { FeedEvent, House, Reading, StockEvent } from "../../../src/flows/index.ts";
import { readFeed, readStock } from "../../../src/protocols/yml-feed/index.ts";
import type { CartPlace, Database } from "../../../src/storage/index.ts";

/** The sample world's feed. */
export const sample: Buffer = readFileSync(
  new URL("../../../examples/irp-samples-world/feed.yml.xml", import.meta.url),
);

/** A cart from nowhere in particular. */
export const anywhere: CartPlace = { cityFias: null, priceTier: null, outletId: null };

/** A house with a clock that tests turn, counted ids and remembered alarms. */
export interface TestHouse extends House {
  time: Instant;
  readonly alarms: string[];
}

let counted = 0;

export function houseOn(database: Database): TestHouse {
  const alarms: string[] = [];
  const house: TestHouse = {
    database,
    time: instant(1_700_000_000_000),
    alarms,
    now: () => {
      house.time = instant(house.time + 1);
      return house.time;
    },
    newId: () => {
      counted += 1;
      return `import-${String(counted).padStart(6, "0")}`;
    },
    alarm: (kind) => void alarms.push(kind),
  };
  return house;
}

async function* bytesOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

export function feedFrom(text: string | Uint8Array, name = "test feed"): Reading<FeedEvent> {
  return { name, read: () => readFeed(bytesOf(text)) };
}

export function stockFrom(text: string): Reading<StockEvent> {
  return { name: "test stock", read: () => readStock(bytesOf(text)) };
}

/** An offer element with a price in roubles. */
export const element = (id: string, price: number, more = ""): string =>
  `<offer id="${id}" available="true"><name>Ковш ${id}</name><price>${price}</price><categoryId>1</categoryId>${more}</offer>`;

/** A feed of these elements; the first stands at line 4. */
export const feedText = (
  elements: readonly string[],
  categories = `<category id="1">Всё</category>`,
): string =>
  `<?xml version="1.0"?>\n<yml_catalog><shop><categories>${categories}</categories>\n<offers>\n${elements.join("\n")}\n</offers></shop></yml_catalog>`;
