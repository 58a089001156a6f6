// The log: JSON lines by default, readable on a terminal; what must never be logged is cut here as a last guard.
import { destination, type Logger, pino } from "pino";
import pretty from "pino-pretty";

/** Paths that are cut wherever they appear in a logged object. The code does not log them; this is the net below. */
export const REDACTED = [
  "authorization",
  "*.authorization",
  "headers.authorization",
  "headers.key",
  "key",
  "*.key",
  "client_secret",
  "access_token",
  "phone",
  "*.phone",
  "email",
  "comment",
  "clientName",
  "pin",
] as const;

/** The server's logger. `write` receives each line; the standard output when absent. */
export function createLog(level: string, isTerminal: boolean, write?: (line: string) => void): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
    redact: { paths: [...REDACTED], censor: "(cut)" },
  };
  if (write !== undefined) return pino(options, { write });
  if (isTerminal)
    return pino(
      options,
      pretty({ colorize: true, sync: true, translateTime: "SYS:HH:MM:ss.l", ignore: "hostname,pid" }),
    );
  // Lines are gathered for a moment: a write for each would cost more than the calculation it reports.
  const target = destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: GATHER_MS });
  openTargets.add(target);
  return pino(options, target);
}

/** Longest that a line waits to be written, ms. */
const GATHER_MS = 250;

const openTargets = new Set<{ flushSync(): void }>();

/** Writes out every gathered line at once: before the process ends. */
export function flushLogs(): void {
  for (const target of openTargets) {
    try {
      target.flushSync();
    } catch {
      // The output is gone (a closed pipe): there is nowhere left to say so.
    }
  }
}

/** Longest text of an error that is logged. */
const ERROR_TEXT = 300;

/** What of an error may be logged: drivers and parsers quote values in their messages, and those may be personal. */
export function describeError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { type: typeof error, message: cut(String(error)) };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  const code = (error as { code?: unknown }).code;
  return {
    type: error.name,
    ...(typeof code === "string" ? { code } : {}),
    message: cut(error.message),
    stack: frames.slice(0, 12).join("\n"),
    ...(error.cause instanceof Error ? { cause: `${error.cause.name}: ${cut(error.cause.message)}` } : {}),
  };
}

/** A message without what stands in quotes, long numbers, addresses of e-mail and non-Latin words. */
function cut(message: string): string {
  return message
    .replaceAll(/"[^"]*"?|'[^']*'|`[^`]*`/g, "(cut)")
    .replaceAll(/\S+@\S+/g, "(cut)")
    .replaceAll(/\+?\d[\d\s().-]{5,}\d/g, "(cut)")
    .replaceAll(/[\w-]{24,}/g, "(cut)")
    .replaceAll(/\p{Script=Cyrillic}+/gu, "(cut)")
    .slice(0, ERROR_TEXT);
}
