// `token create|list|revoke`: the tokens of the management API.
import type { Command } from "commander";
import { SCOPE_NAMES } from "../contract/index.ts";
import { createToken, revokeApiToken, tokensOf } from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";

const DAY = 86_400_000;

/** Adds the command. */
export function registerToken(program: Command, context: CliContext): void {
  const token = program.command("token").description("tokens of the management API");
  token
    .command("create")
    .description("make a token and show it once")
    .requiredOption("--scopes <list>", `comma-separated, or all: ${SCOPE_NAMES.join(", ")}`)
    .option("--label <text>", "what it is for", "")
    .option("--days <number>", "days until it ends; without it, it does not")
    .action(async (options: { scopes: string; label: string; days?: string; json?: boolean }) => {
      const scopes = knownScopes(options.scopes);
      const days = knownDays(options.days);
      const { house, secrets } = await context.installation();
      const expiresAt = days === null ? null : house.now() + days * DAY;
      const created = await createToken(house, secrets, { label: options.label, scopes, expiresAt });
      if (created.kind === "refused")
        throw new CommandFailed("there are too many active tokens: revoke one first");
      if (options.json) context.print(JSON.stringify({ id: created.id, token: created.token, scopes }));
      else context.print(`${created.token}\nShown once. Id ${created.id}.`);
    });
  token
    .command("list")
    .description("tokens with their state")
    .action(async (options: { json?: boolean }) => {
      const { house } = await context.installation();
      const tokens = (await tokensOf(house)).map(({ hash: _hash, ...shown }) => shown);
      if (options.json) return context.print(JSON.stringify(tokens));
      if (tokens.length === 0)
        context.print("There are no tokens. Make one with `token create --scopes all`.");
      for (const { id, prefix, label, scopes, revokedAt, expiresAt } of tokens) {
        const isEnded = expiresAt !== null && expiresAt <= house.now();
        const state = revokedAt !== null ? "revoked" : isEnded ? "ended  " : "active ";
        context.print(`${id}  ${prefix}…  ${state}  ${label}  ${scopes.join(" ")}`);
      }
    });
  token
    .command("revoke <idOrPrefix>")
    .description("a revoked token is refused within a second")
    .action(async (idOrPrefix: string, options: { json?: boolean }) => {
      const { house } = await context.installation();
      const isRevoked = await revokeApiToken(house, idOrPrefix);
      if (options.json) context.print(JSON.stringify({ isRevoked }));
      else context.print(isRevoked ? "Revoked." : "Nothing to do: no active token has this id or prefix.");
    });
}

function knownScopes(list: string): string[] {
  if (list.trim() === "all") return [...SCOPE_NAMES];
  const wanted = list.split(",").map((name) => name.trim());
  const unknown = wanted.find((name) => !SCOPE_NAMES.some((known) => known === name));
  if (unknown !== undefined)
    throw new CommandFailed(`there is no scope ${unknown}: ${SCOPE_NAMES.join(", ")}`, 2);
  return SCOPE_NAMES.filter((name) => wanted.includes(name));
}

function knownDays(text: string | undefined): number | null {
  if (text === undefined) return null;
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3650) return days;
  throw new CommandFailed("--days is a whole number from 1 to 3650", 2);
}
