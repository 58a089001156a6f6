// Personal data and secrets that tests send on purpose, and the search for them in everything the servers printed.
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names the folder in which a run gathers what its servers print; `npm test` sets it. */
export const CANARY_VARIABLE = "PRILAVOK_TEST_CANARY_DIR";

/** Values to put into calls. None may ever be seen in a log, a metric, or the text of an error. */
export const canary = {
  phone: "+79995550177",
  name: "Канарейкина Пеструшка",
  email: "pestrushka@canary.example",
  comment: "канареечный отзыв без огласки",
  key: "prk_canaryKeyThatNobodyMayPrint0000000000000001",
  token: "canaryTokenThatNobodyMayPrint00000000000000000002",
  secret: "canarySecretThatNobodyMayPrint0000000000000000003",
} as const;

/** Keeps what a server printed (logs, /metrics, bodies of errors) for the search at the end of the run. */
export function keepPrinted(text: string): void {
  const folder = process.env[CANARY_VARIABLE];
  if (folder !== undefined && folder !== "")
    appendFileSync(join(folder, `printed-${process.pid}.txt`), `${text}\n`);
}

/** Every way in which a value may have been written down. */
function spellings(value: string): string[] {
  const digits = value.replaceAll(/\D/g, "");
  const escaped = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(/[^\x20-\x7e]/g, (letter) => {
      return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
    });
  return [
    value,
    escaped,
    encodeURIComponent(value),
    Buffer.from(value).toString("base64"),
    // A phone is known by its last ten digits, however it begins.
    ...(digits.length >= 11 && /^\+\d+$/.test(value) ? [digits.slice(-10)] : []),
  ];
}

/** One sentence per canary found in `text`; the value itself is named, not repeated. */
export function canariesIn(text: string, where: string): string[] {
  const unspaced = text.replaceAll(/(?<=\d)[ ().-]+(?=\d)/g, "");
  return Object.entries(canary).flatMap(([name, value]) =>
    spellings(value).some((spelling) => text.includes(spelling) || unspaced.includes(spelling))
      ? [`${where}: the canary's ${name}`]
      : [],
  );
}

/** Searches everything that was kept in `folder`; nothing without one. */
export function findCanaries(folder: string | undefined): string[] {
  if (folder === undefined || !existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => canariesIn(readFileSync(join(folder, file), "utf8"), file));
}
