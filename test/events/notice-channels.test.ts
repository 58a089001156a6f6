// Telegram and e-mail as they are really spoken: what is taken, refused, asked to wait, cut off, and never told to anybody.
import { createServer } from "node:http";
import { type AddressInfo, createServer as createPlainServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MailNotifier, TelegramNotifier } from "../../src/outbound/index.ts";
import { type MailServer, startMailServer, textOf } from "../support/mail-server.ts";
import { BOT_TOKEN, startTelegram, type TelegramStandIn } from "../support/telegram-stand-in.ts";

const never = new AbortController().signal;
const TEXT = "★☆☆☆☆ Лесная\nХолодный суп";
const outgoing = (to: string) => ({ id: "m-1", to, subject: "Prilavok: Лесная", text: TEXT });

/** A port that nobody listens on. */
async function deadPort(): Promise<number> {
  const server = createPlainServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

describe("Telegram", () => {
  let stand: TelegramStandIn;
  const notifier = (more: { baseUrl?: string; token?: string; proxy?: string } = {}) =>
    new TelegramNotifier({ token: BOT_TOKEN, baseUrl: stand.baseUrl, proxy: null, ...more });
  const send = (more = {}) => notifier(more).send(outgoing("-100200"), never);

  beforeAll(async () => {
    stand = await startTelegram();
  });
  afterAll(() => stand.receiver.close());
  beforeEach(() => {
    stand.messages.length = 0;
    stand.faults.length = 0;
  });

  test("a message reaches its chat as it was written", async () => {
    expect(await send()).toEqual({ kind: "sent" });
    expect(stand.messages).toEqual([{ chat: "-100200", text: TEXT }]);
  });

  test.each([
    [
      { status: 429, retryAfter: 17 },
      { kind: "failed", why: "throttled", isReached: true, retryAfterMs: 17_000 },
    ],
    [
      { status: 429, header: "9" },
      { kind: "failed", why: "throttled", isReached: true, retryAfterMs: 9_000 },
    ],
    [{ status: 502 }, { kind: "failed", why: "server_error", isReached: true, retryAfterMs: null }],
    [{ status: 400 }, { kind: "refused", why: "chat_refused" }],
    [{ status: 403 }, { kind: "refused", why: "chat_refused" }],
    [{ status: 401 }, { kind: "failed", why: "token_refused", isReached: false, retryAfterMs: null }],
    ["cut" as const, { kind: "failed", why: "connection_reset", isReached: true, retryAfterMs: null }],
  ])("%j ends as what it is", async (fault, expected) => {
    stand.faults.push(fault);
    expect(await send()).toEqual(expected);
    expect(stand.messages).toEqual([]);
  });

  test("a wrong token, a dead host and an unknown name are not the message's fault", async () => {
    expect(await send({ token: "1:wrong" })).toMatchObject({ why: "token_refused", isReached: false });
    const dead = `http://127.0.0.1:${await deadPort()}`;
    expect(await send({ baseUrl: dead })).toMatchObject({ why: "connection_refused", isReached: false });
    expect(await send({ baseUrl: "http://no-such-host.invalid" })).toMatchObject({ isReached: false });
  });

  test("a call goes through the proxy that is set, and a proxy that says no is told from the bot", async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers["proxy-authorization"]}`);
      response.end('{"ok":true}');
    });
    proxy.on("connect", (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      socket.end("HTTP/1.1 403 no\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = `http://u:p@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    expect(await send({ baseUrl: "http://api.test", proxy: address })).toEqual({ kind: "sent" });
    const refused = await send({ baseUrl: "https://api.test", proxy: address });
    expect(refused).toMatchObject({ why: "proxy_refused", isReached: false });
    expect(asked).toEqual([
      `POST http://api.test/bot${BOT_TOKEN}/sendMessage Basic ${btoa("u:p")}`,
      "CONNECT api.test:443",
    ]);
    proxy.close();
  });

  test("a stop breaks a call off and blames nobody", async () => {
    const stopped = AbortSignal.abort();
    const end = await notifier().send(outgoing("1"), stopped);
    expect(end).toEqual({ kind: "failed", why: "stopped", isReached: false, retryAfterMs: null });
  });
});

describe("e-mail", () => {
  let server: MailServer;
  const notifier = (more: object = {}) =>
    new MailNotifier({
      host: "127.0.0.1",
      port: server.port,
      security: "none",
      user: null,
      password: null,
      from: "desk@shop.test",
      ...more,
    });
  const send = (more = {}) => notifier(more).send(outgoing("boss@shop.test"), never);
  const whenSaid = (beginning: string, answer: string) => (command: string) =>
    command.startsWith(beginning) ? answer : null;

  beforeAll(async () => {
    server = await startMailServer();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.fault = () => null;
    server.letters.length = 0;
    server.commands.length = 0;
  });

  test("a letter is taken whole, with an id that is the same at every try", async () => {
    expect(await send()).toEqual({ kind: "sent" });
    const [letter] = server.letters;
    expect(letter).toMatchObject({ from: "desk@shop.test", to: ["boss@shop.test"] });
    expect(letter?.data).toContain("Message-ID: <m-1@shop.test>");
    expect(letter?.data).toMatch(/Auto-Submitted: auto-generated/i);
    expect(textOf(letter as NonNullable<typeof letter>).trim()).toBe(TEXT);
  });

  test.each([
    ["RCPT", "550 no such mailbox", { kind: "refused", why: "mailbox_refused" }],
    ["RCPT", "450 later", { kind: "failed", why: "server_error", isReached: true, retryAfterMs: null }],
    ["end of data", "554 spam", { kind: "refused", why: "message_refused" }],
    [
      "end of data",
      "451 later",
      { kind: "failed", why: "server_error", isReached: true, retryAfterMs: null },
    ],
    ["MAIL", "cut", { kind: "failed", why: "no_connection", isReached: false, retryAfterMs: null }],
  ])("%s answered with %j ends as what it is", async (beginning, answer, expected) => {
    server.fault = whenSaid(beginning, answer);
    expect(await send()).toEqual(expected);
    expect(server.letters).toEqual([]);
  });

  test("a server that takes a letter and hangs up leaves it in doubt: it is sent again under the same id", async () => {
    server.fault = whenSaid("end of data", "cut");
    expect(await send()).toMatchObject({ kind: "failed" });
    server.fault = () => null;
    expect(await send()).toEqual({ kind: "sent" });
    const ids = server.letters.map(({ data }) => /Message-ID: (.*)/.exec(data)?.[1]);
    expect(ids).toEqual(["<m-1@shop.test>", "<m-1@shop.test>"]);
  });

  test("nothing is written in the open where TLS is asked for, nor to nobody", async () => {
    expect(await send({ security: "starttls" })).toMatchObject({ kind: "failed", isReached: false });
    expect(server.commands.some((line) => line.startsWith("MAIL"))).toBe(false);
    const dead = await send({ port: await deadPort() });
    expect(dead).toMatchObject({ kind: "failed", why: "no_connection", isReached: false });
    const unknown = await send({ host: "no-such-host.invalid" });
    expect(unknown).toMatchObject({ kind: "failed", isReached: false });
  });

  test("a password that is not taken waits for its owner", async () => {
    server.fault = (command) =>
      command.startsWith("EHLO")
        ? "250-mail.test\r\n250 AUTH PLAIN"
        : command.startsWith("AUTH")
          ? "535 who?"
          : null;
    const end = await send({ user: "desk", password: "canary-mail-password" });
    expect(end).toEqual({ kind: "failed", why: "sign_in_refused", isReached: false, retryAfterMs: null });
  });
});
