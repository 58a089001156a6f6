// `price FILE`: what a cart costs here and why, without any order, trace or app.
import type { Command } from "commander";
import { type Instant, instant } from "../core/basics/index.ts";
import { readMoment } from "../core/pricing/index.ts";
import {
  type CartRequest,
  DraftShelf,
  explain,
  explanationText,
  type Language,
  problemLine,
  type QuotedCart,
  type RuleShelf,
  readCart,
  readDocument,
  readPromotions,
  requestOf,
  roublesText,
  type ShelvedRules,
  tryCart,
} from "../flows/index.ts";
import { readBasket } from "../protocols/irp/index.ts";
import { OfferShelf } from "../storage/index.ts";
import { argumentFile } from "./argument-file.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import type { Installation } from "./installation.ts";

interface Options {
  readonly explain?: boolean;
  readonly at?: string;
  readonly rules?: string;
  readonly json?: boolean;
}

const CART_HELP = `
A cart is JSON or YAML:
  lines: [{ offer: "880101", quantity: 2 }, { offer: "450033", quantity: 0.7, selected: false }]
and, if wanted: code, choices: [{ promotion, gifts: [{ offer, quantity }] }], customer, points, at (when it is priced,
as --at), channel (app or seller), outlet, employee, city (a name, or { name, kladr, fias }), delivery, payment, pickupPoint, earlyAccess.
A basket request as the IMSHOP app sends it (with items) is taken as well.`;

/** Adds the command. */
export function registerPrice(program: Command, context: CliContext): void {
  program
    .command("price <file>")
    .description("what a cart costs with this catalogue, these promotions and this programme")
    .option("--explain", "what each promotion did or lacks, to the kopeck")
    .option("--at <time>", "as of this instant or local time; when not given, as the cart says, or now")
    .option("--rules <file>", "with the promotions of a file instead of those in force")
    .addHelpText("after", CART_HELP)
    .action((file: string, options: Options) => priceFile(context, file, options));
}

async function priceFile(context: CliContext, file: string, options: Options): Promise<void> {
  const { request, ownTime } = requestFrom(context, file);
  const rulesText = options.rules === undefined ? null : argumentFile(context, options.rules);
  const installation = await context.installation();
  const { house, secrets, config } = installation;
  const rules = rulesText === null ? installation.rules : await draft(context, installation, rulesText);
  const shelved = await rules.current();
  const moment = options.at ?? ownTime;
  const at = moment === null ? house.now() : momentOf(moment, shelved);
  const offers = new OfferShelf(() => performance.now());
  const answer = await tryCart({ house, secrets, offers, rules }, request, at);
  if (answer.kind === "refused") throw new CommandFailed(`the cart could not be priced: ${answer.reason}`);
  if (options.json) return context.print(JSON.stringify(plain(answer, shelved, at)));
  const language: Language = config.text("shop.language") === "en" ? "en" : "ru";
  if (options.explain) {
    return context.print(explanationText(explain(answer.quote, shelved.rules.byId, language), language));
  }
  const { lines, totals } = explain(answer.quote, shelved.rules.byId, language);
  context.print([...lines, "", ...totals].join("\n"));
}

/** The request in the file, in our own words or in the app's, and when it wants to be priced. */
function requestFrom(
  context: CliContext,
  file: string,
): { readonly request: CartRequest; readonly ownTime: string | null } {
  const text = argumentFile(context, file);
  const document = readDocument(text);
  const value = document.kind === "read" ? document.value : null;
  if (isGroup(value) && "items" in value && !("lines" in value)) {
    const basket = readBasket(value);
    if (basket.kind === "read") return { request: basket.request, ownTime: null };
    throw new CommandFailed(`${file} is no basket request: ${basket.code}`);
  }
  const read = readCart(text);
  if (read.kind === "read") return { request: requestOf(read.cart, read.customerId), ownTime: read.at };
  for (const problem of read.problems) context.complain(problemLine(problem));
  throw new CommandFailed(`${file} is no cart, see \`price --help\``);
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The promotions of a file beside the programme in force. */
async function draft(context: CliContext, { house, rules }: Installation, text: string): Promise<RuleShelf> {
  const read = readPromotions(text, rules.timeZone);
  if (read.kind === "refused") {
    for (const problem of read.problems) context.complain(problemLine(problem));
    throw new CommandFailed("the promotions to try have mistakes");
  }
  const { programme } = (await rules.current()).documents;
  return new DraftShelf(house, rules.timeZone, { set: read.document, programme });
}

function momentOf(text: string, { rules }: ShelvedRules): Instant {
  const at = readMoment(text, rules.zone);
  if (at === null)
    throw new CommandFailed(
      "the moment (--at, or at in the cart) is a date, a local date-time or an ISO 8601 instant",
      2,
    );
  return instant(at);
}

/** The answer for scripts: the quote as it is, in kopecks and thousandths, and what it was made with. */
function plain(answer: QuotedCart, shelved: ShelvedRules, at: Instant): object {
  const { quote } = answer;
  return {
    at: new Date(at).toISOString(),
    rules: { version: shelved.version, hash: shelved.hash },
    totalRoubles: roublesText(quote.total, "en").replaceAll(" ", ""),
    quote,
  };
}
