// A plain model of a catalogue: an offer as a record, its feed as text, its price by the slowest possible reading.
import fc from "fast-check";
import type { CartPlace } from "../../../src/storage/index.ts";

/** An offer of the model; prices in kopecks. */
export interface ModelOffer {
  readonly id: string;
  readonly card: string;
  readonly name: string;
  readonly price: number;
  readonly variants: readonly { readonly city: string; readonly tier: string; readonly price: number }[];
  readonly usePoints: boolean;
  readonly isAvailable: boolean;
  readonly capPercent: number | null;
}

const price = fc.integer({ min: 1, max: 10_000_000 });

/** Few ids, so that feeds overlap; names with everything that XML minds. */
export const modelOffer: fc.Arbitrary<ModelOffer> = fc.record({
  id: fc.integer({ min: 0, max: 12 }).map((number) => `id-${String(number).padStart(2, "0")}`),
  card: fc.constantFrom("card-0", "card-1"),
  name: fc
    .array(fc.constantFrom("Ковш", "«А»", "<b>", "&", "&amp;", "]]>", "№ 5", "\u{1F600}"), {
      minLength: 1,
      maxLength: 4,
    })
    .map((words) => words.join(" ")),
  price,
  variants: fc.uniqueArray(
    fc.record({
      city: fc.constantFrom("", "город-1", "город-2"),
      tier: fc.constantFrom("", "vip", "gold"),
      price,
    }),
    { selector: (variant) => `${variant.city} ${variant.tier}`, maxLength: 5 },
  ),
  usePoints: fc.boolean(),
  isAvailable: fc.boolean(),
  capPercent: fc.option(fc.integer({ min: 0, max: 100 })),
});

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const roubles = (kopecks: number): string =>
  `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, "0")}`;

/** The feed of these offers; a variant without city and tier is written before the default, which must still win. */
export function modelFeed(offers: readonly ModelOffer[]): string {
  const elements = offers.map((offer) => {
    const prices = offer.variants.map(({ city, tier, price: amount }) => {
      const where = city === "" ? "" : ` city="${city}"`;
      const who = tier === "" ? "" : ` priceTier="${tier}"`;
      return `<price${where}${who}>${roubles(amount)}</price>`;
    });
    const cap =
      offer.capPercent === null
        ? ""
        : `<maxPromocodeDiscountPercent>${offer.capPercent}</maxPromocodeDiscountPercent>`;
    return `<offer id="${offer.id}" group_id="${offer.card}" available="${offer.isAvailable}"><name>${escaped(offer.name)}</name>
      ${prices.join("")}<price>${roubles(offer.price)}</price>${cap}<useBonuses>${offer.usePoints}</useBonuses></offer>`;
  });
  return `<yml_catalog><shop><offers>${elements.join("\n")}</offers></shop></yml_catalog>`;
}

/** Tries the ways to name this cart, from the narrowest to the widest. */
export function priceInModel(offer: ModelOffer, place: CartPlace): number {
  const cities = [place.cityFias, place.regionFias]
    .map((city) => city?.toLowerCase() ?? "")
    .filter((city) => city !== "");
  const ways: [string, string][] = [];
  if (place.priceTier !== null) for (const city of [...cities, ""]) ways.push([city, place.priceTier]);
  for (const city of cities) ways.push([city, ""]);
  for (const [city, tier] of ways) {
    const variant = offer.variants.find((candidate) => candidate.city === city && candidate.tier === tier);
    if (variant !== undefined) return variant.price;
  }
  return offer.price;
}
