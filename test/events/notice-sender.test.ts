// Notices over real connections: faults of Telegram and of a mail server, no network at all, a channel that hangs, no secret told.
import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MailNotifier, type Notifier, TelegramNotifier } from "../../src/outbound/index.ts";
import { listDestinations, saveAlertRule } from "../../src/storage/index.ts";
import { appSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { type HouseUnderTest, houseOver } from "../support/house.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { destinationAt, senderOf } from "../support/notice-world.ts";
import { BOT_TOKEN, startTelegram, type TelegramStandIn } from "../support/telegram-stand-in.ts";

const PASSWORD = "canary-mail-password";

/** A port that nobody listens on. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

forEachEngine("notices over real connections", (engine) => {
  let house: HouseUnderTest;
  let bot: TelegramStandIn;
  let mail: MailServer;
  const outcomes: string[] = [];
  let orders = 0;

  const telegram = (baseUrl = bot.baseUrl) =>
    new TelegramNotifier({ token: BOT_TOKEN, baseUrl, proxy: null });
  const post = (port = mail.port, user: string | null = null) =>
    new MailNotifier({
      host: "127.0.0.1",
      port,
      security: "none",
      user,
      password: user === null ? null : PASSWORD,
      from: "desk@shop.test",
    });
  const sender = (
    channels: { telegram?: Notifier; email?: Notifier } = { telegram: telegram(), email: post() },
  ) => senderOf(house, channels, { tried: (kind, outcome) => void outcomes.push(`${kind} ${outcome}`) });
  /** A customer is not content; gives the order. */
  const complain = async (): Promise<string> => {
    orders += 1;
    const orderId = `${engine.name}-${orders}`;
    await appSays(house, { orderId, rating: 1, comment: "Холодно" });
    return orderId;
  };
  const states = () => engine.database.read(listDestinations);

  beforeEach(async () => {
    house = houseOver(engine.database);
    [bot, mail] = [await startTelegram(), await startMailServer()];
    outcomes.length = 0;
    await engine.database.transaction(async (tx) => {
      for (const table of ["notice", "notice_message", "notice_destination", "desk_alert_rule"])
        await tx.run(`delete from ${table}`);
      const rule = { name: "Low", filter: "rating:1..2", destinations: [], isOn: true, createdBy: "p" };
      await saveAlertRule(tx, { ...rule, id: "low", createdAt: 0, updatedAt: 0 });
    });
  });
  afterEach(async () => {
    await bot.receiver.close();
    await mail.close();
  });

  test("one complaint is told in the chat and by letter", async () => {
    await destinationAt(house, { address: "-100" });
    await destinationAt(house, { kind: "email", address: "boss@shop.test" });
    const order = await complain();
    expect(await sender().look()).toBe(2);
    expect(bot.messages).toMatchObject([{ chat: "-100", text: expect.stringContaining(`Order ${order}`) }]);
    expect(mail.letters).toMatchObject([{ to: ["boss@shop.test"] }]);
    expect(await sender().look()).toBe(0);
  });

  test("Telegram's wish for patience is granted to the second, and its faults are waited out", async () => {
    await destinationAt(house);
    await complain();
    bot.faults.push({ status: 429, retryAfter: 17 }, { status: 502 }, "cut");
    const telling = sender();
    await telling.look();
    house.pass(16_999);
    await telling.look();
    expect(bot.receiver.calls).toHaveLength(1);
    house.pass(1);
    await telling.look();
    for (let minute = 0; bot.messages.length === 0 && minute < 60; minute += 1) {
      house.pass(60_000);
      await telling.look();
    }
    expect(bot.messages).toHaveLength(1);
    expect(outcomes).toEqual([
      "telegram throttled",
      "telegram server_error",
      "telegram connection_reset",
      "telegram sent",
    ]);
  });

  test("what was taken without an answer is sent again: at least once is the promise", async () => {
    await destinationAt(house);
    await complain();
    bot.faults.push("taken");
    const telling = sender();
    await telling.look();
    house.pass(60_000);
    await telling.look();
    house.pass(60_000);
    await telling.look();
    expect(bot.messages).toHaveLength(2);
    expect(bot.messages[0]).toEqual(bot.messages[1]);
  });

  test("without any network all of it queues and says so, intake goes on, and it arrives when there is one", async () => {
    await destinationAt(house);
    await destinationAt(house, { kind: "email", address: "boss@shop.test" });
    const dead = await deadPort();
    const cutOff = sender({ telegram: telegram(`http://127.0.0.1:${dead}`), email: post(dead) });
    for (let day = 0; day < 3; day += 1) {
      await complain();
      expect(await cutOff.look()).toBe(0);
      house.pass(86_400_000);
    }
    expect(await states()).toMatchObject([
      { waiting: 3, givenUp: 0, problem: "connection_refused" },
      { waiting: 3, givenUp: 0, problem: "no_connection" },
    ]);
    expect(house.alarms).toEqual([]);
    expect(await sender().look()).toBe(6);
    expect(await states()).toMatchObject([
      { waiting: 0, problem: null },
      { waiting: 0, problem: null },
    ]);
  });

  test("a channel that hangs keeps neither intake nor another destination waiting", async () => {
    await destinationAt(house);
    await destinationAt(house, { kind: "email", address: "boss@shop.test" });
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const hanging: Notifier = { send: () => held.then(() => ({ kind: "sent" as const })) };
    await complain();
    const telling = sender({ telegram: hanging, email: post() });
    const looking = telling.look();
    while (mail.letters.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await complain();
    letGo();
    expect(await looking).toBeGreaterThanOrEqual(2);
  });

  test("no secret is kept or told, whatever goes wrong", async () => {
    await destinationAt(house);
    await destinationAt(house, { kind: "email", address: "boss@shop.test" });
    await complain();
    bot.faults.push({ status: 401 });
    mail.fault = (command) =>
      command.startsWith("EHLO")
        ? "250-mail.test\r\n250 AUTH PLAIN"
        : command.startsWith("AUTH")
          ? "535 no"
          : null;
    await sender({ telegram: telegram(), email: post(mail.port, "desk") }).look();
    expect(outcomes.sort()).toEqual(["email sign_in_refused", "telegram token_refused"]);
    const kept = await engine.database.read(async (tx) =>
      JSON.stringify([
        await tx.rows("select * from notice_destination"),
        await tx.rows("select * from notice_message"),
        await tx.rows("select * from notice"),
        await tx.rows("select * from event"),
        house.alarms,
      ]),
    );
    expect(kept).not.toMatch(/canary|Холодно/);
  });
});
