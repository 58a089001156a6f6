// Why a document does not fit its schema, in sentences for its author: where, what, and what was probably meant.
import { nearest } from "./spelling.ts";

/** One mistake. `path` is written as code would: promotions[2].then[0].percent; empty for the whole document. */
export interface Mistake {
  readonly path: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** The part of JSON Schema that our schemas are written in. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly minProperties?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** Most mistakes that are told of one document: who has more should mend these first. */
export const MISTAKES_LIMIT = 100;

/** All mistakes of `value`, in the order of the document; none when it fits. */
export function mistakesOf(schema: object, value: unknown): Mistake[] {
  const walk = new Walk(schema as Schema);
  walk.visit(schema as Schema, value, "");
  return walk.mistakes;
}

/** The path of a key inside an object. */
export function keyPath(path: string, key: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

class Walk {
  readonly mistakes: Mistake[] = [];
  readonly #root: Schema;

  constructor(root: Schema) {
    this.#root = root;
  }

  visit(reference: Schema, value: unknown, path: string): void {
    const schema = this.#resolve(reference);
    if (schema.anyOf !== undefined) this.#anyOf(schema, schema.anyOf, value, path);
    else if (schema.enum !== undefined) this.#enum(schema.enum, value, path);
    else if (
      schema.type !== typeName(value) &&
      !(schema.type === "number" && typeName(value) === "integer")
    ) {
      this.#tell(path, `must be ${wordFor(schema)}, not ${shown(value)}`, wrongType(schema, value));
    } else if (schema.type === "object") this.#object(schema, value as Record<string, unknown>, path);
    else if (schema.type === "array") this.#array(schema, value as unknown[], path);
    else if (schema.type === "string") this.#string(schema, value as string, path);
    else if (typeof value === "number") this.#number(schema, value, path);
  }

  #resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    return this.#root.$defs?.[schema.$ref.slice("#/$defs/".length)] ?? {};
  }

  #tell(path: string, message: string, suggestion?: string | null): void {
    if (this.mistakes.length >= MISTAKES_LIMIT) return;
    this.mistakes.push(suggestion ? { path, message, suggestion } : { path, message });
  }

  #object(schema: Schema, value: Record<string, unknown>, path: string): void {
    const known = schema.properties ?? {};
    const pattern = Object.values(schema.patternProperties ?? {})[0];
    const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key));
    for (const key of Object.keys(value)) {
      const inner = Object.hasOwn(known, key) ? known[key] : pattern;
      if (inner !== undefined) {
        this.visit(inner, value[key], keyPath(path, key));
        continue;
      }
      const free = Object.keys(known).filter((name) => !Object.hasOwn(value, name));
      const meant = nearest(key, free);
      if (meant !== null && missing.includes(meant)) missing.splice(missing.indexOf(meant), 1);
      this.#tell(
        keyPath(path, key),
        "is not known here",
        meant === null ? `known here: ${Object.keys(known).join(", ")}` : `did you mean “${meant}”?`,
      );
    }
    for (const key of missing) {
      this.#tell(keyPath(path, key), "is missing", known[key] ? explained(this.#resolve(known[key])) : null);
    }
    const isEmpty = Object.keys(value).length < (schema.minProperties ?? 0);
    if (isEmpty) this.#tell(path, "is empty", `give at least one of: ${Object.keys(known).join(", ")}`);
  }

  #array(schema: Schema, value: unknown[], path: string): void {
    if (value.length < (schema.minItems ?? 0)) this.#tell(path, `needs at least ${schema.minItems} entry`);
    const items = schema.items;
    if (items !== undefined)
      value.forEach((each, index) => void this.visit(items, each, `${path}[${index}]`));
  }

  #string(schema: Schema, value: string, path: string): void {
    const length = [...value].length;
    if (length < (schema.minLength ?? 0)) this.#tell(path, "must not be empty");
    if (length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) {
      this.#tell(path, `is ${length} characters long; the most is ${schema.maxLength}`);
    }
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
      this.#tell(path, `${JSON.stringify(value)} is not written as expected`, explained(schema));
    }
  }

  #number(schema: Schema, value: number, path: string): void {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
    if (value < minimum)
      this.#tell(path, `${value} is too small: the least is ${minimum}`, explained(schema));
    if (value > maximum) this.#tell(path, `${value} is too large: the most is ${maximum}`, explained(schema));
  }

  #enum(allowed: readonly unknown[], value: unknown, path: string): void {
    if (allowed.includes(value)) return;
    const words = allowed.map(String);
    const meant = typeof value === "string" ? nearest(value, words) : null;
    this.#tell(
      path,
      `must be one of ${words.join(", ")}, not ${shown(value)}`,
      meant === null ? null : `did you mean “${meant}”?`,
    );
  }

  #anyOf(whole: Schema, alternatives: readonly Schema[], value: unknown, path: string): void {
    const resolved = alternatives.map((each) => this.#resolve(each));
    const leads = resolved.map((each) => each.required?.[0]);
    if (leads.every((lead) => lead !== undefined)) {
      this.#byKey(whole, resolved, leads as string[], value, path);
      return;
    }
    const type = typeName(value);
    const fitting = resolved.filter(
      (each) => each.type === type || (each.type === "number" && type === "integer") || isEnumOf(each, value),
    );
    const [only] = fitting;
    if (only !== undefined)
      this.visit({ ...(whole.description ? { description: whole.description } : {}), ...only }, value, path);
    else this.#tell(path, `must be ${wordFor(whole)}, not ${shown(value)}`, wrongType(whole, value));
  }

  /** Alternatives told apart by the key that each begins with. */
  #byKey(whole: Schema, alternatives: Schema[], leads: string[], value: unknown, path: string): void {
    if (typeName(value) !== "object") {
      this.#tell(path, `must be ${wordFor(whole)}, not ${shown(value)}`, `one of: ${leads.join(", ")}`);
      return;
    }
    const keys = Object.keys(value as object);
    const present = leads.filter((lead) => keys.includes(lead));
    const [lead] = present;
    if (lead === undefined) {
      const misspelt = keys
        .map((key) => ({ key, meant: nearest(key, leads) }))
        .find(({ meant }) => meant !== null);
      if (misspelt) {
        this.#tell(keyPath(path, misspelt.key), "is not known here", `did you mean “${misspelt.meant}”?`);
      } else this.#tell(path, `is no known ${whole.title}`, `one of: ${leads.join(", ")}`);
    } else if (present.length > 1) {
      this.#tell(
        path,
        `has several keys: ${present.join(", ")}`,
        "write each as an entry of its own in the list",
      );
    } else {
      const alternative = alternatives[leads.indexOf(lead)];
      if (alternative !== undefined) this.visit(alternative, value, path);
    }
  }
}

function isEnumOf(schema: Schema, value: unknown): boolean {
  return schema.enum !== undefined && typeof schema.enum[0] === typeof value;
}

/** The name of the value's JSON type; whole numbers are integers. */
function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function wordFor(schema: Schema): string {
  if (schema.title !== undefined)
    return schema.title === "roubles" ? "an amount of roubles" : `a ${schema.title}`;
  const words: Record<string, string> = {
    object: "a group of keys",
    array: "a list",
    string: "a text",
    number: "a number",
    integer: "a whole number",
    boolean: "true or false",
  };
  return words[schema.type ?? ""] ?? "something else";
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of keys";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function wrongType(schema: Schema, value: unknown): string | null {
  if (schema.type === "array" && value !== null) return "write it as a list: [ … ]";
  if (schema.type === "string" && typeof value === "number") return `put it in quotes: "${value}"`;
  if ((schema.type === "number" || schema.type === "integer") && typeof value === "string") {
    return "write the number without quotes or units";
  }
  return explained(schema);
}

function explained(schema: Schema): string | null {
  return schema.description ?? null;
}
