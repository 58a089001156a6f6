// Their feedback to ours, tolerantly: a refused feedback is lost for good, so only what cannot be identified or rated is.
import { instant } from "../../core/basics/index.ts";
import type { FeedbackContent, FeedbackWarning, Moment } from "../../core/feedback/index.ts";
import { CODE, type Problem } from "./errors.ts";
import { isObject, type JsonBody, own } from "./json-body.ts";
import {
  cleanText,
  isTooLong,
  Notes,
  readMoment,
  readText,
  WITH_FRACTION,
  WITHOUT_FRACTION,
} from "./notes.ts";
import { translateOrder } from "./translate-order.ts";

/** What a body says, or why it cannot be used. */
export type Translation =
  | {
      readonly kind: "usable";
      readonly content: FeedbackContent;
      readonly warnings: readonly FeedbackWarning[];
    }
  | { readonly kind: "unusable"; readonly problems: readonly Problem[] };

type Parsed = Extract<JsonBody, { kind: "parsed" }>;

const CANONICAL_EATS_ID = /^\d{6}-\d{8}$/;
const PLAUSIBLE_FROM = instant(Date.UTC(2015, 0, 1));
const PLAUSIBLE_UNTIL = instant(Date.UTC(2036, 0, 1));

/** Reads the body of a feedback delivery by the tolerant rules. */
export function translate(body: Parsed): Translation {
  const root = body.value;
  if (!isObject(root)) return refused(CODE.wrongType, "body: expected an object");
  const feedback = own(root, "feedback");
  if (feedback === undefined || feedback === null) return refused(CODE.required, "feedback: required");
  if (!isObject(feedback)) return refused(CODE.wrongType, "feedback: expected an object");
  const notes = new Notes();
  if (!body.isUtf8) notes.warn("text_sanitized");
  const hard = {
    sourceOrderId: readHardId(notes, body, feedback, "eatsId"),
    orderId: readHardId(notes, body, feedback, "orderId"),
    placeId: readHardId(notes, body, feedback, "restaurantId"),
    rating: readRating(notes, own(feedback, "rating")),
    createdAt: readCreatedAt(notes, own(feedback, "createdAt")),
  };
  const soft = {
    sourceId: readSourceId(notes, body, feedback),
    deliveredAt: readSoftDate(notes, own(feedback, "deliveredAt"), true),
    takenAt: readSoftDate(notes, own(feedback, "takenAt"), false),
    comment: readText(notes, own(feedback, "comment")),
    presetComment: readText(notes, own(feedback, "predefinedComment")),
    order: translateOrder(notes, own(root, "orderInfo")),
  };
  const received = own(feedback, "eatsId");
  if (typeof received !== "string" || !CANONICAL_EATS_ID.test(received)) notes.warn("eatsid_format");
  if (!isComplete(hard)) return { kind: "unusable", problems: notes.problems };
  return { kind: "usable", content: { ...hard, ...soft }, warnings: notes.warnings };
}

function refused(code: number, description: string): Translation {
  return { kind: "unusable", problems: [{ code, description }] };
}

type Hard = Pick<FeedbackContent, "sourceOrderId" | "orderId" | "placeId" | "rating" | "createdAt">;

function isComplete(hard: { readonly [Key in keyof Hard]: Hard[Key] | null }): hard is Hard {
  return Object.values(hard).every((value) => value !== null);
}

/** An identifier as it was written; a number gives its digits. */
function readId(
  notes: Notes,
  body: Parsed,
  feedback: object,
  key: string,
): { readonly text: string } | { readonly failure: "absent" | "type" | "length" } {
  const value = own(feedback, key);
  if (value === undefined || value === null) return { failure: "absent" };
  let text: string | null = null;
  if (typeof value === "string") text = cleanText(notes, value).trim();
  if (typeof value === "number") {
    text = digitsOf(value, () => body.numberText(["feedback", key]));
    if (text !== null) notes.warn("id_coerced");
  }
  if (text === null) return { failure: "type" };
  if (text === "") return { failure: "absent" };
  return isTooLong(text) ? { failure: "length" } : { text };
}

/** Whole numbers only; beyond 2^53 the value has lost digits that the text still has. */
function digitsOf(value: number, written: () => string | null): string | null {
  if (Number.isSafeInteger(value)) return String(value);
  const text = written();
  return text !== null && /^\d+$/.test(text) ? text : null;
}

function readHardId(notes: Notes, body: Parsed, feedback: object, key: string): string | null {
  const id = readId(notes, body, feedback, key);
  if ("text" in id) return id.text;
  switch (id.failure) {
    case "absent":
      notes.problem(CODE.required, `feedback.${key}: required`);
      break;
    case "type":
      notes.problem(CODE.wrongType, `feedback.${key}: expected a string`);
      break;
    case "length":
      notes.problem(CODE.outOfRange, `feedback.${key}: longer than 255 characters`);
      break;
  }
  return null;
}

/** Without it the feedback is stored but cannot be answered; never a reason to refuse. */
function readSourceId(notes: Notes, body: Parsed, feedback: object): string | null {
  const id = readId(notes, body, feedback, "id");
  if ("text" in id) return id.text;
  if (id.failure !== "absent") notes.warn("id_coerced");
  return null;
}

function readRating(notes: Notes, value: unknown): number | null {
  if (value === undefined || value === null || value === "") {
    notes.problem(CODE.required, "feedback.rating: required");
    return null;
  }
  const isDigits = typeof value === "string" && /^\s*\d+\s*$/.test(value);
  if (typeof value !== "number" && !isDigits) {
    notes.problem(CODE.wrongType, "feedback.rating: expected an integer from 1 to 5");
    return null;
  }
  const rating = Number(value);
  if (!Number.isInteger(rating) || rating < 1 || rating > 5) {
    notes.problem(CODE.outOfRange, `feedback.rating: expected an integer from 1 to 5, got ${rating}`);
    return null;
  }
  if (isDigits) notes.warn("rating_coerced");
  return rating;
}

function readCreatedAt(notes: Notes, value: unknown): Moment | null {
  if (value === undefined || value === null || value === "") {
    notes.problem(CODE.required, "feedback.createdAt: required");
    return null;
  }
  if (typeof value !== "string") {
    notes.problem(CODE.wrongType, "feedback.createdAt: expected a string");
    return null;
  }
  const moment = readMoment(notes, value, WITH_FRACTION);
  if (moment === null) {
    notes.problem(CODE.badDate, "feedback.createdAt: expected a date with time and offset");
    return null;
  }
  if (moment.at < PLAUSIBLE_FROM || moment.at >= PLAUSIBLE_UNTIL) notes.warn("date_implausible");
  return moment;
}

/** A date the vendor documents but that a pickup or cancelled order may lack. */
function readSoftDate(notes: Notes, value: unknown, isExpected: boolean): Moment | null {
  if (value === undefined || value === null) {
    if (isExpected) notes.warn("date_missing");
    return null;
  }
  const moment = readMoment(notes, value, WITHOUT_FRACTION);
  if (moment === null) notes.warn("date_invalid");
  return moment;
}
