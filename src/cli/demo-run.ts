// The demo: a disposable world, the server, one real call of each kind with its answer and explanation, then gentle traffic.
import { randomBytes } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "../config/index.ts";
import type { Language } from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { type DemoKeys, showCalls } from "./demo-calls.ts";
import { HISTORY_DAYS, tellHistory } from "./demo-history.ts";
import { runInServer } from "./inside.ts";
import type { Register } from "./program.ts";
import { type RunningServer, serve } from "./serve.ts";
import { untilStopped } from "./server-run.ts";
import { Story, type StoryGoods } from "./story.ts";

/** Pause between two calls of the simulated traffic, ms. */
const TRAFFIC_MS = 1500;

/** Places of the demo's shop; the last one disappoints in the last week. */
const PLACES = ["lesnaya-12", "sadovaya-3", "zarechnaya-7"] as const;

/** Shows it. `commands` are used to load the world as an operator would. */
export async function demo(
  context: CliContext,
  commands: readonly Register[],
  options: { once?: boolean; port: string },
): Promise<void> {
  const folder = resolve(context.folder, "data", "demo");
  const keys = newKeys();
  const config = demoConfig(context, folder, keys, options.port);
  clear(folder, context);
  const server = await startServing(context, config, () => demoConfig(context, folder, keys, "0"));
  try {
    context.print(`Prilavok listens on ${server.url}; its world is in ${folder} and is made anew each time.`);
    await loadWorld(context, server, commands);
    const story = new Story(20_261_121, await goodsOf(server.url, keys), PLACES);
    const taken = await tellHistory(server.installation, story, keys);
    context.print(`${HISTORY_DAYS} days of history: ${taken} ratings and feedbacks.`);
    await showCalls(
      context,
      server,
      keys,
      server.installation.rules,
      config.text("shop.language") as Language,
    );
    if (options.once) return;
    await keepServing(context, server, story, keys);
  } finally {
    await server.stop();
  }
}

function newKeys(): DemoKeys {
  const secret = (): string => randomBytes(24).toString("base64url");
  return { irp: `demo_${secret()}`, clientId: "demo", clientSecret: secret(), api: `demo_${secret()}` };
}

/** The operator's configuration with a folder, keys and limits of the demo's own. */
function demoConfig(context: CliContext, folder: string, keys: DemoKeys, port: string): Config {
  return context.configWith({
    dataDir: folder,
    databaseUrl: `sqlite:${join(folder, "prilavok.db")}`,
    port,
    "irp.keys": keys.irp,
    "yandexEats.clients": `${keys.clientId}:${keys.clientSecret}`,
    apiToken: keys.api,
    logLevel: "warn",
    "limits.feedbackRate": "10000",
    "limits.basketRate": "10000",
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

async function loadWorld(
  context: CliContext,
  server: RunningServer,
  commands: readonly Register[],
): Promise<void> {
  const world = fileURLToPath(new URL("../../examples/demo-world", import.meta.url));
  const said: string[] = [];
  const keep = (text: string): void => void said.push(text);
  const code = await runInServer(
    server.installation,
    { argv: ["import", "world", world], folder: context.folder },
    { print: keep, complain: keep },
    commands,
  );
  if (code !== 0) throw new CommandFailed(`the demo's world could not be loaded:\n${said.join("\n")}`);
}

/** The catalogue as the management API tells it. */
async function goodsOf(url: string, keys: DemoKeys): Promise<StoryGoods[]> {
  const response = await fetch(`${url}/api/v1/catalogue/offers?limit=100`, {
    headers: { authorization: `Bearer ${keys.api}` },
  });
  const { items } = (await response.json()) as { items: { id: string; stepThousandths: number | null }[] };
  return items.map((offer) => ({ id: offer.id, isWeighed: offer.stepThousandths !== null }));
}

async function keepServing(
  context: CliContext,
  server: RunningServer,
  story: Story,
  keys: DemoKeys,
): Promise<void> {
  context.print(`\n=== Serving with gentle traffic; Ctrl+C ends it\n`);
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
