// `key create|list|revoke irp`: the keys that IMSHOP's server calls with.
import type { Command } from "commander";
import { createKey, keysOf, revokeChannelKey } from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";

/** Adds the command. */
export function registerKey(program: Command, context: CliContext): void {
  const key = program.command("key").description("keys of the IMSHOP channel");
  key
    .command("create <channel>")
    .description("make a key and show it once")
    .option("--label <text>", "what it is for", "")
    .action(async (channel: string, options: { label: string; json?: boolean }) => {
      const { house, secrets } = await context.installation();
      const created = await createKey(house, secrets, known(channel), options.label);
      if (created.kind === "refused")
        throw new CommandFailed("there are too many active keys: revoke one first");
      if (options.json)
        context.print(JSON.stringify({ id: created.id, key: created.key, label: created.label }));
      else context.print(`${created.key}\nShown once: give it to your IMSHOP manager. Id ${created.id}.`);
    });
  key
    .command("list <channel>")
    .description("keys with their state")
    .action(async (channel: string, options: { json?: boolean }) => {
      const { house } = await context.installation();
      const keys = (await keysOf(house, known(channel))).map(({ hash: _hash, ...shown }) => shown);
      if (options.json) context.print(JSON.stringify(keys));
      else if (keys.length === 0)
        context.print("There are no keys: nobody can call. Make one with `key create irp`.");
      else
        for (const one of keys)
          context.print(
            `${one.id}  ${one.prefix}…  ${one.revokedAt === null ? "active " : "revoked"}  ${one.label}`,
          );
    });
  key
    .command("revoke <channel> <idOrPrefix>")
    .description("a revoked key is refused within a second")
    .action(async (channel: string, idOrPrefix: string, options: { json?: boolean }) => {
      const { house } = await context.installation();
      const isRevoked = await revokeChannelKey(house, known(channel), idOrPrefix);
      if (options.json) context.print(JSON.stringify({ revoked: isRevoked }));
      else
        context.print(isRevoked ? "Revoked." : "Nothing was revoked: no active key has that id or prefix.");
      if (!isRevoked) throw new CommandFailed("");
    });
}

function known(channel: string): string {
  if (channel !== "irp") throw new CommandFailed(`there is no channel ${channel} with keys; known: irp`, 2);
  return channel;
}
