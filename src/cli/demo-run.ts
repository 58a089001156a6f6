// The demo: a disposable shop with a past, the server, one real call of each kind with its answer and explanation, then gentle traffic.
import { randomBytes } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Config } from "../config/index.ts";
import { invitePerson, type Language, makePersonLink } from "../flows/index.ts";
import type { CliContext } from "./context.ts";
import { type DemoKeys, showCalls } from "./demo-calls.ts";
import { type HistoryTold, tellHistory } from "./demo-history.ts";
import { type Neighbours, startNeighbours } from "./demo-neighbours.ts";
import { HISTORY_DAYS } from "./demo-shop.ts";
import { openInstallation } from "./installation.ts";
import type { Register } from "./program.ts";
import { type RunningServer, serve } from "./serve.ts";
import { untilStopped } from "./server-run.ts";
import type { Story } from "./story.ts";

/** Pause between two calls of the simulated traffic, ms. */
const TRAFFIC_MS = 1500;

/** Shows it. `commands` are used to load the world as an operator would. */
export async function demo(
  context: CliContext,
  commands: readonly Register[],
  options: { once?: boolean; port: string },
): Promise<void> {
  const folder = resolve(context.folder, "data", "demo");
  const keys = newKeys();
  const neighbours = await startNeighbours();
  const configOf = (port: string): Config => demoConfig(context, folder, keys, neighbours, port);
  try {
    clear(folder, context);
    context.print(`An invented shop is made in ${folder}, anew each time; its past takes a moment to tell.`);
    const told = await makePast(context, configOf(options.port), { keys, neighbours, commands, folder });
    context.print(
      `${HISTORY_DAYS} days of history: ${told.calls} calls of vendors, ${told.imported} feedbacks from a file.`,
    );
    await present(context, configOf, { ...options, keys, story: told.story });
  } finally {
    await neighbours.close();
  }
}

/** Tells the past into an installation of its own and closes it: the server begins where it ended. */
async function makePast(
  context: CliContext,
  config: Config,
  parts: {
    readonly keys: DemoKeys;
    readonly neighbours: Neighbours;
    readonly commands: readonly Register[];
    readonly folder: string;
  },
): Promise<HistoryTold> {
  const installation = await openInstallation(config, context.folder, { alarm: () => undefined });
  try {
    return await tellHistory({ ...parts, installation });
  } finally {
    await installation.close();
  }
}

/** Serves the shop of today. */
async function present(
  context: CliContext,
  configOf: (port: string) => Config,
  { keys, story, once, port }: { keys: DemoKeys; story: Story; once?: boolean; port: string },
): Promise<void> {
  const config = configOf(port);
  const server = await startServing(context, config, () => configOf("0"));
  try {
    context.print(`Prilavok listens on ${server.url}`);
    await backUp(server, keys);
    const { rules } = server.installation;
    await showCalls(context, server, keys, rules, config.text("shop.language") as Language);
    if (once) return;
    await keepServing(context, server, story, keys);
  } finally {
    await server.stop();
  }
}

/** A backup, as every shop should have one. */
async function backUp({ url }: RunningServer, keys: DemoKeys): Promise<void> {
  const headers = { authorization: `Bearer ${keys.api}` };
  const answer = await fetch(`${url}/api/v1/system/backups`, { method: "POST", headers });
  if (!answer.ok) throw new Error(`the backup was answered with ${answer.status}`);
}

/** Lets whoever looks at the demo in: their link, good for a day. */
async function inviteOwner({ installation: { house, secrets }, url }: RunningServer): Promise<string> {
  const by = { actor: "terminal", address: null };
  const wish = { login: "owner", name: "Хозяйка лавки", role: "administrator" as const, outlets: null };
  const made = await invitePerson(house, by, wish);
  if (made.kind === "refused") throw new Error(`nobody was invited: ${made.reason}`);
  const link = await makePersonLink(house, secrets, by, {
    personId: made.person.id,
    dropsSecondFactor: false,
  });
  return `${url}/welcome#${link?.token ?? ""}`;
}

function newKeys(): DemoKeys {
  const secret = (): string => randomBytes(24).toString("base64url");
  return { irp: `demo_${secret()}`, clientId: "demo", clientSecret: secret(), api: `demo_${secret()}` };
}

/** The operator's configuration with a folder, keys and limits of the demo's own. */
function demoConfig(
  context: CliContext,
  folder: string,
  keys: DemoKeys,
  neighbours: Neighbours,
  port: string,
): Config {
  return context.configWith({
    ...neighbours.settings,
    dataDir: folder,
    databaseUrl: `sqlite:${join(folder, "prilavok.db")}`,
    port,
    "irp.keys": keys.irp,
    "yandexEats.clients": `${keys.clientId}:${keys.clientSecret}`,
    apiToken: keys.api,
    // One endpoint of the shop is meant to fail: its alarms are not about the demo.
    logLevel: "fatal",
    "limits.feedbackRate": "10000",
    "limits.basketRate": "10000",
    // A newcomer's busy machine must not answer the demo with "overloaded".
    "limits.eventLoopDelay": "60s",
    // Its people work for weeks in seconds, and stay signed in meanwhile.
    "sessions.idle": "30d",
    "sessions.lifetime": "30d",
  });
}

/** The demo's folder belongs to the demo: what an earlier one left is removed. A demo that still runs is not disturbed. */
function clear(folder: string, context: CliContext): void {
  if (!existsSync(folder)) return;
  if (existsSync(join(folder, "control.sock")) && existsSync(join(folder, "prilavok.db.lock"))) {
    context.complain("An earlier demo may still be running; if the start fails, stop it first.");
  }
  rmSync(folder, { recursive: true, force: true });
}

/** The wanted port, or a free one where another program has it. */
async function startServing(
  context: CliContext,
  config: Config,
  anyPort: () => Config,
): Promise<RunningServer> {
  const options = { folder: context.folder, isTerminal: context.isTerminal };
  try {
    return await serve(config, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    context.print(`Port ${config.number("port")} is taken: a free one is used.`);
    return serve(anyPort(), options);
  }
}

async function keepServing(
  context: CliContext,
  server: RunningServer,
  story: Story,
  keys: DemoKeys,
): Promise<void> {
  context.print(`\n=== Serving with gentle traffic; Ctrl+C ends it\n`);
  context.print(`Console:       ${await inviteOwner(server)}`);
  context.print(`API, to read:  ${server.url}/api/docs`);
  context.print(`Metrics:       ${server.url}/metrics`);
  context.print(`IMSHOP key:    ${keys.irp}`);
  context.print(`API token:     ${keys.api}`);
  context.print(
    `curl -s ${server.url}/irp/basket -H "key: ${keys.irp}" -d '{"items":[{"configurationId":"1501","quantity":3}]}'`,
  );
  const timer = setInterval(() => void send(server.url, story, keys).catch(() => undefined), TRAFFIC_MS);
  await untilStopped(server);
  clearInterval(timer);
}

/** One call: mostly carts, now and then a rating. */
async function send(url: string, story: Story, keys: DemoKeys): Promise<void> {
  const call = Math.random() < 0.8 ? story.basket() : story.rating();
  const response = await fetch(`${url}/irp${call.path}`, {
    method: "POST",
    headers: { "content-type": "application/json", key: keys.irp },
    body: JSON.stringify(call.body),
  });
  await response.arrayBuffer();
}
