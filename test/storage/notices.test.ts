// Notices in their queue: told once each, one instance at a time, held back in quiet hours, kept while nobody can be reached.
import { beforeEach, expect, test } from "vitest";
import { findDueDestinations, forgetOldNotices, settleNotice, takeNotice } from "../../src/flows/index.ts";
import { listDestinations, type Tx, waitingNotices } from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { type HouseUnderTest, houseOver } from "../support/house.ts";
import { itemAt } from "../support/notice-items.ts";
import {
  destinationAt,
  type RememberingChannel,
  rememberingChannel,
  senderOf,
  tellAll,
} from "../support/notice-world.ts";

const names = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `n-${String(index + from).padStart(4, "0")}`);

forEachEngine("the queue of notices", (engine) => {
  let house: HouseUnderTest;
  let channel: RememberingChannel;
  const texts = () => channel.sent.map(({ text }) => text);
  const only = async () => (await engine.database.read(listDestinations))[0];
  const tell = async (keys: readonly string[]) => {
    for (const key of keys) await itemAt(house, key);
    return tellAll(house, keys);
  };

  beforeEach(async () => {
    house = houseOver(engine.database);
    channel = rememberingChannel();
    await engine.database.transaction(async (tx) => {
      for (const table of ["notice", "notice_message", "notice_destination", "desk_item"])
        await tx.run(`delete from ${table}`);
    });
  });

  test("each is sent by itself, three in ten minutes; the rest is one message, and ten minutes later it goes on", async () => {
    await destinationAt(house);
    const sender = senderOf(house, { telegram: channel });
    await tell(names(5));
    expect(await sender.look()).toBe(4);
    expect(texts()[3]).toMatch(/^Notices together: 2\n/);
    await tell(names(2, 5));
    expect(await sender.look()).toBe(0);
    house.pass(600_000);
    expect(await sender.look()).toBe(2);
    expect(channel.sent).toHaveLength(6);
    expect(await only()).toMatchObject({ waiting: 0, problem: null, sentAt: house.now() });
  });

  test("the same item never goes twice to the same destination for the same rule", async () => {
    await destinationAt(house);
    await destinationAt(house, { address: "43" });
    expect(await tell(["a"])).toBe(2);
    expect(await tellAll(house, ["a"])).toBe(0);
    const sender = senderOf(house, { telegram: channel });
    await sender.look();
    house.pass(86_400_000);
    expect(await tellAll(house, ["a"])).toBe(0);
    expect(await sender.look()).toBe(0);
    expect(channel.sent.map(({ to }) => to).sort()).toEqual(["42", "43"]);
  });

  test("a queue whose key does not count is noticed", async () => {
    await destinationAt(house);
    await tell(["a"]);
    const sender = senderOf(house, { telegram: channel });
    await sender.look();
    // The mutant: another key for the same item and rule.
    await engine.database.transaction((tx: Tx) => tx.run("update notice set key = 'other' where key = 'a'"));
    await tellAll(house, ["a"]);
    await sender.look();
    expect(channel.sent).toHaveLength(2);
  });

  test("quiet hours hold back, over midnight, and deliver after", async () => {
    // The house's clock stands at 08:00 UTC: a minute before it is quiet no more.
    const minute = (house.now() / 60_000) % 1440;
    await destinationAt(house, { quiet: { from: 1320, to: minute + 1 } });
    await tell(names(2));
    const sender = senderOf(house, { telegram: channel });
    expect(await sender.look()).toBe(0);
    house.pass(60_000);
    expect(await sender.look()).toBe(2);
  });

  test("what nobody asked for goes nowhere: destinations that are off or get other things", async () => {
    await destinationAt(house, { isOn: false });
    await destinationAt(house, { gets: ["alarms", "digest"] });
    expect(await tell(["a"])).toBe(0);
  });

  test("without a channel all waits, says so, and goes when there is one", async () => {
    await destinationAt(house);
    await tell(names(2));
    const without = senderOf(house, {});
    expect(await without.look()).toBe(0);
    expect(await only()).toMatchObject({ waiting: 2, problem: "not_configured", problemAt: house.now() });
    house.pass(60_000);
    expect(await senderOf(house, { telegram: channel }).look()).toBe(2);
    expect(await only()).toMatchObject({ waiting: 0, problem: null, problemAt: null });
  });

  test("a queue has an end: the oldest beyond a thousand are told as a number", {
    timeout: 60_000,
  }, async () => {
    const id = await destinationAt(house);
    await tellAll(house, names(1010));
    const without = senderOf(house, {});
    await without.look();
    expect(await only()).toMatchObject({ waiting: 1000, skipped: 10 });
    const [oldest] = await engine.database.read((tx) => waitingNotices(tx, id, 1));
    expect(oldest?.key).toBe("n-0010");
    await itemAt(house, "n-0010");
    house.pass(60_000);
    await senderOf(house, { telegram: channel }).look();
    expect(texts()[0]).toContain("10 earlier ones did not fit into the queue");
    expect(await only()).toMatchObject({ skipped: 0, waiting: 0 });
  });

  test("a failure pauses the destination, longer each time, and is given up with a reason that is kept", async () => {
    await destinationAt(house);
    await tell(["a"]);
    const sender = senderOf(house, { telegram: channel });
    const failed = { kind: "failed", why: "server_error", isReached: true, retryAfterMs: null } as const;
    channel.ends.push(...Array.from({ length: 9 }, () => failed));
    let looks = 0;
    for (; house.alarms.length === 0; looks += 1) {
      await sender.look();
      expect(await findDueDestinations(house)).toEqual([]);
      house.pass(7_200_000);
    }
    expect(looks).toBe(9);
    expect(house.alarms).toEqual([
      { kind: "notice_given_up", details: { destination: expect.any(String), why: "server_error" } },
    ]);
    expect(await only()).toMatchObject({ givenUp: 1, waiting: 0, problem: "server_error" });
    await tell(["b"]);
    expect(await sender.look()).toBe(1);
    expect(await only()).toMatchObject({ givenUp: 1, problem: null });
  });

  test("who asks for patience is not called before", async () => {
    await destinationAt(house);
    await tell(["a"]);
    const sender = senderOf(house, { telegram: channel });
    channel.ends.push({ kind: "failed", why: "throttled", isReached: true, retryAfterMs: 17_000 });
    expect(await sender.look()).toBe(0);
    house.pass(16_999);
    expect(await sender.look()).toBe(0);
    house.pass(1);
    expect(await sender.look()).toBe(1);
  });

  /** Two instances at three destinations, one looking while the other is in the middle of a message; gives what was sent. */
  async function race(meanwhile: () => Promise<unknown>): Promise<string[]> {
    for (const address of ["1", "2", "3"]) await destinationAt(house, { address });
    await tell(names(3));
    const other = houseOver(engine.database, house.now());
    const [one, two] = [senderOf(house, { telegram: channel }), senderOf(other, { telegram: channel })];
    let isFirst = true;
    channel.gate = async () => {
      if (!isFirst) return;
      isFirst = false;
      await meanwhile();
      await two.look();
    };
    await Promise.all([one.look(), two.look()]);
    await Promise.all([one.look(), two.look()]);
    return channel.sent.map(({ to, text }) => `${to} ${/n-\d+/.exec(text)?.[0]}`).sort();
  }
  const each = ["1", "2", "3"].flatMap((to) => names(3).map((name) => `${to} ${name}`));

  test("two instances at one queue send each message once", async () => {
    expect(await race(async () => undefined)).toEqual(each);
  });

  test("instances that do not hold their turn are noticed", async () => {
    const forget = "update notice_destination set holder = null, lease_until = null";
    const told = await race(() => engine.database.transaction((tx) => tx.run(forget)));
    expect(told.length).toBeGreaterThan(each.length);
  });

  test("what an instance has left is sent by another, and what it says too late is still true", async () => {
    const id = await destinationAt(house);
    await tell(["a"]);
    const taken = await takeNotice(house, id, "gone", () => true);
    const sender = senderOf(house, { telegram: channel });
    expect(await sender.look()).toBe(0);
    house.pass(120_000);
    expect(await sender.look()).toBe(1);
    const late = taken as NonNullable<typeof taken>;
    const failed = { kind: "failed", why: "timeout", isReached: true, retryAfterMs: null } as const;
    expect(await settleNotice(house, late, failed)).toBeNull();
    expect(await settleNotice(house, late, { kind: "sent" })).toBeNull();
    expect(await only()).toMatchObject({ waiting: 0, problem: null });
  });

  test("what was told is remembered for half a year, what waits for as long as it waits", async () => {
    await destinationAt(house);
    await tell(["told"]);
    await senderOf(house, { telegram: channel }).look();
    await destinationAt(house, { address: "43", quiet: { from: 0, to: 1440 } });
    await tell(["waits"]);
    const keys = async () =>
      (
        await engine.database.read((tx) =>
          tx.rows<{ key: string }>("select distinct key from notice order by key"),
        )
      ).map(({ key }) => key);
    house.pass(180 * 86_400_000);
    expect(await forgetOldNotices(house)).toBe(0);
    house.pass(1);
    expect(await forgetOldNotices(house)).toBe(1);
    expect(await keys()).toEqual(["waits"]);
  });

  test("what was erased or has gone is not told", async () => {
    await destinationAt(house);
    await tellAll(house, ["nowhere"]);
    const sender = senderOf(house, { telegram: channel });
    await sender.look();
    expect(channel.sent).toEqual([]);
    expect(await only()).toMatchObject({ waiting: 0 });
  });
});
