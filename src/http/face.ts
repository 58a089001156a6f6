// A face: one vendor's side of the server, with its base path and its own shape of refusals.
import type { FastifyInstance, FastifyReply } from "fastify";

/** Why the server itself (not a face's handler) refuses a call. */
export type ServerRefusal =
  | "not_found"
  | "method_not_allowed"
  | "too_large"
  | "too_many"
  | "overloaded"
  | "bad_request"
  | "internal";

/** What the server must know of a vendor's side. */
export interface Face {
  readonly name: string;
  /** Paths under which this face answers, also for what does not exist there. "" is the root: the last resort. */
  readonly basePaths: readonly string[];
  /** Registers routes on an instance encapsulated for this face, once per base path. */
  routes(app: FastifyInstance, basePath: string): void;
  /** Answers in the vendor's shape. `status` is already decided. */
  refuse(reply: FastifyReply, status: number, refusal: ServerRefusal): FastifyReply;
}

/** The face that answers for a path: the longest base path that the path begins with. */
export function faceOf(faces: readonly Face[], path: string): Face | undefined {
  let best: { face: Face; length: number } | undefined;
  for (const face of faces) {
    for (const base of face.basePaths) {
      const isUnder = base === "" || path === base || path.startsWith(`${base}/`);
      if (isUnder && (best === undefined || base.length > best.length)) best = { face, length: base.length };
    }
  }
  return best?.face;
}
