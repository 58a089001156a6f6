// The door of the HTTP room.

export { apiFace } from "./api/face.ts";

export type { ChannelCheck, ChannelCheckName, CheckedChannel } from "./channel-check.ts";

export { readConsole } from "./console.ts";

export { drain } from "./draining.ts";

export type { Face } from "./face.ts";
export type { Readiness } from "./health.ts";
export type { ServerLimits } from "./limits.ts";
export { LiveCalls } from "./live-calls.ts";
export { createLog, describeError, flushLogs } from "./log.ts";
export { createMetrics, type Metrics } from "./metrics.ts";
export { buildServer, type ServerParts } from "./server.ts";
export { readPair, type TlsFiles, type TlsPair, TlsReload } from "./tls.ts";
