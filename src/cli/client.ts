// `client create|list|revoke yandex-eats`: the credentials that the vendor fetches its tokens with.
import type { Command } from "commander";
import { createClient, listClients, revokeClient, rotateSecret } from "../flows/index.ts";
import { YANDEX_EATS_CHANNEL } from "../protocols/yandex-eats/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";

/** Adds the command. */
export function registerClient(program: Command, context: CliContext): void {
  const client = program.command("client").description("clients of the Yandex Eats channel");
  registerCreate(client, context);
  registerList(client, context);
  registerRevoke(client, context);
}

function registerCreate(client: Command, context: CliContext): void {
  client
    .command("create <channel>")
    .description("make credentials and show the secret once")
    .option("--label <text>", "what it is for", "")
    .option("--client <id>", "add a second secret to this client, for a change-over without a gap")
    .action(async (channel: string, options: { label: string; client?: string; json?: boolean }) => {
      const { house, secrets } = await context.installation();
      let made: Awaited<ReturnType<typeof createClient>>;
      if (options.client === undefined) {
        made = await createClient(house, secrets, known(channel), options.label);
      } else {
        const rotated = await rotateSecret(house, secrets, known(channel), options.client);
        if (rotated.kind === "refused") throw new CommandFailed(REFUSALS[rotated.reason]);
        made = rotated.credentials;
      }
      if (options.json) context.print(JSON.stringify(made));
      else
        context.print(
          `client_id      ${made.clientId}\nclient_secret  ${made.secret}\n` +
            `Shown once: give both to your Yandex manager. Id of the secret: ${made.secretId}.`,
        );
    });
}

const REFUSALS = {
  client_unknown: "there is no active client of that id",
  too_many_secrets: "the client has two active secrets already: revoke one first",
} as const;

function registerList(client: Command, context: CliContext): void {
  client
    .command("list <channel>")
    .description("clients and their secrets with their state")
    .action(async (channel: string, options: { json?: boolean }) => {
      const { house } = await context.installation();
      const clients = await listClients(house, known(channel));
      if (options.json) context.print(JSON.stringify(clients));
      else if (clients.length === 0)
        context.print("There are no clients in the database. Make one with `client create yandex-eats`.");
      else
        for (const one of clients) {
          context.print(`${one.id}  ${state(one)}  ${one.label}`);
          for (const secret of one.secrets) context.print(`  secret ${secret.id}  ${state(secret)}`);
        }
    });
}

function registerRevoke(client: Command, context: CliContext): void {
  client
    .command("revoke <channel> <clientId>")
    .description("take back a client, or one of its secrets, with the tokens issued for it")
    .option("--secret <id>", "only this secret")
    .action(async (channel: string, clientId: string, options: { secret?: string; json?: boolean }) => {
      const { house } = await context.installation();
      const isRevoked = await revokeClient(house, known(channel), clientId, options.secret ?? null);
      if (options.json) context.print(JSON.stringify({ revoked: isRevoked }));
      else
        context.print(
          isRevoked ? "Revoked." : "Nothing was revoked: no active client or secret has that id.",
        );
      if (!isRevoked) throw new CommandFailed("");
    });
}

function state(one: { readonly revokedAt: number | null }): string {
  return one.revokedAt === null ? "active " : "revoked";
}

function known(channel: string): string {
  if (channel !== YANDEX_EATS_CHANNEL) {
    throw new CommandFailed(`there is no channel ${channel} with clients; known: ${YANDEX_EATS_CHANNEL}`, 2);
  }
  return channel;
}
