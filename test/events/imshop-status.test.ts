// Order statuses for IMSHOP: in the order of their happening, tried again until they arrive, a refusal told apart from a fault.
import { afterEach, expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import {
  deliveriesOf,
  endpointOf,
  followImshopSetting,
  IMSHOP_ENDPOINT,
  publishEvents,
  pushStatus,
  type StatusPush,
} from "../../src/flows/index.ts";
import { eventPost } from "../../src/jobs/event-post.ts";
import { GuardedCaller } from "../../src/outbound/index.ts";
import { removeEndpoint } from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { postOffice, run, SECRETS } from "../support/post-office.ts";
import { type Answer, startReceiver } from "../support/receiver.ts";

const KEY = "imshop-key-0001";

/** A stand-in for IMSHOP that takes what it is given. */
const accepting: Answer = (_request, response, { body }) => {
  const { id, code } = JSON.parse(body) as { id: string; code: string };
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify({
      success: true,
      internalId: 1,
      uuid: id,
      newStatus: code,
      imshopStatus: "done",
      message: null,
    }),
  );
};

forEachEngine("statuses for IMSHOP", (engine) => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await engine.database.transaction((tx) => removeEndpoint(tx, IMSHOP_ENDPOINT));
  });

  /** IMSHOP that answers so, and what pushes to it. */
  const open = async (answer: Answer = accepting) => {
    let answering = answer;
    const imshop = await startReceiver((request, response, received) =>
      answering(request, response, received),
    );
    closing.push(() => imshop.close());
    const office = postOffice(engine.database);
    await followImshopSetting(office.house, imshop.url);
    const caller = new GuardedCaller({ limits: { connectMs: 500, totalMs: 1000 } });
    closing.push(() => caller.close());
    const settings = { statusUrl: imshop.url, key: KEY };
    const courier = office.courier(
      eventPost({ house: office.house, secrets: SECRETS, caller, imshop: settings }),
    );
    const push = async (more: Partial<StatusPush> & Pick<StatusPush, "orderId" | "code">): Promise<void> => {
      await engine.database.transaction((tx) =>
        pushStatus(tx, office.house, { at: instant(office.house.now()), ...more }),
      );
      while ((await publishEvents(office.house)) !== null);
    };
    const all = async () =>
      (await deliveriesOf(office.house, IMSHOP_ENDPOINT, { state: null, before: null, limit: 100 })) ?? [];
    return {
      imshop,
      office,
      push,
      all,
      go: () => run(courier),
      become: (other: Answer) => {
        answering = other;
      },
    };
  };

  test("are sent with the key; the payment only with both of its fields", async () => {
    const { imshop, push, go } = await open();
    await push({
      orderId: "o-1",
      code: "processing",
      message: "Собираем",
      trackingUrl: "https://t.example/1",
    });
    await push({ orderId: "o-2", code: "done", payment: { paid: false, paymentId: null } });
    await go();
    expect(imshop.calls.map(({ body }) => JSON.parse(body))).toEqual([
      { id: "o-1", code: "processing", message: "Собираем", trackingUrl: "https://t.example/1" },
      { id: "o-2", code: "done", payment: { paid: false, paymentId: null } },
    ]);
    expect(imshop.calls.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
    expect(imshop.calls[0]?.headers["content-type"]).toBe("application/json");
  });

  test("of one order arrive in their order, through an outage, and none is lost", async () => {
    const { imshop, office, push, go, become, all } = await open();
    become((_request, response) => response.writeHead(503).end());
    for (const code of ["placed", "processing", "done"]) await push({ orderId: "o-3", code });
    await go();
    office.house.pass(6_000);
    await go();
    expect(imshop.calls.map(({ body }) => JSON.parse(body).code)).toEqual(["placed", "placed"]);
    become(accepting);
    office.house.pass(310_000);
    await go();
    expect(imshop.calls.map(({ body }) => JSON.parse(body).code)).toEqual([
      "placed",
      "placed",
      "placed",
      "processing",
      "done",
    ]);
    expect((await all()).map(({ state }) => state)).toEqual(["delivered", "delivered", "delivered"]);
  });

  test("that are refused are told apart from faults: kept with IMSHOP's words, not tried again, an alarm", async () => {
    const { imshop, office, push, go, all } = await open((_request, response) =>
      response.end(JSON.stringify({ success: false, message: "unknown status" })),
    );
    await push({ orderId: "o-4", code: "eaten" });
    await push({ orderId: "o-4", code: "done" });
    await go();
    office.house.pass(100 * 3_600_000);
    await go();
    expect(imshop.calls).toHaveLength(2);
    expect((await all()).slice(0, 2)).toMatchObject([
      { state: "refused", lastOutcome: "answer_refused", lastStatus: 200, lastNote: "unknown status" },
      { state: "refused", attempts: 1 },
    ]);
    expect(office.house.alarms.map(({ kind }) => kind)).toEqual([
      "status_push_refused",
      "status_push_refused",
    ]);
    expect(await endpointOf(office.house, IMSHOP_ENDPOINT)).toMatchObject({ failures: 0, state: "enabled" });
  });

  test.each([
    ["a page instead of an answer", 200, "<html>", "protocol_error", "pending"],
    ["a list instead of an answer", 200, "[]", "protocol_error", "pending"],
    ["a wrong key", 401, '{"success":false}', "client_error", "pending"],
    ["a server fault", 500, '{"success":false}', "server_error", "pending"],
    ["a refusal with its status", 422, '{"success":false,"message":"no"}', "answer_refused", "refused"],
    ["an answer without the word", 200, "{}", "delivered", "delivered"],
    ["gone", 410, "", "gone", "pending"],
  ])("%s", async (_what, status, answer, outcome, state) => {
    const { push, go, all, office } = await open((_request, response) =>
      response.writeHead(status).end(answer),
    );
    await push({ orderId: "o-5", code: "done" });
    await go();
    expect((await all())[0]).toMatchObject({ lastOutcome: outcome, lastStatus: status, state });
    expect((await endpointOf(office.house, IMSHOP_ENDPOINT))?.state, "IMSHOP is never switched off").toBe(
      "enabled",
    );
  });

  test("wait while the setting is away, and are sent when it is back", async () => {
    const { imshop, office, push, go } = await open();
    await push({ orderId: "o-6", code: "done" });
    await followImshopSetting(office.house, null);
    await go();
    expect(imshop.calls).toEqual([]);
    expect(await endpointOf(office.house, IMSHOP_ENDPOINT)).toMatchObject({
      disabledReason: "not_configured",
    });
    await followImshopSetting(office.house, imshop.url);
    await go();
    expect(imshop.calls).toHaveLength(1);
  });

  test("of a transaction that is rolled back are never sent", async () => {
    const { imshop, office, go } = await open();
    const lost = engine.database.transaction(async (tx) => {
      await pushStatus(tx, office.house, { orderId: "o-7", code: "done", at: office.house.now() });
      throw new Error("no");
    });
    await expect(lost).rejects.toThrow("no");
    await publishEvents(office.house);
    await go();
    expect(imshop.calls).toEqual([]);
  });
});
