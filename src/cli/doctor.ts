// `doctor`: everything that must be right for vendors to be answered, looked at and said in plain words.
import type { Command } from "commander";
import type { CheckState } from "./checks-host.ts";
import { type CliContext, CommandFailed } from "./context.ts";

const SIGNS: Readonly<Record<CheckState, string>> = { ok: "✓", warn: "!", fail: "✗" };

/** Adds the command. */
export function registerDoctor(program: Command, context: CliContext): void {
  program
    .command("doctor")
    .description("look at everything that must be right; exit code 1 when something is not")
    .action(async (options: { json?: boolean }) => {
      const { allChecks } = await import("./checks.ts");
      const checks = await allChecks(context, Date.now());
      const failed = checks.filter(({ state }) => state === "fail").length;
      if (options.json) context.print(JSON.stringify({ ok: failed === 0, checks }));
      else {
        for (const { state, sentence } of checks) context.print(`${SIGNS[state]} ${sentence}`);
        const warned = checks.filter(({ state }) => state === "warn").length;
        context.print(
          failed === 0 && warned === 0 ? "All is well." : `${failed} to mend, ${warned} to look at.`,
        );
      }
      if (failed > 0) throw new CommandFailed("");
    });
}
