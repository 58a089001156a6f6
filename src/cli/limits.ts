// The settings of the server's limits, as the server wants them.
import type { Config } from "../config/index.ts";
import type { ServerLimits } from "../http/index.ts";

/** What the configuration says of the limits; the rest keeps the server's defaults. */
export function limitsOf(config: Config): Partial<ServerLimits> {
  return {
    headersMs: config.number("limits.headersTime"),
    requestMs: config.number("limits.requestTime"),
    handlerMs: config.number("limits.handlerTime"),
    sockets: config.number("limits.sockets"),
    socketsPerAddress: config.number("limits.socketsPerAddress"),
    eventLoopDelayMs: config.number("limits.eventLoopDelay"),
    memoryBytes: config.number("limits.memory"),
    writersWaiting: config.number("limits.writersWaiting"),
  };
}
