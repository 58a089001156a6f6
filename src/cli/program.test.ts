// What all commands share.
import type { Command } from "commander";
import { expect, test } from "vitest";
import type { CliContext } from "./context.ts";
import { commands } from "./index.ts";
import { runCommand } from "./program.ts";

function contextOf(printed: string[]): CliContext {
  const refuse = (): never => {
    throw new Error("not needed here");
  };
  return {
    folder: ".",
    isTerminal: false,
    print: (text) => printed.push(text),
    complain: (text) => printed.push(text),
    config: refuse,
    configWith: refuse,
    installation: refuse,
    reading: refuse,
  };
}

test("a command within a group is told of --json", async () => {
  const told: unknown[] = [];
  const register = (program: Command): void => {
    program
      .command("group")
      .command("inner")
      .action((options: { json?: boolean }) => void told.push(options.json));
  };
  expect(await runCommand(["group", "inner", "--json"], contextOf([]), [register])).toBe(0);
  expect(await runCommand(["group", "inner"], contextOf([]), [register])).toBe(0);
  expect(told).toEqual([true, undefined]);
});

test("every command has --help and wrong use exits 2", async () => {
  const printed: string[] = [];
  expect(await runCommand(["--help"], contextOf(printed), commands)).toBe(0);
  expect(await runCommand(["no-such-command"], contextOf(printed), commands)).toBe(2);
  expect(printed.join("\n")).toContain("token");
});
