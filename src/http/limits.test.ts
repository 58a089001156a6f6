// Every limit of the server by its name, with real sockets where only a socket can show it.
import type { FastifyInstance } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { type EchoServer, echoServer, listenOn, RawClient } from "../../test/support/echo-face.ts";
import { addressMatcher } from "./limits.ts";
import type { ServerParts } from "./server.ts";

const apps: FastifyInstance[] = [];
const clients: RawClient[] = [];

async function open(parts: Partial<ServerParts> = {}): Promise<EchoServer & { raw(): RawClient }> {
  const server = echoServer(parts);
  apps.push(server.app);
  const port = await listenOn(server.app);
  const raw = (): RawClient => {
    const client = new RawClient(port);
    clients.push(client);
    return client;
  };
  return { ...server, raw };
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const app of apps.splice(0)) await app.close();
});

const QUICK = { checkMs: 20 };
const CALL = "POST /echo/say HTTP/1.1\r\nHost: shop\r\nContent-Length: 2\r\n\r\nhi";

describe("time", () => {
  test("headersMs: a caller that drips its headers is let go", async () => {
    const { raw } = await open({ limits: { ...QUICK, headersMs: 60 } });
    expect(await raw().send("POST /echo/say HTTP/1.1\r\nHost: shop\r\nX-Slow: ").untilClosed()).toMatch(
      /^HTTP\/1\.1 408 [\s\S]*X-Request-Id: [\s\S]*"success":false/,
    );
  });

  test("requestMs: a caller that drips its body is let go", async () => {
    const { raw } = await open({ limits: { ...QUICK, headersMs: 30, requestMs: 60 } });
    const slow = raw().send("POST /echo/say HTTP/1.1\r\nHost: shop\r\nContent-Length: 1000\r\n\r\nslow");
    expect(await slow.untilClosed()).toMatch(/^HTTP\/1\.1 4(00|08) /);
  });

  test("keepAliveMs: an idle connection is closed after its last answer", async () => {
    const { raw } = await open({ limits: { ...QUICK, keepAliveMs: 30 } });
    expect(await raw().send(CALL).untilClosed()).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("connectionMs: a connection that says nothing is closed", async () => {
    const { raw } = await open({ limits: { ...QUICK, connectionMs: 30 } });
    expect(await raw().untilClosed()).toBe("");
  });

  test("handlerMs: a handler that does not answer is answered for, in the face's shape", async () => {
    const { app, metrics } = await open({ limits: { handlerMs: 30 } });
    const reply = await app.inject("/echo/never");
    expect([reply.statusCode, reply.headers["retry-after"], reply.json().errorCode]).toEqual([
      503,
      "2",
      "overloaded",
    ]);
    expect(await metrics.registry.metrics()).toMatch(
      /prilavok_outcomes_total{face="echo",outcome="overloaded"} 1/,
    );
  });

  test("a route may have less time than the server gives", async () => {
    const { app } = await open();
    expect((await app.inject("/echo/quick")).statusCode).toBe(503);
  });
});

describe("headers", () => {
  test("headerBytes: one byte too many is refused", async () => {
    const { raw } = await open({ limits: { headerBytes: 1024 } });
    const padded = (size: number): string =>
      CALL.replace("\r\nContent", `\r\nX-Pad: ${"x".repeat(size)}\r\nContent`);
    expect(await raw().send(padded(800)).until(/hi/)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await raw().send(padded(1100)).untilClosed()).toMatch(/^HTTP\/1\.1 431 [\s\S]*"success":false/);
  });

  test("headers: a hundred pass, one more is refused in the face's shape", async () => {
    const { raw } = await open();
    const many = (count: number): string =>
      CALL.replace(
        "\r\nContent",
        `${Array.from({ length: count }, (_, index) => `\r\nX-${index}: 1`).join("")}\r\nContent`,
      );
    expect(await raw().send(many(98)).until(/hi/)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await raw().send(many(99)).until(/\}$/)).toMatch(
      /^HTTP\/1\.1 431 [\s\S]*"errorCode":"bad_request"/,
    );
  });

  test.each([
    "Content-Length: 2\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nContent-Length: 2",
    "Content-Length: 2\r\nContent-Length: 3",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding : chunked",
  ])("a body of two lengths is smuggling and refused: %s", async (lengths) => {
    const { raw } = await open();
    const pair = `POST /echo/say HTTP/1.1\r\nHost: shop\r\n${lengths}\r\n\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: shop\r\n\r\n`;
    const answer = await raw().send(pair).untilClosed();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toContain("live");
  });
});

describe("sockets", () => {
  test("sockets: beyond the total a connection is closed, those inside go on", async () => {
    const { raw, metrics } = await open({ limits: { sockets: 2 } });
    const [first, second] = [raw(), raw()];
    await first.send(CALL).until(/hi/);
    await second.send(CALL).until(/hi/);
    expect(await raw().send(CALL).untilClosed()).toBe("");
    expect(await metrics.registry.metrics()).toMatch(/prilavok_shed_total{reason="sockets"} 1/);
    first.received = "";
    expect(await first.send(CALL).until(/hi/)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("socketsPerAddress: one address has its share, and gets it back", async () => {
    const { raw, metrics } = await open({ limits: { socketsPerAddress: 1, exempt: [] } });
    const first = raw();
    await first.send(CALL.replace("Host", "Connection: close\r\nHost")).untilClosed();
    const second = raw();
    await second.send(CALL).until(/hi/);
    expect(await raw().send(CALL).untilClosed()).toBe("");
    expect(await metrics.registry.metrics()).toMatch(/prilavok_shed_total{reason="sockets_per_address"} 1/);
  });

  test("a trusted proxy's sockets count only in the total", async () => {
    const { raw } = await open({
      limits: { socketsPerAddress: 1, exempt: [] },
      trustProxy: ["127.0.0.0/30"],
    });
    await raw().send(CALL).until(/hi/);
    expect(await raw().send(CALL).until(/hi/)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("addresses are matched by address, range and name", () => {
    const isListed = addressMatcher(["192.0.2.1", "10.0.0.0/8", "2001:db8::/32", "loopback"]);
    expect(
      ["192.0.2.1", "10.9.9.9", "2001:db8::7", "127.0.0.5", "::1", "::ffff:10.1.1.1"].map(isListed),
    ).toEqual([true, true, true, true, true, true]);
    expect(["192.0.2.2", "11.0.0.1", "2001:db9::1", "", "nonsense"].map(isListed)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("addresses", () => {
  const forwarded = {
    method: "POST",
    url: "/echo/say",
    payload: "x",
    headers: { "x-forwarded-for": "203.0.113.9" },
  } as const;

  test("X-Forwarded-For of a stranger is not believed", async () => {
    const { app } = await open();
    expect((await app.inject(forwarded)).json().from).toBe("127.0.0.1");
  });

  test("X-Forwarded-For of a listed proxy is believed", async () => {
    const { app } = await open({ trustProxy: ["127.0.0.1"] });
    expect((await app.inject(forwarded)).json().from).toBe("203.0.113.9");
  });
});
