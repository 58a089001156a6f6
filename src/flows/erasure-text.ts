// The act of erasure in Russian, as a text that a person signs: what was destroyed, whose, when, why and how.
import type { ErasureAct } from "./erase-person.ts";

/** What the counts of an act are called. */
export const ERASED_KINDS: Readonly<Record<string, string>> = {
  items: "записи обращений: слова клиента и связь с клиентом",
  records: "отзывы агрегатора и их редакции: имя клиента, слова, комментарий к заказу",
  ratings: "оценки приложения и их редакции: слова клиента",
  bodies: "исходные сообщения, как их прислал канал",
  notes: "заметки сотрудников и цитаты в ленте обращения",
  answers: "тексты ответов и связь ответа с клиентом",
  contacts: "контакты заказа: имя, телефон, почта, адрес, комментарий",
  events: "события, переданные другим системам: копии данных клиента",
  orderTexts: "ответ приложению и условия заказа: копии данных клиента",
  calculations: "сохранённые расчёты корзин и корзины клиента",
  customers: "признаки клиента: сегменты, уровень, день рождения",
  identities: "карты и телефоны клиента (ключевые отпечатки)",
  loyaltyNumbers: "номер клиента для кассы",
  codes: "личные промокоды",
  reasons: "причины исправлений и слияний, написанные сотрудниками",
  keptAnswers: "ответы на вызовы API, сохранённые для повторов",
  files: "файлы выгрузок на диске",
};

/** How data are destroyed, by engine. */
export const ERASED_WAYS = {
  sqlite:
    "перезапись освобождённых страниц файла базы и поискового указателя нулями (secure_delete); журнал опережающей записи усечён после записи акта",
  postgres:
    "удаление и перезапись строк; прежние версии строк физически освобождаются очисткой VACUUM, которую сервер базы выполняет сам, а журнал WAL — сменой его сегментов",
} as const;

/** The whole text. */
export function erasureText(act: ErasureAct, hash: string, keepUntil: number): string {
  const rows = Object.entries(act.erased)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `  - ${ERASED_KINDS[kind] ?? kind}: ${count}`);
  const log = act.audit.map(({ number, at, action, hash: link }) => `  ${number}  ${at}  ${action}  ${link}`);
  return `${[
    `АКТ № ${act.id}`,
    "об уничтожении персональных данных",
    "",
    `Дата и время: ${act.at} (UTC)`,
    `Кто выполнил: ${act.actor}`,
    `Причина: ${act.reason}`,
    `Субъект: ${act.subject.kind === "order" ? "покупатель по заказу" : "клиент"} ${act.subject.id}`,
    "Информационная система: Prilavok, обращения и заказы",
    `Заказы: ${act.orders.join(", ")}`,
    "",
    "Уничтожены категории данных (строк):",
    ...rows,
    "",
    `Способ: ${ERASED_WAYS[act.database]}.`,
    "Резервные копии, снятые раньше, этим актом не изменены: они уничтожаются по сроку их хранения.",
    "",
    `Файлы выгрузок удалены: ${act.files.removed.join(", ") || "не было"}`,
    `Файлы, которые надо удалить вручную: ${act.files.left.join(", ") || "нет"}`,
    "",
    "Выгрузка из журнала событий (номер, время, действие, отпечаток):",
    ...(log.length === 0 ? ["  записей об этих обращениях не было"] : log),
    "",
    `Отпечаток акта (SHA-256, base64url): ${hash}`,
    `Хранить до: ${new Date(keepUntil).toISOString().slice(0, 10)}`,
    "",
    "Подпись: ____________________",
  ].join("\n")}\n`;
}
