// Answers to many by the management API: each text seen first, only four and five stars without words, by the way of single ones.
import { beforeAll, beforeEach, expect, test } from "vitest";
import { answerMany } from "../../src/flows/index.ts";
import { giveFeedback, openOutlet } from "../support/answers.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { Browser, firstPerson, forgetPeople, PASSWORD } from "../support/people.ts";

const ALL = "state:new";

interface Entry {
  readonly itemId: string;
  readonly text: string;
  readonly reason: string | null;
  readonly remarks: readonly { readonly check: string; readonly level: string }[];
}

forEachEngine("answers to many by the management API", (engine) => {
  let api: ApiUnderTest;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await api.call(method, `/api/v1${path}`, body === undefined ? {} : { body });
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const give = async (wish: object): Promise<string> => (await giveFeedback(api.house, wish)).itemId;
  const stateOf = async (itemId: string) => (await call("GET", `/desk/items/${itemId}`)).body.item.answer;
  const entryOf = (body: { entries: Entry[] }, itemId: string) =>
    body.entries.find((entry) => entry.itemId === itemId);

  beforeAll(() => {
    api = apiOn(engine.database);
  });
  beforeEach(async () => {
    await engine.database.transaction(async (tx) => {
      for (const table of ["answer_attempt", "answer"]) await tx.run(`delete from ${table}`);
      await tx.run("update desk_item set state = 'closed', answer = 'no'");
    });
    await openOutlet(engine.database);
  });

  test("each text is seen before it goes, filled in for its customer, and the preview writes nothing", async () => {
    const happy = await give({ rating: 5, comment: "" });
    const made = await call("POST", "/answer-rules/templates", {
      name: "Thanks",
      language: "ru",
      text: "{name}, спасибо!",
      starsFrom: 4,
      starsTo: 5,
      topics: [],
    });
    const wish = { filter: ALL, templateId: made.body.id };
    const { status, body } = await call("POST", "/answers/many/preview", wish);
    expect(status).toBe(200);
    const entry = entryOf(body, happy);
    expect(entry?.reason).toBeNull();
    expect(entry?.text).toMatch(/^\S+, спасибо!$/);
    expect(entry?.text).not.toContain("{");
    expect((await call("GET", `/desk/items/${happy}/answers`)).body.answers).toEqual([]);
    expect(await stateOf(happy)).toBe("no");
  });

  test("nobody who wrote something, gave three stars, or has a draft waiting is answered so", async () => {
    const happy = await give({ rating: 4, comment: "" });
    const wordy = await give({ rating: 5, comment: "Вкусно" });
    const low = await give({ rating: 3, comment: "" });
    const begun = await give({ rating: 5, comment: "" });
    await call("POST", `/desk/items/${begun}/answers`, { text: "Пишу сам" });
    const { body } = await call("POST", "/answers/many", { filter: ALL, text: "Спасибо за оценку!" });
    expect(entryOf(body, happy)?.reason).toBeNull();
    expect(entryOf(body, wordy)?.reason).toBe("wants_own_words");
    expect(entryOf(body, low)?.reason).toBe("wants_own_words");
    expect(entryOf(body, begun)?.reason).toBe("draft_open");
    expect(body.sent).toBe(1);
    expect(await stateOf(happy)).toBe("queued");
    for (const other of [wordy, low, begun]) expect(await stateOf(other)).toBe("no");
    const [own] = (await call("GET", `/desk/items/${begun}/answers`)).body.answers;
    expect(own).toMatchObject({ text: "Пишу сам", state: "draft" });
  });

  test("the same call again sends nothing twice, and there is never a promo code", async () => {
    const happy = await give({ rating: 5, comment: "" });
    const wish = { filter: "", itemIds: [happy], text: "Спасибо, что оценили!" };
    expect((await call("POST", "/answers/many", wish)).body.sent).toBe(1);
    const again = (await call("POST", "/answers/many", wish)).body;
    expect([again.sent, again.entries[0].reason]).toEqual([0, "kept_back"]);
    const { answers } = (await call("GET", `/desk/items/${happy}/answers`)).body;
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ state: "queued", promo: null });
    const { items } = (await call("GET", "/audit/entries?limit=100")).body;
    expect(items.map(({ action }: { action: string }) => action)).toContain("answers.sendManyAnswers");
    const wanted = await call("POST", "/answers/many", { ...wish, promo: 20 });
    expect(wanted.status).toBe(400);
    expect((await call("POST", `/answers/${answers[0].id}/undo`)).body.state).toBe("draft");
  });

  test("one text to several waits until somebody says that it is meant", async () => {
    const ids = [await give({ rating: 5, comment: "" }), await give({ rating: 5, comment: "" })];
    const wish = { filter: "", itemIds: ids, text: "Рады стараться!" };
    const seen = (await call("POST", "/answers/many/preview", wish)).body;
    expect(seen.entries.map(({ remarks }: Entry) => remarks.map(({ check }) => check))).toEqual([
      [],
      ["same_text"],
    ]);
    expect((await call("POST", "/answers/many", wish)).body.sent).toBe(1);
    const rest = { ...wish, confirmed: ["same_text"] };
    expect((await call("POST", "/answers/many", rest)).body.sent).toBe(1);
    for (const id of ids) expect(await stateOf(id)).toBe("queued");
  });

  test("what a check forbids stays, leaves no draft, and the others go", async () => {
    const ids = [await give({ rating: 5, comment: "" }), await give({ rating: 5, comment: "" })];
    const text = "Спасибо! Звоните +7 912 345-67-89";
    const held = (await call("POST", "/answers/many", { filter: "", itemIds: ids, text })).body;
    expect(held.sent).toBe(0);
    expect(held.entries[0].remarks[0].check).toBe("phone");
    for (const id of ids) expect((await call("GET", `/desk/items/${id}/answers`)).body.answers).toEqual([]);
    const blank = (await call("POST", "/answers/many", { filter: "", itemIds: ids })).body;
    expect([blank.sent, blank.entries[0].remarks[0].check]).toEqual([0, "blank_text"]);
    const wrong = await call("POST", "/answers/many", { filter: "", itemIds: ids, templateId: "none" });
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, "/body/templateId"]);
  });

  test("own words are filled in for each customer; a place that cannot be filled keeps the answer back", async () => {
    const happy = await give({ rating: 5, comment: "" });
    const wish = { filter: "", itemIds: [happy], text: "{name}, спасибо за {dish}!" };
    const [filled] = (await call("POST", "/answers/many/preview", wish)).body.entries;
    expect(filled).toMatchObject({ reason: null, answerId: null, sendAt: null });
    expect(filled.text).toMatch(/^\S+, спасибо за .+!$/);
    expect(filled.text).not.toContain("{");
    const unknown = { ...wish, text: "{name}, {street} ждёт вас!" };
    for (const path of ["/answers/many/preview", "/answers/many"]) {
      const { sent, entries } = (await call("POST", path, unknown)).body;
      expect([sent, entries[0].reason, entries[0].remarks[0].check]).toEqual([
        0,
        "kept_back",
        "unfilled_variable",
      ]);
    }
    expect(await stateOf(happy)).toBe("no");
  });

  test("many are taken back while they wait, without a draft, and what is gone is told as such", async () => {
    const ids = [await give({ rating: 5, comment: "" }), await give({ rating: 5, comment: "" })];
    const wish = { filter: "", itemIds: ids, text: "Спасибо!", confirmed: ["same_text"] };
    const { entries } = (await call("POST", "/answers/many", wish)).body;
    const [first, second] = entries.map(({ answerId }: { answerId: string }) => answerId);
    expect(Date.parse(entries[0].sendAt)).toBeGreaterThan(0);
    await engine.database.transaction((tx) =>
      tx.run("update answer set state = 'sending' where id = ?", [second]),
    );
    const undone = (await call("POST", "/answers/many/undo", { answerIds: [first, second, "none"] })).body;
    expect(undone).toEqual({
      takenBack: 1,
      entries: [
        { answerId: first, isTakenBack: true },
        { answerId: second, isTakenBack: false },
        { answerId: "none", isTakenBack: false },
      ],
    });
    const left = (await call("GET", `/desk/items/${entries[0].itemId}/answers`)).body.answers;
    expect(left.map(({ state }: { state: string }) => state)).toEqual(["cancelled"]);
    const again = { ...wish, itemIds: [entries[0].itemId] };
    expect((await call("POST", "/answers/many", again)).body.sent).toBe(1);
  });

  test("a filter that finds more than one call takes is gone through by `next`", async () => {
    for (let count = 0; count < 3; count += 1) await give({ rating: 5, comment: "" });
    const wish = { filter: ALL, text: "Спасибо!", confirmed: ["same_text"], most: 2 };
    const first = (await call("POST", "/answers/many", wish)).body;
    expect([first.sent, typeof first.next]).toEqual([2, "string"]);
    const second = (await call("POST", "/answers/many", { ...wish, after: first.next })).body;
    expect([second.sent, second.next]).toEqual([1, null]);
  });

  test("people of other outlets reach nothing, by filter or by id", async () => {
    const happy = await give({ rating: 5, comment: "" });
    await forgetPeople(engine.database);
    const owner = await firstPerson(api);
    const made = { login: "far", name: "far", role: "agent", outlets: ["nowhere"] };
    const { id } = (await owner.call("POST", "/people", made)).json();
    const { link } = (await owner.call("POST", `/people/${id}/link`, {})).json();
    const far = new Browser(api);
    await far.call("POST", "/session/link", { link, password: PASSWORD });
    for (const wish of [{ filter: "" }, { filter: "", itemIds: [happy] }]) {
      const answer = await far.call("POST", "/answers/many", { ...wish, text: "Спасибо!" });
      expect(answer.json()).toMatchObject({ sent: 0, entries: [] });
    }
    const sent = (await call("POST", "/answers/many", { filter: "", itemIds: [happy], text: "Спасибо!" }))
      .body;
    const undo = await far.call("POST", "/answers/many/undo", { answerIds: [sent.entries[0].answerId] });
    expect(undo.json().takenBack).toBe(0);
    expect(await stateOf(happy)).toBe("queued");
  });

  test("two who send at once send once", async () => {
    const happy = await give({ rating: 5, comment: "" });
    const wish = {
      actor: "setting",
      role: "admin",
      filter: [],
      itemIds: [happy],
      text: "Спасибо вам!",
      templateId: null,
      confirmed: ["same_text"],
      after: 0,
      most: 10,
    } as const;
    await Promise.all([answerMany(api.house, wish), answerMany(api.house, wish)]);
    const { answers } = (await call("GET", `/desk/items/${happy}/answers`)).body;
    expect(answers.filter(({ state }: { state: string }) => state === "queued")).toHaveLength(1);
  });
});
