// `config check|print|docs`: is it right, what is in force, what is there to set.
import type { Command } from "commander";
import { manual } from "../config/index.ts";
import type { CliContext } from "./context.ts";

/** Adds the command. */
export function registerConfig(program: Command, context: CliContext): void {
  const config = program.command("config").description("settings");
  config
    .command("check")
    .description("report every mistake at once")
    .action((options: { json?: boolean }) => {
      context.config();
      context.print(options.json ? JSON.stringify({ ok: true }) : "The configuration is usable.");
    });
  config
    .command("print")
    .description("settings in force, secrets hidden")
    .action((options: { json?: boolean }) => {
      const summary = context.config().summary();
      if (options.json) context.print(JSON.stringify(summary));
      else for (const { env, value } of summary) context.print(`${env}=${value}`);
    });
  config
    .command("docs")
    .description("the manual of all settings")
    .action(() => context.print(manual()));
}
