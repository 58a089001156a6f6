// People over HTTP: invited, changed, blocked, removed; the second factor; links that two use at once; guessing.
// Long because links, roles and guesses need the same few people.
import { generateSync } from "otplib";
import { beforeEach, describe, expect, test } from "vitest";
import { LINK_MS, makeFirstLink, proveAudit } from "../../src/flows/index.ts";
import { administrators, findLink } from "../../src/storage/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { Browser, firstPerson, forgetPeople, OWNER, PASSWORD } from "../support/people.ts";

const MINUTE = 60_000;

forEachEngine("people", (engine) => {
  let api: ApiUnderTest;
  let owner: Browser;

  beforeEach(async () => {
    api = apiOn(engine.database);
    await forgetPeople(engine.database);
    owner = await firstPerson(api);
  });

  const codeOf = (answer: { json(): unknown }) => (answer.json() as { code?: string }).code;

  async function invited(login: string, role = "agent", outlets: string[] | null = null) {
    const made = await owner.call("POST", "/people", { login, name: login, role, outlets });
    expect(made.statusCode).toBe(201);
    return made.json();
  }

  async function linkFor(id: string, body: object = {}) {
    const made = await owner.call("POST", `/people/${id}/link`, body);
    expect(made.statusCode).toBe(201);
    return made.json();
  }

  async function entered(login: string, role = "agent", outlets: string[] | null = null) {
    const person = await invited(login, role, outlets);
    const { link } = await linkFor(person.id);
    const browser = new Browser(api);
    expect((await browser.call("POST", "/session/link", { link, password: PASSWORD })).statusCode).toBe(200);
    return { person, browser };
  }

  async function auditOf(
    id: string,
  ): Promise<{ action: string; actor: string; details: Record<string, unknown> }[]> {
    return (await owner.call("GET", `/audit/entries?subject=${id}&limit=100`)).json().items;
  }

  describe("an invitation", () => {
    test("lets its person choose a password, once, for a day", async () => {
      const person = await invited("agent-1");
      const made = await linkFor(person.id);
      expect(made).toMatchObject({ kind: "invitation", path: `/welcome#${made.link}` });
      const seen = await new Browser(api).call("POST", "/session/link/look", { link: made.link });
      expect(seen.json()).toEqual({ kind: "invitation", login: "agent-1", name: "agent-1" });
      const browser = new Browser(api, "10.7.0.1");
      const used = await browser.call("POST", "/session/link", { link: made.link, password: PASSWORD });
      expect(used.json().person).toMatchObject({ login: "agent-1", role: "agent", promoCeiling: 15 });
      const again = await new Browser(api).call("POST", "/session/link", {
        link: made.link,
        password: PASSWORD,
      });
      expect([again.statusCode, codeOf(again)]).toEqual([410, "link_ended"]);
      const other = await invited("agent-2");
      const late = await linkFor(other.id);
      api.pass(LINK_MS);
      const over = await new Browser(api).call("POST", "/session/link", {
        link: late.link,
        password: PASSWORD,
      });
      expect(codeOf(over)).toBe("link_ended");
    });

    test("made anew ends the one before", async () => {
      const person = await invited("agent-1");
      const first = await linkFor(person.id);
      await linkFor(person.id);
      const used = await new Browser(api).call("POST", "/session/link", {
        link: first.link,
        password: PASSWORD,
      });
      expect(codeOf(used)).toBe("link_ended");
    });

    test("takes no weak password and stays good", async () => {
      const person = await invited("agent-1");
      const { link } = await linkFor(person.id);
      for (const password of ["short", "password1234", "agent-1agent-1"]) {
        const weak = await new Browser(api).call("POST", "/session/link", { link, password });
        expect([weak.statusCode, codeOf(weak)]).toEqual([422, "weak_password"]);
      }
      const used = await new Browser(api).call("POST", "/session/link", { link, password: PASSWORD });
      expect(used.statusCode).toBe(200);
    });

    test("used by ten at once lets exactly one in", async () => {
      const person = await invited("agent-1");
      const { link } = await linkFor(person.id);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          new Browser(api).call("POST", "/session/link", { link, password: PASSWORD }),
        ),
      );
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(9).fill(410)]);
    });

    test("the same ten, with a link that is looked at and then deleted, let more than one in", async () => {
      const person = await invited("agent-1");
      const { link } = await linkFor(person.id);
      const hash = api.secrets.hash(link);
      const naive = async () => {
        const found = await engine.database.read((tx) => findLink(tx, hash, api.house.now()));
        if (found === null) return false;
        await engine.database.transaction((tx) => tx.run("delete from person_link where hash = ?", [hash]));
        return true;
      };
      const let_in = await Promise.all(Array.from({ length: 10 }, naive));
      expect(let_in.filter((one) => one).length).toBeGreaterThan(1);
    });
  });

  describe("the first link", () => {
    beforeEach(() => forgetPeople(engine.database));

    const use = (browser: Browser, link: string, headers: Record<string, string> = {}) =>
      browser.call(
        "POST",
        "/session/link",
        { link, login: OWNER, name: "O", password: PASSWORD },
        { headers },
      );

    test("works on the server's own machine only, also not through a proxy that does not say so", async () => {
      const link = (await makeFirstLink(api.house, api.secrets)) as string;
      const far = await use(new Browser(api, "192.168.1.7"), link);
      expect([far.statusCode, codeOf(far)]).toEqual([403, "link_not_here"]);
      for (const name of ["x-forwarded-for", "forwarded", "via"]) {
        const proxied = await use(new Browser(api), link, { [name]: "for=192.168.1.7" });
        expect([name, codeOf(proxied)]).toEqual([name, "link_not_here"]);
      }
      expect((await use(new Browser(api), link)).statusCode).toBe(200);
    });

    test("ends after ten minutes", async () => {
      const link = (await makeFirstLink(api.house, api.secrets)) as string;
      api.pass(10 * MINUTE);
      expect(codeOf(await use(new Browser(api), link))).toBe("link_ended");
    });

    test("used by ten at once makes one person", async () => {
      const link = (await makeFirstLink(api.house, api.secrets)) as string;
      const answers = await Promise.all(Array.from({ length: 10 }, () => use(new Browser(api), link)));
      expect(answers.filter(({ statusCode }) => statusCode === 200).length).toBe(1);
      const rows = await engine.database.read((tx) => tx.rows("select id from person"));
      expect(rows.length).toBe(1);
    });
  });

  describe("an administrator", () => {
    test("changes a role, and it holds at once; before and after are in the log", async () => {
      const { person, browser } = await entered("agent-1");
      expect((await browser.call("GET", "/webhooks")).statusCode).toBe(403);
      const changed = await owner.call("PUT", `/people/${person.id}`, {
        name: "Agent",
        role: "marketer",
        outlets: null,
        isBlocked: false,
        version: person.version,
      });
      expect(changed.json()).toMatchObject({ role: "marketer", version: 2 });
      expect((await browser.call("GET", "/webhooks")).statusCode).toBe(200);
      // Ids of tests begin anew with each of them: the last entries are ours.
      const log = (await auditOf(person.id)).slice(-4);
      expect(log.map(({ action }) => action)).toEqual([
        "person.invited",
        "person.link",
        "person.invitation_used",
        "person.changed",
      ]);
      expect(log.at(-1)?.details).toMatchObject({
        before: { role: "agent" },
        after: { role: "marketer", name: "Agent" },
        address: "127.0.0.1",
      });
      expect((await proveAudit(api.house)).brokenAt).toBeNull();
    });

    test("blocks somebody, who is signed out at once and cannot come back", async () => {
      const { person, browser } = await entered("agent-1");
      const { name, role, outlets, version } = person;
      await owner.call("PUT", `/people/${person.id}`, { name, role, outlets, version, isBlocked: true });
      expect((await browser.call("GET", "/session")).statusCode).toBe(401);
      expect(codeOf(await new Browser(api).signIn("agent-1"))).toBe("wrong_credentials");
      expect((await owner.call("POST", `/people/${person.id}/link`, {})).statusCode).toBe(404);
    });

    test("is not quicker than another one: an old version changes nothing", async () => {
      const { person } = await entered("agent-1");
      const body = { name: "x", role: "viewer", outlets: null, isBlocked: false, version: person.version };
      expect((await owner.call("PUT", `/people/${person.id}`, body)).statusCode).toBe(200);
      expect(codeOf(await owner.call("PUT", `/people/${person.id}`, body))).toBe("stale_version");
    });

    test("cannot leave the house without one", async () => {
      const me = (await owner.call("GET", "/session")).json().person;
      const body = { name: "x", role: "viewer", outlets: null, isBlocked: false, version: 1 };
      expect(codeOf(await owner.call("PUT", `/people/${me.id}`, body))).toBe("last_administrator");
      expect(codeOf(await owner.call("DELETE", `/people/${me.id}`))).toBe("last_administrator");
      await entered("second", "administrator");
      expect((await owner.call("PUT", `/people/${me.id}`, body)).statusCode).toBe(200);
    });

    test("of two who take the role from each other at once one stays", async () => {
      const me = (await owner.call("GET", "/session")).json().person;
      const { person, browser } = await entered("second", "administrator");
      const demote = (by: Browser, id: string) =>
        by.call("PUT", `/people/${id}`, {
          name: "x",
          role: "viewer",
          outlets: null,
          isBlocked: false,
          version: 1,
        });
      const answers = await Promise.all([demote(owner, person.id), demote(browser, me.id)]);
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    });

    test("the same two, counted before and changed after, leave nobody", async () => {
      await entered("second", "administrator");
      const ids = await engine.database.read((tx) => administrators(tx));
      expect(ids.length).toBe(2);
      // Both look before either changes: what nothing forbids without the lock.
      const looks = ids.map(() => engine.database.read((tx) => administrators(tx)));
      const naive = async (id: string): Promise<void> => {
        const [seen] = await Promise.all(looks);
        if (seen?.length === 1) return;
        await engine.database.transaction((tx) =>
          tx.run("update person set role = 'viewer' where id = ?", [id]),
        );
      };
      await Promise.all(ids.map(naive));
      expect(await engine.database.read((tx) => administrators(tx))).toEqual([]);
    });

    test("has all outlets, and a login once", async () => {
      await invited("agent-1");
      const twice = await owner.call("POST", "/people", {
        login: "AGENT-1",
        name: "x",
        role: "agent",
        outlets: null,
      });
      expect(codeOf(twice)).toBe("login_taken");
      const some = await owner.call("POST", "/people", {
        login: "a2",
        name: "x",
        role: "administrator",
        outlets: ["a"],
      });
      expect(codeOf(some)).toBe("invalid_request");
    });

    test("removes a person with everything they could come in by", async () => {
      const { person, browser } = await entered("agent-1");
      expect((await owner.call("DELETE", `/people/${person.id}`)).statusCode).toBe(204);
      expect((await browser.call("GET", "/session")).statusCode).toBe(401);
      expect((await owner.call("GET", `/people/${person.id}`)).statusCode).toBe(404);
    });

    test("sees and ends somebody's sessions", async () => {
      const { person, browser } = await entered("agent-1");
      const { items } = (await owner.call("GET", `/people/${person.id}/sessions`)).json();
      expect(items).toMatchObject([{ isThis: false, agent: "a browser" }]);
      expect((await owner.call("DELETE", `/people/${person.id}/sessions`)).statusCode).toBe(204);
      expect((await browser.call("GET", "/session")).statusCode).toBe(401);
    });
  });

  test("a token that may manage people makes nobody who may do more than itself, nor a way into their account", async () => {
    const made = await owner.call("POST", "/tokens", { label: "t", scopes: ["people:write"] });
    const { token } = made.json();
    const me = (await owner.call("GET", "/session")).json().person;
    const ask = (method: string, path: string, body: object) =>
      api.call(method, `/api/v1${path}`, { token, body });
    const person = { login: "up", name: "x", role: "administrator", outlets: null };
    expect((await ask("POST", "/people", person)).statusCode).toBe(403);
    expect((await ask("POST", `/people/${me.id}/link`, {})).statusCode).toBe(403);
    const edit = { name: "x", role: "viewer", outlets: null, isBlocked: true, version: 1 };
    expect((await ask("PUT", `/people/${me.id}`, edit)).statusCode).toBe(403);
  });

  test("names behind ids are told to who works on feedback", async () => {
    const { browser } = await entered("agent-1", "agent", ["shop-1"]);
    const { people } = (await browser.call("GET", "/people/names")).json();
    expect(people.map(({ name }: { name: string }) => name)).toEqual(["Owner", "agent-1"]);
    expect((await browser.call("GET", "/people")).statusCode).toBe(403);
  });

  describe("the second factor", () => {
    const codeAt = (secret: string) =>
      generateSync({ secret, epoch: Math.floor(api.house.now() / 1000) }) as unknown as string;

    async function withFactor() {
      const { secret, uri } = (await owner.call("POST", "/session/second-factor")).json();
      expect(uri).toContain("otpauth://totp/");
      const proved = await owner.call("PUT", "/session/second-factor", { code: codeAt(secret) });
      expect(proved.statusCode).toBe(200);
      return { secret: secret as string, recoveryCodes: proved.json().recoveryCodes as string[] };
    }

    test("is asked for after a right password only, and each code is good once", async () => {
      const { secret } = await withFactor();
      expect(codeOf(await new Browser(api).signIn(OWNER, "wrong password here"))).toBe("wrong_credentials");
      expect(codeOf(await new Browser(api).signIn(OWNER))).toBe("second_factor_needed");
      api.pass(MINUTE);
      const code = codeAt(secret);
      expect((await new Browser(api).signIn(OWNER, PASSWORD, code)).statusCode).toBe(200);
      expect(codeOf(await new Browser(api).signIn(OWNER, PASSWORD, code))).toBe("wrong_credentials");
      expect((await owner.call("GET", "/session")).json().person.hasSecondFactor).toBe(true);
    });

    test("ten sign-ins at once with one code let one in", async () => {
      const { secret } = await withFactor();
      api.pass(MINUTE);
      const code = codeAt(secret);
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, at) => new Browser(api, `10.8.0.${at}`).signIn(OWNER, PASSWORD, code)),
      );
      expect(answers.filter(({ statusCode }) => statusCode === 200).length).toBe(1);
    });

    test("the same code, looked at and then noted as used, lets more than one in", async () => {
      await withFactor();
      const me = (await owner.call("GET", "/session")).json().person;
      const step = Math.floor(api.house.now() / 1000 / 30) + 1;
      const look = () =>
        engine.database.read((tx) =>
          tx.rows<{ step: number }>("select second_factor_step as step from person where id = ?", [me.id]),
        );
      const looks = Array.from({ length: 5 }, look);
      const naive = async (): Promise<boolean> => {
        const [[row] = []] = await Promise.all(looks);
        if (row === undefined || row.step >= step) return false;
        await engine.database.transaction((tx) =>
          tx.run("update person set second_factor_step = ? where id = ?", [step, me.id]),
        );
        return true;
      };
      const let_in = await Promise.all(Array.from({ length: 5 }, naive));
      expect(let_in.filter((one) => one).length).toBeGreaterThan(1);
    });

    test("recovery codes are good once each, however they are typed", async () => {
      const { recoveryCodes } = await withFactor();
      expect(new Set(recoveryCodes).size).toBe(10);
      const [first = "", second = ""] = recoveryCodes;
      expect((await new Browser(api).signIn(OWNER, PASSWORD, first)).statusCode).toBe(200);
      expect(codeOf(await new Browser(api).signIn(OWNER, PASSWORD, first))).toBe("wrong_credentials");
      const typed = second.toUpperCase().replaceAll("-", " ");
      expect((await new Browser(api).signIn(OWNER, PASSWORD, typed)).statusCode).toBe(200);
    });

    test("is asked for by a reset, unless the link was made to take it away", async () => {
      await withFactor();
      const me = (await owner.call("GET", "/session")).json().person;
      const plain = await linkFor(me.id);
      const used = await new Browser(api).call("POST", "/session/link", {
        link: plain.link,
        password: PASSWORD,
      });
      expect(codeOf(used)).toBe("second_factor_needed");
      const dropping = await linkFor(me.id, { dropsSecondFactor: true });
      const freed = await new Browser(api).call("POST", "/session/link", {
        link: dropping.link,
        password: PASSWORD,
      });
      expect(freed.json().person.hasSecondFactor).toBe(false);
    });

    test("guessed by somebody who has the password: from everywhere they wait, and it is rung for", async () => {
      await withFactor();
      const answers: (string | undefined)[] = [];
      for (let at = 0; at < 12; at += 1)
        answers.push(codeOf(await new Browser(api, `10.9.0.${at}`).signIn(OWNER, PASSWORD, "000000")));
      expect(answers).toEqual([...Array(10).fill("wrong_credentials"), "too_many", "too_many"]);
      expect(api.alarms).toContain("second_factor_guessed");
    });

    test("is begun and ended only with the password given just now", async () => {
      api.pass(10 * MINUTE);
      expect(codeOf(await owner.call("POST", "/session/second-factor"))).toBe("fresh_session_needed");
      expect(codeOf(await owner.call("DELETE", "/session/second-factor"))).toBe("fresh_session_needed");
    });
  });

  describe("a thousand wrong passwords from many addresses", () => {
    const attack = async (tries: number) => {
      const statuses = new Map<number, number>();
      for (let at = 0; at < tries; at += 1) {
        const browser = new Browser(api, `10.${20 + Math.floor(at / 200)}.${at % 200}.1`);
        for (const password of ["guess number one", "guess number two"]) {
          const { statusCode } = await browser.signIn(OWNER, password);
          statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
        }
      }
      return statuses;
    };

    test("are slowed and rung for, and the owner gets in from anywhere else with the first try", async () => {
      const before = api.passwords.made;
      const statuses = await attack(500);
      // Once the account is attacked, an address has one try; the second costs no hash and tells nothing.
      expect((statuses.get(401) ?? 0) + (statuses.get(429) ?? 0)).toBe(1000);
      expect(statuses.get(401)).toBeLessThan(600);
      expect(api.passwords.made - before).toBe(statuses.get(401));
      expect(api.alarms.filter((kind) => kind === "sign_in_attack")).toHaveLength(1);
      expect((await new Browser(api, "192.0.2.77").signIn(OWNER)).statusCode).toBe(200);
      expect((await owner.call("GET", "/session")).statusCode).toBe(200);
      const me = (await owner.call("GET", "/session")).json().person;
      const noted = (await auditOf(me.id)).filter(({ action }) => action === "person.sign_in_failed");
      expect(noted.map(({ details }) => details["failures"])).toEqual([5, 50, 500]);
    });

    test("sent at once from one address are a thousand tries, not one", async () => {
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => new Browser(api, "10.5.0.1").signIn(OWNER, "guess number one")),
      );
      expect(answers.filter(({ statusCode }) => statusCode === 401).length).toBe(5);
      const waiting = answers.find(({ statusCode }) => statusCode === 429);
      expect(Number(waiting?.headers["retry-after"])).toBeGreaterThan(0);
    });
  });
});
