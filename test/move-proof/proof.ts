// The proof of the move: many orders go from SQLite to PostgreSQL, killed in the middle and run again, and all is compared.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  migrate,
  type OpenedDatabase,
  openDatabase,
  type TableShape,
  tableShapes,
} from "../../src/storage/index.ts";
import { freshPlace } from "../support/engines.ts";
import { childEnvironment, ROOT, type ServerPlace, serverPlace } from "../support/server.ts";
import { auditShop, columnSums, type ShopAudit } from "./audit.ts";
import { fillWithCopies } from "./copies.ts";
import { orderedShop } from "./shop.ts";

/** Most orders that are placed over HTTP; the rest are copies of them. */
const PLACED = 200;

/** Time between two looks at how far a move has come. */
const LOOK_MS = 50;

/** What was seen. */
export interface MoveProof {
  readonly orders: number;
  readonly rows: number;
  readonly fileMB: number;
  readonly fillSeconds: number;
  /** Rows that were there when the first run was killed. */
  readonly killedAt: number;
  readonly killed: RunSeen;
  readonly resumed: RunSeen;
  readonly source: ShopAudit;
  readonly target: ShopAudit;
  /** Sentences about what is not as it must be; none: proven. */
  readonly faults: readonly string[];
}

/** One run of the command. */
export interface RunSeen {
  readonly seconds: number;
  /** Most memory it had, MB. */
  readonly peakMB: number;
}

/** Makes a database of `orders` orders, moves it with a kill at a random moment of the copy, and compares. */
export async function proveMove(orders: number, tell: (line: string) => void): Promise<MoveProof> {
  const began = performance.now();
  const source = await manyOrders(orders, tell);
  const fillSeconds = since(began);
  const target = await freshPlace("postgres");
  try {
    const before = await opened(source.databaseUrl, auditShop);
    tell(
      `the audit of the source found ${before.faults.length} faults; ${before.entries} entries of the ledger`,
    );
    const rows = await opened(source.databaseUrl, allRows);
    const fileMB = Math.round(statSync(source.databaseUrl.slice("sqlite:".length)).size / 1e6);
    const argv = ["db", "move", "--to", target.url, "--json"];
    const share = 0.05 + 0.9 * Math.random();
    const first = moving(source, argv);
    const killedAt = await killedWhen(first, target.url, share * rows);
    tell(`killed at ${killedAt} of ${rows} rows after ${first.seen().seconds} s`);
    const second = moving(source, argv);
    const code = await second.ended;
    tell(`run again: ended with ${code} after ${second.seen().seconds} s`);
    const faults =
      code === 0 ? reportFaults(second.printed()) : [`the move ended with ${code}: ${second.printed()}`];
    const after = code === 0 ? await opened(target.url, auditShop) : before;
    if (code === 0) faults.push(...(await differences(source.databaseUrl, target.url)));
    if (killedAt === 0) faults.push("it was killed before anything was copied");
    if (after.entries !== before.entries || after.orders !== orders)
      faults.push("entries or orders are missing");
    faults.push(...before.faults, ...after.faults);
    return {
      orders,
      rows,
      fileMB,
      fillSeconds,
      killedAt,
      killed: first.seen(),
      resumed: second.seen(),
      source: before,
      target: after,
      faults,
    };
  } finally {
    await target.remove();
    await source.remove();
  }
}

async function manyOrders(orders: number, tell: (line: string) => void): Promise<ServerPlace> {
  const placed = Math.min(PLACED, orders);
  if (orders % placed !== 0) throw new Error(`orders come in multiples of ${placed}: ${orders}`);
  const small = await orderedShop(placed);
  tell(`${placed} orders were placed over HTTP`);
  const big = await serverPlace("sqlite");
  await opened(big.databaseUrl, (database) => migrate(database, Date.now()));
  const copies = orders / placed;
  const pathOf = ({ databaseUrl }: ServerPlace): string => databaseUrl.slice("sqlite:".length);
  fillWithCopies(pathOf(big), pathOf(small), copies, (done) => {
    if (done % 1000 === 0) tell(`${done} of ${copies} copies`);
  });
  await small.remove();
  return big;
}

async function opened<Result>(
  url: string,
  work: (database: OpenedDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase({ url });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function allRows(database: OpenedDatabase): Promise<number> {
  return database.read(async (tx) => {
    let sum = 0;
    for (const { name } of await tableShapes(tx)) {
      const [row] = await tx.rows<{ n: number }>(`select count(*) as n from "${name}"`);
      sum += row?.n ?? 0;
    }
    return sum;
  });
}

interface Moving {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  printed(): string;
  seen(): RunSeen;
}

/** The command as an operator starts it, watched. */
function moving(place: ServerPlace, argv: readonly string[]): Moving {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, "bin", "prilavok.js"), ...argv], {
    cwd: ROOT,
    env: childEnvironment(place.environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
  let peakMB = 0;
  let seconds = 0;
  const look = (): void => {
    peakMB = Math.max(peakMB, memoryOf(child.pid));
    seconds = since(began);
  };
  const timer = setInterval(look, 200);
  const ended = new Promise<number | null>((resolve) =>
    child.once("close", (code) => {
      clearInterval(timer);
      seconds = since(began);
      resolve(code);
    }),
  );
  return { child, ended, printed: () => text, seen: () => ({ seconds, peakMB }) };
}

/** Most memory a process ever had, MB; 0 where the system does not tell. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kilobytes ?? 0) / 1000);
  } catch {
    return 0;
  }
}

/** Kills the run as soon as so many rows are noted as copied; gives how many were. */
async function killedWhen(run: Moving, target: string, rows: number): Promise<number> {
  let seen = 0;
  while (seen < rows && run.child.exitCode === null) {
    seen = await copied(target);
    await new Promise((next) => setTimeout(next, LOOK_MS));
  }
  run.child.kill("SIGKILL");
  await run.ended;
  return copied(target);
}

async function copied(url: string): Promise<number> {
  return opened(url, async (database) => {
    try {
      const rows = await database.read((tx) =>
        tx.rows<{ value: string }>("select value from database_move where name like 'table.%'"),
      );
      return rows.reduce((sum, { value }) => sum + (JSON.parse(value) as { rows: number }).rows, 0);
    } catch {
      return 0;
    }
  });
}

/** What the command itself says of the move. */
function reportFaults(text: string): string[] {
  const report = JSON.parse(text) as { kind: string; isResumed: boolean; ledgerSum: number | null };
  const { kind, isResumed, ledgerSum } = report;
  if (kind === "moved" && isResumed && ledgerSum === 0) return [];
  return [`the move said ${JSON.stringify({ kind, isResumed, ledgerSum })}`];
}

/** Tables of which the two engines do not say the same; and that a changed kopeck is seen at all. */
async function differences(source: string, target: string): Promise<string[]> {
  return opened(source, (from) =>
    opened(target, async (into) => {
      const shapes = await from.read(tableShapes);
      const targets = new Map((await into.read(tableShapes)).map((shape) => [shape.name, shape]));
      const faults: string[] = [];
      for (const shape of shapes) {
        const ours = await from.read((tx) => columnSums(tx, shape));
        const other = targets.get(shape.name) as TableShape;
        const theirs = await into.transaction(async (tx) => {
          await tx.run("set local statement_timeout = 0");
          return columnSums(tx, other);
        });
        if (ours !== theirs) faults.push(`${shape.name}: ${ours} there, ${theirs} here`);
        if (shape.name === "order_line" && (await seesChange(into, other, theirs)) === false)
          faults.push("a changed kopeck is not seen: this comparison proves nothing");
      }
      return faults;
    }),
  );
}

class Undone extends Error {}

/** Changes one kopeck, looks, and takes the change back. */
async function seesChange(into: OpenedDatabase, shape: TableShape, sums: string): Promise<boolean> {
  let seen = false;
  await into
    .transaction(async (tx) => {
      await tx.run("set local statement_timeout = 0");
      await tx.run(
        "update order_line set total_minor = total_minor + 1 where (order_id, position) in (select order_id, position from order_line limit 1)",
      );
      seen = (await columnSums(tx, shape)) !== sums;
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  return seen;
}

function since(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}
