// An answer that is a file: sent while it is made, so that its length does not matter.
import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

/** What a handler gives back instead of JSON. */
export class FileAnswer {
  readonly type: string;
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array>;

  constructor(type: string, name: string, pieces: AsyncIterable<Uint8Array>) {
    this.type = type;
    this.name = name;
    this.pieces = pieces;
  }
}

/** Sends it. What fails midway ends the connection, so that nobody takes half a file for the whole. */
export function sendFile(reply: FastifyReply, file: FileAnswer): FastifyReply {
  return reply
    .type(file.type)
    .header("content-disposition", `attachment; filename="${file.name}"`)
    .header("x-content-type-options", "nosniff")
    .send(Readable.from(file.pieces, { objectMode: false }));
}
