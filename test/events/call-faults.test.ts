// A receiver that misbehaves in every way costs little: seconds, kilobytes, and one word about what went wrong.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { type CallEnd, type CallerOptions, GuardedCaller } from "../../src/outbound/index.ts";
import { hasOpenssl, makeCertificate } from "../support/certificates.ts";
import { type Answer, startListener, startReceiver } from "../support/receiver.ts";

/** The usual limits, a tenth as long. */
const LIMITS = { connectMs: 500, totalMs: 1500 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function post(url: string, options: CallerOptions = {}): Promise<CallEnd> {
  const caller = new GuardedCaller({ limits: LIMITS, ...options });
  closing.push(() => caller.close());
  return caller.post({ url, headers: {}, body: "{}", allow: ["127.0.0.1", "receiver.test"] });
}

async function receiver(answer: Answer) {
  const started = await startReceiver(answer);
  closing.push(() => started.close());
  return started;
}

async function listener(onConnection: Parameters<typeof startListener>[0]) {
  const started = await startListener(onConnection);
  closing.push(() => started.close());
  return started;
}

describe("an answer", () => {
  test.each([
    [200, "delivered"],
    [204, "delivered"],
    [404, "client_error"],
    [410, "gone"],
    [500, "server_error"],
    [502, "server_error"],
  ] as const)("of %d is %s", async (status, outcome) => {
    const { url } = await receiver((_request, response) => response.writeHead(status).end());
    expect(await post(url)).toMatchObject({ outcome, status, retryAfterMs: null });
  });

  test.each([301, 302, 303, 307, 308])(
    "of %d is a failure, and nobody goes where it points",
    async (status) => {
      const elsewhere = await receiver((_request, response) => response.end());
      const { url } = await receiver((_request, response) =>
        response.writeHead(status, { location: elsewhere.url }).end(),
      );
      expect(await post(url)).toMatchObject({ outcome: "redirect", status });
      expect(elsewhere.connections()).toBe(0);
    },
  );

  test.each([
    ["7", 7000],
    ["0", 0],
    ["soon", null],
    ["-1", null],
    ["99999999999999", null],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ])("with Retry-After %s", async (header, expected) => {
    const { url } = await receiver((_request, response) =>
      response.writeHead(429, { "retry-after": header }).end(),
    );
    expect(await post(url)).toMatchObject({ outcome: "throttled", status: 429, retryAfterMs: expected });
  });

  test("of a gigabyte is read for 64 KiB and cut off", async () => {
    let sent = 0;
    const part = Buffer.alloc(1024 * 1024, 120);
    let isCut: (sent: number) => void = () => undefined;
    const cut = new Promise<number>((resolve) => {
      isCut = resolve;
    });
    const { url } = await receiver((_request, response) => {
      response.writeHead(200, { "content-length": String(1024 ** 3) });
      const pour = (): void => {
        while (sent < 1024 ** 3) {
          sent += part.length;
          if (!response.write(part)) {
            response.once("drain", pour);
            return;
          }
        }
      };
      response.once("close", () => isCut(sent));
      pour();
    });
    const end = await post(url);
    expect(end).toMatchObject({ outcome: "delivered", status: 200 });
    expect(end.answer?.length).toBe(64 * 1024);
    // What the sockets of both sides hold, and no more.
    expect(await cut).toBeLessThan(32 * 1024 * 1024);
  });

  test("packed to burst is not unpacked, and none was asked for", async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    const { url, calls } = await receiver((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    );
    const end = await post(url);
    expect(end.outcome).toBe("delivered");
    expect(end.answer?.equals(bomb.subarray(0, end.answer.length))).toBe(true);
    expect(end.answer?.length).toBeLessThanOrEqual(64 * 1024);
    expect(calls[0]?.headers["accept-encoding"]).toBe("identity");
  });

  test("that drips byte by byte is given up when its time is over, with headers or without", async () => {
    const inBody = await receiver((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("x"), 50);
      response.once("close", () => clearInterval(drip));
    });
    expect(await post(inBody.url)).toMatchObject({ outcome: "timeout", answer: null });
    const inHead = await listener((socket) => {
      const drip = setInterval(() => socket.write("H"), 50);
      socket.once("close", () => clearInterval(drip));
    });
    expect((await post(`http://127.0.0.1:${inHead.port}/`)).outcome).toMatch(/timeout|protocol_error/);
  });

  test.each([
    ["that never comes", () => undefined, "timeout"],
    [
      "broken off at once",
      (socket: import("node:net").Socket) => socket.resetAndDestroy(),
      "connection_reset",
    ],
    ["that is an end", (socket: import("node:net").Socket) => socket.end(), "connection_reset"],
    ["that is no HTTP", (socket: import("node:net").Socket) => socket.end("220 mail\r\n"), "protocol_error"],
    [
      "whose headers are endless",
      (socket: import("node:net").Socket) =>
        socket.write(`HTTP/1.1 200 OK\r\nx: ${"x".repeat(100_000)}\r\n\r\n`),
      "protocol_error",
    ],
    [
      "that promises more than it gives",
      (socket: import("node:net").Socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx"),
      "connection_reset",
    ],
  ] as const)("%s", async (_what, behave, outcome) => {
    const { port } = await listener((socket) => {
      socket.once("data", () => behave(socket));
    });
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ outcome });
  });

  test("is nobody's where nobody listens", async () => {
    const gone = await startListener(() => undefined);
    await gone.close();
    expect(await post(`http://127.0.0.1:${gone.port}/`)).toMatchObject({ outcome: "connection_refused" });
  });

  test("cannot come where a name leads nowhere, or its lookup hangs", async () => {
    const nowhere = { lookup: () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" })) };
    expect(await post("https://receiver.test/", nowhere)).toMatchObject({
      outcome: "dns_error",
      status: null,
    });
    const hanging = { lookup: () => new Promise<never>(() => undefined) };
    expect(await post("https://receiver.test/", hanging)).toMatchObject({ outcome: "connect_timeout" });
  });
});

describe.runIf(hasOpenssl())("TLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-hook-tls-"));
  const made = makeCertificate(folder, "receiver", 2, "receiver.test");
  const pair = { cert: readFileSync(made.cert), key: readFileSync(made.key) };
  const lookup = async () => [{ address: "127.0.0.1", family: 4 }];

  async function secure() {
    const started = await startReceiver(undefined, pair);
    closing.push(() => started.close());
    return started;
  }

  test("with a certificate that nobody vouches for is a failure before anything is said", async () => {
    const { url, calls } = await secure();
    expect(await post(url)).toMatchObject({ outcome: "tls_error" });
    expect(calls).toEqual([]);
  });

  test("with a certificate of another name is a failure", async () => {
    const { port, calls } = await secure();
    const caller = new GuardedCaller({ limits: LIMITS, lookup, ca: pair.cert.toString() });
    const end = await caller.post({
      url: `https://other.test:${port}/`,
      headers: {},
      body: "{}",
      allow: ["other.test"],
    });
    caller.close();
    expect([end.outcome, calls]).toEqual(["tls_error", []]);
  });

  test("spoken to a port that does not speak it is a failure", async () => {
    const { port } = await receiver((_request, response) => response.end());
    expect((await post(`https://127.0.0.1:${port}/`)).outcome).toBe("tls_error");
  });

  test("goes to the judged address under the name: Host and certificate are the name's, connections are kept", async () => {
    const { port, calls, connections } = await secure();
    const caller = new GuardedCaller({ limits: LIMITS, lookup, ca: pair.cert.toString() });
    for (let count = 0; count < 5; count += 1) {
      const wish = {
        url: `https://receiver.test:${port}/hook`,
        headers: {},
        body: "{}",
        allow: ["receiver.test"],
      };
      expect((await caller.post(wish)).outcome).toBe("delivered");
    }
    caller.close();
    expect(calls.map(({ headers }) => headers.host)).toEqual(Array(5).fill(`receiver.test:${port}`));
    expect(connections()).toBe(1);
    rmSync(folder, { recursive: true, force: true });
  });
});

test("a kept connection that the receiver has closed meanwhile is no failure", async () => {
  let count = 0;
  const { port } = await listener((socket) => {
    socket.on("data", () => {
      count += 1;
      // Says that it keeps the connection, and resets it at the next call.
      if (count === 2) socket.resetAndDestroy();
      else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n");
    });
  });
  const caller = new GuardedCaller({ limits: LIMITS });
  const wish = { url: `http://127.0.0.1:${port}/`, headers: {}, body: "{}", allow: ["127.0.0.1"] };
  expect((await caller.post(wish)).outcome).toBe("delivered");
  await new Promise((next) => setImmediate(next));
  expect((await caller.post(wish)).outcome).toBe("delivered");
  expect(count).toBe(3);
  caller.close();
});
