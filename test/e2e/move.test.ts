// The move as an operator makes it: refused beside a running server, killed in the middle, run again, served from.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/storage/index.ts";
import { engines, freshPlace } from "../support/engines.ts";
import {
  childEnvironment,
  ROOT,
  runCli,
  type ServerPlace,
  serverPlace,
  startServer,
} from "../support/server.ts";

const ROWS = 60_000;

/** Enough rows that a move takes a while. */
async function fill(url: string): Promise<void> {
  const database = await openDatabase({ url });
  await database.transaction((tx) =>
    tx.run(
      `insert into rating (order_id, id, stars, comment, is_asked, revisions, first_received_at, last_received_at)
        with recursive counted(n) as (select 1 union all select n + 1 from counted where n < ${ROWS})
        select 'order ' || n, 'id ' || n, n % 6, 'Всё хорошо, спасибо ' || n, 0, 1, n, n from counted`,
    ),
  );
  await database.close();
}

/** Rows that a move has noted as copied. */
async function copied(url: string): Promise<number> {
  const database = await openDatabase({ url });
  try {
    const [row] = await database.read((tx) =>
      tx.rows<{ value: string }>("select value from database_move where name = 'table.rating'"),
    );
    return row === undefined ? 0 : (JSON.parse(row.value) as { rows: number }).rows;
  } catch {
    return 0;
  } finally {
    await database.close();
  }
}

const declare = engines().includes("postgres") ? describe : describe.skip;

declare("`db move`", () => {
  let place: ServerPlace | undefined;
  let target: Awaited<ReturnType<typeof freshPlace>> | undefined;
  afterAll(async () => {
    await place?.remove();
    await target?.remove();
  });

  test("is refused beside a server, survives kill -9, and the server goes on where it was", {
    timeout: 300_000,
  }, async () => {
    place = await serverPlace("sqlite");
    target = await freshPlace("postgres");
    const move = ["db", "move", "--to", target.url];
    const server = await startServer(place);
    const made = JSON.parse((await runCli(place, ["key", "create", "irp", "--json"])).out) as { key: string };
    const besides = await runCli(place, move);
    expect([besides.code, besides.error]).toEqual([
      78,
      expect.stringContaining("is already open in process"),
    ]);
    await server.stop();
    await fill(place.databaseUrl);

    const dry = await runCli(place, [...move, "--dry-run", "--json"]);
    expect(JSON.parse(dry.out)).toMatchObject({ kind: "planned", isResumed: false });

    const child = spawn(process.execPath, [join(ROOT, "bin", "prilavok.js"), ...move], {
      cwd: ROOT,
      env: childEnvironment(place.environment),
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    let seen = 0;
    while (seen === 0 && child.exitCode === null) seen = await copied(target.url);
    child.kill("SIGKILL");
    await ended;
    expect(await copied(target.url)).toBeGreaterThan(0);
    const moved = {
      ...place,
      databaseUrl: target.url,
      environment: { ...place.environment, PRILAVOK_DATABASE_URL: target.url },
    };
    expect(await runCli(moved, ["db", "status"])).toMatchObject({
      code: 78,
      error: expect.stringContaining("not finished"),
    });

    const again = await runCli(place, [...move, "--json"]);
    const report = JSON.parse(again.out) as {
      kind: string;
      isResumed: boolean;
      tables: { name: string; rows: number }[];
    };
    expect(report).toMatchObject({ kind: "moved", isResumed: true });
    expect(report.tables.find(({ name }) => name === "rating")?.rows).toBe(ROWS);

    const next = await startServer(moved);
    const answer = await fetch(`${next.url}/irp/rating`, {
      method: "POST",
      headers: { key: made.key, "content-type": "application/json" },
      body: JSON.stringify({ id: "order 7", rating: 5, comment: "" }),
    });
    expect(answer.status).toBe(200);
    await next.stop();
    expect(await runCli(place, move)).toMatchObject({
      code: 1,
      error: expect.stringContaining("holds tables already"),
    });
  });
});
