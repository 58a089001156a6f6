// Tells what a transaction writes, while it writes it: for those who must note down that something was changed, whoever changes it.
import type { KyselyPlugin } from "kysely";
import type { Tx } from "./database.ts";

/** A raw statement that may change rows. */
const WRITING = /^\s*(insert|update|delete|with)\b/i;

/** Kinds of Kysely's statements that change rows. */
const WRITING_NODES: ReadonlySet<string> = new Set(["InsertQueryNode", "UpdateQueryNode", "DeleteQueryNode"]);

/**
 * The same transaction; `onWrite` is told the text of each raw statement that changed rows, and "" for one of Kysely's. A
 * statement that begins with `with` and gives rows counts as one that changes them.
 */
export function watchWrites(tx: Tx, onWrite: (sql: string) => void): Tx {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (WRITING_NODES.has(node.kind)) onWrite("");
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    engine: tx.engine,
    catalogueChanges: tx.catalogueChanges,
    announce: (topic) => tx.announce(topic),
    get kysely() {
      return tx.kysely.withPlugin(plugin);
    },
    rows: async <Row>(sql: string, parameters?: Parameters<Tx["rows"]>[1]) => {
      const rows = await tx.rows<Row>(sql, parameters);
      if (rows.length > 0 && WRITING.test(sql)) onWrite(sql);
      return rows;
    },
    run: async (sql, parameters) => {
      const changed = await tx.run(sql, parameters);
      if (changed > 0 && WRITING.test(sql)) onWrite(sql);
      return changed;
    },
    last: tx.last,
  };
}
