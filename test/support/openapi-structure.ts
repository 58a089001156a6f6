// The rules of an OpenAPI 3.1 document that ours can break, as a JSON Schema: what a generator of clients relies on.

const text = { type: "string", minLength: 1 };
const described = { type: "object", required: ["description"], properties: { description: text } };
const media = {
  type: "object",
  minProperties: 1,
  additionalProperties: {
    type: "object",
    required: ["schema"],
    properties: { schema: { type: ["object", "boolean"] } },
  },
};
const parameter = {
  type: "object",
  required: ["name", "in", "schema"],
  additionalProperties: false,
  properties: {
    name: text,
    in: { enum: ["path", "query", "header"] },
    required: { type: "boolean" },
    description: text,
    schema: { type: "object" },
  },
  if: { properties: { in: { const: "path" } } },
  then: { required: ["required"], properties: { required: { const: true } } },
};
const operation = {
  type: "object",
  required: ["operationId", "tags", "summary", "security", "responses"],
  additionalProperties: false,
  properties: {
    operationId: { type: "string", pattern: "^[a-z][A-Za-z]+$" },
    tags: { type: "array", items: text, minItems: 1, maxItems: 1 },
    summary: text,
    description: text,
    security: {
      type: "array",
      items: { type: "object", minProperties: 1, additionalProperties: { type: "array", items: text } },
    },
    parameters: { type: "array", items: parameter, uniqueItems: true },
    requestBody: {
      type: "object",
      required: ["content"],
      additionalProperties: false,
      properties: { required: { type: "boolean" }, content: media },
    },
    responses: {
      type: "object",
      minProperties: 2,
      additionalProperties: false,
      patternProperties: {
        "^[1-5][0-9]{2}$": {
          anyOf: [
            { type: "object", required: ["$ref"], additionalProperties: false, properties: { $ref: text } },
            {
              ...described,
              additionalProperties: false,
              properties: {
                description: text,
                headers: {
                  type: "object",
                  additionalProperties: { ...described, required: ["schema", "description"] },
                },
                content: media,
              },
            },
          ],
        },
      },
    },
  },
};

/** See the first line. */
export const STRUCTURE = {
  type: "object",
  required: ["openapi", "info", "paths"],
  additionalProperties: false,
  properties: {
    openapi: { type: "string", pattern: "^3\\.1\\.[0-9]+$" },
    info: {
      type: "object",
      required: ["title", "version"],
      additionalProperties: false,
      properties: {
        title: text,
        version: text,
        description: text,
        license: { type: "object", required: ["name"], properties: { name: text, identifier: text } },
      },
    },
    servers: {
      type: "array",
      minItems: 1,
      items: { type: "object", required: ["url"], properties: { url: text } },
    },
    tags: {
      type: "array",
      items: { type: "object", required: ["name"], properties: { name: text, description: text } },
    },
    paths: {
      type: "object",
      minProperties: 1,
      additionalProperties: false,
      patternProperties: {
        "^/": {
          type: "object",
          minProperties: 1,
          additionalProperties: false,
          properties: { get: operation, put: operation, post: operation, delete: operation },
        },
      },
    },
    components: {
      type: "object",
      additionalProperties: false,
      properties: {
        schemas: {
          type: "object",
          propertyNames: { pattern: "^[a-zA-Z0-9._-]+$" },
          additionalProperties: { type: "object" },
        },
        responses: { type: "object", additionalProperties: described },
        securitySchemes: {
          type: "object",
          additionalProperties: {
            type: "object",
            oneOf: [
              {
                required: ["type", "scheme"],
                properties: { type: { const: "http" }, scheme: { const: "bearer" }, description: text },
              },
              {
                required: ["type", "in", "name"],
                properties: {
                  type: { const: "apiKey" },
                  in: { const: "cookie" },
                  name: text,
                  description: text,
                },
              },
            ],
          },
        },
      },
    },
  },
} as const;
