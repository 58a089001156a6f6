// `simulate basket|order|rating|eats-feedback|yandex-eats|load`: plays a vendor against an address on this machine.
import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import { CommandFailed } from "./context.ts";
import { registerSimulateYandex } from "./simulate-yandex.ts";
import { Story, type StoryCall } from "./story.ts";

/** Most calls of one simulation, so that it always ends. */
const CALLS_LIMIT = 100_000;

/** Longest load, seconds. */
const LOAD_LIMIT = 300;

/** Goods of the demo's and the examples' worlds that carts are made of unless others are named. */
const GOODS = ["1501", "1502", "1202", "2101", "2601"];

interface Options {
  readonly url: string;
  readonly key?: string;
  readonly client?: string;
  readonly count: string;
  readonly goods?: string;
  readonly place: string;
  readonly seconds: string;
  readonly rate: string;
  readonly seed: string;
  readonly json?: boolean;
}

/** What a simulation saw. */
interface Tally {
  readonly statuses: Record<string, number>;
  readonly milliseconds: number[];
  last: string;
}

/** Adds the command. */
export function registerSimulate(program: Command, context: CliContext): void {
  const simulate = program.command("simulate").description("play a vendor against a server of this machine");
  const command = (name: string, description: string): Command =>
    simulate
      .command(name)
      .description(description)
      .option("--url <address>", "server to call, on this machine", "http://127.0.0.1:8080")
      .option("--seed <number>", "the same seed tells the same story", "1");
  const withKey = (one: Command): Command => one.requiredOption("--key <key>", "IMSHOP key");
  const withCount = (one: Command): Command => one.option("--count <number>", "calls to send", "1");
  const withGoods = (one: Command): Command =>
    one.option("--goods <ids>", "offer ids of carts, comma-separated", GOODS.join(","));
  const place = (one: Command): Command =>
    one.option("--place <id>", "place id of the feedback", "lesnaya-12");
  withGoods(withCount(withKey(command("basket", "carts of the app")))).action((options: Options) =>
    run(context, options, (story) => story.basket()),
  );
  withGoods(withCount(withKey(command("order", "orders of the app; each is really placed")))).action(
    (options: Options) => run(context, options, (story) => story.order()),
  );
  withCount(withKey(command("rating", "ratings of the app"))).action((options: Options) =>
    run(context, options, (story) => story.rating()),
  );
  place(
    withCount(
      command("eats-feedback", "a token and feedbacks of Yandex Eats").requiredOption(
        "--client <id:secret>",
        "client, both URL-encoded",
      ),
    ),
  ).action((options: Options) => run(context, options, (story) => story.feedback(Date.now())));
  withGoods(withKey(command("load", "carts at a steady rate")))
    .option("--seconds <number>", `how long, at most ${LOAD_LIMIT}`, "10")
    .option("--rate <number>", "carts a second", "50")
    .action((options: Options) => load(context, options));
  registerSimulateYandex(simulate, context);
}

/** Only this machine is ever called: a simulation is no tool against others. */
function localUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["127.0.0.1", "localhost", "[::1]"].includes(url.hostname)) {
    throw new CommandFailed("simulate calls servers on this machine only: 127.0.0.1, localhost or [::1]", 2);
  }
  return url.origin;
}

function whole(text: string, limit: number, name: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > limit)
    throw new CommandFailed(`${name}: a whole number from 1 to ${limit}`, 2);
  return value;
}

function storyOf(options: Options): Story {
  const goods = (options.goods ?? GOODS.join(",")).split(",").map((id) => ({ id, isWeighed: false }));
  return new Story(Number(options.seed), goods, [options.place ?? "lesnaya-12"]);
}

async function run(context: CliContext, options: Options, tell: (story: Story) => StoryCall): Promise<void> {
  const url = localUrl(options.url);
  const story = storyOf(options);
  const token = options.client === undefined ? null : await fetchToken(url, options.client);
  const tally: Tally = { statuses: {}, milliseconds: [], last: "" };
  const count = whole(options.count, CALLS_LIMIT, "--count");
  for (let call = 0; call < count; call += 1) await send(url, options, token, tell(story), tally);
  report(context, options, tally);
}

async function load(context: CliContext, options: Options): Promise<void> {
  const url = localUrl(options.url);
  const story = storyOf(options);
  const seconds = whole(options.seconds, LOAD_LIMIT, "--seconds");
  const rate = whole(options.rate, 10_000, "--rate");
  const tally: Tally = { statuses: {}, milliseconds: [], last: "" };
  const flying = new Set<Promise<void>>();
  const started = performance.now();
  for (let call = 0; call < seconds * rate; call += 1) {
    const wait = started + (call * 1000) / rate - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    const sent = send(url, options, null, story.basket(), tally).finally(() => flying.delete(sent));
    flying.add(sent);
  }
  await Promise.all(flying);
  report(context, options, tally);
}

async function send(
  url: string,
  options: Options,
  token: string | null,
  call: StoryCall,
  tally: Tally,
): Promise<void> {
  const isFeedback = call.path === "/v1/feedback";
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (isFeedback) headers["authorization"] = `Bearer ${token}`;
  else headers["key"] = options.key ?? "";
  const started = performance.now();
  try {
    const answer = await fetch(`${url}${isFeedback ? "/yandex-eats" : "/irp"}${call.path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(call.body),
    });
    tally.last = await answer.text();
    tally.statuses[answer.status] = (tally.statuses[answer.status] ?? 0) + 1;
  } catch {
    tally.statuses["no answer"] = (tally.statuses["no answer"] ?? 0) + 1;
  }
  tally.milliseconds.push(performance.now() - started);
}

async function fetchToken(url: string, client: string): Promise<string> {
  const [id = "", secret = ""] = client.split(":").map((part) => decodeURIComponent(part));
  const answer = await fetch(`${url}/yandex-eats/security/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      client_id: id,
      client_secret: secret,
      grant_type: "client_credentials",
      scope: "read write",
    }),
  });
  if (answer.status !== 200) throw new CommandFailed(`no token: the server answered ${answer.status}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

function report(context: CliContext, options: Options, tally: Tally): void {
  const sorted = tally.milliseconds.sort((left, right) => left - right);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  const seen = { calls: sorted.length, statuses: tally.statuses, p50Ms: at(0.5), p99Ms: at(0.99) };
  if (options.json) context.print(JSON.stringify({ ...seen, last: tally.last }));
  else {
    context.print(tally.last);
    context.print(
      `${seen.calls} calls: ${Object.entries(seen.statuses)
        .map(([status, count]) => `${count} × ${status}`)
        .join(", ")}; p50 ${seen.p50Ms} ms, p99 ${seen.p99Ms} ms`,
    );
  }
  if (Object.keys(tally.statuses).some((status) => status !== "200")) throw new CommandFailed("");
}
