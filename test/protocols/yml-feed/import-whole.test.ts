// A catalogue appears whole, and is what the feed says: against looks in between, and against a plain model of random feeds.
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type FeedEvent, importFeed, type Reading } from "../../../src/flows/index.ts";
import {
  type CartPlace,
  catalogueVersions,
  countOffers,
  offersForCart,
  offersOfGroup,
  publishCatalogue,
} from "../../../src/storage/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { anywhere, element, feedFrom, feedText, houseOn } from "./feeds.ts";
import { type ModelOffer, modelFeed, modelOffer, priceInModel } from "./model.ts";

forEachEngine("a whole catalogue", (engine) => {
  const house = () => houseOn(engine.database);
  const empty = () =>
    engine.database.transaction(async (tx) => {
      for (const table of ["offer", "catalogue_import", "catalogue_section"])
        await tx.run(`delete from ${table}`);
    });
  beforeEach(empty);

  describe("carts see the old catalogue or the new one, never a mixture", () => {
    const ids = Array.from({ length: 1200 }, (_, index) => `w${index}`);
    const world = (price: number): string[] => ids.map((id) => element(id, price));

    /** Prices seen by carts while the import runs, as a set per look; `meddle` runs after each handful. */
    async function looks(meddle: () => Promise<void> = async () => undefined): Promise<string[]> {
      await importFeed(house(), feedFrom(feedText(world(10))));
      const seen: string[] = [];
      const look = async (): Promise<void> => {
        const prices = new Set(
          [...(await engine.database.read((tx) => offersForCart(tx, ids, anywhere))).values()].map(
            ({ price }) => price,
          ),
        );
        seen.push([...prices].sort().join(" and "));
      };
      const whole = feedFrom(feedText(world(20)));
      const watched: Reading<FeedEvent> = {
        name: "watched",
        read: async function* () {
          for await (const events of whole.read()) {
            for (let at = 0; at < events.length; at += 300) {
              yield events.slice(at, at + 300);
              await look();
              await meddle();
            }
          }
        },
      };
      await importFeed(house(), watched);
      await look();
      return seen;
    }
    const isWhole = (seen: readonly string[]): boolean =>
      seen.every((prices) => prices === "1000" || prices === "2000");

    test("with the import as it is", async () => {
      const seen = await looks();
      expect(seen.length).toBeGreaterThan(4);
      expect(isWhole(seen)).toBe(true);
      expect(seen.at(-1)).toBe("2000");
    });

    test("the check notices an import that shows its goods while it stages them", async () => {
      const seen = await looks(async () => {
        await engine.database.transaction(async (tx) => {
          const { version } = await catalogueVersions(tx);
          const [staged] = await tx.rows<{ since: number | null }>("select max(since) as since from offer");
          if (staged?.since === version + 1) await publishCatalogue(tx, version + 1);
        });
      });
      expect(isWhole(seen)).toBe(false);
    });
  });

  test("any feeds one after another leave what the last one says", async () => {
    const places: CartPlace[] = [
      anywhere,
      { ...anywhere, cityFias: "Город-1" },
      { ...anywhere, cityFias: "город-2", regionFias: "город-1", priceTier: "vip" },
      { ...anywhere, priceTier: "gold" },
    ];
    const feeds = fc.array(fc.array(modelOffer, { minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(feeds, async (sequence) => {
        await empty();
        let shown = new Map<string, ModelOffer>();
        for (const offers of sequence) {
          const next = new Map(offers.map((offer) => [offer.id, offer]));
          const vanished = [...shown.keys()].filter((id) => !next.has(id)).length;
          const outcome = await importFeed(house(), feedFrom(modelFeed(offers)));
          const isHeld = vanished > shown.size * 0.3;
          expect(outcome.kind === "held").toBe(isHeld);
          if (!isHeld) shown = next;
        }
        expect(await engine.database.read(countOffers)).toBe(shown.size);
        for (const place of places) {
          const found = await engine.database.read((tx) => offersForCart(tx, [...shown.keys()], place));
          expect([...found.values()].map(({ id, price }) => [id, price]).sort()).toEqual(
            [...shown.values()].map((offer) => [offer.id, priceInModel(offer, place)]).sort(),
          );
        }
        const cards = await engine.database.read((tx) => offersOfGroup(tx, ["card-0", "card-1"]));
        for (const [card, ids] of cards) {
          expect(ids).toEqual(
            [...shown.values()]
              .filter((offer) => offer.card === card)
              .map(({ id }) => id)
              .sort(),
          );
        }
        const found = await engine.database.read((tx) => offersForCart(tx, [...shown.keys()], anywhere));
        for (const [id, offer] of found) {
          const model = shown.get(id) as ModelOffer;
          expect(offer).toMatchObject({
            name: model.name,
            usePoints: model.usePoints,
            isAvailable: model.isAvailable,
            codeCap: model.capPercent === null ? null : model.capPercent * 100,
          });
        }
      }),
      { numRuns: engine.name === "sqlite" ? 60 : 12 },
    );
  });
});
