// Where answers to feedback go, from the settings.
import type { Config } from "../config/index.ts";
import { type EatsAnswerSettings, judgeVmiUrl } from "../outbound/index.ts";
import { CommandFailed } from "./context.ts";

const WHY = {
  not_an_address: "is no address of a host",
  not_https: "must be https; http only on this machine",
  has_credentials: "must not carry a user or a password",
} as const;

/** Names of headers that are ours to set. */
const OWN_HEADERS = /^(authorization|content-type|content-length|host|connection|accept|accept-encoding)$/i;

/** Host and credentials; null: none are set, so answers wait. Throws CommandFailed(78) for what cannot be. */
export function eatsAnswerSettings(config: Config): EatsAnswerSettings | null {
  const vmiUrl = config.text("yandexEats.vmiUrl");
  const clientId = config.optional("yandexEats.vmiClientId");
  const clientSecret = config.optional("yandexEats.vmiClientSecret");
  const fault = judgeVmiUrl(vmiUrl);
  if (fault !== null) throw new CommandFailed(`yandexEats.vmiUrl ${WHY[fault]}`, 78);
  const headers = headersOf(config.list("yandexEats.vmiHeaders"));
  if (clientId === null && clientSecret === null) return null;
  if (clientId === null)
    throw new CommandFailed("yandexEats.vmiClientSecret is set without yandexEats.vmiClientId", 78);
  if (clientSecret === null)
    throw new CommandFailed("yandexEats.vmiClientId is set without yandexEats.vmiClientSecret", 78);
  return {
    vmiUrl,
    clientId,
    clientSecret,
    grantType: config.text("yandexEats.vmiGrantType"),
    scope: config.text("yandexEats.vmiScope"),
    headers,
  };
}

function headersOf(list: readonly string[]): Readonly<Record<string, string>> {
  const pairs = list.map((entry) => {
    const match = /^([A-Za-z\d-]+):\s*([\x20-\x7e]+)$/.exec(entry);
    if (match === null || OWN_HEADERS.test(match[1] as string))
      throw new CommandFailed(
        `yandexEats.vmiHeaders: ${entry.split(":")[0]} is no name:value that may be set`,
        78,
      );
    return [match[1] as string, match[2] as string] as const;
  });
  return Object.fromEntries(pairs);
}
