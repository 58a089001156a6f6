// Answers at a terminal: the whole way of one, its rules, and the ledger as a table.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { giveFeedback, openOutlet } from "../../test/support/answers.ts";
import { houseOver } from "../../test/support/house.ts";
import { typeAt } from "../../test/support/terminal.ts";
import { instant } from "../core/basics/index.ts";
import { migrate, openDatabase } from "../storage/index.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-answers-"));
const items: string[] = [];

beforeAll(async () => {
  mkdirSync(join(folder, "data"), { recursive: true });
  const database = await openDatabase({ url: `sqlite:${join(folder, "data", "prilavok.db")}` });
  await migrate(database, 0);
  const house = houseOver(database, instant(Date.now()));
  await openOutlet(database);
  for (const _ of [1, 2, 3]) items.push((await giveFeedback(house)).itemId);
  await database.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const type = (...argv: string[]) => typeAt(folder, ["feedback", "answer", ...argv]);
const json = async (...argv: string[]) => {
  const typed = await type(...argv, "--json");
  return { code: typed.code, body: typed.out === "" ? null : JSON.parse(typed.out) };
};

test("an answer is drafted, checked, sent and taken back", async () => {
  const [item = ""] = items;
  expect((await type("draft", item)).code).toBe(2);
  expect((await type("draft", item, "--text", "x", "--promo", "25")).error).toContain("promo not offered");
  expect((await type("draft", "none", "--text", "x")).error).toContain("not found");
  const made = await json("draft", item, "--text", "Звоните +7 912 345-67-89");
  const { id } = made.body.answer;
  expect((await type("check", id)).out).toBe("to be confirmed  phone\n");
  expect(await type("send", id)).toMatchObject({
    code: 1,
    out: "It is kept back:\nto be confirmed  phone\n",
  });
  expect((await type("send", id, "--confirm", "phone")).out).toContain("It goes in ten seconds");
  expect((await type("list", "--state", "queued")).out).toContain("Звоните");
  expect((await type("list", "--state", "odd")).code).toBe(2);
  expect((await type("list", "--limit", "0")).code).toBe(2);
  expect((await type("offer", item)).out).toContain("forbids  answer_on_its_way");
  expect((await type("undo", id)).out).toContain("It is a draft again");
  expect((await type("show", id)).out).toContain("draft");
  expect((await type("resolve", id)).code).toBe(2);
  expect((await type("resolve", id, "--sent")).out).toBe("Not done: wrong state.\n");
  expect((await type("drop", id)).out).toBe("Dropped.\n");
  expect((await type("drop", id)).code).toBe(1);
  expect((await type("show", "none")).error).toContain("no such answer");
  expect((await type("offer", "none")).code).toBe(1);
});

test("who asked does not approve", async () => {
  const [, item = ""] = items;
  const { id } = (await json("draft", item, "--text", "Дарим скидку.", "--promo", "30")).body.answer;
  expect((await type("send", id)).out).toContain("It waits for a second person");
  expect(await type("approve", id)).toMatchObject({ code: 1, out: "Not done: same person.\n" });
  expect((await json("decline", id)).body.kind).toBe("taken_back");
});

test("rules are shown and set", async () => {
  expect((await type("policy")).out).toContain("fourEyesAbove: 20");
  const path = join(folder, "policy.yaml");
  writeFileSync(path, (await type("policy")).out.replace("fourEyesAbove: 20", "fourEyesAbove: 30"));
  expect((await json("policy", "--set", "policy.yaml")).body.fourEyesAbove).toBe(30);
  writeFileSync(path, "textLimit: many\n");
  expect((await type("policy", "--set", "policy.yaml")).code).toBe(1);
  expect((await type("templates")).out).toBe("There are no templates.\n");
  const wish = ["template-add", "--name", "Cold", "--text", "{name}, простите.", "--stars", "1..3"];
  const added = await json(...wish, "--topics", "cold, late");
  expect(added.body).toMatchObject({ starsFrom: 1, starsTo: 3, topics: ["cold", "late"], language: "ru" });
  expect((await type("template-add", "--name", "x", "--text", "{odd}")).error).toContain("unknown variable");
  expect((await type("template-add", "--name", "x", "--text", "x", "--stars", "3")).code).toBe(2);
  expect((await type("template-add", "--name", "x", "--text", "x", "--language", "fr")).code).toBe(2);
  expect((await type("templates")).out).toContain("1..3  cold,late");
  expect((await type("template-remove", added.body.id)).out).toBe("Removed.\n");
  expect((await type("template-remove", added.body.id)).code).toBe(1);
  expect((await type("budget", "lesnaya-12", "--promos", "5", "--roubles", "1000")).out).toBe("Set.\n");
  expect((await type("budgets")).out).toContain(
    "lesnaya-12  used 0 codes, 0 roubles, of 5 codes, 1000 roubles",
  );
  expect((await type("budget", "lesnaya-12", "--usual")).out).toBe("Set.\n");
  for (const wrong of [
    ["budget", "b"],
    ["budget", "b", "--promos", "x"],
    ["budgets", "--month", "2026"],
  ])
    expect((await type(...wrong)).code).toBe(2);
  expect((await type("places")).out).toContain("Nothing is known yet");
  expect((await type("place", "p", "--off")).out).toBe("Set.\n");
  expect((await type("place", "p")).code).toBe(2);
  expect((await type("places")).out).toContain("p  no answers");
  expect((await type("deadline")).out).toContain("Not learned yet: 0 outcomes");
});

test("the ledger is a table that computes nothing", async () => {
  const [, , item = ""] = items;
  await type("draft", item, "--text", "=1+1; скидка");
  const path = join(folder, "ledger.csv");
  expect((await type("ledger", "--out", "ledger.csv")).out).toBe(`Written to ${path}.\n`);
  const [heading, first] = readFileSync(path, "utf8").split("\r\n");
  expect(heading).toContain("created_at;answer;item;order;place");
  expect(first).toContain(`;${item};261104-`);
  expect(first).toMatch(/"'=1\+1; скидка"$/);
  expect((await type("ledger", "--from", "2100-01-01")).out.trim().split("\n")).toHaveLength(1);
});
