// Telegram's Bot API on this machine: remembers what was sent to which chat, and answers with faults on wish.
import { type Answer, type Receiver, startReceiver } from "./receiver.ts";

/** A message that was accepted. */
export interface ChatMessage {
  readonly chat: string;
  readonly text: string;
}

/** The next answers; "cut" hangs up after the body was read, "taken" too, but counts the message. */
export type TelegramFault =
  | "cut"
  | "taken"
  | { readonly status: number; readonly retryAfter?: number; readonly header?: string };

/** A stand-in that runs. */
export interface TelegramStandIn {
  readonly baseUrl: string;
  readonly messages: ChatMessage[];
  /** One is used up by each call; none left: all is well. */
  readonly faults: TelegramFault[];
  readonly receiver: Receiver;
}

/** The token that it knows. */
export const BOT_TOKEN = "12345:canary-bot-token";

/** Starts it. */
export async function startTelegram(): Promise<TelegramStandIn> {
  const messages: ChatMessage[] = [];
  const faults: TelegramFault[] = [];
  const answer: Answer = (request, response, { body }) => {
    if (request.url !== `/bot${BOT_TOKEN}/sendMessage`) {
      response.writeHead(404).end('{"ok":false,"error_code":404,"description":"Not Found"}');
      return;
    }
    const { chat_id, text } = JSON.parse(body) as { chat_id: string; text: string };
    const fault = faults.shift();
    if (fault === undefined || fault === "taken") messages.push({ chat: chat_id, text });
    if (fault === "cut" || fault === "taken") {
      request.socket.destroy();
      return;
    }
    if (fault === undefined) {
      response.end('{"ok":true,"result":{}}');
      return;
    }
    const { status, retryAfter, header } = fault;
    if (header !== undefined) response.setHeader("retry-after", header);
    const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
    response.writeHead(status).end(JSON.stringify({ ok: false, error_code: status, ...parameters }));
  };
  const receiver = await startReceiver(answer);
  return { baseUrl: `http://127.0.0.1:${receiver.port}`, messages, faults, receiver };
}
