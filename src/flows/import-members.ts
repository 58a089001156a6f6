// Takes members of the loyalty programme: adds and corrects, never removes.
import { type Customer, type IdentityKind, saveCustomer, survivorOf } from "../storage/index.ts";
import { isBirthday } from "./birthday.ts";
import { readTable, type TableRow } from "./csv-table.ts";
import { FaultBook, type FileReport, inHandfuls } from "./file-report.ts";
import { cardHash, phoneHash } from "./find-customer.ts";
import type { House } from "./house.ts";
import { replaceIdentities } from "./manage-customers.ts";
import type { Secrets } from "./secrets.ts";

/** Headings of members.csv; only the first is needed. Several cards, phones or segments are separated by `|`. */
export const MEMBER_COLUMNS = {
  id: ["id", "externalUserId", "externalId", "customerId"],
  card: ["card", "cards", "loyaltyCard"],
  phone: ["phone", "phones"],
  segments: ["segments", "segment"],
  tier: ["tier", "priceTier", "level"],
  birthday: ["birthday", "birthDate"],
  orders: ["orders", "orderCount"],
} as const;

/** Longest id of a customer, characters. */
export const LONGEST_ID = 200;

type Row = TableRow<keyof typeof MEMBER_COLUMNS>;

interface Member {
  readonly line: number;
  readonly customer: Customer;
  readonly cards: readonly string[];
  readonly phones: readonly string[];
}

/**
 * Imports members.csv. A member's cards, phones and traits become what the file says, where it has the column. A member
 * who was merged into another keeps cards and phones of the old id up to date and no traits: those are the survivor's.
 */
export async function importMembers(house: House, secrets: Secrets, bytes: Uint8Array): Promise<FileReport> {
  const book = new FaultBook();
  const table = readTable(bytes, MEMBER_COLUMNS, ["id"]);
  if (table.kind === "broken") return book.report(0, { reason: table.reason });
  const at = house.now();
  let taken = 0;
  const members = readMembers(table.rows, secrets, book);
  const stopped = await inHandfuls(members, async (handful) => {
    const merged = new Set<number>();
    await house.database.transaction(async (tx) => {
      for (const member of handful) {
        const { id } = member.customer;
        if ((await survivorOf(tx, id)) === id) await saveCustomer(tx, member.customer, at);
        else merged.add(member.line);
        if (table.has.has("card")) await replaceIdentities(tx, "card", member.cards, id);
        if (table.has.has("phone")) await replaceIdentities(tx, "phone", member.phones, id);
      }
    });
    for (const line of merged) book.remark(line, "customer_merged");
    taken += handful.length;
  });
  return book.report(taken, { reason: stopped });
}

function* readMembers(rows: Iterable<Row>, secrets: Secrets, book: FaultBook): Generator<Member> {
  const ids = new Set<string>();
  const identities = new Set<string>();
  for (const { line, cells } of rows) {
    const id = cells.id;
    const fault =
      id === "" ? "id_missing" : id.length > LONGEST_ID ? "id_too_long" : ids.has(id) ? "id_repeated" : null;
    if (fault !== null) {
      book.skip(line, fault);
      continue;
    }
    ids.add(id);
    const identitiesOf = (kind: IdentityKind, hashOf: typeof cardHash): string[] =>
      parts(cells[kind]).flatMap((text) => {
        const hash = hashOf(secrets, text);
        if (hash === null) book.remark(line, `${kind}_unreadable`);
        else if (identities.has(hash)) book.remark(line, `${kind}_repeated`);
        else {
          identities.add(hash);
          return [hash];
        }
        return [];
      });
    yield {
      line,
      customer: {
        id,
        segments: parts(cells.segments),
        tier: cells.tier === "" ? null : cells.tier,
        birthday: birthdayOf(cells.birthday, line, book),
        orderCount: countOf(cells.orders, line, book),
      },
      cards: identitiesOf("card", cardHash),
      phones: identitiesOf("phone", phoneHash),
    };
  }
}

function parts(cell: string): string[] {
  return cell
    .split(/[|,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** "YYYY-MM-DD", "MM-DD", or the same with dots the other way round: "17.05.1990", "17.05". */
function birthdayOf(cell: string, line: number, book: FaultBook): string | null {
  if (cell === "") return null;
  const dotted = /^(\d{2})\.(\d{2})(?:\.(\d{4}))?$/.exec(cell);
  const text = dotted === null ? cell : [dotted[3], dotted[2], dotted[1]].filter((part) => part).join("-");
  if (isBirthday(text)) return text;
  book.remark(line, "birthday_unreadable");
  return null;
}

function countOf(cell: string, line: number, book: FaultBook): number | null {
  if (cell === "") return null;
  if (/^\d{1,9}$/.test(cell)) return Number(cell);
  book.remark(line, "orders_unreadable");
  return null;
}
