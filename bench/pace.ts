// Load at a constant rate: calls leave when they are due, whether or not the ones before have come back, and their time
// counts from when they were due. So a stall is paid by every call that it kept waiting, not by one.
import { connect, type Socket } from "node:net";
import { answers } from "./load.ts";

/** What a run at a constant rate measured. */
export interface PaceResult {
  readonly sent: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  /** Latest that a call left after it was due, ms: how much of the above is this client's own. */
  readonly lateMs: number;
  readonly failures: number;
}

interface Lane {
  readonly socket: Socket;
  readonly due: number[];
}

/** How long a lane may wait for its timer's next beat, ms. */
const BEAT_MS = 1;

/** Sends `bytes` `perSecond` times a second for `seconds` after `warmSeconds` at the same rate, over idle sockets. */
export async function pace(
  url: string,
  bytes: Buffer,
  perSecond: number,
  warmSeconds: number,
  seconds: number,
): Promise<PaceResult> {
  const { hostname, port } = new URL(url);
  const idle: Lane[] = [];
  const latencies: number[] = [];
  let failures = 0;
  let waiting = 0;
  let lateMs = 0;
  const start = performance.now() + 50;
  const measured = start + warmSeconds * 1000;
  const total = Math.round((warmSeconds + seconds) * perSecond);

  const open = (): Lane => {
    const lane: Lane = { socket: connect(Number(port), hostname), due: [] };
    lane.socket.setNoDelay(true);
    // A lane that is closed at the end, or by the server, has nothing more to say: what it owes counts as failed.
    listen(lane).catch(() => undefined);
    return lane;
  };
  const listen = async (lane: Lane): Promise<void> => {
    for await (const status of answers(lane.socket)) {
      const due = lane.due.shift() ?? 0;
      if (status !== 200) failures += 1;
      if (due >= measured) latencies.push(performance.now() - due);
      waiting -= 1;
      idle.push(lane);
    }
  };
  for (let sent = 0; sent < total; ) {
    const due = start + (sent * 1000) / perSecond;
    const now = performance.now();
    if (now < due) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.min(BEAT_MS, due - now))));
      continue;
    }
    const lane = idle.pop() ?? open();
    if (due >= measured) lateMs = Math.max(lateMs, now - due);
    lane.due.push(due);
    lane.socket.write(bytes);
    waiting += 1;
    sent += 1;
  }
  const end = performance.now() + 10_000;
  while (waiting > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const { socket } of idle) socket.destroy();
  latencies.sort((left, right) => left - right);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    sent: latencies.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    worstMs: latencies.at(-1) ?? 0,
    lateMs,
    failures: failures + waiting,
  };
}
