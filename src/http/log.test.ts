// The log as the last guard: one line stays one line, and what must not be logged is cut.
import { expect, test } from "vitest";
import { canariesIn, canary } from "../../test/support/canary.ts";
import { createLog, describeError } from "./log.ts";

function written(level = "info"): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = [];
  return { lines, log: createLog(level, false, (line) => void lines.push(line)) };
}

test("line ends inside values cannot forge a line", () => {
  const { lines, log } = written();
  log.info({ orderId: '1\r\n{"level":"info","msg":"forged"}' }, "re\nquest");
  expect(lines).toHaveLength(1);
  expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n]/);
  expect(JSON.parse(lines[0] as string).msg).toBe("re\nquest");
});

test("the net cuts personal data and secrets that a careless line carries", () => {
  const { lines, log } = written();
  log.info({
    phone: canary.phone,
    customer: { phone: canary.phone },
    comment: canary.comment,
    clientName: canary.name,
    email: canary.email,
    key: canary.key,
    headers: { authorization: `Bearer ${canary.token}`, key: canary.key },
    client_secret: canary.secret,
    access_token: canary.token,
  });
  expect(canariesIn(lines.join(""), "log")).toEqual([]);
});

test("levels below the least severe are not written", () => {
  const { lines, log } = written("warn");
  log.info("quiet");
  log.warn("loud");
  expect(lines).toHaveLength(1);
});

test("an error keeps its kind, code and place, and loses what it quotes", () => {
  const error = Object.assign(
    new Error(
      `invalid input "${canary.key}" for ${canary.email} ${canary.phone} ${canary.name} ${canary.token}`,
    ),
    { code: "22P02" },
  );
  const described = describeError(error);
  expect(canariesIn(JSON.stringify(described), "error")).toEqual([]);
  expect(described).toMatchObject({ type: "Error", code: "22P02" });
  expect(described["stack"]).toContain("log.test.ts");
  expect(describeError("a thrown text")).toEqual({ type: "string", message: "a thrown text" });
});
