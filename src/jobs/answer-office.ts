// What sends answers in one process: a client of the marketplace's host and the sender, started and stopped as one.
import type { House } from "../flows/index.ts";
import { EatsAnswerClient, type EatsAnswerOptions, type EatsAnswerSettings } from "../outbound/index.ts";
import { type AnswerBell, AnswerSender } from "./answer-sender.ts";

/** The sender of an installation; null: no credentials are set, so answers wait in their queue. */
export function answerOffice(
  house: House,
  settings: EatsAnswerSettings | null,
  bell: AnswerBell,
  options: EatsAnswerOptions = {},
): AnswerSender | null {
  return settings === null ? null : new AnswerSender(house, new EatsAnswerClient(settings, options), bell);
}
