// Whatever the log notes has words in both languages: every call of the API that is noted, and what flows note themselves.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditActions as english } from "../../src/console/words/en/audit-actions.ts";
import { auditActions as russian } from "../../src/console/words/ru/audit-actions.ts";
import { isScope, operations } from "../../src/contract/index.ts";
import { isAudited } from "../../src/http/api/audited.ts";
import { ROOT } from "../support/server.ts";

const named = (words: object): string[] =>
  Object.entries(words).flatMap(([noun, actions]) => Object.keys(actions).map((name) => `${noun}.${name}`));

const ofCalls = operations.filter(isAudited).map(({ scope, id }) => {
  const noun = isScope(scope) ? scope.slice(0, scope.indexOf(":")) : "people";
  return `${noun}.${id}`;
});

/** Names that stand in the text of flows. */
const ofFlows = readdirSync(join(ROOT, "src", "flows"))
  .filter((file) => file.endsWith(".ts") && !file.includes(".test."))
  .flatMap((file) => {
    const text = readFileSync(join(ROOT, "src", "flows", file), "utf8");
    return [...text.matchAll(/action: "([\w.]+)"|"((?:person|code)\.\w+)"/g)].map(
      (match) => match[1] ?? match[2] ?? "",
    );
  });

test("every action of the log has words", () => {
  expect(ofCalls.length).toBeGreaterThan(90);
  expect(ofFlows.length).toBeGreaterThan(15);
  const words = new Set(named(russian));
  expect([...ofCalls, ...ofFlows].filter((action) => !words.has(action))).toEqual([]);
  expect(named(english)).toEqual(named(russian));
});
