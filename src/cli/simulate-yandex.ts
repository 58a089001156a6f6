// `simulate yandex-eats`: plays Yandex's side of answers on this machine, by the contract and with its faults.
import type { Command } from "commander";
import { STAND_IN_FAULTS, type StandInFault, startEatsStandIn } from "../outbound/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";

interface Options {
  readonly port: string;
  readonly client: string;
  readonly faults: string;
  readonly seed: string;
  readonly seconds?: string;
  readonly json?: boolean;
}

/** Longest run that ends by itself, seconds. */
const SECONDS_LIMIT = 86_400;

/** Adds the command to the group `simulate`. */
export function registerSimulateYandex(group: Command, context: CliContext): void {
  group
    .command("yandex-eats")
    .description("Yandex's side of answers: takes tokens and answers, and fails as it is told")
    .option("--port <number>", "port on this machine; 0 takes a free one", "8090")
    .option("--client <id:secret>", "the credentials that it knows, both URL-encoded", "demo:demo-secret")
    .option(
      "--faults <list>",
      `shares of faults, such as 500:0.1,429:0.05; of ${STAND_IN_FAULTS.join(", ")}`,
      "",
    )
    .option("--seed <number>", "the same seed fails at the same calls", "1")
    .option("--seconds <number>", "end after so long; without it by Ctrl-C")
    .action((options: Options) => play(context, options));
}

async function play(context: CliContext, options: Options): Promise<void> {
  const [clientId = "", clientSecret = ""] = options.client
    .split(":")
    .map((part) => decodeURIComponent(part));
  if (clientId === "" || clientSecret === "") throw new CommandFailed("--client is id:secret", 2);
  const port = whole("--port", options.port, 65_535);
  const seconds = options.seconds === undefined ? null : whole("--seconds", options.seconds, SECONDS_LIMIT);
  const fault = faultsOf(options.faults, whole("--seed", options.seed, 2 ** 31));
  const stand = await startEatsStandIn({
    clientId,
    clientSecret,
    port,
    fault,
    onCall: (path, status, met) => {
      if (options.json) context.print(JSON.stringify({ path, status, fault: met }));
      else
        context.print(`${path}  ${status === 0 ? "no answer" : status}${met === "ok" ? "" : `  (${met})`}`);
    },
  });
  context.print(`PRILAVOK_YANDEX_EATS_VMI_URL=${stand.url}`);
  await ended(seconds);
  await stand.close();
  context.print(`${stand.answersAsked()} answers asked for, ${stand.visible.length} reached customers.`);
}

function ended(seconds: number | null): Promise<void> {
  return new Promise((resolve) => {
    if (seconds !== null) setTimeout(resolve, seconds * 1000);
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

/** Reads "500:0.1,429:0.05" and draws from it. */
function faultsOf(text: string, seed: number): () => StandInFault {
  const shares = text
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part): { readonly fault: StandInFault; readonly share: number } => {
      const [name = "", share = ""] = part.trim().split(":");
      const fault = STAND_IN_FAULTS.find((one) => one === name);
      const value = Number(share);
      if (fault === undefined || share === "" || !(value >= 0 && value <= 1))
        throw new CommandFailed(`--faults: ${part.trim()} is no fault with a share from 0 to 1`, 2);
      return { fault, share: value };
    });
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    let left = state / 2 ** 32;
    for (const { fault, share } of shares) {
      if (left < share) return fault;
      left -= share;
    }
    return "ok";
  };
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new CommandFailed(`${name} is a whole number from 0 to ${most}`, 2);
  return value;
}
