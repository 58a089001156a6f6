// PostgreSQL: reads and guarded transactions, which are retried as a whole, each on connections of their own.
import { CompiledQuery, type ControlledTransaction, type Kysely } from "kysely";
import {
  type Closing,
  CommitUnknown,
  type Database,
  EngineRefused,
  type Topic,
  type Tx,
  type Value,
} from "../database.ts";
import type { Tables } from "../tables.ts";
import { Announcements } from "./announcements.ts";
import { beforeCommit, isRepeatable, ofCommit } from "./postgres-faults.ts";
import { CHANNEL, Listener } from "./postgres-listener.ts";
import { LOCAL_SETTINGS, openPools, type Pool, type PostgresOptions } from "./postgres-pools.ts";
import { Turns } from "./turns.ts";

/** Times a transaction is tried when PostgreSQL asks for a repeat. */
const TRIES = 8;

const rewritten = new Map<string, string>();

/** `?` placeholders to `$1`, `$2`…; the SQL of this house has no question mark in literals. */
export function numbered(text: string): string {
  let result = rewritten.get(text);
  if (result === undefined) {
    let index = 0;
    result = text.replace(/\?/g, () => {
      index += 1;
      return `$${index}`;
    });
    rewritten.set(text, result);
  }
  return result;
}

interface Handle {
  readonly tx: Tx;
  readonly announced: ReadonlySet<Topic>;
  /** What was to happen last: one, or none. */
  readonly closing: readonly Closing[];
  end(): void;
}

/** A handle over a Kysely connection that works until `end`. */
function handle(kysely: Kysely<Tables>): Handle {
  let isOpen = true;
  const announced = new Set<Topic>();
  const closing: Closing[] = [];
  const use = (): void => {
    if (!isOpen) throw new Error("a transaction was used after its end");
  };
  const execute = (text: string, parameters: readonly Value[]) => {
    use();
    return kysely.executeQuery<Record<string, unknown>>(CompiledQuery.raw(numbered(text), [...parameters]));
  };
  return {
    tx: {
      engine: "postgres",
      catalogueChanges: null,
      announce: (topic) => {
        use();
        announced.add(topic);
      },
      get kysely() {
        use();
        return kysely;
      },
      rows: async <Row>(text: string, parameters: readonly Value[] = []) =>
        (await execute(text, parameters)).rows as Row[],
      run: async (text: string, parameters: readonly Value[] = []) =>
        Number((await execute(text, parameters)).numAffectedRows ?? 0),
      last: (words) => {
        use();
        if (closing.push(words) > 1) throw new Error("a transaction ends once");
      },
    },
    announced,
    closing,
    end: () => {
      isOpen = false;
    },
  };
}

/** What transactions need. */
interface Desk {
  readonly isPooled: boolean;
  readonly announcements: Announcements;
  readonly turns: Turns;
}

/** Opens the connections and checks that the server answers; throws EngineRefused for a server older than 13. */
export async function openPostgres(
  options: PostgresOptions,
): Promise<Database & { writersWaiting(): number; listen(): void }> {
  const opened = (await openPools(options, false)) ?? (await openPools(options, true));
  if (opened === null) throw new EngineRefused("PostgreSQL does not take the settings of a session");
  const { reads, writes, traits, isPooled, close } = opened;
  if (Number(traits["versionNumber"]) < 130_000) {
    await close();
    throw new EngineRefused(`PostgreSQL 13 or later is needed, this is ${traits["version"]}`);
  }
  const announcements = new Announcements();
  const desk: Desk = { isPooled, announcements, turns: new Turns() };
  let listener: Listener | null = null;
  const read: Database["read"] = (work) => readOnce(reads, desk, work);
  return {
    engine: "postgres",
    traits,
    writersWaiting: () => writes.line.length,
    read,
    look: read,
    transaction: (work) => repeat(writes, desk, work),
    onAnnounced: (heard) => announcements.hear(heard),
    listen: () => {
      // A pooler would listen on a session that is somebody else's a moment later: there only the looks count.
      if (!isPooled) listener ??= new Listener(options.url, announcements);
    },
    close: async () => {
      await listener?.stop();
      await close();
    },
  };
}

async function readOnce<Result>(
  { kysely, line }: Pool,
  desk: Desk,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  // Its time-outs can be told to a pooler's session only inside a transaction.
  if (desk.isPooled) return repeat({ kysely, line }, desk, work);
  try {
    return await line.pass(() =>
      kysely.connection().execute(async (connection) => {
        const { tx, end } = handle(connection);
        try {
          return await work(tx);
        } finally {
          end();
        }
      }),
    );
  } catch (error) {
    throw beforeCommit(error);
  }
}

async function repeat<Result>(
  { kysely, line }: Pool,
  desk: Desk,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await line.pass(() => transact(kysely, desk, work));
    } catch (error) {
      if (error instanceof CommitUnknown) throw error;
      if (!isRepeatable(error) || attempt >= TRIES) throw beforeCommit(error);
      // Jitter keeps two that collided from colliding again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}

/** One try. What fails before the commit is sent has surely not happened; a commit that fails may have. */
async function transact<Result>(
  kysely: Kysely<Tables>,
  { isPooled, announcements, turns }: Desk,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const transaction = await kysely.startTransaction().execute();
  const { tx, announced, closing, end } = handle(transaction);
  let result: Result;
  try {
    if (isPooled) await tx.run(LOCAL_SETTINGS);
    result = await work(tx);
    if (announced.size > 0) await tx.rows("select pg_notify(?, ?)", [CHANNEL, [...announced].join(",")]);
    for (const { input } of closing) await tx.rows("select set_config('prilavok.last', ?, true)", [input]);
  } catch (error) {
    await rollBack(transaction);
    throw error;
  } finally {
    end();
  }
  try {
    for (const words of closing) await close(transaction, words, turns);
    // After last words it finds nothing to commit any more, and only gives the connection back.
    await transaction.commit().execute();
  } catch (error) {
    await rollBack(transaction);
    // The server says so when an earlier statement had failed and `work` went on as if it had not: our mistake.
    throw transaction.isRolledBack && (error as Error).name === "AbortedTransactionError"
      ? error
      : ofCommit(error);
  }
  announcements.tell(announced);
  return result;
}

/** Says the last words and commits with them: the server takes one message's statements in turn and stops where one fails. */
async function close(
  transaction: ControlledTransaction<Tables>,
  { sql: words, turns: names }: Closing,
  turns: Turns,
): Promise<void> {
  const end = await turns.take(names);
  try {
    await transaction.executeQuery(CompiledQuery.raw(`${words}; commit`));
  } finally {
    end();
  }
}

/** Gives the connection back, or away when it does not even take this. */
async function rollBack(transaction: ControlledTransaction<Tables>): Promise<void> {
  await transaction
    .rollback()
    .execute()
    .catch(() => undefined);
}
