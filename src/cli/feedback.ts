// `feedback list|answer`: what customers said, and what was made of it.
import type { Command } from "commander";
import { findFeedbackPage, recountFeedback, reprocessFeedback, rereadBodies } from "../flows/index.ts";
import type { FeedbackQuery, FeedbackView } from "../storage/index.ts";
import { bodyReaders } from "./body-readers.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { registerFeedbackAnswer } from "./feedback-answer.ts";
import { listDesk } from "./feedback-desk.ts";
import { registerFeedbackErase } from "./feedback-erase.ts";
import { registerFeedbackNotices } from "./feedback-notices.ts";
import { registerFeedbackNumbers } from "./feedback-numbers.ts";
import { timeOf } from "./loyalty.ts";

/** Most records of one call. */
const LIMIT = 200;

/** Characters of a comment that a line shows. */
const SHOWN = 60;

interface Options {
  readonly source?: string;
  readonly eatsId?: string;
  readonly orderId?: string;
  readonly restaurant?: string;
  readonly unassigned?: boolean;
  readonly filter?: string;
  readonly sort?: string;
  readonly zone?: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** Adds the command. */
export function registerFeedback(program: Command, context: CliContext): void {
  const feedback = program.command("feedback").description("feedback of marketplaces");
  registerFeedbackAnswer(feedback, context);
  registerFeedbackNotices(feedback, context);
  feedback
    .command("list")
    .description("records of marketplaces, newest first; with --filter items of the desk, of every channel")
    .option("--filter <text>", 'items of the desk, such as: rating:1..2 late:>15m has:comment "cold soup"')
    .option(
      "--sort <order>",
      "with --filter: newest, oldest, due, stars, value (most at risk) or left (least time left)",
    )
    .option("--zone <name>", "with --filter: the IANA zone of its days; without it the shop's")
    .option("--source <name>", "only from this source, such as yandex-eats")
    .option("--eats-id <number>", "only about this order, by its number at the source")
    .option("--order-id <id>", "only about this order, by its id in your system")
    .option("--restaurant <id>", "only about this outlet")
    .option("--unassigned", "only what belongs to no outlet of yours")
    .option("--limit <number>", `how many, up to ${LIMIT}`, "20")
    .action(async (options: Options) => {
      const wanted = queryOf(options);
      const { filter, limit: _limit, ...deskOptions } = options;
      if (filter !== undefined) return listDesk(context, { ...deskOptions, filter, limit: wanted.limit });
      const { house } = await context.installation();
      const found = await findFeedbackPage(house, wanted);
      if (options.json) return context.print(JSON.stringify(found));
      if (found.length === 0) context.print("Nothing matches.");
      for (const view of found) context.print(lineOf(view));
    });
  feedback
    .command("reprocess")
    .description("makes the desk again from what was received; what people did stays")
    .option("--since <time>", "only what was delivered from here on")
    .option("--bodies", "read the bodies that are kept again first: what was misread is mended")
    .action(async (options: { since?: string; bodies?: boolean; json?: boolean }) => {
      const since = timeOf("--since", options.since) ?? 0;
      const { house, config } = await context.installation();
      const read = options.bodies ? await rereadBodies(house, since, bodyReaders(config)) : null;
      if (read !== null && !options.json)
        context.print(`Read again: ${read.records} records, ${read.mended} mended.`);
      const done = await reprocessFeedback(house, since);
      if (options.json)
        context.print(JSON.stringify(read === null ? done : { ...done, mended: read.mended }));
      else if (done.records === 0) context.print("Nothing to do: nothing was received.");
      else context.print(`Made again: ${done.records} items, ${done.added} of them new on the desk.`);
    });
  feedback
    .command("recount")
    .description("counts the desk again from its items; nobody writes to it meanwhile")
    .action(async (options: { json?: boolean }) => {
      const { house } = await context.installation();
      const done = await recountFeedback(house, "cli");
      if (options.json) context.print(JSON.stringify(done));
      else if (done.wasRight) context.print("Nothing to do: the counts were right.");
      else context.print("Counted again: the counts are those of the items now.");
    });
  registerFeedbackErase(feedback, context);
  registerFeedbackNumbers(feedback, context);
}

function queryOf(options: Options): FeedbackQuery {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT) {
    throw new CommandFailed(`--limit is a whole number from 1 to ${LIMIT}`, 2);
  }
  return {
    limit,
    ...(options.source === undefined ? {} : { source: options.source }),
    ...(options.eatsId === undefined ? {} : { sourceOrderId: options.eatsId }),
    ...(options.orderId === undefined ? {} : { orderId: options.orderId }),
    ...(options.restaurant === undefined ? {} : { placeId: options.restaurant }),
    ...(options.unassigned ? { isUnassigned: true } : {}),
  };
}

function lineOf(view: FeedbackView): string {
  const { content, instants, effect, canReply, deliveries } = view;
  const words = (content.comment ?? content.presetComment ?? "").replaceAll(/\s+/g, " ");
  const comment = words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
  const reply = canReply ? "can be answered" : "no answer possible";
  const stars = "★".repeat(content.rating).padEnd(5, "☆");
  return `${instants.createdAt}  ${stars}  ${content.sourceOrderId}  ${content.placeId}  ${effect} (${deliveries}), ${reply}  ${comment}`;
}
