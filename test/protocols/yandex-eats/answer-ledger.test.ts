// The ledger of answers tells the truth: every outcome as itself, one answer at the customer, nothing sent again by itself.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  readAnswer,
  resolveAnswer,
  settleAnswer,
  takeAnswers,
  undoAnswer,
} from "../../../src/flows/index.ts";
import {
  type EatsAnswerClient,
  type EatsStandIn,
  type StandInFault,
  startEatsStandIn,
} from "../../../src/outbound/index.ts";
import { deskThread } from "../../../src/storage/index.ts";
import {
  answerNow,
  clientOf,
  giveFeedback,
  itemNow,
  letGo,
  openOutlet,
  PAIR,
  senderOf,
} from "../../support/answers.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../support/house.ts";

/** Long enough for every pause between attempts, short of giving up. */
const HOUR = 3_600_000;

forEachEngine("the ledger of answers", (engine) => {
  let house: HouseUnderTest;
  let stand: EatsStandIn;
  let client: EatsAnswerClient;
  let faults: StandInFault[] = [];
  let cuts: boolean[] = [];

  beforeAll(async () => {
    house = houseOver(engine.database);
    await openOutlet(engine.database);
    stand = await startEatsStandIn({
      ...PAIR,
      fault: () => faults.shift() ?? "ok",
      cutsConnection: () => cuts.shift() ?? false,
    });
  });
  beforeEach(() => {
    faults = [];
    cuts = [];
    house.pass(HOUR);
    client = clientOf(stand.url, { limits: { totalMs: 700, connectMs: 500 } });
  });
  afterAll(() => stand.close());

  const seenBy = (feedbackId: string | null): number =>
    stand.visible.filter((one) => one.feedbackId === feedbackId).length;

  /** Lets one answer go and looks, again and again, for far longer than anything is tried. */
  async function run(planned: StandInFault[], promo: number | null = null) {
    const place = `place-${Math.random()}`;
    const given = await giveFeedback(house, { placeId: place });
    const queued = await letGo(house, given.itemId, { promo });
    faults = planned;
    const sender = senderOf(house, client);
    for (let hour = 0; hour < 8; hour += 1) {
      house.pass(HOUR);
      await sender.look();
    }
    const story = await readAnswer(house, queued.id);
    const answer = await answerNow(house, queued.id);
    const item = await itemNow(house, given.itemId);
    return { ...given, answer, item, attempts: (story?.attempts ?? []).map(({ outcome }) => outcome) };
  }

  const cases: readonly [string, StandInFault[], string, string[], number][] = [
    ["200", ["ok"], "delivered", ["delivered"], 1],
    ["204", ["204"], "outdated", ["outdated"], 0],
    ["400", ["400"], "rejected", ["rejected"], 0],
    ["401, then 200", ["401", "ok"], "delivered", ["unauthorized", "delivered"], 1],
    ["401 twice", ["401", "401"], "failed", ["unauthorized", "unauthorized"], 0],
    ["403", ["403"], "no_subscription", ["no_subscription"], 0],
    ["404", ["404"], "unknown_feedback", ["unknown_feedback"], 0],
    ["409", ["409"], "rejected", ["rejected"], 0],
    ["429, then 200", ["429", "ok"], "delivered", ["throttled", "delivered"], 1],
    ["500", ["500"], "unknown", ["unknown"], 0],
    ["500 after it went to the customer", ["500_sent"], "unknown", ["unknown"], 1],
    ["a redirect", ["302"], "unknown", ["unknown"], 0],
    ["a page in the place of an answer", ["page"], "unknown", ["unknown"], 0],
    ["a cut after the body was read", ["cut_after"], "unknown", ["unknown"], 0],
    ["a cut after it went to the customer", ["cut_after_sent"], "unknown", ["unknown"], 1],
    ["silence", ["hang"], "unknown", ["unknown"], 0],
    ["silence after it went to the customer", ["hang_sent"], "unknown", ["unknown"], 1],
  ];

  test.each(cases)("%s is recorded as itself", async (_name, planned, state, attempts, seen) => {
    const before = stand.answersAsked();
    const ran = await run([...planned]);
    expect(ran.answer.state).toBe(state);
    expect(ran.attempts).toEqual(attempts);
    expect(seenBy(ran.feedbackId)).toBe(seen);
    expect(stand.answersAsked() - before).toBe(planned.length);
    expect(ran.item.answer).toBe(state);
    // Only what arrived counts as answered and stops the clock; 204 is a miss.
    const isDelivered = state === "delivered";
    expect(ran.item.state).toBe(isDelivered ? "answered" : "in_progress");
    expect(ran.item.dueAt === null).toBe(isDelivered);
    const thread = await engine.database.read((tx) => deskThread(tx, ran.itemId));
    expect(thread.map(({ kind }) => kind)).toEqual(["received", "answer_queued", `answer_${state}`]);
    // Endpoints are told once, of the outcome, never of the words.
    const told = await engine.database.read((tx) =>
      tx.rows<{ body: string }>("select body from event where kind = 'feedback.answer' and subject_id = ?", [
        ran.itemId,
      ]),
    );
    expect(told.map(({ body }) => JSON.parse(body).outcome)).toEqual([state]);
    expect(told[0]?.body).not.toContain(ran.answer.text);
  });

  test("a failure before anything was written is tried again, and arrives once", async () => {
    await stand.close();
    const port = Number(new URL(stand.url).port);
    const given = await giveFeedback(house);
    const queued = await letGo(house, given.itemId);
    const sender = senderOf(house, client);
    house.pass(HOUR);
    await sender.look();
    expect(await answerNow(house, queued.id)).toMatchObject({
      state: "retrying",
      problem: "token_unavailable",
    });
    stand = await startEatsStandIn({ ...PAIR, port, fault: () => faults.shift() ?? "ok" });
    house.pass(HOUR);
    await sender.look();
    expect((await answerNow(house, queued.id)).state).toBe("delivered");
    expect(seenBy(given.feedbackId)).toBe(1);
  });

  test("an answer that can never be sent is given up after three days", async () => {
    const given = await giveFeedback(house);
    const queued = await letGo(house, given.itemId);
    const nowhere = clientOf("http://127.0.0.1:1");
    const sender = senderOf(house, nowhere);
    for (let look = 0; look < 40; look += 1) {
      house.pass(2 * HOUR);
      await sender.look();
    }
    expect(await answerNow(house, queued.id)).toMatchObject({ state: "failed", sendAt: null });
    expect(house.alarms.at(-1)?.kind).toBe("answer_failed");
  });

  test("refused credentials ring once, and the answers wait", async () => {
    const other = await startEatsStandIn({ ...PAIR, clientSecret: "another" });
    const given = [await giveFeedback(house), await giveFeedback(house)];
    const queued = await Promise.all(given.map(({ itemId }) => letGo(house, itemId)));
    const before = house.alarms.length;
    const sender = senderOf(house, clientOf(other.url));
    for (let look = 0; look < 3; look += 1) {
      house.pass(HOUR);
      await sender.look();
    }
    await other.close();
    expect(house.alarms.slice(before)).toEqual([{ kind: "answer_credentials_refused", details: {} }]);
    for (const { id } of queued)
      expect(await answerNow(house, id)).toMatchObject({ state: "retrying", problem: "token_refused" });
    house.pass(HOUR);
    await senderOf(house, client).look();
    for (const { id } of queued) expect((await answerNow(house, id)).state).toBe("delivered");
  });

  test("an answer whose text was erased meanwhile is not sent, and not tried again", async () => {
    const given = await giveFeedback(house);
    const queued = await letGo(house, given.itemId);
    await engine.database.transaction((tx) =>
      tx.run("update answer set text = '' where id = ?", [queued.id]),
    );
    house.pass(HOUR);
    await senderOf(house, client).look();
    expect(await answerNow(house, queued.id)).toMatchObject({ state: "rejected", problem: "not_sendable" });
    expect(seenBy(given.feedbackId)).toBe(0);
  });

  test("within ten seconds an answer can be taken back, and nothing goes", async () => {
    const given = await giveFeedback(house);
    const queued = await letGo(house, given.itemId);
    house.pass(9_999);
    const sender = senderOf(house, client);
    await sender.look();
    expect((await answerNow(house, queued.id)).state).toBe("queued");
    const undone = await undoAnswer(house, { answerId: queued.id, actor: "t-1" });
    expect(undone.kind).toBe("taken_back");
    house.pass(HOUR);
    await sender.look();
    expect(seenBy(given.feedbackId)).toBe(0);
    expect((await itemNow(house, given.itemId)).answer).toBe("no");
    const late = await letGo(house, given.itemId);
    house.pass(10_000);
    await sender.look();
    expect(await undoAnswer(house, { answerId: late.id, actor: "t-1" })).toEqual({
      kind: "refused",
      reason: "wrong_state",
    });
    expect(seenBy(given.feedbackId)).toBe(1);
  });

  test("of an unknown one a person says that it was sent, or lets it go again", async () => {
    const sent = await run(["hang_sent"]);
    const held = { answerId: sent.answer.id, actor: "t-2", wasSent: true };
    expect((await resolveAnswer(house, held)).kind).toBe("delivered");
    expect(await itemNow(house, sent.itemId)).toMatchObject({ answer: "delivered", state: "answered" });
    expect((await resolveAnswer(house, held)).kind).toBe("refused");

    const lost = await run(["hang"]);
    const again = { answerId: lost.answer.id, actor: "t-2", wasSent: false };
    expect((await resolveAnswer(house, again)).kind).toBe("queued");
    house.pass(HOUR);
    await senderOf(house, client).look();
    expect((await answerNow(house, lost.answer.id)).state).toBe("delivered");
    expect([seenBy(sent.feedbackId), seenBy(lost.feedbackId)]).toEqual([1, 1]);
  });

  test("a sender that dies between taking and settling leaves an unknown answer, and its own late word counts", async () => {
    const given = await giveFeedback(house);
    const queued = await letGo(house, given.itemId);
    house.pass(10_000);
    const [taken] = await takeAnswers(house, "dead", 1);
    expect(taken?.id).toBe(queued.id);
    const sender = senderOf(house, client);
    house.pass(119_000);
    await sender.look();
    expect((await answerNow(house, queued.id)).state).toBe("sending");
    house.pass(2_000);
    await sender.look();
    expect((await answerNow(house, queued.id)).state).toBe("unknown");
    expect(stand.visible.some(({ feedbackId }) => feedbackId === given.feedbackId)).toBe(false);
    const attempt = { answerId: queued.id, attemptId: taken?.attemptId as string };
    const end = { kind: "answered", status: 200, retryAfterMs: null, isPage: false, note: null } as const;
    await settleAnswer(house, attempt, end);
    expect((await answerNow(house, queued.id)).state).toBe("delivered");
    expect((await readAnswer(house, queued.id))?.attempts[0]?.ageMs).toBeGreaterThan(0);
  });

  test("the token is asked for once for many answers, renewed when it was refused, and never told", async () => {
    const fresh = clientOf(stand.url);
    const before = stand.tokensAsked();
    const given = await Promise.all([1, 2, 3, 4, 5].map(() => giveFeedback(house)));
    for (const { itemId } of given) await letGo(house, itemId);
    house.pass(HOUR);
    await senderOf(house, fresh).look();
    expect(stand.tokensAsked() - before).toBe(1);
    stand.endTokens();
    const late = await giveFeedback(house);
    const queued = await letGo(house, late.itemId);
    house.pass(HOUR);
    await senderOf(house, fresh).look();
    expect((await answerNow(house, queued.id)).state).toBe("delivered");
    expect(stand.tokensAsked() - before).toBe(2);
    expect(JSON.stringify(house.alarms)).not.toContain("canary");
  });
});
