// The OpenAPI 3.1 document, made from the same schemas that check the calls: what is written there is what is served.
import { type Operation, problemsOf, TAGS } from "./operation.ts";
import { operations } from "./operations.ts";
import { PROBLEMS, Problem, type ProblemCode } from "./problems.ts";
import { SCOPES } from "./scopes.ts";

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Version of the API, not of the product: it rises when the contract changes. */
export const API_VERSION = "1.0.0";

/** Where all calls stand. */
export const API_BASE = "/api/v1";

const ABOUT = [
  "What the console, scripts and other systems manage a shop with. JSON in UTF-8; amounts are whole kopecks in fields named `…Minor`; instants are UTC, RFC 3339.",
  "**Access.** `Authorization: Bearer` with a token made by `prilavok token create`, by this API, or set as PRILAVOK_API_TOKEN; or the cookie of somebody who signed in to the console. Each call names the scope it needs; a `write` scope includes the `read` of the same noun.",
  "**Pages.** Lists take `limit` and `after`; give `nextCursor` of one page as `after` of the next until it is null. A cursor is opaque.",
  "**Repeating.** Calls that create something take `Idempotency-Key` (1 to 255 printable ASCII characters). A repeat with the same key and the same body within 7 days gets the first answer again, with `Idempotency-Replayed: true`, and makes nothing new.",
  "**Refusals** are problems (RFC 9457) in `application/problem+json`, each with a `code` of the table of problems. `X-Request-Id` stands on every answer.",
  "**Growth.** Answers may get new fields: ignore those you do not know. What is sent is checked strictly: an unknown field or parameter is refused.",
].join("\n\n");

/** The whole document. */
export function openApiDocument(): JsonObject {
  const components = new Components();
  const paths: JsonObject = {};
  for (const call of operations) {
    const others = (paths[call.path] ?? {}) as JsonObject;
    paths[call.path] = { ...others, [call.method.toLowerCase()]: operationObject(call, components) };
  }
  components.refer(Problem);
  return {
    openapi: "3.1.0",
    info: {
      title: "Prilavok management API",
      version: API_VERSION,
      description: ABOUT,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: API_BASE }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: components.schemas(),
      responses: components.responses(),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: scopesText() },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-prilavok",
          description:
            "Somebody signed in to the console; their role says what they may do. Calls other than GET carry `x-csrf`.",
        },
      },
    },
  };
}

function scopesText(): string {
  const rows = Object.entries(SCOPES).map(([name, meaning]) => `- \`${name}\`: ${meaning}`);
  return `A token of this API. Scopes:\n\n${rows.join("\n")}`;
}

function securityOf({ scope }: Operation): JsonObject[] {
  if (scope === "public") return [];
  return scope === "session" ? [{ session: [] }] : [{ bearer: [scope] }, { session: [] }];
}

function operationObject(call: Operation, components: Components): JsonObject {
  const parameters = [
    ...parametersOf(call.params, "path", components),
    ...parametersOf(call.query, "query", components),
    ...(call.isCreating ? [IDEMPOTENCY_KEY] : []),
  ];
  return {
    operationId: call.id,
    tags: [call.tag],
    summary: call.summary,
    ...(call.description === undefined ? {} : { description: call.description }),
    security: securityOf(call),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(call.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: components.refer(call.body) } },
          },
        }),
    responses: responsesOf(call, components),
  };
}

const IDEMPOTENCY_KEY: JsonObject = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Makes the call safe to repeat: the same key gets the first answer again for 7 days.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[!-~]+$" },
};

function parametersOf(
  shape: object | undefined,
  place: "path" | "query",
  components: Components,
): JsonObject[] {
  if (shape === undefined) return [];
  const whole = plain(shape);
  const required = new Set((whole["required"] ?? []) as string[]);
  return Object.entries((whole["properties"] ?? {}) as JsonObject).map(([name, inner]) => {
    const { description, ...schema } = inner as JsonObject;
    return {
      name,
      in: place,
      required: place === "path" || required.has(name),
      ...(description === undefined ? {} : { description }),
      schema: components.refer(schema),
    };
  });
}

const REQUEST_ID: JsonObject = {
  "X-Request-Id": { description: "Id of the request, also in the log.", schema: { type: "string" } },
};

/** JSON by its schema; files as bytes. */
function contentOf({ answer, files = [] }: Operation, components: Components): JsonObject {
  const bytes = { schema: { type: "string", format: "binary" } };
  if (files.length > 0) return { content: Object.fromEntries(files.map((type) => [type, bytes])) };
  if (answer === undefined) return {};
  return { content: { "application/json": { schema: components.refer(answer) } } };
}

function responsesOf(call: Operation, components: Components): JsonObject {
  const replayed: JsonObject = call.isCreating
    ? {
        "Idempotency-Replayed": {
          description: "true when this is the answer that an earlier call with the same key got.",
          schema: { type: "string", enum: ["true"] },
        },
      }
    : {};
  const responses: JsonObject = {
    [String(call.status)]: {
      description: call.status === 201 ? "Made." : call.status === 204 ? "Done; no body." : "The answer.",
      headers: { ...REQUEST_ID, ...replayed },
      ...contentOf(call, components),
    },
  };
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(call)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  for (const [status, codes] of byStatus) {
    responses[String(status)] = components.referResponse(codes.map(camelCase).join("Or"), {
      description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(" "),
      headers: { ...REQUEST_ID, ...EXTRA_HEADERS[status] },
      content: { "application/problem+json": { schema: components.refer(Problem) } },
    });
  }
  return responses;
}

const RETRY_AFTER: JsonObject = {
  "Retry-After": { description: "Seconds to wait.", schema: { type: "string", pattern: "^[0-9]+$" } },
};

const EXTRA_HEADERS: Readonly<Record<number, JsonObject>> = {
  401: { "WWW-Authenticate": { description: "The scheme: Bearer.", schema: { type: "string" } } },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

/** A schema without the marks that its builder keeps on it. */
function plain(schema: object): JsonObject {
  return JSON.parse(JSON.stringify(schema)) as JsonObject;
}

/** Schemas that have a name of their own: a title in capitals-first spelling makes one a component. */
class Components {
  readonly #found = new Map<string, Json>();
  readonly #responses = new Map<string, Json>();

  /** A reference to a refusal that many calls share. */
  referResponse(name: string, response: JsonObject): JsonObject {
    this.#responses.set(name, response);
    return { $ref: `#/components/responses/${name}` };
  }

  /** All shared refusals, by name. */
  responses(): JsonObject {
    return sorted(this.#responses);
  }

  /** The schema itself, or a reference to the component that it is. */
  refer(schema: object): JsonObject {
    return this.#visit(plain(schema)) as JsonObject;
  }

  /** All components, by name. */
  schemas(): JsonObject {
    return sorted(this.#found);
  }

  #visit(node: Json): Json {
    if (Array.isArray(node)) return node.map((each) => this.#visit(each));
    if (typeof node !== "object" || node === null) return node;
    const { $schema: _dialect, $defs, ...rest } = node;
    for (const [name, definition] of Object.entries(($defs ?? {}) as JsonObject)) {
      this.#keep(componentName(name), definition);
    }
    const title = rest["title"];
    if (typeof title === "string" && /^[A-Z][A-Za-z]*$/.test(title)) {
      this.#keep(title, rest);
      return { $ref: `#/components/schemas/${title}` };
    }
    return this.#inner(rest);
  }

  #inner(node: JsonObject): JsonObject {
    const entries = Object.entries(node).map(([key, value]): [string, Json] => {
      const isLocal = key === "$ref" && typeof value === "string" && value.startsWith("#/$defs/");
      return [
        key,
        isLocal
          ? `#/components/schemas/${componentName(value.slice("#/$defs/".length))}`
          : this.#visit(value),
      ];
    });
    return Object.fromEntries(entries);
  }

  #keep(name: string, schema: Json): void {
    if (this.#found.has(name)) return;
    // Entered before it is visited: a schema may refer to itself.
    this.#found.set(name, null);
    const { title: _title, ...rest } = schema as JsonObject;
    this.#found.set(name, this.#inner(rest));
  }
}

function sorted(found: ReadonlyMap<string, Json>): JsonObject {
  return Object.fromEntries([...found].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function camelCase(code: string): string {
  return code.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

/** The object that `node` is, or that it refers to within `contract`. */
export function resolved(contract: JsonObject, node: JsonObject): JsonObject {
  const reference = node["$ref"];
  if (typeof reference !== "string") return node;
  let at: Json | undefined = contract;
  for (const step of reference.replace("#/", "").split("/")) at = (at as JsonObject | undefined)?.[step];
  return (at ?? {}) as JsonObject;
}

function componentName(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
