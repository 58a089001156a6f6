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
    redact: { paths: [...REDACTED], censor: "(cut)" },
  };
  if (write !== undefined) return pino(options, { write });
  if (isTerminal)
    return pino(
      options,
      pretty({ colorize: true, sync: true, translateTime: "SYS:HH:MM:ss.l", ignore: "hostname,pid" }),
    );
  // Lines are gathered for a moment: a write for each would cost more than the calculation it reports.
  return pino(options, destination({ dest: 1, sync: false, minLength: 4096 }));
}
