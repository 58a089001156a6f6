// The recorded exchanges and what is expected of each: read once here, driven inside the process and from outside.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseMoment } from "../../../src/core/feedback/index.ts";

const FOLDER = join(import.meta.dirname, "samples");

/** A sample by its name in the manifest. */
export function sample(file: string): string {
  return readFileSync(join(FOLDER, file), "utf8");
}

/** What the manifest says of a sample. */
export interface Entry {
  readonly file: string;
  readonly type: string;
  readonly title: string;
  readonly recommended: {
    readonly status: number;
    readonly effect?: string;
    readonly warnings?: readonly string[];
    readonly bodyShape?: unknown;
  };
  readonly strict?: { readonly status: number };
  readonly instant?: Readonly<Record<string, string>>;
  readonly sequence?: string;
  readonly step?: number;
}

/** The whole manifest. */
export const entries = (JSON.parse(sample("manifest.json")) as { samples: readonly Entry[] }).samples;

/** A recorded HTTP request; its header values may hold placeholders. */
export interface RecordedCall {
  readonly method: "POST" | "GET";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The request of a sample of the type "http-request". */
export function recordedCall(file: string): RecordedCall {
  return (JSON.parse(sample(file)) as { request: RecordedCall }).request;
}

/** Compares at the precision of the expectation, which is given to three or six digits. */
export function microseconds(text: string, precision: string): number {
  const moment = parseMoment(text);
  const isCoarse = /\.\d{3}Z$/.test(precision);
  return (moment?.at ?? Number.NaN) * 1000 + (isCoarse ? 0 : (moment?.micros ?? Number.NaN));
}

/** Whether a body is the vendor's list of problems. */
export function isProblemList(body: unknown): boolean {
  return hasShape(body, [{ code: "integer", description: "string" }]);
}

/** Shapes name types in words; numbers and other texts are literal. */
export function hasShape(body: unknown, shape: unknown): boolean {
  if (Array.isArray(shape)) {
    return Array.isArray(body) && body.length > 0 && body.every((one) => hasShape(one, shape[0]));
  }
  if (typeof shape === "object" && shape !== null) {
    return Object.entries(shape).every(([key, one]) => hasShape((body as Record<string, unknown>)[key], one));
  }
  if (typeof shape === "string" && shape.startsWith("integer")) return Number.isInteger(body);
  if (typeof shape === "string" && shape.startsWith("string")) return typeof body === "string" && body !== "";
  return body === shape;
}
