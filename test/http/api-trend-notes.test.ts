// Notes on the trend by the API: written and removed by who may, each outlet's people beside their own and the general ones.
import { beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { Browser, firstPerson, PASSWORD } from "../support/people.ts";

const PATH = "/api/v1/desk/trend-notes";
const NOVEMBER = `${PATH}?from=2026-11-01&to=2026-11-30`;

forEachEngine("notes on the trend", (engine) => {
  let api: ApiUnderTest;
  let owner: Browser;
  beforeAll(async () => {
    api = apiOn(engine.database);
    owner = await firstPerson(api);
  });

  async function personOf(login: string, role: string, outlets: string[]): Promise<Browser> {
    const { id } = (await owner.call("POST", "/people", { login, name: login, role, outlets })).json();
    const { link } = (await owner.call("POST", `/people/${id}/link`, {})).json();
    const person = new Browser(api);
    await person.call("POST", "/session/link", { link, password: PASSWORD });
    return person;
  }
  const notes = async (path = NOVEMBER) =>
    (await api.call("GET", path)).json().notes as readonly { id: string; text: string }[];
  const write = async (body: object) => api.call("POST", PATH, { body });

  test("a note is of its day, its outlet and its source, and goes with an entry in the audit log", async () => {
    const made = await write({ day: "2026-11-05", text: "  A new menu " });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({
      day: "2026-11-05",
      branchId: null,
      source: null,
      text: "A new menu",
    });
    const wish = {
      day: "2026-11-09",
      branchId: "mira",
      source: "yandex-eats",
      text: "Another courier partner",
    };
    expect((await write(wish)).json()).toMatchObject(wish);
    expect((await notes()).map(({ text }) => text)).toEqual(["Another courier partner", "A new menu"]);
    expect(await notes(`${PATH}?from=2026-11-06&to=2026-11-08`)).toEqual([]);
    expect((await notes(`${PATH}?from=2026-11-05&to=2026-11-05`)).length).toBe(1);
    const { id } = made.json();
    expect((await api.call("DELETE", `${PATH}/${id}`)).statusCode).toBe(204);
    expect((await api.call("DELETE", `${PATH}/${id}`)).statusCode).toBe(404);
    expect((await notes()).length).toBe(1);
    const { items } = (await api.call("GET", "/api/v1/audit/entries?limit=100")).json();
    const actions = items.map(({ action }: { action: string }) => action);
    expect(actions).toContain("feedback.createTrendNote");
    expect(actions).toContain("feedback.removeTrendNote");
  });

  test("no text, too much of it, no day and an unknown source are refused", async () => {
    for (const wrong of [
      { day: "2026-11-05", text: "   " },
      { day: "2026-11-05", text: "" },
      { day: "2026-11-05", text: "x".repeat(201) },
      { day: "2026-02-30", text: "A new menu" },
      { day: "yesterday", text: "A new menu" },
      { day: "2026-11-05", text: "A new menu", source: "elsewhere" },
    ])
      expect([wrong, (await write(wrong)).statusCode]).toEqual([wrong, 400]);
    expect((await write({ day: "2026-11-05", text: "x".repeat(200) })).statusCode).toBe(201);
    expect((await api.call("GET", `${PATH}?from=2026-02-30`)).statusCode).toBe(400);
    expect(await notes(PATH)).toEqual(await notes());
  });

  test("people of an outlet see, write and remove its notes and the general ones, and no others", async () => {
    const far = (await write({ day: "2026-11-11", branchId: "zavod", text: "Of the factory" })).json();
    const own = (await write({ day: "2026-11-11", branchId: "mira", text: "Of Mira" })).json();
    const general = (await write({ day: "2026-11-11", text: "Of all" })).json();
    const person = await personOf("agent", "agent", ["mira"]);
    const seen = (await person.call("GET", "/desk/trend-notes?from=2026-11-11&to=2026-11-11")).json().notes;
    expect(seen.map(({ id }: { id: string }) => id).sort()).toEqual([own.id, general.id].sort());
    const there = { day: "2026-11-12", branchId: "zavod", text: "Not mine" };
    expect((await person.call("POST", "/desk/trend-notes", there)).statusCode).toBe(403);
    expect((await person.call("DELETE", `/desk/trend-notes/${far.id}`)).statusCode).toBe(404);
    for (const branchId of ["mira", null])
      expect((await person.call("POST", "/desk/trend-notes", { ...there, branchId })).statusCode).toBe(201);
    for (const { id } of [own, general])
      expect((await person.call("DELETE", `/desk/trend-notes/${id}`)).statusCode).toBe(204);
    expect((await notes(`${PATH}?from=2026-11-11&to=2026-11-11`)).map(({ id }) => id)).toEqual([far.id]);
  });

  test("who only looks writes none", async () => {
    const viewer = await personOf("viewer", "viewer", ["mira"]);
    const wish = { day: "2026-11-12", text: "Seen" };
    expect((await viewer.call("POST", "/desk/trend-notes", wish)).statusCode).toBe(403);
    expect((await viewer.call("GET", "/desk/trend-notes?from=2026-11-01&to=2026-11-30")).statusCode).toBe(
      200,
    );
  });
});
