// Messages by e-mail over SMTP: plain text, one reader each, over TLS unless the operator says otherwise.
import { createTransport } from "nodemailer";
import type { NoticeEnd } from "../core/desk/index.ts";
import type { Notifier, OutgoingNotice } from "./notifier.ts";

/** The operator's mail server. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** starttls: never without it; tls: from the first byte; none: for a server on the same machine. */
  readonly security: "starttls" | "tls" | "none";
  /** Null: nobody signs in. */
  readonly user: string | null;
  readonly password: string | null;
  readonly from: string;
}

/** Waits, ms: until the connection stands, until the greeting, while nothing comes. */
const WAITS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 15_000 } as const;

/** Codes of the library for "nobody was there, or our settings are at fault". */
const NEVER_THERE = new Set([
  "ECONNECTION",
  "EDNS",
  "ESOCKET",
  "ETLS",
  "EAUTH",
  "ENOAUTH",
  "EREQUIRETLS",
  "ECONFIG",
]);

/** Sends by a mail server. `ca`: certificates that are believed beside the system's, for tests. */
export class MailNotifier implements Notifier {
  readonly #settings: MailSettings;
  readonly #ca: string | undefined;

  constructor(settings: MailSettings, ca?: string) {
    this.#settings = settings;
    this.#ca = ca;
  }

  async send({ id, to, subject, text }: OutgoingNotice, signal: AbortSignal): Promise<NoticeEnd> {
    const { host, port, security, user, password, from } = this.#settings;
    const transport = createTransport({
      host,
      port,
      secure: security === "tls",
      requireTLS: security === "starttls",
      ignoreTLS: security === "none",
      ...(user === null ? {} : { auth: { user, pass: password ?? "" } }),
      ...(this.#ca === undefined ? {} : { tls: { ca: this.#ca } }),
      ...WAITS,
    });
    const stop = (): void => transport.close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      await transport.sendMail({
        from,
        to: { name: "", address: to },
        subject,
        text,
        // The same at every try: a reader's program knows the second copy of a message by it.
        messageId: `<${id}@${from.split("@").at(-1)?.replace(/[>\s]/g, "") ?? "prilavok"}>`,
        headers: { "auto-submitted": "auto-generated" },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { kind: "sent" };
    } catch (error) {
      return signal.aborted ? failed("stopped", false) : endOf(error);
    } finally {
      signal.removeEventListener("abort", stop);
      transport.close();
    }
  }
}

/** 5xx to the mailbox or the message is for ever, 4xx is for now; whatever comes before them is not the message's fault. */
function endOf(error: unknown): NoticeEnd {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const word = typeof code === "string" ? code : "";
  if (word === "EAUTH" || word === "ENOAUTH") return failed("sign_in_refused", false);
  if (NEVER_THERE.has(word)) return failed("no_connection", false);
  const isAbout = word === "EENVELOPE" || word === "EMESSAGE";
  if (isAbout && typeof responseCode === "number" && responseCode >= 500)
    return { kind: "refused", why: word === "EENVELOPE" ? "mailbox_refused" : "message_refused" };
  return failed(word === "ETIMEDOUT" ? "timeout" : "server_error", word !== "ETIMEDOUT");
}

function failed(why: string, isReached: boolean): NoticeEnd {
  return { kind: "failed", why, isReached, retryAfterMs: null };
}
