// The recorded bodies and responses of answers: what may leave, and what each response of the vendor's side means.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { wordOfCall } from "../../../src/core/desk/index.ts";
import { answerBody, EatsAnswerClient, isSendableBody, judgeVmiUrl } from "../../../src/outbound/index.ts";
import { PAIR } from "../../support/answers.ts";
import { type Receiver, startReceiver } from "../../support/receiver.ts";
import { entries, sample } from "./recorded.ts";

const ANSWER = {
  feedbackId: "904417265",
  text: "Спасибо!",
  orderNumber: "261104-40718295",
  promoPercent: 20,
};

let receiver: Receiver | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const response = (name: string): Response => JSON.parse(sample(`responses/${name}`)) as Response;

/** A client of a host that gives the recorded token, and to an answer what the test says. */
async function clientFor(answer: Response, token = response("vmi-200-token.json")) {
  receiver = await startReceiver((request, reply) => {
    const said = request.url === "/oauth2/token" ? token : answer;
    reply.writeHead(said.status, said.headers);
    reply.end(said.body === null ? undefined : JSON.stringify(said.body));
  });
  const vmiUrl = `http://127.0.0.1:${receiver.port}`;
  return new EatsAnswerClient({
    vmiUrl,
    ...PAIR,
    grantType: "client_credentials",
    scope: "read write",
    headers: { "partner-name": "shop" },
  });
}

describe("bodies of answers", () => {
  const bodies = entries.filter(({ type }) => type === "answer-body") as unknown as {
    readonly file: string;
    readonly title: string;
    readonly recommended: { readonly send: boolean };
  }[];

  test("are all there", () => {
    expect(bodies.length).toBe(15);
  });

  test.each(bodies.map((entry) => [entry.file, entry] as const))("%s", (file, { recommended }) => {
    expect(isSendableBody(JSON.parse(sample(file)))).toBe(recommended.send);
  });

  test("what we make can be sent, and says exactly what was meant", () => {
    expect(JSON.parse(answerBody(ANSWER))).toEqual({
      feedback_id: "904417265",
      text: "Спасибо!",
      order_nr: "261104-40718295",
      promo: 20,
    });
    const bare = JSON.parse(answerBody({ ...ANSWER, orderNumber: null, promoPercent: null })) as object;
    expect(Object.keys(bare)).toEqual(["feedback_id", "text"]);
    expect(isSendableBody(bare)).toBe(true);
    for (const odd of [null, [], "text", { ...bare, other: 1 }, { ...bare, order_nr: "12" }])
      expect(isSendableBody(odd)).toBe(false);
  });
});

describe("responses of the vendor's side", () => {
  const meaning: Readonly<Record<string, string>> = {
    "vmi-200-answer.json": "delivered",
    "vmi-204-answer.json": "outdated",
    "vmi-400-answer.json": "rejected",
    "vmi-401-answer.json": "unauthorized",
    "vmi-403-answer.json": "no_subscription",
    "vmi-429-answer.json": "throttled",
    "vmi-500-answer.json": "unknown",
  };

  test("are all read", () => {
    const folder = join(import.meta.dirname, "samples", "responses");
    const recorded = readdirSync(folder).filter((name) => /^vmi-.*-answer\.json$/.test(name));
    expect(recorded.sort()).toEqual(Object.keys(meaning).sort());
  });

  test.each(Object.entries(meaning))("%s means %s", async (name, word) => {
    const client = await clientFor(response(name));
    const end = await client.send(ANSWER, () => true);
    expect(wordOfCall(end)).toBe(word);
    const [token, answer, ...more] = receiver?.calls ?? [];
    expect(more).toEqual([]);
    expect(token?.body).toBe(
      "client_id=vmi-client&client_secret=vmi-secret-canary&grant_type=client_credentials&scope=read+write",
    );
    expect(answer?.headers).toMatchObject({
      authorization: "Bearer v1-5Yx0aQmTn8wE2rKj",
      "content-type": "application/json",
      "partner-name": "shop",
    });
    expect(JSON.parse(answer?.body ?? "")).toEqual(JSON.parse(answerBody(ANSWER)));
  });

  test("the body of a refusal is kept, up to 2 KiB", async () => {
    const client = await clientFor({ status: 409, headers: {}, body: "x".repeat(5000) });
    const end = await client.send(ANSWER, () => true);
    expect(end).toMatchObject({ kind: "answered", status: 409 });
    expect(end.kind === "answered" ? end.note?.length : 0).toBe(2048);
  });

  test("an answer without end is cut off", async () => {
    receiver = await startReceiver((request, reply) => {
      if (request.url === "/oauth2/token") {
        reply.end('{"access_token":"t","expires_in":120}');
        return;
      }
      reply.writeHead(200);
      const pour = (): void => {
        while (reply.writable && reply.write("x".repeat(65_536)));
        reply.once("drain", pour);
      };
      pour();
    });
    const vmiUrl = `http://127.0.0.1:${receiver.port}`;
    const client = new EatsAnswerClient({ vmiUrl, ...PAIR, grantType: "", scope: "", headers: {} });
    expect(wordOfCall(await client.send(ANSWER, () => true))).toBe("delivered");
    expect(receiver.calls[0]?.body).toBe("client_id=vmi-client&client_secret=vmi-secret-canary");
  });

  test("refused credentials are told apart from a host that has no token now", async () => {
    const refused = await clientFor(response("vmi-200-answer.json"), response("vmi-401-token.json"));
    expect(await refused.send(ANSWER, () => true)).toEqual({ kind: "not_written", why: "token_refused" });
    await receiver?.close();
    const broken = await clientFor(response("vmi-200-answer.json"), { status: 503, headers: {}, body: null });
    expect(await broken.send(ANSWER, () => true)).toEqual({ kind: "not_written", why: "token_unavailable" });
    await receiver?.close();
    const mute = await clientFor(response("vmi-200-answer.json"), { status: 200, headers: {}, body: {} });
    expect(await mute.send(ANSWER, () => true)).toEqual({ kind: "not_written", why: "token_unavailable" });
  });

  test("whoever is too late writes nothing", async () => {
    const client = await clientFor(response("vmi-200-answer.json"));
    expect(await client.send(ANSWER, () => false)).toEqual({ kind: "not_written", why: "too_late" });
    expect(receiver?.calls.length).toBe(1);
  });
});

describe("the token", () => {
  test("is renewed at three quarters of its age, by one call for all", async () => {
    let now = 0;
    receiver = await startReceiver((request, reply) => {
      reply.writeHead(200, { "content-type": "application/json" });
      reply.end(request.url === "/oauth2/token" ? '{"access_token":"t","expires_in":100}' : undefined);
    });
    const vmiUrl = `http://127.0.0.1:${receiver.port}`;
    const settings = { vmiUrl, ...PAIR, grantType: "", scope: "", headers: {} };
    const client = new EatsAnswerClient(settings, { clock: () => now });
    const asked = () =>
      (receiver as Receiver).calls.filter(({ body }) => body.startsWith("client_id")).length;
    await Promise.all([1, 2, 3].map(() => client.send(ANSWER, () => true)));
    expect(asked()).toBe(1);
    now = 74_999;
    await client.warm();
    expect(asked()).toBe(1);
    now = 75_000;
    await client.warm();
    expect(asked()).toBe(2);
  });
});

describe("where answers may go", () => {
  test("https anywhere, http on this machine only", () => {
    for (const good of [
      "https://dc-partner.eda.yandex.net",
      "http://127.0.0.1:9",
      "http://[::1]:9",
      "http://localhost/x",
    ])
      expect(judgeVmiUrl(good), good).toBeNull();
    expect(judgeVmiUrl("http://dc-partner.eda.yandex.net")).toBe("not_https");
    expect(judgeVmiUrl("http://127.0.0.1.example.com")).toBe("not_https");
    expect(judgeVmiUrl("https://a:b@host")).toBe("has_credentials");
    expect(judgeVmiUrl("https://host/?x=1")).toBe("not_an_address");
    expect(judgeVmiUrl("ftp://host")).toBe("not_https");
    expect(judgeVmiUrl("nowhere")).toBe("not_an_address");
  });
});
