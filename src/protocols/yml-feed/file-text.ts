// Bytes of a feed to its text: unpacked when gzipped, decoded by byte order mark or XML declaration.
import { once } from "node:events";
import { Readable } from "node:stream";
import { TextDecoder } from "node:util";
import { createGunzip } from "node:zlib";

/** Most bytes of a feed after unpacking: forty times the largest feed we know, and an end to a gzip bomb. */
export const MAX_TEXT_BYTES = 2 * 1024 ** 3;

/** Thrown inside the reader when the bytes cannot become text; the reader turns it into a `broken` event. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/** How many bytes of the file (as stored) have been taken, for a progress bar. */
export type OnBytes = (bytes: number) => void;

/** The text of `bytes`, piece by piece; throws Unreadable on broken gzip, an unknown encoding or more than `limit` bytes. */
export async function* fileText(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: OnBytes = () => undefined,
  limit = MAX_TEXT_BYTES,
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let head: Uint8Array[] = [];
  let headSize = 0;
  let total = 0;
  for await (const chunk of unpacked(counted(bytes, onBytes))) {
    total += chunk.byteLength;
    if (total > limit) throw new Unreadable(`the file is larger than ${limit} bytes when unpacked`);
    if (decoder !== null) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    head.push(chunk);
    headSize += chunk.byteLength;
    if (headSize < HEAD_BYTES) continue;
    const start = Buffer.concat(head);
    decoder = decoderFor(start);
    head = [];
    yield decoder.decode(start, { stream: true });
  }
  if (decoder === null) {
    const whole = Buffer.concat(head);
    decoder = decoderFor(whole);
    yield decoder.decode(whole, { stream: true });
  }
  yield decoder.decode();
}

/** The declaration stands within this many bytes or does not count. */
const HEAD_BYTES = 256;

/** A byte order mark wins over the declaration; without both it is UTF-8. */
function decoderFor(head: Uint8Array): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder("utf-16le");
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder("utf-16be");
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return new TextDecoder("utf-8");
  const declaration = Buffer.from(head).toString("latin1", 0, HEAD_BYTES);
  const label = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']\s*([\w.:-]+)\s*["']/i.exec(declaration)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label.replace(/^cp-?(125\d)$/i, "windows-$1"));
  } catch {
    throw new Unreadable(`unknown encoding ${label}`);
  }
}

async function* counted(bytes: AsyncIterable<Uint8Array>, onBytes: OnBytes): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.byteLength;
    onBytes(total);
    yield chunk;
  }
}

/** Gzip is told by its first two bytes, not by a name or a header: both lie. */
async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  let first: Uint8Array = new Uint8Array(0);
  while (first.byteLength < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    first = first.byteLength === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  const whole = joined(first, iterator);
  if (first[0] === 0x1f && first[1] === 0x8b) yield* gunzipped(whole);
  else yield* whole;
}

async function* joined(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.byteLength > 0) yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    // A reader that stops early must let the file go.
    await rest.return?.();
  }
}

async function* gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(bytes, { objectMode: false });
  const gunzip = createGunzip();
  // Errors of the source must come out here as they are, and those of the unpacking with a sentence.
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw code.startsWith("Z_") ? new Unreadable("the gzip stream is broken or cut short") : error;
  } finally {
    const isOpen = !source.destroyed;
    source.destroy();
    gunzip.destroy();
    if (isOpen) await once(source, "close").catch(() => undefined);
  }
}
