// The promotion's own schema as the form reads it: which kind of field each place is, and where a place stands.
import { promotionSetSchema } from "../../../contract/index.ts";

/** The part of JSON Schema that promotions are written in. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

const whole = promotionSetSchema as unknown as Schema & { readonly $defs: Readonly<Record<string, Schema>> };

/** A promotion. */
export const PROMOTION: Schema = whole.properties?.["promotions"]?.items ?? {};

/** What the schema refers to. */
export const DEFS = whole.$defs;

/** The schema that a reference leads to. */
export function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (DEFS[schema.$ref.slice("#/$defs/".length)] ?? {});
}

/** How a place is filled in. */
export type FieldKind =
  | "goods"
  | "condition"
  | "effect"
  | "roubles"
  | "text"
  | "standing"
  | "choice"
  | "choices"
  | "weekdays"
  | "names"
  | "list"
  | "group"
  | "record"
  | "number"
  | "switch"
  | "line";

const BY_TITLE: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>([
  ["goods", "goods"],
  ["condition", "condition"],
  ["effect", "effect"],
  ["roubles", "roubles"],
  ["text", "text"],
  ["all, none or a list of groups", "standing"],
]);

/** The kind of a place. Throws for a schema that the form does not know: a test looks at every place there is. */
export function kindOf(schema: Schema): FieldKind {
  const it = resolved(schema);
  const titled = BY_TITLE.get(it.title ?? "");
  if (titled !== undefined) return titled;
  if (it.enum !== undefined) return "choice";
  switch (it.type) {
    case "array":
      return kindOfList(resolved(it.items ?? {}));
    case "object":
      return it.patternProperties === undefined ? "group" : "record";
    case "number":
    case "integer":
      return "number";
    case "boolean":
      return "switch";
    case "string":
      return "line";
    default:
      throw new Error(`the form knows no field for ${JSON.stringify(it).slice(0, 100)}`);
  }
}

function kindOfList(items: Schema): FieldKind {
  if (items.enum !== undefined) return "choices";
  if (items.type === "integer") return "weekdays";
  return items.type === "string" ? "names" : "list";
}

/** A place of the schema: `container` is the key that holds its object, or the object's own name. */
export interface Place {
  readonly container: string;
  readonly name: string;
  readonly schema: Schema;
}

/** The places inside of a schema, one level down. */
export function placesOf(schema: Schema, container: string): readonly Place[] {
  const it = resolved(schema);
  if (it.title === "condition" || it.title === "effect") {
    const own = it.title;
    return (it.anyOf ?? []).flatMap((one) => placesOf(one, own));
  }
  const properties = it.properties ?? {};
  return Object.entries(properties).map(([name, inner]) => ({
    container: it.title === "goods" ? "goods" : container,
    name,
    schema: inner,
  }));
}

/** What is inside of a place: the schema of its object or of its entries; null: it is a leaf. */
export function insideOf(schema: Schema): Schema | null {
  const it = resolved(schema);
  switch (kindOf(schema)) {
    case "group":
    case "goods":
    case "condition":
    case "effect":
      return it;
    case "list":
      return resolved(it.items ?? {});
    default:
      return null;
  }
}

/** Every place of a promotion, each once. */
export function allPlaces(): readonly Place[] {
  const seen = new Map<string, Place>();
  const walk = (schema: Schema, container: string): void => {
    for (const place of placesOf(schema, container)) {
      const key = `${place.container}.${place.name}`;
      if (seen.has(key)) continue;
      seen.set(key, place);
      const inside = insideOf(place.schema);
      if (inside !== null) walk(inside, place.name);
    }
  };
  walk(PROMOTION, "promotion");
  return [...seen.values()];
}

/** A step of a path: a key, or the index of an entry. */
export type Step = string | number;

/** `then[0].percent` and `/body/promotions/3/then/0/percent` as steps from the promotion on. */
export function stepsOf(path: string): readonly Step[] {
  const parts = path.startsWith("/")
    ? path.split("/").slice(1)
    : path.split(/[.[\]]+/).filter((part) => part !== "");
  const own = parts[0] === "body" ? parts.slice(1) : parts;
  const inner = own[0] === "promotions" ? own.slice(2) : own;
  return inner.map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('"', "")));
}

/** The path of steps, as the checker writes it. */
export function pathOf(steps: readonly Step[]): string {
  return steps.reduce<string>(
    (path, step) => (typeof step === "number" ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`),
    "",
  );
}

/** A place on the way of a path, with the number of its entry when it stands in a list. */
export interface Named {
  readonly container: string;
  readonly name: string;
  readonly entry: number | null;
}

/** The places that steps lead through; what the schema does not know ends the way. */
export function wayOf(steps: readonly Step[]): readonly Named[] {
  const way: Named[] = [];
  let schema: Schema | null = PROMOTION;
  let container = "promotion";
  for (const step of steps) {
    if (typeof step === "number") {
      const last = way.pop();
      if (last !== undefined) way.push({ ...last, entry: step });
      continue;
    }
    const place: Place | undefined =
      schema === null ? undefined : placesOf(schema, container).find(({ name }) => name === step);
    if (place === undefined) break;
    way.push({ container: place.container, name: step, entry: null });
    schema = insideOf(place.schema);
    container = step;
  }
  return way;
}
