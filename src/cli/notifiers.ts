// The channels that notices go by, from the settings.
import type { Config } from "../config/index.ts";
import { isMailbox } from "../core/desk/index.ts";
import type { Notifiers } from "../jobs/index.ts";
import { MailNotifier, type MailSettings, TelegramNotifier } from "../outbound/index.ts";
import { CommandFailed } from "./context.ts";

/** What is set; a channel that is not is null, and its notices wait. Throws CommandFailed(78) for what cannot be. */
export function notifiersOf(config: Config): Notifiers {
  return { telegram: telegramOf(config), email: mailOf(config) };
}

function telegramOf(config: Config): TelegramNotifier | null {
  const token = config.optional("telegram.token");
  const baseUrl = config.text("telegram.url");
  const proxy = config.optional("telegram.proxy");
  if (!/^https?:/.test(baseUrl)) throw new CommandFailed("telegram.url must be http or https", 78);
  if (proxy !== null && !/^http:/.test(proxy))
    throw new CommandFailed("telegram.proxy must be a proxy of http", 78);
  if (token === null) return null;
  if (!/^\d{1,20}:[\w-]{10,}$/.test(token))
    throw new CommandFailed("telegram.token is no token of a bot", 78);
  return new TelegramNotifier({ token, baseUrl, proxy });
}

function mailOf(config: Config): MailNotifier | null {
  const host = config.optional("smtp.host");
  if (host === null) return null;
  const from = config.optional("smtp.from");
  if (from === null || !isMailbox(from))
    throw new CommandFailed("smtp.host is set, so smtp.from must be the mailbox that notices come from", 78);
  const [user, password] = [config.optional("smtp.user"), config.optional("smtp.password")];
  if ((user === null) !== (password === null))
    throw new CommandFailed("smtp.user and smtp.password must be set together", 78);
  const security = config.text("smtp.security") as MailSettings["security"];
  return new MailNotifier({ host, port: config.number("smtp.port"), security, user, password, from });
}
