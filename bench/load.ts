// A load client cheap enough not to be the bottleneck: bytes made beforehand, raw sockets, answers counted by length.
import { connect, type Socket } from "node:net";

/** What a run measured. */
export interface LoadResult {
  readonly requestsPerSecond: number;
  /** All calls, those of the warm-up among them. */
  readonly answered: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

/** One request as bytes on the wire. */
export function requestBytes(
  host: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Buffer {
  const lines = Object.entries({
    host,
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  });
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n${body}`,
  );
}

/** Sends `requests` in turn over `connections` sockets, one in flight on each, for `seconds` after a warm-up of one second. */
export async function load(
  url: string,
  requests: readonly (() => Buffer)[],
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const { hostname, port } = new URL(url);
  const latencies: number[] = [];
  let failures = 0;
  let answered = 0;
  const warm = performance.now() + 1000;
  const end = warm + seconds * 1000;
  const lanes = Array.from({ length: connections }, (_, lane) =>
    drive(connect(Number(port), hostname), lane),
  );
  await Promise.all(lanes);
  latencies.sort((left, right) => left - right);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  const requestsPerSecond = latencies.length / seconds;
  return { requestsPerSecond, answered, p50Ms: at(0.5), p99Ms: at(0.99), failures };

  async function drive(socket: Socket, lane: number): Promise<void> {
    socket.setNoDelay(true);
    const reader = answers(socket);
    for (let turn = lane; performance.now() < end; turn += 1) {
      const bytes = (requests[turn % requests.length] as () => Buffer)();
      const start = performance.now();
      socket.write(bytes);
      const { value: status, done } = await reader.next();
      if (done) throw new Error("the server closed the connection");
      const now = performance.now();
      answered += 1;
      if (status !== 200) failures += 1;
      if (start >= warm && now <= end) latencies.push(now - start);
    }
    socket.destroy();
  }
}

/** Statuses of the answers on a socket, each given when its body is complete. */
export async function* answers(socket: Socket): AsyncGenerator<number, void, void> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of socket) {
    pending = pending.length === 0 ? (chunk as Buffer) : Buffer.concat([pending, chunk as Buffer]);
    for (
      let size = answerSize(pending);
      size !== null && pending.length >= size;
      size = answerSize(pending)
    ) {
      const status = Number(pending.toString("latin1", 9, 12));
      pending = pending.subarray(size);
      yield status;
    }
  }
}

/** Bytes of the first whole answer's head and body; null while the head is incomplete. */
function answerSize(bytes: Buffer): number | null {
  const head = bytes.indexOf("\r\n\r\n");
  if (head === -1) return null;
  const match = /content-length: (\d+)/i.exec(bytes.toString("latin1", 0, head));
  return head + 4 + Number(match?.[1] ?? 0);
}
