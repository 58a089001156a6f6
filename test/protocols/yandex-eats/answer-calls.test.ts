// Whether the body was written is known exactly: everything that breaks before it, and everything after, over plain and TLS.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AnswerCallEnd } from "../../../src/core/desk/index.ts";
import { carefulPost } from "../../../src/outbound/careful-post.ts";
import { type EatsStandIn, type StandInFault, startEatsStandIn } from "../../../src/outbound/index.ts";
import { clientOf, PAIR } from "../../support/answers.ts";
import { hasOpenssl, makeCertificate } from "../../support/certificates.ts";
import { startListener } from "../../support/receiver.ts";

const ANSWER = { feedbackId: "904417265", text: "Спасибо!", orderNumber: null, promoPercent: null };
const LIMITS = { connectMs: 300, totalMs: 600, answerBytes: 1024 };

let close: () => Promise<unknown> = async () => undefined;
afterEach(() => close());

async function standIn(fault: StandInFault, cuts: () => boolean = () => false): Promise<EatsStandIn> {
  const stand = await startEatsStandIn({ ...PAIR, fault: () => fault, cutsConnection: cuts });
  close = () => stand.close();
  return stand;
}

const post = (url: string, more: object = {}) =>
  carefulPost({ url: new URL(url), headers: {}, body: "{}", limits: LIMITS, ...more });

describe("before the body", () => {
  test("nobody listens", async () => {
    expect(await post("http://127.0.0.1:1/x")).toEqual({ kind: "not_written", why: "connection_refused" });
  });

  test("the name is not known", async () => {
    const lookup = (_host: string, _options: object, callback: (error: Error) => void) =>
      callback(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    expect(await post("http://nowhere.example/x", { lookup })).toEqual({
      kind: "not_written",
      why: "dns_error",
    });
  });

  test("it is too late", async () => {
    const stand = await standIn("ok");
    expect(await post(`${stand.url}/feedback-answer`, { mayWrite: () => false })).toEqual({
      kind: "not_written",
      why: "too_late",
    });
    expect(stand.answersAsked()).toBe(0);
  });

  test("what is said not to have been written was never read there", async () => {
    let cut = false;
    const stand = await standIn("ok", () => cut);
    const client = clientOf(stand.url);
    await client.warm();
    const ends: AnswerCallEnd["kind"][] = [];
    for (let call = 0; call < 100; call += 1) {
      cut = call % 2 === 0;
      const before = stand.answersAsked();
      const { kind } = await client.send(ANSWER, () => true);
      if (kind === "not_written") expect(stand.answersAsked()).toBe(before);
      if (!cut) expect(kind).toBe("answered");
      ends.push(kind);
    }
    expect(stand.visible.length).toBe(50);
    expect(ends.filter((kind) => kind === "answered").length).toBe(50);
  });
});

describe("after the body", () => {
  test.each([
    ["cut_after", "connection_reset"],
    ["cut_after_sent", "connection_reset"],
    ["hang", "timeout"],
    ["hang_sent", "timeout"],
  ] as const)("%s is nobody's knowledge", async (fault, why) => {
    const stand = await standIn(fault);
    const end = await clientOf(stand.url, { limits: LIMITS }).send(ANSWER, () => true);
    expect(end).toEqual({ kind: "unanswered", why });
    expect(stand.answersAsked()).toBe(1);
  });

  test.each(["broken off", "left open"])("a status counts though its body is %s", async (how) => {
    const listener = await startListener((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
        if (how === "broken off") setTimeout(() => socket.destroy(), 20);
      });
    });
    close = () => listener.close();
    const end = await post(`http://127.0.0.1:${listener.port}/x`);
    expect(end).toMatchObject({ kind: "answered", status: 200 });
  });

  test("what is no HTTP is no answer", async () => {
    const listener = await startListener(
      (socket) => void socket.once("data", () => socket.end("hello\r\n\r\n")),
    );
    close = () => listener.close();
    expect(await post(`http://127.0.0.1:${listener.port}/x`)).toEqual({
      kind: "unanswered",
      why: "protocol_error",
    });
  });
});

const declare = hasOpenssl() ? describe : describe.skip;
declare("over TLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-vmi-"));
  let tls: { readonly cert: Buffer; readonly key: Buffer };
  beforeAll(() => {
    const { cert, key } = makeCertificate(folder, "vmi", 2);
    tls = { cert: readFileSync(cert), key: readFileSync(key) };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function secure(cuts: () => boolean): Promise<EatsStandIn> {
    const stand = await startEatsStandIn({ ...PAIR, cutsConnection: cuts, tls });
    close = () => stand.close();
    return stand;
  }

  test("an answer arrives, and a connection that is cut before its handshake has carried nothing", async () => {
    let cut = false;
    const stand = await secure(() => cut);
    const client = clientOf(stand.url, { ca: tls.cert.toString() });
    expect(await client.send(ANSWER, () => true)).toMatchObject({ kind: "answered", status: 200 });
    cut = true;
    for (let call = 0; call < 20; call += 1)
      expect(await client.send(ANSWER, () => true)).toEqual({ kind: "not_written", why: "connection_reset" });
    expect(stand.answersAsked()).toBe(1);
  });

  test("a certificate that is not believed gets not even the credentials", async () => {
    const stand = await secure(() => false);
    const end = await clientOf(stand.url).send(ANSWER, () => true);
    expect(end).toEqual({ kind: "not_written", why: "token_unavailable" });
    expect(stand.tokensAsked()).toBe(0);
    expect(await post(stand.url)).toEqual({ kind: "not_written", why: "tls_error" });
  });

  test("a handshake that never ends is given up", async () => {
    const listener = await startListener(() => undefined);
    close = () => listener.close();
    expect(await post(`https://127.0.0.1:${listener.port}/x`)).toEqual({
      kind: "not_written",
      why: "connect_timeout",
    });
  });
});
