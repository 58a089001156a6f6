// Writes the words of a message just before it is sent: what was erased since, or is gone, is not told.
import { itemNoticeText, type NoticePart, noticesText, sourceName } from "../core/desk/index.ts";
import { alarmText, digestLines } from "../core/numbers/index.ts";
import {
  alarmById,
  type Destination,
  deskItem,
  type NoticeMessage,
  outletById,
  type StoredNotice,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { digestBefore } from "./read-digest.ts";
import { placeOf } from "./watched-places.ts";

/** A message in words. */
export interface WrittenNotice {
  readonly subject: string;
  readonly text: string;
}

/** Longest subject, characters. */
const SUBJECT = 90;

/** Writes it; null: nothing is left to tell. `publicUrl` begins the links; null: they are paths. */
export function writeNotice(
  house: House,
  destination: Destination,
  message: NoticeMessage,
  publicUrl: string | null,
): Promise<WrittenNotice | null> {
  return house.database.read(async (tx) => {
    const parts: NoticePart[] = [];
    for (const notice of message.notices) {
      const part = await partOf(tx, notice, destination, publicUrl);
      if (part !== null) parts.push(part);
    }
    if (parts.length === 0 && message.skipped === 0) return null;
    const text = noticesText(parts, message.skipped, destination.language);
    const first = text.slice(0, text.search(/\n|$/));
    return { subject: `Prilavok: ${first.slice(0, SUBJECT)}`, text };
  });
}

function partOf(
  tx: Tx,
  notice: StoredNotice,
  destination: Destination,
  publicUrl: string | null,
): Promise<NoticePart | null> {
  const body = JSON.parse(notice.body) as Readonly<Record<string, unknown>>;
  switch (notice.kind) {
    case "item":
      return itemPart(tx, String(body["itemId"]), String(body["rule"]), destination, publicUrl);
    case "alarm":
      return alarmPart(tx, String(body["alarmId"]), destination);
    case "digest":
      return digestPart(tx, Number(body["today"]), destination);
    case "trial":
      return Promise.resolve(trialPart(destination));
  }
}

async function itemPart(
  tx: Tx,
  itemId: string,
  rule: string,
  { language, kind }: Destination,
  publicUrl: string | null,
): Promise<NoticePart | null> {
  const item = await deskItem(tx, itemId);
  if (item === null) return null;
  const branch = item.branchId === null ? null : await outletById(tx, item.branchId);
  const { rating, source, orderId, totalMinor } = item;
  const link = `${publicUrl?.replace(/\/+$/, "") ?? ""}/desk/items/${encodeURIComponent(itemId)}`;
  // What an endpoint gets is kept as an event, and no event holds customers' words.
  const comment = kind === "webhook" ? null : item.comment;
  return itemNoticeText(
    {
      rule,
      rating,
      branch: branch?.name ?? item.branchId,
      source,
      orderId,
      totalMinor,
      comment,
      link,
    },
    language,
  );
}

async function alarmPart(tx: Tx, id: string, { language }: Destination): Promise<NoticePart | null> {
  const alarm = await alarmById(tx, id);
  // Somebody has taken it up while it waited, in quiet hours for one: nobody needs to be woken.
  if (alarm === null || alarm.state === "acknowledged" || alarm.state === "known") return null;
  const { branchId, name } = placeOf(alarm.place);
  const branch = branchId === null ? null : await outletById(tx, branchId);
  const place = [branch?.name ?? name, sourceName(alarm.source, language)]
    .filter((word) => word !== null)
    .join(", ");
  const text = alarmText(place, alarm.evidence, language);
  return { line: text, text };
}

async function digestPart(
  tx: Tx,
  today: number,
  { language, kind }: Destination,
): Promise<NoticePart | null> {
  const { digest } = await digestBefore(tx, today, language);
  const told = digest.kind === "digest" && kind === "webhook" ? { ...digest, comments: [] } : digest;
  const lines = digestLines(told, language);
  return lines.length === 0 ? null : { line: lines[0] as string, text: lines.join("\n") };
}

function trialPart({ language }: Destination): NoticePart {
  const text = language === "ru" ? "Проверка: уведомления доходят сюда." : "A trial: notices arrive here.";
  return { line: text, text };
}
