// The goods of an example world without a database: its feed read by the real reader, as an everyday cart sees them.
import { readFileSync } from "node:fs";
import { type CatalogueOffer, type Offer, resolveOffer } from "../../src/core/pricing/index.ts";
import { CategoryTree } from "../../src/flows/category-tree.ts";
import { readFeed } from "../../src/protocols/yml-feed/index.ts";

/** The text of a file under examples. */
export function exampleText(path: string): string {
  return readFileSync(new URL(`../../examples/${path}`, import.meta.url), "utf8");
}

/** Offers by id, with the ancestors of their categories. */
export async function exampleOffers(world: string): Promise<ReadonlyMap<string, Offer>> {
  const tree = new CategoryTree();
  const read: CatalogueOffer[] = [];
  async function* bytes() {
    yield Buffer.from(exampleText(`${world}/feed.yml.xml`));
  }
  for await (const events of readFeed(bytes())) {
    for (const event of events) {
      if (event.kind === "category") tree.add(event);
      if (event.kind === "offer") read.push(event.offer);
      if (event.kind === "problem" || event.kind === "broken") throw new Error(JSON.stringify(event));
    }
  }
  const everywhere = { cities: [], priceTier: null, outletId: null };
  return new Map(
    read.map((offer) => [
      offer.id,
      resolveOffer({ ...offer, categoryIds: tree.withAncestors(offer.categoryIds) }, [], everywhere),
    ]),
  );
}
