// What every answer carries, and what becomes of surprises: never a word from inside.
import { describe, expect, test } from "vitest";
import { canariesIn, canary } from "../../test/support/canary.ts";
import { echoServer } from "../../test/support/echo-face.ts";
import { CommitUnknown, DatabaseUnavailable, WriteQueueFull } from "../storage/index.ts";

describe("every answer", () => {
  test.each(["/health/live", "/echo/nothing", "/nowhere", "/echo/say"])(
    "%s carries an id and the headers of safety",
    async (url) => {
      const { app } = echoServer();
      const { headers } = await app.inject(url);
      expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["cache-control"]).toBe("no-store");
      expect(headers["strict-transport-security"]).toBeUndefined();
    },
  );

  test("GET where only POST is served: 405 with Allow, in the face's shape", async () => {
    const { app } = echoServer();
    const reply = await app.inject("/echo/say");
    expect([reply.statusCode, reply.headers.allow, reply.json().errorCode]).toEqual([
      405,
      "POST",
      "method_not_allowed",
    ]);
  });

  test("during a stop it asks the caller to leave, and readiness is false", async () => {
    const server = echoServer();
    server.state.isServing = false;
    const reply = await server.app.inject({ method: "POST", url: "/echo/say", payload: "last" });
    expect([reply.statusCode, reply.headers.connection]).toEqual([200, "close"]);
    expect((await server.app.inject("/health/ready")).statusCode).toBe(503);
    expect((await server.app.inject("/health/live")).statusCode).toBe(200);
  });
});

describe("surprises", () => {
  const fail = async (error: unknown) => {
    const server = echoServer({}, { error });
    const reply = await server.app.inject("/echo/fault");
    return { ...server, reply };
  };

  test("a commit of unknown outcome and a full queue are answered 503: the caller may repeat", async () => {
    for (const error of [new CommitUnknown("x"), new DatabaseUnavailable("x"), new WriteQueueFull("x")]) {
      const { reply } = await fail(error);
      expect([reply.statusCode, reply.headers["retry-after"], reply.json().errorCode]).toEqual([
        503,
        "2",
        "overloaded",
      ]);
    }
  });

  test("a database that is away or too busy is counted as a reason to turn callers away", async () => {
    const { metrics } = await fail(new DatabaseUnavailable("x"));
    expect(await metrics.registry.metrics()).toContain('prilavok_shed_total{reason="database"} 1');
  });

  test("a disk that refuses is answered 503", async () => {
    const { reply } = await fail(Object.assign(new Error("disk full"), { code: "SQLITE_FULL" }));
    expect([reply.statusCode, reply.json().errorCode]).toEqual([503, "overloaded"]);
  });

  test("anything else is an empty-handed 500; what a message quotes is seen neither outside nor in the log", async () => {
    const broken = `{"phone":"${canary.phone}","name":"${canary.name}","email":"${canary.email}" oops`;
    let error: unknown;
    try {
      JSON.parse(broken);
    } catch (thrown) {
      error = thrown;
    }
    const { reply, lines } = await fail(error);
    expect([reply.statusCode, reply.json()]).toEqual([
      500,
      { success: false, errorCode: "internal", message: "500" },
    ]);
    expect(canariesIn(lines.join(""), "log")).toEqual([]);
    expect(lines.join("")).toContain('"type":"SyntaxError"');
  });
});
