// Takes the catalogue of extra services: a short list that replaces the one before, or nothing where an entry is wrong.
import { isSeq, LineCounter, parseDocument } from "yaml";
import type { ExtraService } from "../core/carts/index.ts";
import { minor, parseDecimal } from "../core/money/index.ts";
import { replaceExtraServices } from "../storage/index.ts";
import { decode } from "./csv-table.ts";
import { FaultBook, type FileReport } from "./file-report.ts";
import type { House } from "./house.ts";

/** Most services: the list is read with every cart that asks for them. */
export const SERVICES_LIMIT = 500;

/**
 * Imports extra-services.yaml: a list of `{id, itemId?, title, description?, price, modal?: {title, text}}`, price in
 * roubles. All or nothing, since services left out would be services withdrawn.
 */
export async function importServices(house: House, bytes: Uint8Array): Promise<FileReport> {
  const book = new FaultBook();
  const lines = new LineCounter();
  // In the failsafe schema every value is text: an id keeps its zeros.
  const document = parseDocument(decode(bytes), { schema: "failsafe", lineCounter: lines });
  if (document.errors.length > 0) {
    const at = document.errors[0]?.linePos?.[0].line;
    return book.report(0, { reason: at === undefined ? "not_yaml" : `broken_at_line_${at}` });
  }
  const { contents } = document;
  if (!isSeq(contents)) return book.report(0, { reason: "not_a_list" });
  if (contents.items.length > SERVICES_LIMIT) return book.report(0, { reason: "too_many" });
  const services: ExtraService[] = [];
  const keys = new Set<string>();
  for (const [index, entry] of (contents.toJSON() as unknown[]).entries()) {
    const node = contents.items[index] as { range?: [number, number, number] | null };
    const line = lines.linePos(node.range?.[0] ?? 0).line;
    const service = readService(entry);
    const key = typeof service === "string" ? "" : JSON.stringify([service.id, service.itemId]);
    if (typeof service === "string") book.skip(line, service);
    else if (keys.has(key)) book.skip(line, "service_repeated");
    else services.push(service);
    keys.add(key);
  }
  const wrong = book.report(0);
  if (wrong.kind === "refused") return { ...wrong, reason: "entries_wrong" };
  await house.database.transaction((tx) => replaceExtraServices(tx, services));
  return book.report(services.length);
}

/** The service, or what is wrong with it. */
function readService(entry: unknown): ExtraService | string {
  if (typeof entry !== "object" || entry === null) return "not_an_object";
  const fields = entry as Record<string, unknown>;
  const id = textOf(fields["id"]);
  const title = textOf(fields["title"]);
  const price = parseDecimal(textOf(fields["price"]) ?? "", 2);
  if (id === null) return "id_missing";
  if (title === null) return "title_missing";
  if (price === null || price < 0) return "price_unreadable";
  const modal = modalOf(fields["modal"]);
  if (modal === undefined) return "modal_unreadable";
  const [itemId, description] = [textOf(fields["itemId"]), textOf(fields["description"])];
  return { id, itemId, title, description, price: minor(price), modal };
}

function modalOf(value: unknown): ExtraService["modal"] | undefined {
  if (value === undefined || value === null) return null;
  if (typeof value !== "object") return undefined;
  const fields = value as Record<string, unknown>;
  const [title, text] = [textOf(fields["title"]), textOf(fields["text"])];
  return title === null || text === null ? undefined : { title, text };
}

function textOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = value.trim();
  return text === "" ? null : text;
}
