// What the reader makes of stock files.
import { expect, test } from "vitest";
import type { StockEvent } from "../../flows/index.ts";
import { readStock } from "./index.ts";

async function eventsOf(text: string): Promise<StockEvent[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }
  const events: StockEvent[] = [];
  for await (const batch of readStock(bytes())) events.push(...batch);
  return events;
}

test("outlets and quantities come with their own prices and exact thousandths", async () => {
  const events = await eventsOf(`<?xml version="1.0"?>
<inventory>
  <outlets><outlet id="ЕКБ-02"/><outlet id="0012">Лесная</outlet></outlets>
  <availability>
    <product id="771200" outlet="ЕКБ-02" quantity="3"/>
    <product id="450033" outlet="0012" quantity="12,5" price="699.90" oldprice="749.90"/>
  </availability>
</inventory>`);
  expect(events).toEqual([
    { kind: "outlet", id: "ЕКБ-02" },
    { kind: "outlet", id: "0012" },
    {
      kind: "stock",
      line: 5,
      offerId: "771200",
      outletId: "ЕКБ-02",
      quantity: 3000,
      price: null,
      oldPrice: null,
    },
    {
      kind: "stock",
      line: 6,
      offerId: "450033",
      outletId: "0012",
      quantity: 12_500,
      price: 69_990,
      oldPrice: 74_990,
    },
  ]);
});

test("bad entries are left out with their lines; a negative rest is nothing", async () => {
  const events = await eventsOf(`<inventory><outlets><outlet id=""/></outlets><availability>
<product id="1" outlet="" quantity="1"/>
<product id="2" outlet="a" quantity="много"/>
<product id="3" outlet="a" quantity="-4"/>
<product id="4" outlet="a" quantity="1" price="0"/>
</availability></inventory>`);
  const problems = events.flatMap((event) => (event.kind === "problem" ? [event.problem] : []));
  expect(problems.map(({ line, reason, isSkipped }) => [line, reason, isSkipped])).toEqual([
    [1, "outlet_without_id", true],
    [2, "no_id", true],
    [3, "quantity_unreadable", true],
    [4, "quantity_negative", false],
    [5, "price_unreadable", false],
  ]);
  const stock = events.flatMap((event) => (event.kind === "stock" ? [[event.offerId, event.quantity]] : []));
  expect(stock).toEqual([
    ["3", 0],
    ["4", 1000],
  ]);
});

test("another file, or one cut short, is broken", async () => {
  for (const text of ["<html/>", "<inventory><availability>", "<inventory><availability></inventory>"]) {
    expect((await eventsOf(text)).at(-1)?.kind).toBe("broken");
  }
});
