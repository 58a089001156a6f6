// The OpenAPI document is one: well formed, complete, and about the server that serves it. And the page made from it.
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import {
  API_BASE,
  exampleOf,
  type JsonObject,
  openApiDocument,
  operations,
  PROBLEM_CODES,
  PROBLEMS,
  SCOPE_NAMES,
} from "../../src/contract/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { checkOf, whyNot } from "../support/document-check.ts";
import { forEachEngine } from "../support/engines.ts";
import { STRUCTURE } from "../support/openapi-structure.ts";

const contract = openApiDocument();
const components = (contract["components"] as JsonObject)["schemas"] as JsonObject;

/** Every object of the document with its path. */
function everyNode(node: unknown, path = ""): { path: string; node: Record<string, unknown> }[] {
  if (typeof node !== "object" || node === null) return [];
  const inner = Object.entries(node).flatMap(([key, value]) => everyNode(value, `${path}/${key}`));
  return Array.isArray(node) ? inner : [{ path, node: node as Record<string, unknown> }, ...inner];
}

describe("the document", () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });

  test("has the structure that OpenAPI 3.1 asks for", () => {
    const check = ajv.compile(STRUCTURE);
    check(contract);
    expect(check.errors ?? []).toEqual([]);
  });

  test("the structure test can fail", () => {
    const check = ajv.compile(STRUCTURE);
    const [[path, methods]] = Object.entries(contract["paths"] as JsonObject) as [[string, JsonObject]];
    const { responses: _responses, ...mute } = Object.values(methods)[0] as JsonObject;
    const broken = { ...contract, paths: { [path]: { get: mute } } };
    expect(check(broken)).toBe(false);
    expect(check({ ...contract, openapi: "3.0.3" })).toBe(false);
  });

  test("every schema is a schema of JSON Schema 2020-12", () => {
    for (const [name, schema] of Object.entries(components)) {
      expect([name, ajv.validateSchema(schema as object), ajv.errors ?? []]).toEqual([name, true, []]);
    }
  });

  test("every reference leads somewhere, and every component is referred to", () => {
    const referred = new Set<string>();
    for (const { path, node } of everyNode(contract)) {
      const reference = node["$ref"];
      if (typeof reference !== "string") continue;
      const [, , kind, name] = reference.split("/") as [string, string, string, string];
      const holder = (contract["components"] as Record<string, JsonObject>)[kind] ?? {};
      expect([path, reference, Object.hasOwn(holder, name)]).toEqual([path, reference, true]);
      if (kind === "schemas") referred.add(name);
    }
    expect(Object.keys(components).filter((name) => !referred.has(name))).toEqual([]);
  });

  test("path parameters are those of the path, ids are unique, scopes exist", () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    for (const { id, path, params, scope } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect([id, Object.keys(params?.properties ?? {}).sort()]).toEqual([id, named.sort()]);
      expect([...SCOPE_NAMES, "session", "public"]).toContain(scope);
    }
  });

  test("every field, parameter and call is explained", () => {
    const mute: string[] = [];
    for (const { path, node } of everyNode(contract)) {
      if (/\/parameters\/\d+$/.test(path) && !node["description"]) mute.push(path);
      if (/^\/paths\/[^/]*(\/[^/]*)*\/(get|post|put|delete)$/.test(path) && !node["summary"]) mute.push(path);
    }
    expect(mute).toEqual([]);
  });

  test("examples of bodies fit their schemas", () => {
    for (const { path, node } of everyNode(contract)) {
      if (!path.endsWith("/requestBody")) continue;
      const [media] = Object.values(node["content"] as Record<string, JsonObject>);
      const schema = media?.["schema"] as JsonObject;
      const check = checkOf(contract, schema, false);
      expect([path, check(exampleOf(schema, components)), whyNot(check)]).toEqual([path, true, ""]);
    }
  });
});

forEachEngine("the description as served", (engine) => {
  let api: ApiUnderTest;
  beforeAll(() => {
    api = apiOn(engine.database);
  });

  test("the document is open to everybody and the same as the contract", async () => {
    const answer = await api.call("GET", "/api/openapi.json", { token: null });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(contract);
  });

  test("every call of the contract is served, and nothing else", async () => {
    const served = api.app.printRoutes({ commonPrefix: false });
    const paths = new Set(operations.map(({ path }) => `${API_BASE}${path.replaceAll(/\{(\w+)\}/g, ":$1")}`));
    for (const path of paths) expect(served).toContain(path.split("/").at(-1));
    for (const { method, path } of operations) {
      expect(api.app.hasRoute({ method, url: `${API_BASE}${path.replaceAll(/\{(\w+)\}/g, ":$1")}` })).toBe(
        true,
      );
    }
  });

  test("the page tells every call, scope and problem, runs no script and loads nothing foreign", async () => {
    const answer = await api.call("GET", "/api/docs", { token: null });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'; style-src 'self'");
    const page = answer.body;
    for (const { id, summary, scope } of operations) {
      expect(page).toContain(`id="${id}"`);
      expect(page).toContain(summary);
      expect(page).toContain(scope);
    }
    for (const code of PROBLEM_CODES) expect(page).toContain(`id="problem-${code}"`);
    expect(page).not.toMatch(/<script|<style|\son\w+=|style="/i);
    // Text between tags loads nothing: an example may name somebody's address.
    const tags = page.replaceAll(/>[^<]*</g, "><");
    expect(tags).not.toMatch(/https?:\/\/(?!127\.0\.0\.1:8080)/i);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] as string);
    const ids = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] as string));
    expect(links.filter((link) => !ids.has(link))).toEqual([]);
    expect((await api.call("GET", "/api/docs.css", { token: null })).headers["content-type"]).toContain(
      "text/css",
    );
  });

  test("the address of a problem is a place on the page", async () => {
    const answer = await api.call("GET", "/api/v1/tokens", { token: null });
    expect(answer.json().type).toBe("/api/docs#problem-unauthorized");
    expect(Object.values(PROBLEMS).every(({ status }) => status >= 400 && status < 600)).toBe(true);
  });
});
