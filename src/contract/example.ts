// Examples of values that fit a schema of the document: for the commands that the page shows.
import type { Json, JsonObject } from "./openapi.ts";

/** Deepest example; beyond it the smallest value of each kind stands. */
const DEPTH_LIMIT = 6;

/** A value that fits `schema`; required fields only, unless the schema brings an example of its own. */
export function exampleOf(schema: JsonObject, components: JsonObject, depth = 0): Json {
  const { $ref, examples, anyOf, type } = schema;
  if (Array.isArray(examples) && examples[0] !== undefined) return examples[0];
  if (schema["default"] !== undefined) return schema["default"];
  if (schema["const"] !== undefined) return schema["const"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0] ?? null;
  if (typeof $ref === "string") {
    const name = $ref.slice($ref.lastIndexOf("/") + 1);
    return exampleOf((components[name] ?? {}) as JsonObject, components, depth + 1);
  }
  if (Array.isArray(anyOf)) return exampleOf((anyOf[0] ?? {}) as JsonObject, components, depth);
  if (type === "object") return objectExample(schema, components, depth);
  if (type === "array") {
    const isNeeded = Number(schema["minItems"] ?? 0) > 0;
    if (depth >= DEPTH_LIMIT && !isNeeded) return [];
    return [exampleOf((schema["items"] ?? {}) as JsonObject, components, depth + 1)];
  }
  if (type === "integer" || type === "number")
    return Number(schema["minimum"] ?? 0) > 0 ? (schema["minimum"] ?? 1) : 1;
  if (type === "boolean") return true;
  if (type === "null") return null;
  return schema["format"] === "date-time" ? "2026-11-21T12:00:00.000Z" : "text";
}

function objectExample(schema: JsonObject, components: JsonObject, depth: number): JsonObject {
  const properties = (schema["properties"] ?? {}) as JsonObject;
  const required = (schema["required"] ?? []) as string[];
  return Object.fromEntries(
    required.map((name) => [name, exampleOf((properties[name] ?? {}) as JsonObject, components, depth + 1)]),
  );
}
