// A real server of either engine as Yandex Eats and its operator see it: the recorded requests' door and the API.
import { join } from "node:path";
import { request } from "undici";
import { expect } from "vitest";
import { openDatabase } from "../../src/storage/index.ts";
import {
  CREDENTIALS,
  runCli,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

/** An answer; its body as JSON where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** What the API shows of a record, as far as it is looked at here. */
export interface Shown {
  readonly id: string;
  readonly clientId: string;
  readonly feedbackId: string | null;
  readonly eatsId: string;
  readonly restaurantId: string;
  readonly effect: string;
  readonly warnings: readonly string[];
  readonly instants: Readonly<Record<string, string | null>>;
  readonly canReply: boolean;
  readonly isUnassigned: boolean;
  readonly deliveries: number;
  readonly revisions: readonly unknown[];
}

/** How the face reads. */
export type Mode = "tolerant" | "strict";

/** A place with its server, which is running from the first. */
export interface EatsStand {
  /** Another start on an empty store, with every token issued before it expired long ago. */
  restart(mode: Mode): Promise<void>;
  /** Stops it and removes everything. */
  remove(): Promise<void>;
  /** One request below the channel's base path. */
  call(method: "POST" | "GET", path: string, headers: Record<string, string>, body?: string): Promise<Answer>;
  /** Newest first; without an order number, those of any order. */
  records(eatsId?: string): Promise<readonly Shown[]>;
  /** The token that stands for a placeholder of the samples; a good one is issued when it is first asked for. */
  token(placeholder: string): Promise<string>;
}

/** Body that a good token gets 400 for and any other 401. */
const NOTHING = "{}";

/** Placeholders of good tokens and the scopes that they are issued with. */
const SCOPES: Readonly<Record<string, string>> = {
  "{{VALID_TOKEN}}": "read write",
  "{{READ_ONLY_TOKEN}}": "read",
};

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** A server in tolerant mode with the world of the samples, and a token that was taken back. */
export async function makeEatsStand(engine: "sqlite" | "postgres"): Promise<EatsStand> {
  const place = await serverPlace(engine, {
    // A machine that runs other suites beside this one is slow, and the samples come faster than customers write.
    PRILAVOK_LIMITS_EVENT_LOOP_DELAY: "1h",
    PRILAVOK_LIMITS_FEEDBACK_RATE: "100000",
  });
  const tokens = new Map<string, string>();
  let server: ServerProcess | undefined;

  const call: EatsStand["call"] = async (method, path, headers, body) => {
    const answer = await request(`${server?.url}/yandex-eats${path}`, {
      method,
      headers,
      ...(method === "POST" ? { body: Buffer.from(body ?? "", "utf8") } : {}),
    });
    return { status: answer.statusCode, headers: answer.headers, body: parsed(await answer.body.text()) };
  };
  const open = async (mode: Mode): Promise<void> => {
    const environment = { ...place.environment, PRILAVOK_YANDEX_EATS_MODE: mode };
    server = await startServer({ ...place, environment });
    for (const placeholder of Object.keys(SCOPES)) tokens.delete(placeholder);
  };

  const token: EatsStand["token"] = async (placeholder) => {
    const scope = SCOPES[placeholder];
    const known = tokens.get(placeholder);
    if (known !== undefined) return known;
    if (scope === undefined) throw new Error(`no token stands for ${placeholder}`);
    const fresh = await issued(call, CREDENTIALS, scope);
    tokens.set(placeholder, fresh);
    return fresh;
  };

  await open("tolerant");
  await command(place, ["import", "world", join("examples", "irp-samples-world")]);
  tokens.set("{{REVOKED_TOKEN}}", await revokedToken(place, call));

  return {
    call,
    token,
    restart: async (mode) => {
      // Issuing a token forgets those that have expired: each restart needs one from just before it.
      tokens.set("{{EXPIRED_TOKEN}}", await token("{{VALID_TOKEN}}"));
      expect(await server?.stop()).toBe(0);
      await emptyStore(place);
      await open(mode);
    },
    remove: async () => {
      await server?.stop();
      await place.remove();
    },
    records: async (eatsId) => {
      const query = new URLSearchParams({
        source: "yandex-eats",
        ...(eatsId === undefined ? {} : { eatsId }),
      });
      const answer = await request(`${server?.url}/api/v1/feedback?${query}`, {
        headers: { authorization: `Bearer ${CREDENTIALS.apiToken}` },
      });
      expect(answer.statusCode).toBe(200);
      return ((await answer.body.json()) as { items: Shown[] }).items;
    },
  };
}

/** A token of these credentials, which the server takes. */
async function issued(
  call: EatsStand["call"],
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  scope: string,
): Promise<string> {
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials", scope };
  const answer = await call("POST", "/security/oauth/token", FORM, new URLSearchParams(form).toString());
  expect(answer.status).toBe(200);
  const { access_token: token } = answer.body as { access_token: string };
  expect(await isTaken(call, token)).toBe(true);
  return token;
}

/** Whether the server takes a token: it then says what is wrong with the body. */
export async function isTaken(call: EatsStand["call"], token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const { status } = await call("POST", "/v1/feedback", headers, NOTHING);
  expect([400, 401]).toContain(status);
  return status === 400;
}

/** A token of a client that was made and taken back by command while the server runs. */
async function revokedToken(place: ServerPlace, call: EatsStand["call"]): Promise<string> {
  const made = await command(place, ["client", "create", "yandex-eats", "--json"]);
  const { clientId, secret } = JSON.parse(made) as { clientId: string; secret: string };
  const token = await issued(call, { clientId, clientSecret: secret }, "read write");
  await command(place, ["client", "revoke", "yandex-eats", clientId]);
  expect(await isTaken(call, token)).toBe(false);
  return token;
}

/** What a command printed that did what it was asked. */
async function command(place: ServerPlace, argv: readonly string[]): Promise<string> {
  const { code, out, error } = await runCli(place, argv);
  expect(code, out + error).toBe(0);
  return out;
}

/** Makes the store of a stopped server empty but for the world, and every token in it one of ten days ago. */
async function emptyStore(place: ServerPlace): Promise<void> {
  const database = await openDatabase({ url: place.databaseUrl });
  const expired = await database.transaction(async (tx) => {
    for (const table of ["feedback_revision", "feedback_item", "delivery"]) {
      await tx.run(`delete from ${table}`);
    }
    return tx.run(
      "update oauth_token set issued_at = issued_at - 864000000, accepted_until = accepted_until - 864000000",
    );
  });
  await database.close();
  expect(expired).toBeGreaterThanOrEqual(1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
