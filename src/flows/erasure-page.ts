// The act of erasure as a page for print: no script, nothing loaded from anywhere, every value shown as text.
import type { ErasureAct } from "./erase-person.ts";
import { ERASED_KINDS, ERASED_WAYS } from "./erasure-text.ts";

const STYLE =
  "body{font:14px/1.5 serif;max-width:18cm;margin:1cm auto}table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:2px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}h1{font-size:18px;text-align:center}";

/** The whole page, UTF-8. */
export function erasurePage(act: ErasureAct, hash: string, keepUntil: number): string {
  const facts = [
    ["Дата и время", `${act.at} (UTC)`],
    ["Кто выполнил", act.actor],
    ["Причина", act.reason],
    ["Субъект", `${act.subject.kind === "order" ? "покупатель по заказу" : "клиент"} ${act.subject.id}`],
    ["Информационная система", "Prilavok, обращения и заказы"],
    ["Заказы", act.orders.join(", ")],
    ["Способ", ERASED_WAYS[act.database]],
    ["Файлы выгрузок удалены", act.files.removed.join(", ") || "не было"],
    ["Файлы, которые надо удалить вручную", act.files.left.join(", ") || "нет"],
    ["Отпечаток акта (SHA-256, base64url)", hash],
    ["Хранить до", new Date(keepUntil).toISOString().slice(0, 10)],
  ];
  const erased = Object.entries(act.erased)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => [ERASED_KINDS[kind] ?? kind, String(count)]);
  const log = act.audit.map(({ number, at, action, hash: link }) => [String(number), at, action, link]);
  return `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>Акт ${escaped(act.id)}</title><style>${STYLE}</style></head><body>
<h1>Акт № ${escaped(act.id)}<br>об уничтожении персональных данных</h1>
${table([], facts)}
<h2>Уничтожены категории данных</h2>
${table(["Категория", "Строк"], erased)}
<p>Резервные копии, снятые раньше, этим актом не изменены: они уничтожаются по сроку их хранения.</p>
<h2>Выгрузка из журнала событий</h2>
${log.length === 0 ? "<p>Записей об этих обращениях не было.</p>" : table(["Номер", "Время", "Действие", "Отпечаток"], log)}
<p>Подпись: ____________________</p>
</body></html>
`;
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const head =
    heading.length === 0 ? "" : `<tr>${heading.map((cell) => `<th>${escaped(cell)}</th>`).join("")}</tr>`;
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`)
    .join("\n");
  return `<table>${head}${body}</table>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
