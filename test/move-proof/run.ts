// `npm run move-proof -- --orders 1000000`: makes so many orders, moves them to PostgreSQL with a kill in the middle, compares all.
import { parseArgs } from "node:util";
import { startPostgres, URL_VARIABLE } from "../support/postgres.ts";
import { proveMove } from "./proof.ts";

const { values } = parseArgs({ options: { orders: { type: "string", default: "10000" } } });
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const postgres = process.env[URL_VARIABLE] === undefined ? await startPostgres() : null;
if (postgres === undefined) throw new Error("PostgreSQL is not installed here");
if (postgres !== null) process.env[URL_VARIABLE] = postgres.url;
try {
  const seen = await proveMove(Number(values.orders), (line) => process.stderr.write(`${line}\n`));
  const { killed, resumed } = seen;
  print(`## The move of ${seen.orders} orders from SQLite to PostgreSQL, killed in the middle

${seen.rows} rows, a file of ${seen.fileMB} MB, made in ${seen.fillSeconds} s (most of them copies of 200 orders that were placed over HTTP). ${seen.source.entries} entries of the ledger in ${seen.source.movements} movements, their sum ${seen.source.ledgerSum} there and ${seen.target.ledgerSum} here.

| run | rows noted at its end | seconds | peak MB |
| --- | --- | --- | --- |
| killed with SIGKILL | ${seen.killedAt} | ${killed.seconds} | ${killed.peakMB} |
| run again to its end | ${seen.rows} | ${resumed.seconds} | ${resumed.peakMB} |
`);
  for (const fault of seen.faults.slice(0, 50)) print(fault);
  print(seen.faults.length === 0 ? "held: everything is on both sides alike" : "NOT HELD");
  process.exitCode = seen.faults.length === 0 ? 0 : 1;
} finally {
  postgres?.stop();
}
