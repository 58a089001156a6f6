// Topics that an item's own words speak for: suggested, never set. Words of the trade in Russian and English, by their beginnings.
import type { DeskItem } from "./item.ts";

/** Topics that every desk begins with; what each is called is the reader's language's business. */
export const TOPIC_HINTS = [
  "missing",
  "wrong",
  "not_fresh",
  "cold",
  "opened",
  "late",
  "courier",
  "rude",
] as const;

/** One of TOPIC_HINTS. */
export type TopicHint = (typeof TOPIC_HINTS)[number];

/** On the way for so long is late whatever the customer says of it, ms. */
const LATE_MS = 90 * 60_000;

/** Beginnings of words, none of them after "не": "не холодный" is no complaint. */
const begins = (stems: string): RegExp => new RegExp(`(?<!\\p{L})(?<!(?<!\\p{L})не\\s)(?:${stems})`, "u");

/** Beginnings of words wherever they stand. */
const says = (stems: string): RegExp => new RegExp(`(?<!\\p{L})(?:${stems})`, "u");

const SIGNS: { readonly [hint in TopicHint]: readonly RegExp[] } = {
  missing: [
    says(
      "не\\s+(?:полож|долож|привез|довез|хвата|хвати|достав(?:или|лен))|забыл[иа]?\\s+(?:полож|при)|недовлож",
    ),
    says("отсутств|недоста[вюе]|missing|forgot|not included"),
  ],
  wrong: [says("не\\s+(?:тот|та|те|то)(?!\\p{L})|перепута|чуж(?:ой|ую|ие)\\s+заказ|wrong|mixed up")],
  not_fresh: [
    says("не\\s*свеж|протух|прокис|тухл|плесен|stale|spoil|rotten|not fresh|mou?ld"),
    begins("скис|черств|заветр|испорч"),
  ],
  cold: [begins("холодн|остыл|остывш|ледян|cold|lukewarm"), says("(?:чуть|еле|едва)\\s+тепл")],
  opened: [begins("вскрыт|пролил|протек|помят|раздавлен|порван|spilled|spilt|leaked|crushed|torn open")],
  late: [begins("опозда|опазд|задерж|долго|поздно|заждал|ждал|late(?!\\p{L})|delay|waited|too long")],
  courier: [says("курьер|доставщи|courier|delivery (?:man|guy|driver)|rider(?!\\p{L})")],
  rude: [begins("(?:на)?хам(?!он)|груб|нагруб|невежлив|нахал|накрич|орал|матом(?!\\p{L})|rude|shout")],
};

/** The topics that the item's words, ready-made remarks and its way speak for, in the order of TOPIC_HINTS. */
export function suggestTopics(item: Pick<DeskItem, "comment" | "preset" | "lateMs">): TopicHint[] {
  const text = `${item.comment ?? ""} \n ${item.preset ?? ""}`.toLowerCase().replaceAll("ё", "е");
  return TOPIC_HINTS.filter(
    (hint) =>
      SIGNS[hint].some((sign) => sign.test(text)) || (hint === "late" && (item.lateMs ?? 0) >= LATE_MS),
  );
}
