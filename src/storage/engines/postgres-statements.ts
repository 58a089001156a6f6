// Statements that the server keeps prepared: a delivery is thirty short ones, and to read and plan them costs more than to run them.
import type pg from "pg";

/** Texts that are kept prepared, on every connection each; beyond them statements go as they are. */
const MOST = 400;

/** A column more would change what these give, and the server then refuses them. */
const OPEN_COLUMNS = /(select|returning|,)\s+(\w+\.)?\*/i;

const names = new Map<string, string>();

/** The name under which a text is kept prepared; undefined: it is not. */
export function nameOfStatement(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST || OPEN_COLUMNS.test(text)) return known;
  const name = `prilavok_${names.size}`;
  names.set(text, name);
  return name;
}

/** From now on the connection's statements with parameters are prepared once. */
export function keepPrepared(client: pg.PoolClient): void {
  const plain = client.query.bind(client) as (...given: readonly unknown[]) => unknown;
  const query = (...given: readonly unknown[]): unknown => {
    const [text, values] = given;
    if (given.length !== 2 || typeof text !== "string" || !Array.isArray(values)) return plain(...given);
    const name = values.length === 0 ? undefined : nameOfStatement(text);
    return name === undefined ? plain(text, values) : plain({ name, text, values });
  };
  Object.assign(client, { query });
}
