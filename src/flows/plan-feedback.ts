// Reads a file of past feedback, before anything is written: whose order, how many stars, when, in which words.
import { instant } from "../core/basics/index.ts";
import { type FeedbackContent, type Moment, parseMoment } from "../core/feedback/index.ts";
import { parseDecimal } from "../core/money/index.ts";
import type { Zone } from "../core/pricing/index.ts";
import { readTable, TableBroken, type TableRow } from "./csv-table.ts";
import type { FaultBook } from "./file-report.ts";

/** Headings of a file of past feedback; those of our own tables are among them. */
export const FEEDBACK_COLUMNS = {
  source: ["source", "Источник"],
  feedbackId: ["feedbackId", "reviewId"],
  number: ["eatsId", "sourceOrderId", "Number at the source", "Номер в источнике"],
  order: ["orderId", "order", "Заказ"],
  place: ["placeId", "restaurantId", "branch", "Точка"],
  rating: ["rating", "stars", "Оценка"],
  comment: ["comment", "Комментарий"],
  preset: ["predefinedComment", "Ready-made remarks", "Готовые замечания"],
  date: ["createdAt", "date", "received", "Получено", "Дата"],
  name: ["clientName", "name", "Имя"],
  total: ["total", "Total, roubles", "Сумма, руб."],
  taken: ["takenAt", "taken", "Забрал курьер"],
  delivered: ["deliveredAt", "delivered", "Доставлен"],
} as const;

/** One of the columns. */
export type FeedbackColumn = keyof typeof FEEDBACK_COLUMNS;

/** A line that is not taken, with what it said: for a file of rejects, never for a log. */
export interface RejectedFeedback {
  readonly line: number;
  readonly reason: string;
  readonly cells: Readonly<Record<FeedbackColumn, string>>;
}

/** One feedback that will be taken. */
export type PlannedFeedback = { readonly line: number; readonly at: number } & (
  | { readonly source: "yandex-eats"; readonly content: FeedbackContent }
  | {
      readonly source: "app";
      readonly orderId: string;
      readonly stars: number;
      readonly comment: string;
    }
);

/** What a file comes to. */
export type FeedbackPlan =
  | {
      readonly kind: "planned";
      readonly rows: readonly PlannedFeedback[];
      readonly rejects: readonly RejectedFeedback[];
    }
  | { readonly kind: "refused"; readonly reason: string };

/** Longest id and longest text, characters. */
const LONGEST = { id: 200, text: 10_000 } as const;

/** No feedback is older, ms; and none is of tomorrow. */
const OLDEST = Date.UTC(2015, 0, 1);
const DAY_MS = 86_400_000;

/** Plans an import; times without a zone are those of `zone`. */
export function planFeedback(bytes: Uint8Array, book: FaultBook, zone: Zone, now: number): FeedbackPlan {
  const table = readTable(bytes, FEEDBACK_COLUMNS, ["order", "number"]);
  if (table.kind === "broken") return { kind: "refused", reason: table.reason };
  if (!table.has.has("rating") || !table.has.has("date"))
    return { kind: "refused", reason: "column_missing" };
  const rows: PlannedFeedback[] = [];
  const rejects: RejectedFeedback[] = [];
  try {
    for (const row of table.rows) {
      const read = readRow(row, zone, now);
      if (typeof read !== "string") {
        rows.push(read);
        continue;
      }
      book.skip(row.line, read);
      rejects.push({ line: row.line, reason: read, cells: row.cells });
    }
  } catch (error) {
    if (!(error instanceof TableBroken)) throw error;
    return { kind: "refused", reason: `broken_at_line_${error.line}` };
  }
  return { kind: "planned", rows, rejects };
}

/** The row, or why it cannot be taken. */
function readRow(
  { line, cells }: TableRow<FeedbackColumn>,
  zone: Zone,
  now: number,
): PlannedFeedback | string {
  const source = sourceOf(cells);
  if (source === null) return "source_unknown";
  const stars = Number(cells.rating.replace(",", "."));
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) return "rating_unreadable";
  const moment = momentOf(cells.date, zone);
  if (moment === null) return "date_unreadable";
  if (moment.at < OLDEST || moment.at > now + DAY_MS) return "date_implausible";
  const isLong = [cells.order, cells.number, cells.feedbackId, cells.place].some(
    (text) => text.length > LONGEST.id,
  );
  if (isLong) return "id_too_long";
  const comment = plain(cells.comment);
  if (comment.length > LONGEST.text || cells.preset.length > LONGEST.text) return "text_too_long";
  const told = { line, at: Math.min(moment.at, now) };
  if (source === "app") {
    return cells.order === "" ? "order_missing" : { ...told, source, orderId: cells.order, stars, comment };
  }
  if (cells.number === "") return "number_missing";
  return { ...told, source, content: contentOf(cells, { stars, moment, comment, zone }) };
}

/** Without a word about it, a row with a marketplace's number is the marketplace's. */
function sourceOf({
  source,
  number,
  feedbackId,
}: TableRow<FeedbackColumn>["cells"]): PlannedFeedback["source"] | null {
  switch (source.toLowerCase()) {
    case "":
      return number !== "" || feedbackId !== "" ? "yandex-eats" : "app";
    case "app":
    case "приложение":
      return "app";
    case "yandex-eats":
    case "yandex eats":
    case "яндекс еда":
      return "yandex-eats";
    default:
      return null;
  }
}

function contentOf(
  cells: TableRow<FeedbackColumn>["cells"],
  read: { readonly stars: number; readonly moment: Moment; readonly comment: string; readonly zone: Zone },
): FeedbackContent {
  const { stars, moment, comment, zone } = read;
  const digits = cells.total.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  const hundredths = digits === "" ? null : parseDecimal(digits, 2);
  const total = hundredths === null ? null : hundredths / 100;
  const name = plain(cells.name);
  return {
    sourceId: cells.feedbackId === "" ? null : cells.feedbackId,
    sourceOrderId: cells.number,
    orderId: cells.order === "" ? cells.number : cells.order,
    placeId: cells.place,
    rating: stars,
    createdAt: moment,
    deliveredAt: momentOf(cells.delivered, zone),
    takenAt: momentOf(cells.taken, zone),
    comment: comment === "" ? null : comment,
    presetComment: plain(cells.preset) === "" ? null : plain(cells.preset),
    order:
      name === "" && total === null
        ? null
        : {
            createdAt: null,
            comment: null,
            platform: null,
            deliveryKind: null,
            customerName: name === "" ? null : name,
            total,
            items: [],
          },
  };
}

/** Text as spreadsheets wrote it: without the apostrophe that kept them from computing it. */
function plain(text: string): string {
  return text.replaceAll("\u0000", "").replace(/^'(?=[=+\-@\t\r])/, "");
}

const ISO_LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/;
const RUSSIAN = /^(\d{2})\.(\d{2})\.(\d{4})(?:,? (\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** A moment with its offset, or a local day with or without a time (noon then): 2026-11-04 18:17, 04.11.2026. */
function momentOf(text: string, zone: Zone): Moment | null {
  const exact = parseMoment(text);
  if (exact !== null) return exact;
  const iso = ISO_LOCAL.exec(text);
  const russian = iso === null ? RUSSIAN.exec(text) : null;
  const match = iso ?? russian;
  if (match === null) return null;
  const [first = 0, month = 0, last = 0] = match.slice(1, 4).map(Number);
  const [year, day] = iso === null ? [last, first] : [first, last];
  const [hour = 12, minute = 0, second = 0] = match
    .slice(4)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(local);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59) return null;
  return { at: instant(zone.instantOf(local)), micros: 0, offsetMinutes: 0, text };
}
