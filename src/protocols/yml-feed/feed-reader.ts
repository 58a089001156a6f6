// A YML feed as a stream of offers, categories and price tiers with line numbers; never holds more than one offer.
import type { FeedEvent } from "../../flows/index.ts";
import type { OnBytes } from "./file-text.ts";
import { type Child, type OfferElement, readOffer, TAGS } from "./offer-element.ts";
import { cleanText } from "./values.ts";
import { BrokenFile, type ElementListener, isStructural, readXml } from "./xml-reader.ts";

/** Most categories of a feed: they are kept in memory. */
export const MAX_CATEGORIES = 100_000;

/** Most elements of one offer that are kept while it is read. */
const MAX_CHILDREN = 20_000;

/**
 * The events of a feed in file order. A bad offer becomes a problem at the line where it starts; a file that is no feed, is
 * cut short or broken outside an offer ends with one `broken` event, after which nothing comes. Errors of `bytes` are thrown.
 */
export async function* readFeed(
  bytes: AsyncIterable<Uint8Array>,
  onBytes?: OnBytes,
): AsyncGenerator<readonly FeedEvent[]> {
  const listener = new FeedListener();
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

interface OpenOffer {
  readonly element: OfferElement & { readonly children: Child[] };
  readonly line: number;
  readonly depth: number;
  fault: string | null;
}

class FeedListener implements ElementListener {
  events: FeedEvent[] = [];
  readonly #path: string[] = [];
  #offer: OpenOffer | null = null;
  #child: { tag: string; attributes: Readonly<Record<string, string>>; depth: number } | null = null;
  #entry: { attributes: Readonly<Record<string, string>>; line: number } | null = null;
  #categories = 0;

  take(): FeedEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  open(name: string, attributes: Readonly<Record<string, string>>, line: number, depth: number): void {
    if (this.#offer !== null) {
      // An offer that swallows the next one would take the rest of the feed with it.
      if (name === "offer") throw new BrokenFile("an offer begins inside an offer", line);
      if (depth === this.#offer.depth + 1) this.#openChild(name, attributes, depth);
      return;
    }
    if (depth === 1 && name !== "yml_catalog")
      throw new BrokenFile(`the file is no YML feed but <${name.slice(0, 40)}>`, line);
    this.#path[depth - 1] = name;
    const parent = depth < 2 ? "" : this.#path[depth - 2];
    if (name === "offer" && parent === "offers") {
      this.#offer = { element: { attributes, children: [] }, line, depth, fault: null };
    } else if (
      (name === "category" && parent === "categories") ||
      (name === "priceTier" && parent === "priceTiers")
    ) {
      this.#entry = { attributes, line };
    }
  }

  close(name: string, text: string, depth: number): void {
    const offer = this.#offer;
    if (offer === null) {
      if (name === "category" || name === "priceTier") this.#closeEntry(name, text);
      return;
    }
    if (depth === offer.depth) {
      this.#offer = null;
      this.#child = null;
      this.#finish(offer);
    } else if (this.#child !== null && depth === this.#child.depth) {
      if (offer.element.children.length >= MAX_CHILDREN) offer.fault ??= "too many elements";
      else offer.element.children.push({ tag: this.#child.tag, attributes: this.#child.attributes, text });
      this.#child = null;
    }
  }

  fault(message: string, line: number): boolean {
    if (this.#offer !== null && isStructural(message)) {
      this.#offer.fault ??= message;
      return true;
    }
    const offerId =
      this.#offer === null ? null : cleanText(this.#offer.element.attributes["id"] ?? "", 200) || null;
    if (!isStructural(message)) this.#problem(line, offerId, false, "character", message);
    return false;
  }

  #openChild(name: string, attributes: Readonly<Record<string, string>>, depth: number): void {
    const tag = name.toLowerCase();
    this.#child = TAGS.has(tag) ? { tag, attributes, depth } : null;
  }

  #finish(offer: OpenOffer): void {
    const offerId = cleanText(offer.element.attributes["id"] ?? "", 200) || null;
    if (offer.fault !== null) {
      this.#problem(offer.line, offerId, true, "broken_markup", offer.fault);
      return;
    }
    const outcome = readOffer(offer.element);
    if (outcome.kind === "bad") {
      this.#problem(offer.line, offerId, true, outcome.remark.reason, outcome.remark.detail);
      return;
    }
    for (const { reason, detail } of outcome.warnings)
      this.#problem(offer.line, offerId, false, reason, detail);
    this.events.push({ kind: "offer", line: offer.line, offer: outcome.offer });
  }

  #closeEntry(name: string, text: string): void {
    const entry = this.#entry;
    this.#entry = null;
    if (entry === null) return;
    const id = cleanText(entry.attributes["id"] ?? "", 200);
    if (id === "") {
      this.#problem(
        entry.line,
        null,
        true,
        name === "category" ? "category_without_id" : "price_tier_without_id",
        text,
      );
      return;
    }
    const title = cleanText(text, 500) || cleanText(entry.attributes["name"] ?? "", 500);
    if (name === "priceTier") {
      this.events.push({ kind: "price-tier", id, name: title });
      return;
    }
    this.#categories += 1;
    if (this.#categories > MAX_CATEGORIES)
      throw new BrokenFile(`more than ${MAX_CATEGORIES} categories`, entry.line);
    const parentId = cleanText(entry.attributes["parentId"] ?? "", 200) || null;
    this.events.push({ kind: "category", line: entry.line, id, parentId, name: title });
  }

  #problem(line: number, offerId: string | null, isSkipped: boolean, reason: string, detail: string): void {
    this.events.push({
      kind: "problem",
      problem: { line, offerId, isSkipped, reason, detail: cleanText(detail, 100) },
    });
  }
}
