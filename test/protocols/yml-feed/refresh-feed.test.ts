// The feed fetched from a real server: asked for with what it told last time, and given up when it misbehaves.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { importFeed } from "../../../src/flows/index.ts";
import { feedRefreshJob, refreshFeed } from "../../../src/jobs/index.ts";
import { countOffers, latestImports } from "../../../src/storage/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { element, feedFrom, feedText, houseOn, sample } from "./feeds.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

forEachEngine("refreshing the feed", (engine) => {
  let server: Server;
  let answer: Answer;
  let asked: IncomingMessage[];
  let origin: string;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request);
      answer(request, response);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await engine.database.transaction(async (tx) => {
      for (const table of ["offer", "catalogue_import", "catalogue_section"])
        await tx.run(`delete from ${table}`);
    });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const house = () => houseOn(engine.database);
  const count = () => engine.database.read(countOffers);
  /** Gives the sample, or 304 to who has it. */
  const withTag: Answer = (request, response) => {
    if (request.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
    else
      response.writeHead(200, { etag: '"v1"', "last-modified": "Sat, 21 Nov 2026 06:00:00 GMT" }).end(sample);
  };

  test("an unchanged file is not taken twice", async () => {
    answer = withTag;
    const url = `${origin}/feed.xml?token=secret`;
    expect(await refreshFeed(house(), { url })).toMatchObject({
      kind: "imported",
      outcome: { kind: "applied" },
    });
    expect(await refreshFeed(house(), { url })).toEqual({ kind: "not-modified" });
    expect(asked[1]?.headers).toMatchObject({
      "if-none-match": '"v1"',
      "if-modified-since": "Sat, 21 Nov 2026 06:00:00 GMT",
    });
    expect(await count()).toBe(11);
    const records = await engine.database.read((tx) => latestImports(tx, "feed", 10));
    expect(records.map(({ source }) => source)).toEqual([`${origin}/feed.xml`]);
  });

  test("after a file from elsewhere the server's file counts again, though it has not changed", async () => {
    answer = withTag;
    const url = `${origin}/feed.xml`;
    await refreshFeed(house(), { url });
    const more = sample.toString("utf8").replace("</offers>", `${element("more", 5)}</offers>`);
    await importFeed(house(), feedFrom(more));
    expect(await count()).toBe(12);
    expect(await refreshFeed(house(), { url })).toMatchObject({ kind: "imported" });
    expect(await count()).toBe(11);
  });

  test("a refused file is asked for again, not taken as seen", async () => {
    const url = `${origin}/feed.xml`;
    answer = (_, response) => response.writeHead(200, { etag: '"v1"' }).end("<html>maintenance</html>");
    expect(await refreshFeed(house(), { url })).toMatchObject({
      outcome: { kind: "refused", reason: "broken_file" },
    });
    answer = withTag;
    expect(await refreshFeed(house(), { url })).toMatchObject({ outcome: { kind: "applied" } });
  });

  test("gzip is taken as a file and as an encoding, and redirects are followed", async () => {
    answer = (request, response) => {
      if (request.url === "/start") response.writeHead(302, { location: "/packed.gz" }).end();
      else if (request.url === "/packed.gz") response.writeHead(200).end(gzipSync(sample));
      else response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(sample));
    };
    expect(await refreshFeed(house(), { url: `${origin}/start` })).toMatchObject({
      outcome: { kind: "applied" },
    });
    expect(await refreshFeed(house(), { url: `${origin}/encoded` })).toMatchObject({
      outcome: { kind: "unchanged" },
    });
  });

  test("a password of the address is sent to its own server and to no other", async () => {
    const other = createServer((request, response) => {
      asked.push(request);
      response.writeHead(200).end(sample);
    });
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}/feed.xml`;
    answer = (_, response) => response.writeHead(302, { location: elsewhere }).end();
    const url = origin.replace("http://", "http://shop:p%40ss@");
    expect(await refreshFeed(house(), { url: `${url}/feed.xml` })).toMatchObject({ kind: "imported" });
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from("shop:p@ss").toString("base64")}`,
      undefined,
    ]);
    await new Promise((done) => other.close(done));
  });

  const misbehaving: [string, Answer, RegExp][] = [
    ["an error status", (_, response) => response.writeHead(502).end("bad gateway"), /answered 502/],
    [
      "endless redirects",
      (_, response) => response.writeHead(302, { location: "/again" }).end(),
      /redirects/,
    ],
    [
      "a redirect out of http",
      (_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
      /not of http/,
    ],
    [
      "too large a file",
      (_, response) => response.writeHead(200).end(Buffer.alloc(300_000, 32)),
      /larger than 200000/,
    ],
    [
      "a bomb in an encoding",
      (_, response) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(5_000_000, 32))),
      /larger than 200000/,
    ],
    ["silence before the answer", () => undefined, /silent for 200 ms/],
    [
      "silence within the file",
      (_, response) => void response.writeHead(200).write("<yml_catalog>"),
      /silent for 200 ms/,
    ],
    [
      "a connection that breaks",
      (request) => void request.socket.destroy(),
      /could not be reached or broke off/,
    ],
  ];
  test.each(misbehaving)("%s ends the attempt and leaves the catalogue", async (_, behaviour, reason) => {
    await importFeed(house(), feedFrom(feedText([element("a", 10)])));
    answer = behaviour;
    const limits = { maxBytes: 200_000, silenceMs: 200, redirects: 3 };
    const refresh = await refreshFeed(house(), { url: `${origin}/feed.xml`, limits });
    expect(refresh.kind).toBe("unreachable");
    expect(refresh.kind === "unreachable" && refresh.reason).toMatch(reason);
    expect(await count()).toBe(1);
  });

  test("the job tells what it did and fails when there is nothing to take", async () => {
    answer = withTag;
    expect(feedRefreshJob(house(), null, 1000)).toEqual([]);
    const [job] = feedRefreshJob(house(), { url: `${origin}/feed.xml` }, 1000);
    const { signal } = new AbortController();
    expect(await job?.run(signal)).toMatchObject({ feed: "applied", added: 11 });
    expect(await job?.run(signal)).toEqual({ feed: "not-modified" });
    answer = (_, response) => response.writeHead(500).end();
    await expect(job?.run(signal)).rejects.toThrow("answered 500");
    await expect(job?.run(AbortSignal.abort())).rejects.toThrow("could not be fetched");
  });
});
