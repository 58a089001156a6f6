// Two servers on one PostgreSQL: what is changed beside them both know, and a job is one server's at a time, also after kill -9.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenedDatabase, openDatabase } from "../../src/storage/index.ts";
import { engines } from "../support/engines.ts";
import { runCli, type ServerPlace, type ServerProcess, serverPlace, startServer } from "../support/server.ts";

/** A shop's server that begins to send its feed and never ends: whoever fetches it is at the job. */
class EndlessFeed {
  readonly #server: Server;
  readonly open = new Set<ServerResponse>();
  /** Who fetched, by the address that each was given. */
  readonly fetched: string[] = [];
  /** Most that fetched at once. */
  most = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      this.fetched.push(request.url ?? "");
      this.open.add(response);
      this.most = Math.max(this.most, this.open.size);
      response.writeHead(200, { "content-type": "application/xml" });
      const drip = setInterval(() => response.write(" "), 1000);
      response.on("close", () => {
        clearInterval(drip);
        this.open.delete(response);
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/feed.xml`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Asks until `isSo`, for a minute at most; gives how long it took, ms. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < 60_000) {
    if (await isSo()) return performance.now() - started;
    await new Promise((next) => setTimeout(next, 20));
  }
  throw new Error("it never came");
}

const declare = engines().includes("postgres") ? describe : describe.skip;

declare("two servers on one database", () => {
  const feed = new EndlessFeed();
  const folder = mkdtempSync(join(tmpdir(), "prilavok-two-"));
  let place: ServerPlace;
  let database: OpenedDatabase;
  let servers: ServerProcess[] = [];

  beforeAll(async () => {
    const address = await feed.start();
    place = await serverPlace("postgres", {
      PRILAVOK_FEED_INTERVAL: "60s",
      PRILAVOK_LOG_LEVEL: "warn",
    });
    for (const name of ["one", "two"]) {
      const environment = { ...place.environment, PRILAVOK_FEED_URL: `${address}?${name}` };
      servers.push(await startServer({ ...place, environment }));
    }
    database = await openDatabase({ url: place.databaseUrl });
  }, 60_000);
  afterAll(async () => {
    feed.stop();
    for (const server of servers) await server.kill();
    await database.close();
    await place.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const basket = async (server: ServerProcess, key: string): Promise<{ status: number; total: number }> => {
    const answer = await fetch(`${server.url}/irp/basket`, {
      method: "POST",
      headers: { key, "content-type": "application/json" },
      body: JSON.stringify({ items: [{ configurationId: "880102", quantity: 1 }] }),
    });
    const body = (await answer.json()) as { totalPrice?: number };
    return { status: answer.status, total: body.totalPrice ?? 0 };
  };
  const publish = async (percent: number): Promise<void> => {
    const file = join(folder, "promotions.yaml");
    writeFileSync(file, `promotions:\n  - id: all\n    name: Скидка\n    then: [{ percent: ${percent} }]\n`);
    const { code, error } = await runCli(place, ["promotions", "apply", file]);
    expect(error).toBe("");
    expect(code).toBe(0);
  };
  const deafen = () =>
    database.read((tx) =>
      tx.rows(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'prilavok listener' and datname = current_database()",
      ),
    );

  test("rules and keys changed by a command are known to both, also with their listening connections ended", {
    timeout: 120_000,
  }, async () => {
    const made = JSON.parse((await runCli(place, ["key", "create", "irp", "--json"])).out) as {
      key: string;
      id: string;
    };
    await runCli(place, ["import", "feed", "examples/irp-samples-world/feed.yml.xml"]);
    const [first] = servers as [ServerProcess];
    await until(async () => (await basket(first, made.key)).total > 0);
    const full = (await basket(first, made.key)).total;
    const knows = async (percent: number): Promise<void> => {
      const total = Math.round(full * (100 - percent)) / 100;
      for (const server of servers) await until(async () => (await basket(server, made.key)).total === total);
    };
    await knows(0);
    await publish(10);
    await knows(10);
    const killed = await deafen();
    expect(killed).toHaveLength(2);
    await publish(20);
    await knows(20);
    await runCli(place, ["key", "revoke", "irp", made.id]);
    for (const server of servers) await until(async () => (await basket(server, made.key)).status === 401);
  });

  test("a job is one server's, and the other's when that one was killed and its lease has ended", {
    timeout: 180_000,
  }, async () => {
    await until(() => feed.open.size > 0);
    const [lease] = await database.read((tx) =>
      tx.rows<{ value: string }>("select value from setting where name = 'job.refresh-feed'"),
    );
    const [owner, , startedAt] = JSON.parse(lease?.value ?? "[]") as [string, number, number];
    const [first, second] = servers as [ServerProcess, ServerProcess];
    const isFirst = feed.fetched[0]?.endsWith("one");
    await (isFirst ? first : second).kill();
    servers = [isFirst ? second : first];
    await until(() => feed.open.size === 0);
    // Instead of waiting two minutes for its end.
    await database.transaction((tx) =>
      tx.run("update setting set value = ? where name = 'job.refresh-feed'", [
        JSON.stringify([owner, 0, startedAt - 120_000, null]),
      ]),
    );
    await until(() => feed.open.size === 1);
    expect(feed.fetched.map((url) => url.split("?")[1])).toEqual(isFirst ? ["one", "two"] : ["two", "one"]);
    expect(feed.most).toBe(1);
    const [taken] = await database.read((tx) =>
      tx.rows<{ value: string }>("select value from setting where name = 'job.refresh-feed'"),
    );
    expect((JSON.parse(taken?.value ?? "[]") as [string])[0]).not.toBe(owner);
  });
});
