// Columns of exported feedback: what each is called in both languages, and what stands in it.
import { writeDay } from "../core/desk/index.ts";
import { type QueueValue, queueValue } from "../core/numbers/index.ts";
import type { DeskRow } from "../storage/index.ts";

/** A cell: text is shown, a number can be counted with, null is empty. */
export type Cell = string | number | null;

/** A column. */
export interface DeskColumn {
  readonly ru: string;
  readonly en: string;
  /** `time` writes an instant (ms) on the reader's wall clock; `now` is the instant that the whole table is of. */
  readonly cell: (row: DeskRow, time: (at: number | null) => string | null, now: number) => Cell;
}

const LIST = ", ";
const MINUTE = 60_000;

/** All columns, in order. */
export const DESK_COLUMNS: readonly DeskColumn[] = [
  { ru: "Запись", en: "Item", cell: ({ item }) => item.id },
  { ru: "Источник", en: "Source", cell: ({ item }) => item.source },
  { ru: "Заказ", en: "Order", cell: ({ item }) => item.order_id },
  { ru: "Номер в источнике", en: "Number at the source", cell: ({ item }) => item.source_order_id },
  { ru: "Точка", en: "Branch", cell: ({ item }) => item.branch_id },
  { ru: "День заказа", en: "Day of the order", cell: ({ item }) => writeDay(item.day) },
  { ru: "Получено", en: "Received", cell: ({ item }, time) => time(item.received_at) },
  { ru: "Оценка", en: "Stars", cell: ({ item }) => item.rating },
  { ru: "Комментарий", en: "Comment", cell: ({ item }) => item.comment },
  { ru: "Готовые замечания", en: "Ready-made remarks", cell: ({ item }) => item.preset },
  {
    ru: "Сумма, руб.",
    en: "Total, roubles",
    cell: ({ item }) => (item.total_minor === null ? null : item.total_minor / 100),
  },
  { ru: "Блюда", en: "Dishes", cell: ({ dishes }) => dishes.join(LIST) || null },
  { ru: "Забрал курьер", en: "Taken", cell: ({ item }, time) => time(item.taken_at) },
  { ru: "Доставлен", en: "Delivered", cell: ({ item }, time) => time(item.delivered_at) },
  {
    ru: "В пути, мин.",
    en: "On the way, min",
    cell: ({ item }) => (item.late_ms === null ? null : Math.round(item.late_ms / MINUTE)),
  },
  { ru: "Состояние", en: "State", cell: ({ item }) => item.state },
  { ru: "Исполнитель", en: "Assignee", cell: ({ item }) => item.assignee },
  { ru: "Ответить до", en: "Answer due", cell: ({ item }, time) => time(item.due_at) },
  { ru: "Ответ", en: "Answer", cell: ({ item }) => item.answer },
  { ru: "Промокод, %", en: "Promo, %", cell: ({ item }) => item.promo_percent },
  { ru: "Метки", en: "Tags", cell: ({ tags }) => tags.join(LIST) || null },
  { ru: "Темы", en: "Topics", cell: ({ topics }) => topics.join(LIST) || null },
  { ru: "Причина", en: "Cause", cell: ({ item }) => item.cause },
  { ru: "Обжалование", en: "Appeal", cell: ({ item }) => item.appeal },
  { ru: "Возврат денег", en: "Refunded", cell: ({ item }) => item.is_refunded },
  { ru: "Каналы расходятся", en: "Channels disagree", cell: ({ item }) => item.is_disputed },
  { ru: "Заметок", en: "Notes", cell: ({ item }) => item.note_count },
  { ru: "Высказываний", en: "Revisions", cell: ({ item }) => item.revision },
  { ru: "Порядок получения", en: "Order of arrival", cell: ({ item }) => item.seq },
  { ru: "Низость оценки, 1–5", en: "Lowness, 1 to 5", cell: (row, _, now) => valueAt(row, now).lowness },
  { ru: "Рубли в счёт очереди", en: "Roubles at stake", cell: (row, _, now) => valueAt(row, now).roubles },
  { ru: "Срочность, 1–8", en: "Haste, 1 to 8", cell: (row, _, now) => valueAt(row, now).haste },
  { ru: "Цена очереди", en: "Value at risk", cell: (row, _, now) => valueAt(row, now).value },
  { ru: "Очередь на время", en: "Value as of", cell: (_row, time, now) => time(now) },
];

function valueAt({ item }: DeskRow, now: number): QueueValue {
  const { rating, total_minor: totalMinor, due_at: dueAt, seq } = item;
  return queueValue({ seq, rating, totalMinor, dueAt }, now);
}
