// Processes that are killed in the middle of a call leave an unknown answer, never a second one.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import { setAnswerBudget } from "../../src/flows/index.ts";
import { type StandInFault, startEatsStandIn } from "../../src/outbound/index.ts";
import { migrate, NO_BRANCH, openDatabase, type StoredAnswer } from "../../src/storage/index.ts";
import { answerNow, giveFeedback, letGo, PAIR } from "../support/answers.ts";
import { engines, freshPlace } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";
import { childEnvironment, ROOT } from "../support/server.ts";

/** Lives of a sender, each ended by a kill in the middle of a call. */
const KILLS = Number(process.env["PRILAVOK_KILL_SENDERS"] ?? 3);

const ANSWERS = 12 + KILLS * 4;

const FAULTS: readonly StandInFault[] = ["ok", "hang", "hang_sent", "cut_after_sent"];

for (const name of ["sqlite", "postgres"] as const) {
  const declare = engines().includes(name) ? describe : describe.skip;
  declare(`a sender killed in the middle of a call (${name})`, () => {
    let remove = async (): Promise<void> => undefined;
    afterAll(() => remove());

    test(`${KILLS} kills: every state says what the customer has seen`, {
      timeout: 60_000 + KILLS * 30_000,
    }, async () => {
      const place = await freshPlace(name);
      remove = place.remove;
      const sent = await prepare(place.url);
      let calls = 0;
      let killAt = 3;
      let victim: number | undefined;
      const stand = await startEatsStandIn({
        ...PAIR,
        fault: () => {
          calls += 1;
          if (calls !== killAt || victim === undefined) return "ok";
          // The whole body has been read: whether the answer goes on to the customer is the fault's business.
          process.kill(victim, "SIGKILL");
          return FAULTS[calls % FAULTS.length] as StandInFault;
        },
      });
      for (let life = 0; life <= KILLS; life += 1) {
        killAt = life === KILLS ? Number.POSITIVE_INFINITY : calls + 2 + (life % 3);
        await live([place.url, stand.url, String(1 + life)], (pid) => {
          victim = pid;
        });
      }
      const tally = await seen(
        place.url,
        sent,
        (answer) => stand.visible.filter(({ feedbackId }) => feedbackId === answer.feedbackId).length,
      );
      await stand.close();
      expect(tally["delivered 1"]).toBeGreaterThan(0);
      expect((tally["unknown 0"] ?? 0) + (tally["unknown 1"] ?? 0)).toBeGreaterThanOrEqual(KILLS);
      const lies = Object.keys(tally).filter(
        (one) => !["delivered 1", "unknown 0", "unknown 1"].includes(one),
      );
      expect(lies).toEqual([]);
    });
  });
}

/** Answers that wait in a new database. */
async function prepare(url: string): Promise<StoredAnswer[]> {
  const database = await openDatabase({ url });
  await migrate(database, 0);
  const house = houseOver(database, instant(Date.now()));
  await setAnswerBudget(house, {
    branchId: NO_BRANCH,
    budget: { promos: null, amountMinor: null },
    actor: "a",
  });
  const sent: StoredAnswer[] = [];
  for (let each = 0; each < ANSWERS; each += 1)
    sent.push(await letGo(house, (await giveFeedback(house)).itemId));
  await database.close();
  return sent;
}

/** One life of a sender; resolves when its process is gone. */
function live(argv: readonly string[], begun: (pid: number) => void): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, "test", "support", "answer-process.ts"), ...argv], {
    env: childEnvironment({}),
    stdio: ["ignore", "pipe", "inherit"],
  });
  begun(child.pid as number);
  return new Promise((resolve) => {
    child.on("exit", () => resolve());
  });
}

/** How many answers are in which state, with how many answers their customers have seen. */
async function seen(
  url: string,
  sent: readonly StoredAnswer[],
  countOf: (answer: StoredAnswer) => number,
): Promise<Record<string, number>> {
  const database = await openDatabase({ url });
  const house = houseOver(database);
  const tally: Record<string, number> = {};
  for (const { id } of sent) {
    const answer = await answerNow(house, id);
    const name = `${answer.state} ${countOf(answer)}`;
    tally[name] = (tally[name] ?? 0) + 1;
  }
  await database.close();
  return tally;
}
