// Checks values by schemas of the OpenAPI document, with a validator that is not the server's own.
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { JsonObject } from "../../src/contract/index.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv, ["date-time", "date"]);

/**
 * Checks by `schema`, which may refer to components of `contract`. Closed: fields that the document does not name are
 * mistakes too; readers must allow them, but our own answers have none.
 */
export function checkOf(contract: JsonObject, schema: JsonObject, isClosed: boolean): ValidateFunction {
  const whole = { ...schema, components: contract["components"] ?? {} };
  return ajv.compile(isClosed ? (closed(whole) as object) : whole);
}

function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const inner: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, closed(value)]),
  );
  const isOpen =
    inner["type"] === "object" &&
    inner["properties"] !== undefined &&
    inner["patternProperties"] === undefined;
  return isOpen && inner["additionalProperties"] === undefined
    ? { ...inner, additionalProperties: false }
    : inner;
}

/** Why a value did not fit, shortened. */
export function whyNot(check: ValidateFunction): string {
  return (check.errors ?? [])
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join("; ")
    .slice(0, 500);
}
