// Schemas as a reader sees them: one table of fields, nested objects by their path, components by a link.
import type { JsonObject } from "../../contract/index.ts";
import { type Html, html, spans } from "./html.ts";

/** Deepest nesting that a table shows; what lies deeper is told by its type alone. */
const DEPTH_LIMIT = 4;

interface Row {
  readonly path: string;
  /** What is said beside the name: nothing for a field that must be there. */
  readonly mark: "" | "optional" | "one of";
  readonly schema: JsonObject;
}

/** The fields of `schema` as a table; for what is no object, its type. A link to a component is followed once. */
export function schemaRows(schema: JsonObject, components: JsonObject, title: string): Html {
  const reference = componentOf(schema);
  const whole = reference === null ? schema : ((components[reference] ?? {}) as JsonObject);
  const note =
    whole["description"] === undefined ? null : html`<p>${spans(String(whole["description"]))}</p>`;
  const rows = rowsOf(whole, "", 0);
  if (rows.length === 0) return html`${note}<p>${typeText(whole, components)}</p>`;
  return html`${note}<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows.map(
    ({ path, mark, schema: one }) =>
      html`<tr><th scope="row"><code>${breakable(path)}</code>${mark === "" ? null : html` <em>${mark}</em>`}</th><td>${typeText(one, components)}</td><td>${spans(String(one["description"] ?? ""))}</td></tr>`,
  )}</tbody></table></div>
`;
}

/** A long path may be broken after its dots only. */
function breakable(path: string): Html {
  return html`${path.split(".").map((step, index) => (index === 0 ? html`${step}` : html`.<wbr>${step}`))}`;
}

function rowsOf(schema: JsonObject, path: string, depth: number): Row[] {
  if (schema["type"] === "array") return rowsOf((schema["items"] ?? {}) as JsonObject, `${path}[]`, depth);
  if (schema["type"] !== "object" || depth > DEPTH_LIMIT) return alternatives(schema, path, depth);
  const required = new Set((schema["required"] ?? []) as string[]);
  return Object.entries((schema["properties"] ?? {}) as JsonObject).flatMap(([name, value]) => {
    const inner = value as JsonObject;
    const here = path === "" ? name : `${path}.${name}`;
    const mark = required.has(name) ? "" : "optional";
    return [{ path: here, mark, schema: inner }, ...rowsOf(inner, here, depth + 1)];
  });
}

/** "This or null" shows the fields of this, and one of several objects shows all of theirs; the rest is told by its type. */
function alternatives(schema: JsonObject, path: string, depth: number): Row[] {
  const choices = ((schema["anyOf"] ?? []) as JsonObject[]).filter((choice) => choice["type"] !== "null");
  if (depth > DEPTH_LIMIT) return [];
  const [only] = choices;
  if (choices.length === 1 && only !== undefined) return rowsOf(only, path, depth);
  if (!choices.every((choice) => choice["type"] === "object")) return [];
  return choices.flatMap((choice) => {
    const [first, ...rest] = rowsOf(choice, path, depth);
    return first === undefined ? [] : [{ ...first, mark: "one of" as const }, ...rest];
  });
}

/** A type in few words. */
export function typeText(schema: JsonObject, components: JsonObject): Html {
  const reference = componentOf(schema);
  if (reference !== null) return html`<a href="#schema-${reference}">${reference}</a>`;
  if (Array.isArray(schema["enum"])) {
    return html`${schema["enum"].map((word, index) => html`${index === 0 ? "" : " | "}<code>${JSON.stringify(word)}</code>`)}`;
  }
  if (schema["const"] !== undefined) return html`<code>${JSON.stringify(schema["const"])}</code>`;
  if (Array.isArray(schema["anyOf"])) {
    const choices = schema["anyOf"] as JsonObject[];
    const isChoice = choices.length > 2 && choices.every((choice) => choice["type"] === "object");
    if (isChoice) return html`object with one of these keys`;
    return html`${choices.map((choice, index) => html`${index === 0 ? "" : " | "}${typeText(choice, components)}`)}`;
  }
  if (schema["type"] === "array")
    return html`list of ${typeText((schema["items"] ?? {}) as JsonObject, components)}`;
  const patterned = schema["patternProperties"] as JsonObject | undefined;
  const [value] = Object.values(patterned ?? {});
  if (value !== undefined) return html`object of ${typeText(value as JsonObject, components)} by name`;
  return html`${String(schema["type"] ?? "any value")}${boundsText(schema)}`;
}

function boundsText(schema: JsonObject): string {
  const found: string[] = [];
  if (typeof schema["format"] === "string") found.push(schema["format"]);
  if (schema["contentEncoding"] !== undefined) found.push(String(schema["contentEncoding"]));
  const [low, high] = [schema["minimum"], schema["maximum"]].map((bound) =>
    typeof bound === "number" && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined,
  );
  if (low !== undefined && high !== undefined) found.push(`${low} to ${high}`);
  else if (low !== undefined) found.push(`from ${low}`);
  else if (high !== undefined) found.push(`up to ${high}`);
  if (schema["maxLength"] !== undefined) found.push(`up to ${String(schema["maxLength"])} characters`);
  if (schema["default"] !== undefined) found.push(`usually ${JSON.stringify(schema["default"])}`);
  return found.length === 0 ? "" : `, ${found.join(", ")}`;
}

function componentOf(schema: JsonObject): string | null {
  const reference = schema["$ref"];
  return typeof reference === "string" ? reference.slice(reference.lastIndexOf("/") + 1) : null;
}
