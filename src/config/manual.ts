// The configuration manual: config.default.env, made from the list of settings so that it cannot fall behind.
import { settings } from "./settings.ts";

/** The text of config.default.env: every setting, commented, with its default. */
export function manual(): string {
  const head = [
    "# Every setting of Prilavok with its default. Copy what you change; the rest may be left out.",
    "# Settings marked (secret) can be given as a file: the same name with _FILE.",
    "# In prilavok.yaml the same settings go by the name in brackets.",
    "",
  ];
  const body = settings.flatMap((setting) => [
    `# ${setting.sentence}${setting.choices ? ` One of: ${setting.choices.join(", ")}.` : ""} [${setting.name}]${setting.isSecret ? " (secret)" : ""}`,
    `#${setting.env}=${setting.fallback ?? ""}`,
    "",
  ]);
  return [...head, ...body].join("\n");
}
