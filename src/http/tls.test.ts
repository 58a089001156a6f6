// The certificate changes under a running server: old connections keep theirs, new ones get the new, broken ones nobody.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Server, type TLSSocket } from "node:tls";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hasOpenssl, makeCertificate } from "../../test/support/certificates.ts";
import { echoServer, listenOn } from "../../test/support/echo-face.ts";
import { readPair, TlsReload, type TlsWatch } from "./tls.ts";

const DAY_MS = 86_400_000;

describe.skipIf(!hasOpenssl())("the certificate", () => {
  let folder: string;
  let app: FastifyInstance;
  let port: number;
  let reload: TlsReload;
  const sockets: TLSSocket[] = [];
  const alarms: { kind: string; details: Record<string, string | number> }[] = [];
  const files = () => ({ cert: join(folder, "live.crt"), key: join(folder, "live.key") });

  const put = (name: string): void => {
    copyFileSync(join(folder, `${name}.crt`), files().cert);
    copyFileSync(join(folder, `${name}.key`), files().key);
  };

  const begin = async (more: Partial<TlsWatch> = {}): Promise<void> => {
    const pair = readPair(files());
    app = echoServer({ tls: { cert: pair.cert, key: pair.key } }).app;
    port = await listenOn(app);
    reload = new TlsReload(pair, {
      files: files(),
      server: app.server as unknown as Server,
      now: () => Date.now(),
      alarm: (kind, details) => void alarms.push({ kind, details }),
      ...more,
    });
  };

  const dial = async (options: object = {}): Promise<TLSSocket> => {
    const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...options });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
    return socket;
  };
  const nameOn = (socket: TLSSocket) => socket.getPeerCertificate().subject.CN;

  /** One call on an open connection. */
  const ask = async (socket: TLSSocket): Promise<string> => {
    socket.write("GET /health/live HTTP/1.1\r\nHost: shop\r\n\r\n");
    return String(await new Promise((resolve) => socket.once("data", resolve)));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "prilavok-tls-"));
    makeCertificate(folder, "first", 90);
    makeCertificate(folder, "second", 90);
    put("first");
    alarms.length = 0;
  });
  afterEach(async () => {
    reload.stop();
    for (const socket of sockets.splice(0)) socket.destroy();
    await app.close();
    rmSync(folder, { recursive: true });
  });

  test("an open connection keeps the old one, a new one gets the new, a broken file changes nothing", async () => {
    await begin();
    const old = await dial();
    expect(nameOn(old)).toBe("first");
    put("second");
    reload.check();
    expect(nameOn(await dial())).toBe("second");
    expect(await ask(old)).toMatch(/^HTTP\/1\.1 200 /);

    writeFileSync(files().cert, "-----BEGIN CERTIFICATE-----\nbroken\n");
    reload.check();
    reload.check();
    expect(nameOn(await dial())).toBe("second");
    expect(alarms.map(({ kind }) => kind)).toEqual(["tls_certificate_broken"]);

    put("first");
    copyFileSync(join(folder, "second.key"), files().key);
    reload.check();
    expect(alarms).toHaveLength(2);
    expect(nameOn(await dial())).toBe("second");
    rmSync(files().key);
    reload.check();
    expect(alarms).toHaveLength(3);
    put("first");
    reload.check();
    expect(nameOn(await dial())).toBe("first");
  });

  test("a change is noticed by itself", async () => {
    let noticed: () => void = () => undefined;
    const reloaded = new Promise<void>((resolve) => {
      noticed = resolve;
    });
    await begin({ onReload: () => noticed(), settleMs: 10, pollMs: 200 });
    reload.start();
    put("second");
    await reloaded;
    expect(nameOn(await dial())).toBe("second");
  });

  test("its end is announced three weeks, one week and no days ahead, once each", async () => {
    let now = Date.now();
    await begin({ now: () => now });
    const look = (days: number): number[] => {
      now = Date.now() + (90 - days) * DAY_MS - 60_000;
      alarms.length = 0;
      reload.check();
      reload.check();
      return alarms.map(({ details }) => Number(details["daysLeft"]));
    };
    expect(look(90)).toEqual([]);
    expect(look(22)).toEqual([]);
    expect(look(21)).toEqual([21]);
    expect(look(20)).toEqual([]);
    expect(look(7)).toEqual([7]);
    expect(look(0)).toEqual([0]);
    expect(look(-1)).toEqual([]);
  });

  test("TLS below 1.2 is not spoken, and answers ask for TLS ever after", async () => {
    await begin();
    await expect(
      dial({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" }),
    ).rejects.toThrow();
    expect((await dial({ maxVersion: "TLSv1.2" })).getProtocol()).toBe("TLSv1.2");
    const socket = await dial();
    expect(socket.getProtocol()).toBe("TLSv1.3");
    expect((await ask(socket)).toLowerCase()).toContain("strict-transport-security: max-age=31536000");
  });
});
