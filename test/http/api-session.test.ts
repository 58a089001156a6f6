// Sessions over HTTP: how they begin, what they carry, how they end, and who may not use them.
import { beforeEach, describe, expect, test } from "vitest";
import { makeFirstLink } from "../../src/flows/index.ts";
import { ADMIN, type ApiUnderTest, apiOn, SESSION_TERMS } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { Browser, firstPerson, forgetPeople, OWNER, PASSWORD } from "../support/people.ts";

const MINUTE = 60_000;

forEachEngine("sessions", (engine) => {
  let api: ApiUnderTest;
  let owner: Browser;

  beforeEach(async () => {
    api = apiOn(engine.database);
    await forgetPeople(engine.database);
    owner = await firstPerson(api);
  });

  const codeOf = (answer: { json(): unknown }) => (answer.json() as { code?: string }).code;

  describe("beginning", () => {
    test("the first link makes an administrator and signs in; it works once", async () => {
      const me = (await owner.call("GET", "/session")).json();
      expect(me.person).toMatchObject({
        login: OWNER,
        role: "administrator",
        outlets: null,
        promoCeiling: 40,
      });
      expect(me.person.scopes).toContain("tokens:write");
      expect(await makeFirstLink(api.house, api.secrets)).toBeNull();
    });

    test("the cookie is bound to the host, hidden from scripts and sent over https only", async () => {
      const answer = await new Browser(api).signIn(OWNER);
      const set = String(answer.headers["set-cookie"]);
      expect(set).toMatch(
        /^__Host-prilavok=prs_[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
      );
      expect(set).not.toMatch(/domain/i);
      expect(answer.headers["cache-control"]).toBe("no-store");
    });

    test("every sign-in has a new id, also of a browser that held one: that one ends", async () => {
      const before = owner.cookie;
      await owner.signIn(OWNER);
      expect(owner.cookie).not.toBe(before);
      const held = new Browser(api);
      held.cookie = before;
      expect((await held.call("GET", "/session")).statusCode).toBe(401);
      expect((await owner.call("GET", "/session")).statusCode).toBe(200);
    });

    test("an id that somebody else chose is never taken up", async () => {
      const fixed = new Browser(api);
      fixed.cookie = "prs_chosen-by-somebody-else";
      await fixed.signIn(OWNER);
      expect(fixed.cookie).not.toBe("prs_chosen-by-somebody-else");
    });

    test("login is read in any case; a wrong password and an unknown login are answered the same", async () => {
      expect((await new Browser(api).signIn(" OWNER ")).statusCode).toBe(200);
      const wrong = await new Browser(api).signIn(OWNER, "wrong password here");
      const unknown = await new Browser(api).signIn("nobody", "wrong password here");
      expect([wrong.statusCode, codeOf(wrong)]).toEqual([401, "wrong_credentials"]);
      const { instance: _one, ...left } = wrong.json();
      const { instance: _other, ...right } = unknown.json();
      expect(left).toEqual(right);
    });

    test("an unknown login costs as many hashes as a known one: one", async () => {
      for (const login of [OWNER, "nobody", "x".repeat(100)]) {
        const before = api.passwords.made;
        await new Browser(api).signIn(login, "wrong password here");
        expect([login, api.passwords.made - before]).toEqual([login, 1]);
      }
    });

    test("a sixth session ends the first", async () => {
      const browsers: Browser[] = [];
      for (let at = 0; at < 5; at += 1) {
        api.pass(1);
        const browser = new Browser(api);
        await browser.signIn(OWNER);
        browsers.push(browser);
      }
      expect((await owner.call("GET", "/session")).statusCode).toBe(401);
      for (const browser of browsers) expect((await browser.call("GET", "/session")).statusCode).toBe(200);
    });
  });

  describe("ending", () => {
    test("signing out ends the session and nothing else", async () => {
      const other = new Browser(api);
      await other.signIn(OWNER);
      const cookie = owner.cookie;
      const answer = await owner.call("DELETE", "/session");
      expect(answer.statusCode).toBe(204);
      expect(String(answer.headers["set-cookie"])).toContain("Max-Age=0");
      owner.cookie = cookie;
      expect((await owner.call("GET", "/session")).statusCode).toBe(401);
      expect((await other.call("GET", "/session")).statusCode).toBe(200);
    });

    test("a session ends when it rests, and a used one does not", async () => {
      const resting = new Browser(api);
      await resting.signIn(OWNER);
      for (let at = 0; at < 4; at += 1) {
        api.pass(SESSION_TERMS.idleMs / 3);
        expect((await owner.call("GET", "/session")).statusCode).toBe(200);
      }
      expect((await resting.call("GET", "/session")).statusCode).toBe(401);
    });

    test("a session ends after its time however much it is used", async () => {
      let passed = 0;
      while (passed + 30 * MINUTE < SESSION_TERMS.absoluteMs) {
        api.pass(30 * MINUTE);
        passed += 30 * MINUTE;
        expect((await owner.call("GET", "/session")).statusCode).toBe(200);
      }
      api.pass(30 * MINUTE);
      expect((await owner.call("GET", "/session")).statusCode).toBe(401);
    });

    test("a new password ends the others at once, on a server that did not change it within a second", async () => {
      const elsewhere = apiOn(engine.database);
      const other = new Browser(elsewhere);
      await other.signIn(OWNER);
      expect((await other.call("GET", "/session")).statusCode).toBe(200);
      const changed = await owner.call("PUT", "/session/password", {
        old: PASSWORD,
        new: "скрепка лошадь овёс",
      });
      expect(changed.statusCode).toBe(204);
      expect((await owner.call("GET", "/session")).statusCode).toBe(200);
      elsewhere.pass(1000);
      expect((await other.call("GET", "/session")).statusCode).toBe(401);
      expect((await new Browser(api).signIn(OWNER)).statusCode).toBe(401);
      expect((await new Browser(api).signIn(OWNER, "скрепка лошадь овёс")).statusCode).toBe(200);
    });

    test("sessions are listed, and one of them is ended by its id", async () => {
      const other = new Browser(api);
      await other.signIn(OWNER);
      const { items } = (await owner.call("GET", "/session/list")).json();
      expect(items.map(({ isThis }: { isThis: boolean }) => isThis).sort()).toEqual([false, true]);
      const id = items.find(({ isThis }: { isThis: boolean }) => !isThis).id;
      expect((await owner.call("DELETE", `/session/list/${id}`)).statusCode).toBe(204);
      expect((await other.call("GET", "/session")).statusCode).toBe(401);
      expect((await owner.call("DELETE", `/session/list/${id}`)).statusCode).toBe(404);
    });
  });

  describe("calls of other pages", () => {
    const foreign: Record<string, string>[] = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "same-origin", "x-csrf": "" },
      { "sec-fetch-site": "same-origin", "x-csrf": "guessed" },
    ];

    test.each(foreign)("change nothing: %o", async (headers) => {
      const answer = await owner.call(
        "PUT",
        "/session/settings",
        { language: "en", theme: "dark" },
        { headers },
      );
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, "cross_site"]);
      expect((await owner.call("GET", "/session")).json().person.theme).toBe("system");
    });

    test("of a browser that only says Origin are told by it", async () => {
      const ask = (origin: string) =>
        api.call("PUT", "/api/v1/session/settings", {
          token: null,
          body: { language: null, theme: "dark" },
          headers: {
            cookie: `__Host-prilavok=${owner.cookie}`,
            "x-csrf": owner.csrf,
            host: "shop.example",
            origin,
          },
        });
      expect((await ask("https://evil.example")).statusCode).toBe(403);
      expect((await ask("null")).statusCode).toBe(403);
      expect((await ask("https://shop.example")).statusCode).toBe(200);
    });

    test("sign nobody in", async () => {
      const answer = await new Browser(api).call(
        "POST",
        "/session",
        { login: OWNER, password: PASSWORD },
        { headers: { "sec-fetch-site": "cross-site" } },
      );
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, "cross_site"]);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    });

    test("cannot use a form: only JSON is read", async () => {
      const answer = await owner.call("PUT", "/session/settings", undefined, {
        raw: "theme=dark",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
      expect(answer.statusCode).toBe(415);
    });
  });

  describe("tokens and cookies together", () => {
    test("a wrong cookie never shadows a right token", async () => {
      const answer = await api.call("GET", "/api/v1/tokens", {
        token: ADMIN,
        headers: { cookie: "__Host-prilavok=prs_wrong" },
      });
      expect(answer.statusCode).toBe(200);
    });

    test("a token needs no proof, even where a cookie comes with it", async () => {
      const answer = await api.call("POST", "/api/v1/tokens", {
        token: ADMIN,
        body: { label: "t", scopes: ["orders:read"] },
        headers: { cookie: `__Host-prilavok=${owner.cookie}`, "sec-fetch-site": "cross-site" },
      });
      expect(answer.statusCode).toBe(201);
    });

    test("a token is nobody's session", async () => {
      const answer = await api.call("GET", "/api/v1/session", { token: ADMIN });
      expect(answer.statusCode).toBe(403);
    });

    test("two cookies of the name are none", async () => {
      const answer = await owner.call("GET", "/session", undefined, {
        headers: { cookie: `__Host-prilavok=${owner.cookie}; __Host-prilavok=prs_other` },
      });
      expect(answer.statusCode).toBe(401);
    });

    test("a tab left open with an ended session does not make its address wait", async () => {
      const stale = new Browser(api, "10.4.0.1");
      stale.cookie = "prs_ended";
      for (let at = 0; at < 50; at += 1) expect((await stale.call("GET", "/session")).statusCode).toBe(401);
      expect((await new Browser(api, "10.4.0.1").signIn(OWNER)).statusCode).toBe(200);
    });
  });

  describe("calls that need the password anew", () => {
    test("are refused ten minutes after it was given, and let in when it is given again", async () => {
      const make = () => owner.call("POST", "/tokens", { label: "t", scopes: ["orders:read"] });
      expect((await make()).statusCode).toBe(201);
      api.pass(10 * MINUTE);
      const stale = await make();
      expect([stale.statusCode, codeOf(stale)]).toEqual([403, "fresh_session_needed"]);
      expect((await owner.call("GET", "/tokens")).statusCode).toBe(200);
      expect((await owner.call("POST", "/session/fresh", { password: "wrong password" })).statusCode).toBe(
        401,
      );
      expect((await make()).statusCode).toBe(403);
      expect((await owner.call("POST", "/session/fresh", { password: PASSWORD })).statusCode).toBe(200);
      expect((await make()).statusCode).toBe(201);
    });
  });

  test("points are corrected by hand only with the password given just now", async () => {
    api.pass(10 * MINUTE);
    const body = { customerId: "u-1", points: 5, reason: "a reason" };
    expect(codeOf(await owner.call("POST", "/loyalty/corrections", body))).toBe("fresh_session_needed");
  });

  test("nothing that opens anything stands in the database or in the log", async () => {
    const dump = await engine.database.read(async (tx) =>
      JSON.stringify([
        await tx.rows("select * from person"),
        await tx.rows("select * from person_session"),
        await tx.rows("select * from person_link"),
        await tx.rows("select * from audit_entry"),
      ]),
    );
    for (const secret of [PASSWORD, String(owner.cookie), owner.csrf]) {
      expect(dump).not.toContain(secret);
      expect(api.logged.join("\n")).not.toContain(secret);
    }
    expect(dump).toContain("$argon2id$");
  });
});
