// Too busy: told to come back before the body is read, in the face's shape; and well again as soon as it is over.
import { afterEach, describe, expect, test } from "vitest";
import { type EchoServer, echoServer, listenOn, RawClient } from "../../test/support/echo-face.ts";
import { LIMITS } from "./limits.ts";
import { Pressure } from "./shedding.ts";

const gauges = (state = { now: 0, resident: 0, writers: 0 }) => ({
  state,
  monotonicMs: () => state.now,
  residentBytes: () => state.resident,
  writersWaiting: () => state.writers,
});

/** Lets the beats come with these gaps, ms. */
function beat(pressure: Pressure, state: { now: number }, gaps: readonly number[]): void {
  for (const gap of gaps) {
    state.now += gap;
    pressure.tick();
  }
}

const calm = Array<number>(60).fill(20);

describe("the pressure", () => {
  test("one long pause turns nobody away, a second full of them does, and calm ends it", () => {
    const source = gauges();
    const pressure = new Pressure(LIMITS, source);
    beat(pressure, source.state, [...calm, 400, ...calm]);
    expect(pressure.reason()).toBeNull();
    beat(pressure, source.state, [300, 300, 300, 300, 300, 300, 300, 300]);
    expect(pressure.reason()).toBe("event_loop");
    beat(pressure, source.state, [...calm, ...calm]);
    expect(pressure.reason()).toBeNull();
    expect(pressure.takeWorstDelayMs()).toBe(380);
    expect(pressure.takeWorstDelayMs()).toBe(0);
  });

  test("memory beyond the limit turns away until it is given back", () => {
    const source = gauges();
    const pressure = new Pressure(LIMITS, source);
    source.state.resident = LIMITS.memoryBytes + 1;
    beat(pressure, source.state, calm);
    expect(pressure.reason()).toBe("memory");
    source.state.resident = LIMITS.memoryBytes;
    beat(pressure, source.state, calm);
    expect(pressure.reason()).toBeNull();
  });

  test("writers waiting beyond the limit turn away at once", () => {
    const source = gauges();
    const pressure = new Pressure(LIMITS, source);
    source.state.writers = LIMITS.writersWaiting + 1;
    expect(pressure.reason()).toBe("writers");
    source.state.writers = LIMITS.writersWaiting;
    expect(pressure.reason()).toBeNull();
  });
});

describe("a busy server", () => {
  let server: EchoServer;
  afterEach(() => server.app.close());

  test("answers 503 in the face's shape without waiting for the body", async () => {
    server = echoServer();
    server.state.writersWaiting = LIMITS.writersWaiting + 1;
    const client = new RawClient(await listenOn(server.app));
    client.send("POST /echo/say HTTP/1.1\r\nHost: shop\r\nContent-Length: 100000\r\n\r\n");
    const answer = await client.until(/\}$/);
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer.toLowerCase()).toContain("\r\nretry-after: 2\r\n");
    expect(answer).toContain('{"success":false,"errorCode":"overloaded","message":"503"}');
    client.close();
    expect(await server.metrics.registry.metrics()).toContain('prilavok_shed_total{reason="writers"} 1');
  });

  test("still tells its health and metrics", async () => {
    server = echoServer();
    server.state.writersWaiting = LIMITS.writersWaiting + 1;
    for (const url of ["/health/live", "/health/ready", "/metrics"]) {
      expect((await server.app.inject(url)).statusCode).toBe(200);
    }
    expect((await server.app.inject("/echo/never")).statusCode).toBe(503);
  });
});
