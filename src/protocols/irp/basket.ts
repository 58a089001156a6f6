// The basket webhook: reads the request, has it priced, answers, and says in the log what came of it.
import type { FastifyReply } from "fastify";
import { type CartDesk, type QuotedCart, quoteCart } from "../../flows/index.ts";
import { basketAnswer } from "./answer.ts";
import { type IrpCall, type IrpRoute, refused } from "./face.ts";
import type { IrpSettings } from "./settings.ts";
import { readBasket } from "./translate.ts";

/** The webhook of both apps. */
export function basketRoute(desk: CartDesk, settings: IrpSettings): IrpRoute {
  return { path: "/basket", answer: (call) => answerBasket(desk, settings, call) };
}

async function answerBasket(desk: CartDesk, settings: IrpSettings, call: IrpCall): Promise<FastifyReply> {
  const { request, reply } = call;
  const read = readBasket(call.body);
  if (read.kind === "refused") return refused(request, reply, read.code);
  const quoted = await quoteCart(desk, read.request, request.id);
  if (quoted.kind === "refused") return refused(request, reply, quoted.reason);
  noteOutcome(call, quoted);
  if (read.request.syncDate?.wasSeconds === true) request.canonical["syncInSeconds"] = true;
  return reply
    .type("application/json; charset=utf-8")
    .send(JSON.stringify(basketAnswer(quoted, settings, read.nameless)));
}

/** Ids, amounts and versions only. */
function noteOutcome({ request }: IrpCall, quoted: QuotedCart): void {
  const { quote, cart } = quoted;
  const note = request.canonical;
  note["outcome"] = quoted.madeBy === "catalogue" ? "priced_by_catalogue" : "priced";
  note["channel"] = cart.channel;
  note["customerId"] = quoted.facts.customer?.id ?? null;
  note["lines"] = quote.lines.length;
  note["totalMinor"] = quote.total;
  note["discountMinor"] = quote.discount;
  note["rules"] = quoted.rulesVersion;
  note["engineMs"] = Math.round(quoted.engineMs * 1000) / 1000;
  if (quoted.isSyncAhead) note["syncAhead"] = true;
  if (quoted.madeBy === "share") note["isPart"] = true;
  if (!quote.proof.isOptimal) note["gapMinor"] = quote.proof.gapMinor;
}
