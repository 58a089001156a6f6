// Reads a file of opening balances and finds out whose they are, before anything is written.
import { type Points, parseDecimal, points } from "../core/money/index.ts";
import { ownersOfIdentities, survivorsOf, type Tx } from "../storage/index.ts";
import { readTable, TableBroken, type TableRow } from "./csv-table.ts";
import type { FaultBook } from "./file-report.ts";
import { cardHash, phoneHash } from "./find-customer.ts";
import type { House } from "./house.ts";
import { LONGEST_ID } from "./import-members.ts";
import type { Secrets } from "./secrets.ts";

/** Headings of balances.csv: the points, and one of the others to say whose. */
export const BALANCE_COLUMNS = {
  id: ["id", "externalUserId", "externalId", "customerId"],
  card: ["card", "loyaltyCard"],
  phone: ["phone"],
  points: ["points", "balance", "bonuses"],
} as const;

type Column = keyof typeof BALANCE_COLUMNS;

/** A line that is not taken, with what it said: for a file of rejects, never for a log. */
export interface RejectedBalance {
  readonly line: number;
  readonly reason: string;
  readonly cells: Readonly<Record<Column, string>>;
}

/** One balance that will be set. */
export interface PlannedBalance {
  readonly line: number;
  readonly customerId: string;
  readonly amount: Points;
}

/** What a file comes to. */
export type BalancePlan =
  | {
      readonly kind: "planned";
      readonly balances: readonly PlannedBalance[];
      readonly sum: number;
      readonly rejects: readonly RejectedBalance[];
    }
  | { readonly kind: "refused"; readonly reason: string };

/** Lines looked up at once. */
const HANDFUL = 500;

interface Opening {
  readonly row: TableRow<Column>;
  readonly cardHash: string;
  readonly phoneHash: string;
  readonly amount: Points;
}

/**
 * Plans an import. `roundDown`: fractions of points are dropped, otherwise such lines are rejected. A file that ends in
 * an open quote is refused whole: half a file has no control sum.
 */
export async function planBalances(
  house: House,
  secrets: Secrets,
  bytes: Uint8Array,
  book: FaultBook,
  { roundDown }: { readonly roundDown: boolean },
): Promise<BalancePlan> {
  const table = readTable(bytes, BALANCE_COLUMNS, ["id", "card", "phone"]);
  if (table.kind === "broken") return { kind: "refused", reason: table.reason };
  if (!table.has.has("points")) return { kind: "refused", reason: "column_missing" };
  const planner = new Planner(secrets, book, roundDown);
  try {
    let handful: Opening[] = [];
    for (const row of table.rows) {
      const opening = planner.read(row);
      if (opening !== null) handful.push(opening);
      if (handful.length < HANDFUL) continue;
      const full = handful;
      await house.database.read((tx) => planner.resolve(tx, full));
      handful = [];
    }
    await house.database.read((tx) => planner.resolve(tx, handful));
  } catch (error) {
    if (!(error instanceof TableBroken)) throw error;
    return { kind: "refused", reason: `broken_at_line_${error.line}` };
  }
  return planner.plan();
}

class Planner {
  readonly #secrets: Secrets;
  readonly #book: FaultBook;
  readonly #roundDown: boolean;
  readonly #rejects: RejectedBalance[] = [];
  /** Names that lines have used, before merges: the same one twice is a slip. */
  readonly #named = new Set<string>();
  readonly #balances = new Map<string, PlannedBalance>();

  constructor(secrets: Secrets, book: FaultBook, roundDown: boolean) {
    this.#secrets = secrets;
    this.#book = book;
    this.#roundDown = roundDown;
  }

  read(row: TableRow<Column>): Opening | null {
    const { cells } = row;
    const card = cardHash(this.#secrets, cells.card) ?? "";
    const phone = phoneHash(this.#secrets, cells.phone) ?? "";
    if (cells.id === "" && card === "" && phone === "") return this.#reject(row, "customer_missing");
    if (cells.id.length > LONGEST_ID) return this.#reject(row, "id_too_long");
    const amount = this.#amountOf(cells.points);
    if (typeof amount === "string") return this.#reject(row, amount);
    return { row, cardHash: card, phoneHash: phone, amount };
  }

  #amountOf(text: string): Points | "points_unreadable" | "points_not_whole" {
    const digits = text.replace(/[\s\u00a0\u202f]/g, "");
    const hundredths = parseDecimal(digits, 2);
    if (hundredths === null || hundredths < 0) return "points_unreadable";
    if (hundredths % 100 !== 0 && !this.#roundDown) return "points_not_whole";
    return points(Math.floor(hundredths / 100));
  }

  async resolve(tx: Tx, handful: readonly Opening[]): Promise<void> {
    const ids = handful.flatMap(({ row }) => (row.cells.id === "" ? [] : [row.cells.id]));
    const nameless = handful.filter(({ row }) => row.cells.id === "");
    const survivors = await survivorsOf(tx, ids);
    const cards = await ownersOfIdentities(
      tx,
      "card",
      nameless.map((one) => one.cardHash),
    );
    const phones = await ownersOfIdentities(
      tx,
      "phone",
      nameless.map((one) => one.phoneHash),
    );
    for (const opening of handful) {
      const { id } = opening.row.cells;
      const name = id === "" ? (cards.get(opening.cardHash) ?? phones.get(opening.phoneHash)) : id;
      if (name === undefined) this.#reject(opening.row, "customer_unknown");
      else if (this.#named.has(name)) this.#reject(opening.row, "customer_repeated");
      else this.#take(opening, name, survivors.get(name) ?? name);
    }
  }

  /** Two ids that were merged are two balances of one customer there, and their sum here. */
  #take({ row, amount }: Opening, name: string, customerId: string): void {
    this.#named.add(name);
    const other = this.#balances.get(customerId);
    if (other === undefined) {
      this.#balances.set(customerId, { line: row.line, customerId, amount });
      return;
    }
    this.#book.remark(row.line, "customer_merged");
    this.#balances.set(customerId, { ...other, amount: points(other.amount + amount) });
  }

  #reject({ line, cells }: TableRow<Column>, reason: string): null {
    this.#book.skip(line, reason);
    this.#rejects.push({ line, reason, cells });
    return null;
  }

  plan(): BalancePlan {
    const balances = [...this.#balances.values()];
    return {
      kind: "planned",
      balances,
      sum: balances.reduce((sum, { amount }) => sum + amount, 0),
      rejects: this.#rejects,
    };
  }
}
