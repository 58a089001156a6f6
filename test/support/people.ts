// People of an API under test: made by links as in life, and calling through their cookies like a browser.
import type { LightMyRequestResponse } from "fastify";
import { makeFirstLink } from "../../src/flows/index.ts";
import type { Database } from "../../src/storage/index.ts";
import type { ApiUnderTest, CallOptions } from "./api.ts";

/** A password that is taken. */
export const PASSWORD = "лошадь батарея скрепка";

/** Login of the first administrator of a test. */
export const OWNER = "owner";

/** A browser: it keeps the cookie and sends the proof. */
export class Browser {
  readonly #api: ApiUnderTest;
  readonly address: string;
  cookie: string | null = null;
  csrf = "";

  constructor(api: ApiUnderTest, address = "127.0.0.1") {
    this.#api = api;
    this.address = address;
  }

  /** Calls as the console's page does. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<LightMyRequestResponse> {
    const answer = await this.#api.call(method, `/api/v1${path}`, {
      token: null,
      address: this.address,
      ...(body === undefined ? {} : { body }),
      ...options,
      headers: {
        "sec-fetch-site": "same-origin",
        "user-agent": "a browser",
        ...(this.cookie === null ? {} : { cookie: `theme=dark; __Host-prilavok=${this.cookie}` }),
        ...(method === "GET" || this.csrf === "" ? {} : { "x-csrf": this.csrf }),
        ...options.headers,
      },
    });
    const set = answer.cookies.find(({ name }) => name === "__Host-prilavok");
    if (set !== undefined) this.cookie = set.value === "" ? null : set.value;
    if (answer.statusCode === 200 && answer.headers["content-type"]?.toString().includes("json")) {
      const { csrf } = answer.json() as { csrf?: string };
      if (csrf !== undefined) this.csrf = csrf;
    }
    return answer;
  }

  /** Signs in. */
  signIn(login: string, password = PASSWORD, code?: string): Promise<LightMyRequestResponse> {
    return this.call("POST", "/session", { login, password, ...(code === undefined ? {} : { code }) });
  }
}

/** A house without people again. */
export async function forgetPeople(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    for (const table of ["api_token", "person_link", "person_recovery_code", "person_session", "person"])
      await tx.run(`delete from ${table}`);
  });
}

/** Makes the first administrator by the first link; gives their browser. */
export async function firstPerson(api: ApiUnderTest): Promise<Browser> {
  const link = await makeFirstLink(api.house, api.secrets);
  const browser = new Browser(api);
  const answer = await browser.call("POST", "/session/link", {
    link,
    login: OWNER,
    name: "Owner",
    password: PASSWORD,
  });
  if (answer.statusCode !== 200) throw new Error(`no first person: ${answer.body}`);
  return browser;
}
