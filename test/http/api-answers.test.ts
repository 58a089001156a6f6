// Answers by the management API: drafts, remarks, sending, taking back, second persons, unknown ones, and the rules.
import { beforeAll, expect, test } from "vitest";
import { createToken, settleAnswer, takeAnswers } from "../../src/flows/index.ts";
import { giveFeedback, openOutlet } from "../support/answers.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

forEachEngine("answers by the management API", (engine) => {
  let api: ApiUnderTest;
  let agent = "";
  const call = async (method: string, path: string, body?: unknown, token?: string) => {
    const options = { ...(body === undefined ? {} : { body }), ...(token === undefined ? {} : { token }) };
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const draft = async (body: object, wish = {}) => {
    const { itemId } = await giveFeedback(api.house, wish);
    const made = await call("POST", `/desk/items/${itemId}/answers`, body);
    return { itemId, ...made };
  };
  const settle = async (status: number) => {
    api.pass(10_000);
    for (const { id, attemptId } of await takeAnswers(api.house, "test", 50)) {
      const end = { kind: "answered", status, retryAfterMs: null, isPage: false, note: null } as const;
      await settleAnswer(api.house, { answerId: id, attemptId: attemptId as string }, end);
    }
  };

  beforeAll(async () => {
    api = apiOn(engine.database);
    await openOutlet(engine.database);
    const scopes = ["answers:write"];
    const made = await createToken(api.house, api.secrets, { label: "agent", scopes, expiresAt: null });
    if (made.kind === "created") agent = made.token;
  });

  test("a draft is remarked on, rewritten, sent, taken back, sent again, and arrives", async () => {
    const made = await draft({ text: "Пётр, звоните +7 912 345-67-89" });
    expect(made.status).toBe(201);
    expect(made.body.remarks.map(({ check }: { check: string }) => check)).toEqual(["other_name", "phone"]);
    const { id } = made.body;
    const kept = await call("POST", `/answers/${id}/send`, { version: 1, confirmed: ["phone"] });
    expect([kept.status, kept.body.code, kept.body.errors]).toEqual([
      422,
      "answer_kept_back",
      [{ path: "/body/confirmed", message: "other_name has to be confirmed" }],
    ]);
    const put = await call("PUT", `/answers/${id}`, { text: "Простите нас.", version: 1 });
    expect(put.body).toMatchObject({ text: "Простите нас.", version: 2, remarks: [] });
    expect((await call("PUT", `/answers/${id}`, { text: "x", version: 1 })).body.code).toBe("stale_version");
    expect((await call("POST", `/answers/${id}/send`, { version: 1 })).body.code).toBe("stale_version");
    const sent = await call("POST", `/answers/${id}/send`, { version: 2 });
    expect(sent.body).toMatchObject({ state: "queued", askedBy: "setting" });
    expect(Date.parse(sent.body.sendAt) - Date.parse(sent.body.queuedAt)).toBe(10_000);
    expect((await call("POST", `/answers/${id}/undo`)).body.state).toBe("draft");
    expect((await call("POST", `/answers/${id}/undo`)).body.code).toBe("answer_state");
    const { version } = (await call("GET", `/answers/${id}`)).body;
    expect((await call("POST", `/answers/${id}/send`, { version })).body.state).toBe("queued");
    await settle(200);
    const told = (await call("GET", `/answers/${id}`)).body;
    expect(told).toMatchObject({ state: "delivered", status: 200, history: [{ outcome: "delivered" }] });
    expect(told.history[0].ageSeconds).toBeGreaterThanOrEqual(3600);
    const item = (await call("GET", `/desk/items/${made.itemId}`)).body;
    expect(item.item).toMatchObject({ answer: "delivered", state: "answered" });
    const offer = (await call("GET", `/desk/items/${made.itemId}/answers`)).body;
    expect(offer).toMatchObject({ isOffered: false, obstacles: [{ check: "answered_already" }] });
    const again = await call("POST", `/desk/items/${made.itemId}/answers`, { text: "Ещё раз" });
    const blocked = await call("POST", `/answers/${again.body.id}/send`, { version: 1 });
    expect(blocked.body.errors[0].message).toBe("answered_already forbids it");
    expect((await call("DELETE", `/answers/${again.body.id}`)).status).toBe(204);
    expect((await call("DELETE", `/answers/${again.body.id}`)).status).toBe(404);
    expect((await call("DELETE", `/answers/${id}`)).body.code).toBe("answer_state");
  });

  test("what cannot be answered is refused with its reason", async () => {
    const bare = await giveFeedback(api.house, { id: null });
    const refused = await call("POST", `/desk/items/${bare.itemId}/answers`, { text: "x" });
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, "/path/itemId"]);
    expect((await call("POST", "/desk/items/none/answers", { text: "x" })).status).toBe(404);
    expect((await draft({ text: "x", promo: 25 })).status).toBe(400);
    expect((await draft({ templateId: "none" })).body.errors[0].path).toBe("/body/templateId");
    expect((await call("GET", "/answers/none")).status).toBe(404);
    expect((await call("GET", "/desk/items/none/answers")).status).toBe(404);
  });

  test("an unknown one waits for a person", async () => {
    const made = await draft({ text: "Простите." });
    await call("POST", `/answers/${made.body.id}/send`, { version: 1, confirmed: ["same_text"] });
    await settle(500);
    expect((await call("GET", "/answers?state=unknown")).body.items).toHaveLength(1);
    expect((await call("GET", "/answers?state=unknown&branchId=other")).body.items).toEqual([]);
    const path = `/answers/${made.body.id}/resolve`;
    expect((await call("POST", path, { wasSent: true })).body).toMatchObject({
      state: "delivered",
      decidedBy: "setting",
    });
    expect((await call("POST", path, { wasSent: true })).body.code).toBe("answer_state");
  });

  test("an agent's large code waits for somebody who may give it", async () => {
    const { itemId } = await giveFeedback(api.house);
    const body = { text: "Дарим скидку.", promo: 30 };
    const made = await call("POST", `/desk/items/${itemId}/answers`, body, agent);
    const path = `/answers/${made.body.id}`;
    const sent = await call("POST", `${path}/send`, { version: 1 }, agent);
    expect(sent.body.state).toBe("awaiting_approval");
    expect((await call("POST", `${path}/approve`, undefined, agent)).body.code).toBe("same_person");
    const scopes = ["answers:write"];
    const other = await createToken(api.house, api.secrets, { label: "other", scopes, expiresAt: null });
    const token = other.kind === "created" ? other.token : "";
    expect((await call("POST", `${path}/approve`, undefined, token)).body.code).toBe("above_ceiling");
    expect((await call("POST", `${path}/decline`, undefined, token)).body.state).toBe("draft");
    expect((await call("POST", `${path}/send`, { version: 3 }, agent)).body.state).toBe("awaiting_approval");
    const approved = await call("POST", `${path}/approve`);
    expect(approved.body).toMatchObject({
      state: "queued",
      approvedBy: "setting",
      promo: 30,
      promoMinor: 30_000,
    });
    const { body: told } = await call("GET", "/answer-rules/budgets?month=2026-11");
    expect(told.branches).toEqual([{ branchId: "lesnaya-12", own: null, usedPromos: 1, usedMinor: 30_000 }]);
    expect((await call("POST", `${path}/undo`, undefined, agent)).body.state).toBe("draft");
    expect((await call("GET", "/answer-rules/budgets")).body.branches[0].usedPromos).toBe(0);
    expect((await call("PUT", "/answer-rules/places/x", { isSubscribed: true }, agent)).status).toBe(403);
  });

  test("templates are filled in and offered where they suit", async () => {
    const template = {
      name: "Cold",
      language: "ru",
      text: "{name}, {branch} просит прощения за «{dish}». {promo}",
      starsFrom: 1,
      starsTo: 2,
      topics: [],
    };
    const added = await call("POST", "/answer-rules/templates", template);
    expect(added.status).toBe(201);
    const { id } = added.body;
    const made = await draft({ templateId: id }, { name: "Анна К." });
    expect(made.body.text).toBe("Анна, Лесная просит прощения за «Суп дня». {promo}");
    expect(made.body.remarks).toEqual([{ check: "unfilled_variable", level: "block", detail: "promo" }]);
    const full = await draft({ templateId: id, promo: 10 });
    expect(full.body).toMatchObject({ text: "Анна, Лесная просит прощения за «Суп дня». 10%", remarks: [] });
    const offer = (path: string) => call("GET", `/desk/items/${full.itemId}/answers${path}`);
    expect((await offer("")).body.templates).toHaveLength(1);
    expect((await offer("?language=en")).body.templates).toEqual([]);
    const fine = await giveFeedback(api.house, { rating: 5 });
    expect((await call("GET", `/desk/items/${fine.itemId}/answers`)).body.templates).toEqual([]);
    const put = await call("PUT", `/answer-rules/templates/${id}`, { ...template, text: "{nobody}" });
    expect([put.status, put.body.errors[0].path]).toEqual([422, "/body/text"]);
    expect((await call("PUT", "/answer-rules/templates/none", template)).status).toBe(404);
    expect((await call("GET", "/answer-rules/templates")).body.items).toHaveLength(1);
    expect((await call("DELETE", `/answer-rules/templates/${id}`)).status).toBe(204);
    expect((await call("DELETE", `/answer-rules/templates/${id}`)).status).toBe(404);
  });

  test("rules are read, set, and count", async () => {
    const { body: usual } = await call("GET", "/answer-rules/policy");
    const set = { ...usual, textLimit: 5, coolDownDays: 0 };
    expect((await call("PUT", "/answer-rules/policy", set)).body).toEqual(set);
    expect((await draft({ text: "Простите" })).body.remarks[0]).toMatchObject({
      check: "too_long",
      detail: "8",
    });
    await call("PUT", "/answer-rules/policy", usual);
    const budget = { promos: 0, amountMinor: null };
    expect((await call("PUT", "/answer-rules/budgets/lesnaya-12", { budget })).status).toBe(204);
    expect((await draft({ text: "Дарим", promo: 10 })).body.remarks[0]).toMatchObject({
      check: "budget_spent",
    });
    await call("PUT", "/answer-rules/budgets/lesnaya-12", { budget: null });
    expect((await call("GET", "/answer-rules/deadline")).body).toMatchObject({ kind: "not_enough" });
  });

  test("a place that the marketplace has refused is switched on again by hand", async () => {
    const made = await draft({ text: "Простите." }, { placeId: "closed" });
    await call("POST", `/answers/${made.body.id}/send`, { version: 1 });
    await settle(403);
    const { body: places } = await call("GET", "/answer-rules/places");
    expect(places.items).toMatchObject([{ placeId: "closed", isSubscribed: false, changedBy: null }]);
    const other = await giveFeedback(api.house, { placeId: "closed" });
    const offer = (await call("GET", `/desk/items/${other.itemId}/answers`)).body;
    expect(offer).toMatchObject({
      isOffered: false,
      obstacles: [{ check: "no_subscription" }],
      secondsLeft: null,
    });
    const on = await call("PUT", "/answer-rules/places/closed", { isSubscribed: true });
    expect(on.body).toMatchObject({ isSubscribed: true, changedBy: "setting" });
    expect((await call("GET", `/desk/items/${other.itemId}/answers`)).body.isOffered).toBe(true);
  });
});
