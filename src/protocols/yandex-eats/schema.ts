// Their JSON by the letter of the contract: what strict mode enforces, and a description of the body for readers.
import Type from "typebox";
import { Compile } from "typebox/compile";
import { parseMoment } from "../../core/feedback/index.ts";
import { CODE, type Problem } from "./errors.ts";
import { isObject, own } from "./json-body.ts";
import { WITH_FRACTION, WITHOUT_FRACTION } from "./notes.ts";
import { DISCRIMINATORS, PLATFORMS } from "./translate-order.ts";

const withFraction = Type.String({ pattern: WITH_FRACTION.source });
const withoutFraction = Type.String({ pattern: WITHOUT_FRACTION.source });

const modification = Type.Object({
  id: Type.String(),
  name: Type.Optional(Type.String()),
  quantity: Type.Integer(),
  price: Type.Number(),
});

const item = Type.Object({
  id: Type.String(),
  name: Type.Optional(Type.String()),
  quantity: Type.Number(),
  price: Type.Number(),
  modifications: Type.Array(modification),
});

/** The body of `POST /v1/feedback` as documented; members that it does not name are allowed. */
export const FeedbackBody = Type.Object({
  feedback: Type.Object({
    id: Type.Optional(Type.String()),
    createdAt: withFraction,
    eatsId: Type.String({ pattern: "^\\d{6}-\\d{8}$" }),
    orderId: Type.String(),
    restaurantId: Type.String(),
    rating: Type.Integer({ minimum: 1, maximum: 5 }),
    deliveredAt: withoutFraction,
    takenAt: Type.Optional(withoutFraction),
    comment: Type.Optional(Type.String()),
    predefinedComment: Type.Optional(Type.String()),
  }),
  orderInfo: Type.Optional(
    Type.Object({
      createdAt: withFraction,
      comment: Type.String(),
      discriminator: Type.String({ enum: [...DISCRIMINATORS] }),
      platform: Type.Optional(Type.String({ enum: [...PLATFORMS] })),
      deliveryInfo: Type.Object({ clientName: Type.String() }),
      paymentInfo: Type.Object({ total: Type.Number() }),
      items: Type.Array(item),
    }),
  ),
});

const validator = Compile(FeedbackBody);

/** Dates whose day and offset must exist, beyond the shape that the schema checks. */
const DATES = [
  ["feedback", "createdAt"],
  ["feedback", "deliveredAt"],
  ["feedback", "takenAt"],
  ["orderInfo", "createdAt"],
] as const;

/** Everything in which a parsed body departs from the contract; none for a body by the letter. */
export function departures(body: unknown): readonly Problem[] {
  if (validator.Check(body)) return DATES.flatMap(([holder, key]) => impossibleDate(body, holder, key));
  return validator.Errors(body).flatMap((error) => {
    const path = error.instancePath.split("/").slice(1);
    if (error.keyword === "required") {
      return error.params.requiredProperties.map((name) => ({
        code: CODE.required,
        description: `${[...path, name].join(".")}: required`,
      }));
    }
    return [{ code: codeOf(error.keyword, path), description: `${named(path)}: ${ruleOf(error)}` }];
  });
}

function impossibleDate(body: object, holder: string, key: string): readonly Problem[] {
  const parent = own(body, holder);
  const value = isObject(parent) ? own(parent, key) : undefined;
  if (typeof value !== "string" || parseMoment(value) !== null) return [];
  return [{ code: CODE.badDate, description: `${holder}.${key}: no such date` }];
}

function codeOf(keyword: string, path: readonly string[]): number {
  if (keyword === "type") return CODE.wrongType;
  return path.at(-1)?.endsWith("At") ? CODE.badDate : CODE.outOfRange;
}

function named(path: readonly string[]): string {
  return path.length === 0 ? "body" : path.join(".");
}

function ruleOf(error: { readonly keyword: string; readonly params: object }): string {
  switch (error.keyword) {
    case "type":
      return `expected ${String((error.params as { type: string | string[] }).type)}`;
    case "pattern":
      return "not in the documented format";
    case "enum":
      return "not in the documented list";
    default:
      return "out of range";
  }
}
