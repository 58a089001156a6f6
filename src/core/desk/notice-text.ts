// Words of messages about single items: what came, where, how to find it; of the customer's own words only what tells nobody.
import type { TemplateLanguage } from "./answer-template.ts";
import { masked } from "./masking.ts";
import { sourceName } from "./source-name.ts";

/** What a message tells of an item. */
export interface ItemNotice {
  readonly rule: string;
  readonly rating: number | null;
  /** Name of the outlet; null: not known. */
  readonly branch: string | null;
  readonly source: string;
  readonly orderId: string;
  /** Kopecks. */
  readonly totalMinor: number | null;
  /** As the customer wrote it. */
  readonly comment: string | null;
  /** Where it is looked at. */
  readonly link: string;
}

/** A notice in two lengths. */
export interface NoticePart {
  /** One line, for a message of several. */
  readonly line: string;
  readonly text: string;
}

/** Longest piece of a comment, characters. */
const SHOWN = 200;

/** Most lines of a message of several, and the most characters of any: Telegram takes 4,096. */
const LINES = 10;
const TEXT_MOST = 3_500;

/** The notice of an item. */
export function itemNoticeText(item: ItemNotice, language: TemplateLanguage): NoticePart {
  const { rule, rating, source, orderId, totalMinor, comment, link } = item;
  const isRussian = language === "ru";
  const stars = rating === null ? "–" : "★".repeat(rating) + "☆".repeat(5 - rating);
  const place = [item.branch, sourceName(source, language)].filter((word) => word !== null).join(", ");
  const order = isRussian ? `Заказ ${orderId}` : `Order ${orderId}`;
  const sum = totalMinor === null ? "" : `, ${roubles(totalMinor)}`;
  const words = comment === null ? "" : shortened(masked(comment));
  return {
    line: `${stars} ${place}: ${rule} ${link}`,
    text: [
      `${stars} ${place}`,
      isRussian ? `Правило «${rule}»` : `Rule "${rule}"`,
      `${order}${sum}`,
      ...(words === "" ? [] : [`«${words}»`]),
      link,
    ].join("\n"),
  };
}

/** A message of one or several notices, and of those that were too many to be kept. */
export function noticesText(
  parts: readonly NoticePart[],
  skipped: number,
  language: TemplateLanguage,
): string {
  const isRussian = language === "ru";
  const more = parts.length - LINES;
  const [only] = parts;
  const lines =
    parts.length === 1 && only !== undefined
      ? [only.text]
      : [
          isRussian ? `Уведомлений вместе: ${parts.length}` : `Notices together: ${parts.length}`,
          ...parts.slice(0, LINES).map(({ line }) => line),
          ...(more > 0 ? [isRussian ? `и ещё ${more}` : `and ${more} more`] : []),
        ];
  if (skipped > 0)
    lines.push(
      isRussian
        ? `Ещё ${skipped} более ранних не поместились в очередь: смотрите список отзывов.`
        : `${skipped} earlier ones did not fit into the queue: look at the list of feedback.`,
    );
  const text = lines.join("\n");
  return text.length > TEXT_MOST ? `${text.slice(0, TEXT_MOST)}…` : text;
}

function roubles(minor: number): string {
  const [whole, part] = [Math.floor(minor / 100), minor % 100];
  const grouped = String(whole).replaceAll(/\B(?=(\d{3})+$)/g, "\u00a0");
  return `${grouped}${part === 0 ? "" : `,${String(part).padStart(2, "0")}`}\u00a0₽`;
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
