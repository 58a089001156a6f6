// The few shapes that every resource of the management API is built from.
import { type TObject, type TProperties, type TSchema, Type } from "typebox";

/** Whole numbers beyond this cannot be told apart in JSON. */
export const LARGEST = Number.MAX_SAFE_INTEGER;

/** Longest identifier that any resource has, characters. */
export const ID_LIMIT = 255;

/** What a caller sends: a field that is not listed is refused. */
export function input<Properties extends TProperties>(
  properties: Properties,
  options: {
    title?: string;
    description?: string;
    minProperties?: number;
    examples?: readonly unknown[];
  } = {},
): TObject<Properties> {
  return Type.Object(properties, { ...options, additionalProperties: false });
}

/** What is answered: fields may be added later, so readers ignore those they do not know. */
export function output<Properties extends TProperties>(
  properties: Properties,
  options: { title?: string; description?: string } = {},
): TObject<Properties> {
  return Type.Object(properties, options);
}

/** `schema` or null. */
export function nullable<Schema extends TSchema>(schema: Schema, description?: string) {
  return Type.Union([schema, Type.Null()], description === undefined ? {} : { description });
}

/** One of a closed list of words. */
export function oneOf<const Words extends readonly string[]>(words: Words, description?: string) {
  const described = description === undefined ? {} : { description };
  return Type.Unsafe<Words[number]>({ type: "string", enum: [...words], ...described });
}

/** A moment in UTC, RFC 3339 with milliseconds. */
export function moment(description: string) {
  return Type.String({ format: "date-time", description });
}

/** An identifier given out by the product or by a vendor. */
export function identifier(description: string) {
  return Type.String({ minLength: 1, maxLength: ID_LIMIT, description });
}

/** A person's name for a thing, to tell it from others. */
export function label(description: string) {
  return Type.String({ maxLength: 200, description });
}

/** Kopecks, whole. */
export function minor(description: string) {
  return Type.Integer({ minimum: -LARGEST, maximum: LARGEST, description });
}

/** A number of things, from zero. */
export function count(description: string) {
  return Type.Integer({ minimum: 0, maximum: LARGEST, description });
}

/** Most entries of one page, and how many there are when the caller does not say. */
export const PAGE_LIMIT = { most: 100, usual: 50 } as const;

/** Longest cursor, characters. */
export const CURSOR_LIMIT = 1024;

/** Query parameters of every list. */
export const PAGE = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: PAGE_LIMIT.most,
      default: PAGE_LIMIT.usual,
      description: "Entries of a page.",
    }),
  ),
  after: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: CURSOR_LIMIT,
      description: "nextCursor of the page before; leave out for the first page.",
    }),
  ),
};

/** One page of `item`. */
export function pageOf<Schema extends TSchema>(item: Schema, title: string) {
  return output(
    {
      items: Type.Array(item),
      nextCursor: nullable(
        Type.String(),
        "Give it as `after` to get the next page; null when there is no more.",
      ),
    },
    { title },
  );
}
