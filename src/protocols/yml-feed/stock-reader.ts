// The separate stock file of the same family: outlets, and how much of each good each of them has.
import { type Minor, minor, quantity } from "../../core/money/index.ts";
import type { StockEvent } from "../../flows/index.ts";
import type { OnBytes } from "./file-text.ts";
import { cleanText, readDecimal } from "./values.ts";
import { BrokenFile, type ElementListener, isStructural, readXml } from "./xml-reader.ts";

/** The events of a stock file in file order; see `readFeed` for problems and broken files. */
export async function* readStock(
  bytes: AsyncIterable<Uint8Array>,
  onBytes?: OnBytes,
): AsyncGenerator<readonly StockEvent[]> {
  const listener = new StockListener();
  try {
    for await (const _ of readXml(bytes, listener, onBytes)) {
      if (listener.events.length > 0) yield listener.take();
    }
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    listener.events.push({ kind: "broken", line: error.line, reason: error.message });
  }
  if (listener.events.length > 0) yield listener.take();
}

class StockListener implements ElementListener {
  events: StockEvent[] = [];
  readonly #path: string[] = [];

  take(): StockEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  open(name: string, attributes: Readonly<Record<string, string>>, line: number, depth: number): void {
    // Some writers wrap the inventory in a catalogue; anything else is another file.
    if (depth === 1 && name !== "inventory" && name !== "yml_catalog") {
      throw new BrokenFile(`the file is no stock feed but <${name.slice(0, 40)}>`, line);
    }
    this.#path[depth - 1] = name;
    const parent = depth < 2 ? "" : this.#path[depth - 2];
    if (name === "outlet" && parent === "outlets") this.#outlet(attributes, line);
    else if (name === "product" && parent === "availability") this.#product(attributes, line);
  }

  close(): void {}

  fault(message: string, line: number): boolean {
    if (!isStructural(message)) this.#problem(line, null, false, "character", message);
    return false;
  }

  #outlet(attributes: Readonly<Record<string, string>>, line: number): void {
    const id = cleanText(attributes["id"] ?? "", 200);
    if (id === "") this.#problem(line, null, true, "outlet_without_id", "");
    else this.events.push({ kind: "outlet", id });
  }

  #product(attributes: Readonly<Record<string, string>>, line: number): void {
    const offerId = cleanText(attributes["id"] ?? "", 200);
    const outletId = cleanText(attributes["outlet"] ?? "", 200);
    if (offerId === "" || outletId === "") {
      this.#problem(line, offerId || null, true, "no_id", outletId);
      return;
    }
    const text = attributes["quantity"] ?? "";
    const count = readDecimal(text, 3);
    if (count === null) {
      this.#problem(line, offerId, true, "quantity_unreadable", text);
      return;
    }
    // Accounting systems send what they owe as a negative rest: nothing is left to sell.
    if (count < 0) this.#problem(line, offerId, false, "quantity_negative", text);
    const price = this.#price(attributes["price"], offerId, line);
    this.events.push({
      kind: "stock",
      line,
      offerId,
      outletId,
      quantity: quantity(Math.max(0, count)),
      price,
      oldPrice: this.#price(attributes["oldprice"], offerId, line),
    });
  }

  #price(text: string | undefined, offerId: string, line: number): Minor | null {
    if (text === undefined || text.trim() === "") return null;
    const value = readDecimal(text, 2);
    if (value !== null && value > 0) return minor(value);
    this.#problem(line, offerId, false, "price_unreadable", text);
    return null;
  }

  #problem(line: number, offerId: string | null, isSkipped: boolean, reason: string, detail: string): void {
    this.events.push({
      kind: "problem",
      problem: { line, offerId, isSkipped, reason, detail: cleanText(detail, 100) },
    });
  }
}
