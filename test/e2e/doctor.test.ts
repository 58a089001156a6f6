// Doctor tells what is wrong in words, beside a running server and without one, and its exit code says whether to worry.
import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { hasOpenssl, makeCertificate } from "../support/certificates.ts";
import { engines } from "../support/engines.ts";
import { runCli, type ServerPlace, type ServerProcess, serverPlace, startServer } from "../support/server.ts";

interface Finding {
  readonly name: string;
  readonly state: "ok" | "warn" | "fail";
  readonly sentence: string;
}

/** Findings by name, with the exit code. */
async function findings(place: ServerPlace): Promise<{ code: number; states: Record<string, Finding> }> {
  const { code, out } = await runCli(place, ["doctor", "--json"]);
  const { checks, ok } = JSON.parse(out) as { ok: boolean; checks: Finding[] };
  expect(ok).toBe(code === 0);
  return { code, states: Object.fromEntries(checks.map((one) => [one.name, one])) };
}

/** A port that nobody has just now. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

describe("doctor", () => {
  let place: ServerPlace;
  let server: ServerProcess | undefined;
  afterEach(async () => {
    await server?.kill();
    server = undefined;
    await place.remove();
  });

  test.each(engines())("beside a running server looks at its very database (%s)", async (engine) => {
    const port = String(await freePort());
    place = await serverPlace(engine, {
      PRILAVOK_PORT: port,
      PRILAVOK_PUBLIC_URL: "https://shop.example.com",
    });
    server = await startServer(place);
    const { code, states } = await findings(place);
    expect(code).toBe(0);
    for (const name of [
      "node",
      "folder",
      "database",
      "schema",
      "clock",
      "irp",
      "yandexEats",
      "publicUrl",
      "server",
    ])
      expect(states[name], name).toMatchObject({ state: "ok" });
    expect(states["server"]?.sentence).toBe(`the server on port ${port} is ready`);
    expect(states["write"]?.sentence).toMatch(/reaches the disk in [\d.]+ ms/);
    const { out } = await runCli(place, ["doctor"]);
    expect(out).toMatch(/^✓ Node\.js 24/);
  });

  test("on an untouched machine makes nothing and finds nothing broken", async () => {
    place = await serverPlace("sqlite", { PRILAVOK_PORT: String(await freePort()) });
    const { code, states } = await findings(place);
    expect([code, states["database"]?.state, states["server"]?.state]).toEqual([0, "warn", "warn"]);
    expect((await findings(place)).states["database"]?.sentence).toContain("no database");
  });

  test("names what vendors would stumble over", async () => {
    place = await serverPlace("sqlite", { PRILAVOK_PUBLIC_URL: "https://192.0.2.7", PRILAVOK_PORT: "0" });
    server = await startServer(place);
    await server.stop();
    server = undefined;
    const folder = place.environment["PRILAVOK_DATA_DIR"] as string;
    writeFileSync(join(folder, "first-keys.txt"), "");
    chmodSync(join(folder, "first-keys.txt"), 0o644);
    const { code, states } = await findings(place);
    expect(code).toBe(1);
    expect(states["publicUrl"]).toMatchObject({
      state: "fail",
      sentence: expect.stringContaining("domain only"),
    });
    expect(states["rights"]).toMatchObject({ state: "fail", sentence: expect.stringContaining("chmod 600") });
    expect(states["schema"]).toMatchObject({ state: "ok" });
  });

  test.skipIf(!hasOpenssl())(
    "warns of a certificate's end, and refuses to start with a broken one",
    async () => {
      place = await serverPlace("sqlite");
      const folder = place.environment["PRILAVOK_DATA_DIR"] as string;
      const { cert, key } = makeCertificate(folder, "shop", 20);
      place.environment["PRILAVOK_TLS_CERT"] = cert;
      place.environment["PRILAVOK_TLS_KEY"] = key;
      expect((await findings(place)).states["tls"]).toMatchObject({ state: "warn" });
      makeCertificate(folder, "shop", 5);
      expect(await findings(place)).toMatchObject({ code: 1, states: { tls: { state: "fail" } } });
      writeFileSync(cert, "broken");
      expect(await findings(place)).toMatchObject({ code: 1, states: { tls: { state: "fail" } } });
      const { code, error } = await runCli(place, ["start"]);
      expect([code, error]).toEqual([78, expect.stringContaining("cannot be used")]);
    },
  );

  test("a port that is taken is a sentence, not a stack", async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port));
    });
    place = await serverPlace("sqlite", { PRILAVOK_PORT: String(port) });
    const { code, error } = await runCli(place, ["start"]);
    expect([code, error.trim()]).toEqual([
      1,
      `127.0.0.1:${port} is taken by another program: stop it, or set PRILAVOK_PORT`,
    ]);
    await new Promise((resolve) => other.close(resolve));
  });
});
