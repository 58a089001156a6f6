// What carries a message to a person: one shape for every channel.
import type { NoticeEnd } from "../core/desk/index.ts";

/** A message. */
export interface OutgoingNotice {
  /** The same at every try. */
  readonly id: string;
  /** Chat, mailbox or endpoint. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A channel. */
export interface Notifier {
  /** Sends once; never throws. */
  send(notice: OutgoingNotice, signal: AbortSignal): Promise<NoticeEnd>;
}
