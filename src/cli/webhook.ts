// `webhook …`: endpoints that events are sent to and the deliveries to each, as the management API has them.
import type { Command } from "commander";
import { OPEN_KINDS } from "../contract/index.ts";
import {
  createEndpoint,
  type DeliveryView,
  deliveriesOf,
  disableEndpoint,
  type EndpointChanged,
  type EndpointMade,
  type EndpointView,
  enableEndpoint,
  endpointsOf,
  replayEvents,
  rotateEndpointSecret,
  testEndpoint,
} from "../flows/index.ts";
import { judgeAddress } from "../outbound/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { typedFilter } from "./feedback-desk.ts";

interface Json {
  readonly json?: boolean;
}

interface CreateOptions extends Json {
  readonly kinds: string;
  readonly label: string;
  readonly allow?: string;
  readonly filter?: string;
}

interface DeliveryOptions extends Json {
  readonly state?: string;
  readonly before?: string;
  readonly limit: string;
}

interface ReplayOptions extends Json {
  readonly after: string;
  readonly until?: string;
  readonly which: string;
}

/** Most deliveries of one call. */
const LIMIT = 200;

const STATES = ["pending", "delivered", "dead", "refused"] as const;
const CHOICES = ["failed", "missing", "all"] as const;

/** Adds the group. */
export function registerWebhook(program: Command, context: CliContext): void {
  const group = program.command("webhook").description("endpoints that events are sent to");
  group
    .command("list")
    .description("endpoints with their state and what they still have to get")
    .action((options: Json) => list(context, options));
  group
    .command("create <url>")
    .description("make an endpoint and show its secret once")
    .requiredOption("--kinds <list>", `comma-separated, or all: ${OPEN_KINDS.join(", ")}`)
    .option("--label <text>", "what it is for", "")
    .option("--filter <text>", "only items of the desk that pass it, such as: rating:1..2")
    .option("--allow <list>", "hosts and ranges inside the house that it may be at, comma-separated")
    .action((url: string, options: CreateOptions) => create(context, url, options));
  group
    .command("rotate <id>")
    .description("give it a new secret and show it once; the one before signs along for a day")
    .action(async (id: string, options: Json) => {
      const { house, secrets } = await context.installation();
      tellMade(context, await rotateEndpointSecret(house, secrets, id), options);
    });
  group
    .command("enable <id>")
    .description("switch it on; what it still has to get is sent at once")
    .action(async (id: string, options: Json) =>
      tellChanged(context, await enableEndpoint((await context.installation()).house, id), options),
    );
  group
    .command("disable <id>")
    .description("switch it off; nothing is sent to it and nothing is queued for it")
    .action(async (id: string, options: Json) =>
      tellChanged(context, await disableEndpoint((await context.installation()).house, id), options),
    );
  group
    .command("test <id>")
    .description("send it an event of its own")
    .action((id: string, options: Json) => trial(context, id, options));
  group
    .command("deliveries <id>")
    .description("what it got and what it still has to get, newest first")
    .option("--state <name>", `only those that are ${STATES.join(", ")}`)
    .option("--before <number>", "only events with smaller numbers")
    .option("--limit <number>", `how many, up to ${LIMIT}`, "20")
    .action((id: string, options: DeliveryOptions) => deliveries(context, id, options));
  group
    .command("replay <id>")
    .description("send it events again, under the ids they had")
    .option("--after <number>", "events after this number", "0")
    .option("--until <number>", "up to this number; without it as far as there are any")
    .option("--which <name>", "failed, missing (never queued for it) or all", "failed")
    .action((id: string, options: ReplayOptions) => replay(context, id, options));
}

async function list(context: CliContext, options: Json): Promise<void> {
  const { house } = await context.installation();
  const found = await endpointsOf(house);
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0)
    context.print("There are no endpoints. Make one with `webhook create URL --kinds all`.");
  for (const endpoint of found) context.print(lineOf(endpoint));
}

function lineOf({
  id,
  state,
  url,
  label,
  kinds,
  deliveries,
  disabledReason,
  failures,
}: EndpointView): string {
  const { pending = 0, dead = 0, refused = 0 } = deliveries;
  const why = disabledReason === null ? "" : ` (${disabledReason.replaceAll("_", " ")})`;
  const counts = `${pending} waiting, ${dead} given up, ${refused} refused, ${failures} failures in a row`;
  return `${id}  ${state}${why}  ${url}  ${label}  ${kinds.join(" ")}  ${counts}`;
}

async function create(context: CliContext, url: string, options: CreateOptions): Promise<void> {
  const kinds = kindsOf(options.kinds);
  const allow = listOf(options.allow ?? "");
  const reason = await judgeAddress(url, allow);
  if (reason !== null) throw new CommandFailed(ADVICE[reason], 2);
  const { house, secrets } = await context.installation();
  const filter = options.filter ?? null;
  if (filter !== null) typedFilter(house, filter, undefined);
  tellMade(
    context,
    await createEndpoint(house, secrets, { url, label: options.label, kinds, allow, filter }),
    options,
  );
}

const ADVICE: Readonly<Record<NonNullable<Awaited<ReturnType<typeof judgeAddress>>>, string>> = {
  not_an_address: "the address must be one of https",
  not_https: "the address must be of https; http only where --allow names the place",
  has_credentials: "the address must not carry a user or a password",
  not_public: "the address must lead to public addresses only, or to places that --allow names",
  bad_allow_entry: "--allow takes hosts, addresses or ranges such as 10.1.0.0/16",
};

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

function kindsOf(text: string): (typeof OPEN_KINDS)[number][] | ["*"] {
  const wanted = listOf(text);
  if (wanted.includes("all") || wanted.includes("*")) return ["*"];
  const unknown = wanted.find((name) => !OPEN_KINDS.some((known) => known === name));
  if (unknown !== undefined)
    throw new CommandFailed(`there is no kind of event ${unknown}: ${OPEN_KINDS.join(", ")}`, 2);
  if (wanted.length === 0) throw new CommandFailed("--kinds names at least one kind of event, or all", 2);
  return OPEN_KINDS.filter((name) => wanted.includes(name));
}

const REFUSALS: Readonly<Record<Extract<EndpointMade, { kind: "refused" }>["reason"], string>> = {
  not_found: "there is no such endpoint",
  too_many_endpoints: "there are too many endpoints: remove one first",
  endpoint_of_settings: "this endpoint follows the settings: change them instead",
};

function tellMade(context: CliContext, made: EndpointMade, options: Json): void {
  if (made.kind === "refused") throw new CommandFailed(REFUSALS[made.reason]);
  const { endpoint, secret } = made;
  if (options.json) context.print(JSON.stringify({ id: endpoint.id, secret, endpoint }));
  else context.print(`${secret}\nShown once. Id ${endpoint.id}.`);
}

function tellChanged(context: CliContext, changed: EndpointChanged, options: Json): void {
  if (changed.kind === "refused") throw new CommandFailed(REFUSALS[changed.reason]);
  context.print(options.json ? JSON.stringify(changed.endpoint) : lineOf(changed.endpoint));
}

async function trial(context: CliContext, id: string, options: Json): Promise<void> {
  const { house } = await context.installation();
  const sent = await testEndpoint(house, id);
  if (sent.kind === "refused") throw new CommandFailed(REFUSALS[sent.reason]);
  const { eventId } = sent;
  context.print(
    options.json
      ? JSON.stringify({ eventId })
      : `Noted as event ${eventId}; a running server sends it. What came of it: webhook deliveries ${id}`,
  );
}

async function deliveries(context: CliContext, id: string, options: DeliveryOptions): Promise<void> {
  const state = STATES.find((name) => name === options.state) ?? null;
  if (options.state !== undefined && state === null)
    throw new CommandFailed(`--state is one of ${STATES.join(", ")}`, 2);
  const limit = numberOf("--limit", options.limit, 1, LIMIT);
  const before =
    options.before === undefined ? null : numberOf("--before", options.before, 1, Number.MAX_SAFE_INTEGER);
  const { house } = await context.installation();
  const found = await deliveriesOf(house, id, { state, before, limit });
  if (found === null) throw new CommandFailed(REFUSALS.not_found);
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0) context.print("Nothing matches.");
  for (const delivery of found) context.print(deliveryLine(delivery));
}

function deliveryLine(delivery: DeliveryView): string {
  const { number, kind, subject, state, attempts, lastOutcome, lastStatus, nextAt } = delivery;
  const last =
    lastOutcome === null ? "" : `, last ${lastOutcome}${lastStatus === null ? "" : ` ${lastStatus}`}`;
  const next = nextAt === null ? "" : `, next at ${new Date(nextAt).toISOString()}`;
  return `${number}  ${kind}  ${subject}  ${state}, ${attempts} attempts${last}${next}`;
}

async function replay(context: CliContext, id: string, options: ReplayOptions): Promise<void> {
  const which = CHOICES.find((name) => name === options.which);
  if (which === undefined) throw new CommandFailed(`--which is one of ${CHOICES.join(", ")}`, 2);
  const after = numberOf("--after", options.after, 0, Number.MAX_SAFE_INTEGER);
  const until =
    options.until === undefined ? null : numberOf("--until", options.until, 0, Number.MAX_SAFE_INTEGER);
  const { house } = await context.installation();
  const done = await replayEvents(house, id, { after, which, ...(until === null ? {} : { until }) });
  if (done === null) throw new CommandFailed(REFUSALS.not_found);
  if (options.json) return context.print(JSON.stringify(done));
  const rest = done.queued === 0 ? "Nothing to do" : `${done.queued} events are sent again`;
  context.print(`${rest}; looked through up to number ${done.until}.`);
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new CommandFailed(`${name} is a whole number from ${least} to ${most}`, 2);
}
