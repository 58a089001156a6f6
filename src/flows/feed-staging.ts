// One feed on its way into the catalogue: handfuls of offers staged in short transactions, so that carts never wait long.
import type { CatalogueOffer } from "../core/pricing/index.ts";
import {
  discardStaged,
  hasLeftovers,
  type ImportCounts,
  markLeftovers,
  type Staged,
  type StagedAs,
  stageOffers,
  stageSections,
  stageVanished,
} from "../storage/index.ts";
import { CategoryTree } from "./category-tree.ts";
import { ChangeBook } from "./change-book.ts";
import type { FeedEvent, FileBroken, OfferRead, Reading } from "./feed-events.ts";
import { eachPage, type ImportRun, ROWS_PER_PAGE } from "./import-run.ts";
import { ProblemBook } from "./problem-book.ts";

/** Offers of a transaction: about 10 ms on SQLite (2 cores, November 2026). */
const OFFERS_PER_STEP = 400;

/** Most offers of a feed; their ids are kept in memory while it is read. */
export const MAX_OFFERS = 2_000_000;

/** What is staged by one import, and its difference to the current catalogue. */
export class FeedStaging {
  book = new ProblemBook();
  changes = new ChangeBook();
  /** Goods of the current catalogue, and those of them that the feed lacks; known after `finish`. */
  before = 0;
  vanished = 0;
  readonly #run: ImportRun;
  readonly #version: number;
  readonly #tree = new CategoryTree();
  readonly #priceTiers = new Map<string, string>();
  readonly #seen = new Map<string, StagedAs>();
  readonly #waiting = new Map<string, CatalogueOffer>();
  #sectionsChanged = false;
  #hasOffers = false;
  #lateCategories = false;
  #isSecondReading = false;

  constructor(run: ImportRun) {
    this.#run = run;
    this.#version = run.baseVersion + 1;
  }

  /** Different usable offers of the feed. */
  get offers(): number {
    return this.#seen.size;
  }

  /** False: the feed says what the catalogue says already. */
  get isChanged(): boolean {
    const { added, changed } = this.#difference();
    return added + changed + this.vanished > 0 || this.#sectionsChanged;
  }

  /** For the record of the import. */
  counts(): ImportCounts {
    const { dearer, cheaper, ...difference } = this.#difference();
    return {
      offers: this.offers,
      ...difference,
      dearer,
      cheaper,
      vanished: this.vanished,
      before: this.before,
      ...this.book.totals(),
    };
  }

  /** Makes room: what a crashed or superseded import has left goes first. */
  async begin(): Promise<void> {
    if (await this.#run.step(hasLeftovers)) await this.discard();
    await this.#run.step((tx) => markLeftovers(tx, true));
  }

  /** Reads to the end; twice where categories come after offers, since an offer is stored with its category's ancestors. */
  async read(reading: Reading<FeedEvent>): Promise<FileBroken | null> {
    const broken = await this.#readOnce(reading);
    if (broken !== null || !this.#lateCategories) return broken;
    await this.discard();
    await this.#run.step((tx) => markLeftovers(tx, true));
    this.#seen.clear();
    this.book = new ProblemBook();
    this.changes = new ChangeBook();
    this.#isSecondReading = true;
    return this.#readOnce(reading);
  }

  /** Ends what the feed no longer has, and stages categories and price tiers. */
  async finish(): Promise<void> {
    await eachPage(async (after) => {
      const page = await this.#run.step((tx) =>
        stageVanished(tx, this.#version, after, ROWS_PER_PAGE, (id) => this.#seen.has(id)),
      );
      this.before += page.count;
      this.vanished += page.vanished.length;
      for (const { id, name, price } of page.vanished)
        this.changes.note({ kind: "vanished", offerId: id, name, before: price, after: null });
      return page.last;
    });
    const tiers = [...this.#priceTiers].map(([id, name]) => ({ id, name }));
    tiers.sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#sectionsChanged = await this.#run.step((tx) =>
      stageSections(tx, this.#version, JSON.stringify(this.#tree.list()), JSON.stringify(tiers)),
    );
  }

  /** Takes back everything staged. */
  async discard(): Promise<void> {
    this.#waiting.clear();
    await eachPage((after) => this.#run.step((tx) => discardStaged(tx, after, ROWS_PER_PAGE)));
  }

  /** Discards and records that the import failed, as far as the database still listens. */
  async abandon(): Promise<void> {
    await this.discard();
    await this.#run.end("refused", { reason: "failed", counts: this.counts(), problems: this.book.counts() });
  }

  async #readOnce(reading: Reading<FeedEvent>): Promise<FileBroken | null> {
    for await (const events of reading.read()) {
      for (const event of events) {
        if (event.kind === "broken") return event;
        this.#take(event);
        if (this.#seen.size + this.#waiting.size > MAX_OFFERS) {
          return {
            kind: "broken",
            line: "line" in event ? event.line : 0,
            reason: `more than ${MAX_OFFERS} offers`,
          };
        }
        if (this.#waiting.size >= OFFERS_PER_STEP) await this.#flush();
      }
    }
    await this.#flush();
    return null;
  }

  #take(event: Exclude<FeedEvent, FileBroken>): void {
    switch (event.kind) {
      case "offer":
        this.#takeOffer(event);
        return;
      case "category":
        if (!this.#isSecondReading && this.#tree.add(event) && this.#hasOffers) this.#lateCategories = true;
        return;
      case "price-tier":
        this.#priceTiers.set(event.id, event.name);
        return;
      case "problem":
        this.book.add(event.problem);
    }
  }

  #takeOffer({ offer, line }: OfferRead): void {
    this.#hasOffers = true;
    const remark = (reason: string, detail: string): void =>
      this.book.add({ line, offerId: offer.id, isSkipped: false, reason, detail });
    if (this.#seen.has(offer.id) || this.#waiting.has(offer.id)) remark("offer_repeated", "");
    const unknown = offer.categoryIds.find((id) => !this.#tree.has(id));
    if (unknown !== undefined) remark("category_unknown", unknown);
    this.#waiting.set(offer.id, { ...offer, categoryIds: this.#tree.withAncestors(offer.categoryIds) });
  }

  async #flush(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const offers = [...this.#waiting.values()];
    const stagedBefore = offers.map(({ id }) => id).filter((id) => this.#seen.has(id));
    this.#waiting.clear();
    const staged = await this.#run.step((tx) => stageOffers(tx, this.#version, offers, stagedBefore));
    for (const offer of offers) this.#note(offer, staged.get(offer.id));
  }

  #note({ id, name, price }: CatalogueOffer, staged: Staged | undefined): void {
    if (staged === undefined) return;
    const { as, before } = staged;
    this.#seen.set(id, as);
    if (as === "unchanged") this.changes.forget(id);
    else this.changes.note({ kind: as, offerId: id, name, before, after: price });
  }

  /** `changed` counts every change, those of the price among them. */
  #difference(): Record<StagedAs, number> {
    const difference = { added: 0, changed: 0, dearer: 0, cheaper: 0, unchanged: 0 };
    for (const how of this.#seen.values()) difference[how] += 1;
    difference.changed += difference.dearer + difference.cheaper;
    return difference;
  }
}
