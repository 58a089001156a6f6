// The demo's past: the server's own faces over a clock that is set back, so that everything in it went through the real doors.
import { v7 as uuidv7 } from "uuid";
import { instant } from "../core/basics/index.ts";
import { CalculationBook, CallTally, type House, publishEvents, RuleShelf } from "../flows/index.ts";
import { buildServer, createLog, createMetrics } from "../http/index.ts";
import { type AnswerSender, answerOffice, EventCourier, eventPost } from "../jobs/index.ts";
import { GuardedCaller } from "../outbound/index.ts";
import type { DemoKeys } from "./demo-calls.ts";
import { eatsAnswerSettings } from "./eats-answers.ts";
import { facesOf } from "./faces.ts";
import type { Installation } from "./installation.ts";

/** Somebody who calls the API: by a token, or as a person who signed in. */
export interface DemoCaller {
  readonly headers: Readonly<Record<string, string>>;
}

/** Seconds that a sent answer may be undone for, with one to spare, ms. */
const UNDO_MS = 11_000;

/** Turns of the courier after a step: what fails waits for a later step. */
const COURIER_TURNS = 40;

/** The shop as of an instant that only moves when it is told to. */
export class PastShop {
  readonly installation: Installation;
  readonly house: House;
  readonly admin: DemoCaller;
  readonly #keys: DemoKeys;
  readonly #app: ReturnType<typeof buildServer>;
  readonly #caller = new GuardedCaller();
  readonly #courier: EventCourier;
  readonly #answers: AnswerSender | null;
  #now: number;
  #ids = 0;
  #calls = 0;
  #attempts = 0;
  #token = { value: "", until: 0 };
  #isCourierOn = false;

  constructor(present: Installation, keys: DemoKeys, now: number) {
    this.#keys = keys;
    this.#now = now;
    this.admin = { headers: { authorization: `Bearer ${keys.api}` } };
    const house: House = {
      ...present.house,
      // The demo is made anew each time: its past need not survive a power cut.
      database: {
        ...present.database,
        transaction: (work, choices) => present.database.transaction(work, { ...choices, isLosable: true }),
      },
      now: () => instant(this.#now),
      // Ids sort by the time they were made: by the time of the past, too.
      newId: () => {
        this.#ids += 1;
        return uuidv7({ msecs: this.#now, seq: this.#ids });
      },
    };
    this.house = house;
    const rules = new RuleShelf(house, present.rules.timeZone);
    present.database.onAnnounced((topic) => {
      if (topic === "rules") rules.forget();
    });
    const book = new CalculationBook(house);
    const calls = new CallTally(house);
    this.installation = { ...present, house, rules, book, calls };
    this.#app = buildServer({
      log: createLog("silent", false, () => undefined),
      metrics: createMetrics(),
      faces: facesOf(this.installation),
      trustProxy: [],
      readiness: { isServing: () => true, pingDatabase: async () => undefined, writersWaiting: () => 0 },
      // Years pass in seconds: that is no overload.
      limits: { eventLoopDelayMs: 60_000 },
      onAnswered: calls.note,
    });
    const bell = {
      failed: (_job: string, error: unknown): void => {
        throw error;
      },
      attempted: (): void => {
        this.#attempts += 1;
      },
    };
    const post = eventPost({ house, secrets: present.secrets, caller: this.#caller, imshop: null });
    this.#courier = new EventCourier(house, bell, post, { chance: () => 0.5 });
    this.#answers = answerOffice(house, eatsAnswerSettings(present.config), bell);
  }

  get now(): number {
    return this.#now;
  }

  /** Calls of vendors that were taken. */
  get taken(): number {
    return this.#calls;
  }

  /** Moves the clock on; it never goes back. */
  at(ms: number): void {
    this.#now = Math.max(this.#now, ms);
  }

  /** Events are delivered from now on: there are endpoints. */
  openDeliveries(): void {
    this.#isCourierOn = true;
  }

  /** A call of the app. */
  async irp<Answer = unknown>(path: string, body: object): Promise<{ id: string; body: Answer }> {
    const answer = await this.#inject("POST", `/irp${path}`, { key: this.#keys.irp }, body);
    this.#calls += 1;
    return { id: String(answer.headers["x-request-id"]), body: answer.json() as Answer };
  }

  /** A feedback of the marketplace; a body that is no JSON goes as it is. Its answer may be a refusal. */
  async eats(body: object | string): Promise<number> {
    const token = await this.#eatsToken();
    const answer = await this.#app.inject({
      method: "POST",
      url: "/yandex-eats/v1/feedback",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      payload: body,
    });
    if (answer.statusCode === 200) this.#calls += 1;
    return answer.statusCode;
  }

  /** A call of the management API; throws when it is refused. */
  async api<Answer = unknown>(
    who: DemoCaller,
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    body?: object,
  ): Promise<Answer> {
    const headers = {
      ...who.headers,
      ...(method === "POST" ? { "idempotency-key": this.house.newId() } : {}),
    };
    const answer = await this.#inject(method, `/api/v1${path}`, headers, body);
    return (answer.body === "" ? {} : answer.json()) as Answer;
  }

  /** Invites somebody, who uses the link and stays signed in. */
  async signIn(person: { login: string; name: string; role: string; outlets: string[] | null }) {
    const { id } = await this.api<{ id: string }>(this.admin, "POST", "/people", person);
    const { link } = await this.api<{ link: string }>(this.admin, "POST", `/people/${id}/link`, {});
    const password = `${this.house.newId()} ключ`;
    const browser = { "sec-fetch-site": "same-origin", "user-agent": BROWSER };
    const answer = await this.#inject("POST", "/api/v1/session/link", browser, { link, password });
    const cookie = answer.cookies.find(({ name }) => name === "__Host-prilavok")?.value ?? "";
    const { csrf } = answer.json() as { csrf: string };
    const headers = { ...browser, cookie: `__Host-prilavok=${cookie}`, "x-csrf": csrf };
    return { id, password, headers };
  }

  /** Everything that runs by itself does its part: the book, events and their deliveries. */
  async settle(): Promise<void> {
    await this.installation.book.flush();
    await this.installation.calls.flush();
    while ((await publishEvents(this.house)) !== null);
    for (let turn = 0; this.#isCourierOn && turn < COURIER_TURNS; turn += 1) {
      const before = this.#attempts;
      await this.#courier.look();
      await this.#courier.settled();
      if (this.#attempts === before) break;
    }
  }

  /** Answers that were sent go out, once they cannot be undone any more. */
  async sendAnswers(): Promise<void> {
    this.at(this.#now + UNDO_MS);
    await this.#answers?.look();
  }

  /** Ends: what was noted is written. */
  async close(): Promise<void> {
    await this.settle();
    await this.#app.close();
    await this.installation.book.close();
    this.#caller.close();
  }

  async #eatsToken(): Promise<string> {
    if (this.#now < this.#token.until) return this.#token.value;
    const payload = new URLSearchParams({
      client_id: this.#keys.clientId,
      client_secret: this.#keys.clientSecret,
      grant_type: "client_credentials",
    }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const url = "/yandex-eats/security/oauth/token";
    const answer = await this.#app.inject({ method: "POST", url, headers, payload });
    const { access_token: value, expires_in: seconds } = answer.json() as {
      access_token: string;
      expires_in: number;
    };
    this.#token = { value, until: this.#now + seconds * 900 };
    return value;
  }

  async #inject(method: string, url: string, headers: Readonly<Record<string, string>>, body?: object) {
    const answer = await this.#app.inject({
      method: method as "GET",
      url,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${url} was answered ${answer.statusCode}: ${answer.body.slice(0, 600)}`);
    return answer;
  }
}

/** What the people of the demo sit at. */
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
