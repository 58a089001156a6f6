// Puts the calls of the contract on a server: access first, then strict reading, then the handler.
import { createHash } from "node:crypto";
import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { type FieldProblemBody, type Needed, type Operation, SCOPES } from "../../contract/index.ts";
import { type ApiCaller, FailedTries, type House } from "../../flows/index.ts";
import { admit, isFresh } from "./access.ts";
import { houseForCall } from "./audited.ts";
import { FileAnswer, sendFile } from "./file-answer.ts";
import { Refusal, refuse, sendRefusal } from "./refusal.ts";
import type { ApiKit, Call, Route } from "./route.ts";
import { keepToStores } from "./stores.ts";
import { readStrictJson, textProblem } from "./strict-json.ts";
import { visitOf } from "./visit.ts";

/** Largest body where a call does not say, bytes. */
export const BODY_LIMIT = 256 * 1024;

/** What a route of this server needs; "public" is for signing in and for the description of the API itself. */
export type Access = Needed;

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route below /api says who may call it; one that does not is not registered. */
    access?: Access;
  }
  interface FastifyRequest {
    /** Who calls the management API; null before access was checked. */
    apiCaller: ApiCaller | null;
  }
}

/** Thrown by the body's reader; carried to the caller by the error handler of this API. */
class BodyRefused extends Error {
  readonly rule: string;
  constructor(rule: string) {
    super(rule);
    this.rule = rule;
  }
}

/** Prepares `app` for calls: access, strict bodies, problems. Routes are added with `mountRoute`. */
export function prepare(app: FastifyInstance, kit: ApiKit): void {
  const tries = new FailedTries(kit.failedAuthLimit);
  app.decorateRequest("apiCaller", null);
  app.addHook("onRoute", (options) => {
    const access = options.config?.access;
    const isKnown = access === "public" || access === "session" || Object.hasOwn(SCOPES, access ?? "");
    if (access === undefined || !isKnown) {
      throw new TypeError(`${options.method} ${options.url} does not say what scope it needs`);
    }
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("cache-control", "no-store");
    const access = request.routeOptions.config.access;
    // A path without a route is answered "not found" to everybody: it opens nothing.
    if (access === undefined) return undefined;
    const admitted = await admit(request, reply, kit, access, tries, kit.house.now());
    if (admitted instanceof Refusal) return sendRefusal(reply, admitted);
    request.apiCaller = admitted;
    request.canonical[admitted.person === null ? "tokenId" : "personId"] = admitted.tokenId;
    return undefined;
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    /^application\/(?:json|[\w.-]+\+json)(?:$|[ ;])/i,
    { parseAs: "buffer" },
    (_request, body, done) => {
      // No bytes are no body: the schema says whether one is needed.
      if (body.length === 0) return done(null, undefined);
      const read = readStrictJson(body);
      return read.kind === "read" ? done(null, read.value) : done(new BodyRefused(read.rule));
    },
  );
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler((error, _request, reply) => {
    const refusal = refusalOf(error as FastifyError);
    // What no caller can mend goes to the server's own handler, which knows disks, queues and surprises.
    if (refusal === null) throw error;
    return sendRefusal(reply, refusal);
  });
}

/** Adds one call below `basePath`; `reader`: the call that shows what it changes. */
export function mountRoute(
  app: FastifyInstance,
  basePath: string,
  kit: ApiKit,
  route: Route,
  reader: Route | null,
): void {
  const { operation } = route;
  app.route({
    method: operation.method,
    url: `${basePath}${operation.path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
    config: { access: operation.scope },
    bodyLimit: operation.bodyLimit ?? BODY_LIMIT,
    exposeHeadRoute: false,
    schema: {
      querystring: operation.query ?? Type.Object({}, { additionalProperties: false }),
      ...(operation.params === undefined ? {} : { params: operation.params }),
      ...(operation.body === undefined || operation.isCheckedInside ? {} : { body: operation.body }),
    },
    handler: async (request, reply) => {
      const broken = brokenText(request);
      if (broken !== null) return sendRefusal(reply, broken);
      const shut = await keepToStores(kit, operation, callerOf(request), request.params);
      if (shut !== null) return sendRefusal(reply, shut);
      if (operation.needsFresh && !isFresh(callerOf(request), kit.house.now()))
        return sendRefusal(reply, refuse("fresh_session_needed"));
      const early = await route.before?.(callOf(kit, request, reply, kit.house));
      if (early instanceof Refusal) return sendRefusal(reply, early);
      const name = operation.isCreating ? request.headers["idempotency-key"] : undefined;
      const sent = await (name === undefined
        ? answerPlainly(kit, { route, reader }, request, reply)
        : answerUnderKey(kit, { route, reader }, request, reply, name));
      if (operation.method !== "GET" && !operation.isReading) {
        // After the commit: what was remembered from before it must not outlive it here.
        kit.tokens.forget();
        kit.sessions.forget();
        kit.rules.forget();
      }
      return sent;
    },
  });
}

/** A call with the one that shows what it changes. */
interface Mounted {
  readonly route: Route;
  readonly reader: Route | null;
}

/** Carries a call out; what it changes is noted in the audit log. */
function carryOut(
  kit: ApiKit,
  { route, reader }: Mounted,
  request: FastifyRequest,
  reply: FastifyReply,
  house: House,
) {
  const { params, body, caller } = callOf(kit, request, reply, house);
  const look =
    reader === null
      ? null
      : (within: House) => reader.handle({ ...callOf(kit, request, reply, within), query: {} as never });
  const audited = houseForCall(house, { operation: route.operation, params, body, caller, look });
  return route.handle(callOf(kit, request, reply, audited));
}

async function answerPlainly(
  kit: ApiKit,
  mounted: Mounted,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const answer = await carryOut(kit, mounted, request, reply, kit.house);
  return answer instanceof Refusal
    ? sendRefusal(reply, answer)
    : sendAnswer(reply, mounted.route.operation, answer);
}

async function answerUnderKey(
  kit: ApiKit,
  mounted: Mounted,
  request: FastifyRequest,
  reply: FastifyReply,
  name: string | string[],
): Promise<FastifyReply> {
  const { operation } = mounted.route;
  if (typeof name !== "string" || !/^[!-~]{1,255}$/.test(name)) {
    const place = {
      path: "/headers/idempotency-key",
      message: "must be 1 to 255 printable ASCII characters",
    };
    return sendRefusal(reply, refuse("invalid_request", undefined, [place]));
  }
  const key = { tokenId: request.apiCaller?.tokenId ?? "", name, fingerprint: fingerprintOf(request) };
  const ended = await kit.once.answer(key, async (house) => {
    const answer = await carryOut(kit, mounted, request, reply, house);
    const isRefused = answer instanceof Refusal;
    return { answer, kept: isRefused ? null : { status: operation.status, body: JSON.stringify(answer) } };
  });
  if (ended.kind === "refused") return sendRefusal(reply, refuse(ended.reason));
  if (ended.kind === "repeated") {
    request.canonical["outcome"] = "repeated";
    reply.header("idempotency-replayed", "true");
    return reply.code(ended.status).type("application/json").serializer(asItIs).send(ended.body);
  }
  const { answer } = ended;
  return answer instanceof Refusal ? sendRefusal(reply, answer) : sendAnswer(reply, operation, answer);
}

function asItIs(body: unknown): string {
  return String(body);
}

/** What a call is: method, address and body. */
function fingerprintOf(request: FastifyRequest): string {
  const whole = [request.method, request.url, request.body ?? null];
  return createHash("sha256").update(JSON.stringify(whole)).digest("base64url");
}

function callerOf({ apiCaller }: FastifyRequest): ApiCaller {
  if (apiCaller === null) throw new TypeError("a handler was reached without access");
  return apiCaller;
}

function callOf(kit: ApiKit, request: FastifyRequest, reply: FastifyReply, house: House): Call<Operation> {
  const { params, query, body } = request;
  const parts = { params, query, body } as unknown as Pick<Call<Operation>, "params" | "query" | "body">;
  const people = { ...kit.people, house };
  return { ...parts, ...kit, house, people, caller: callerOf(request), visit: visitOf(request, reply) };
}

function sendAnswer(reply: FastifyReply, operation: Operation, answer: unknown): FastifyReply {
  reply.request.canonical["outcome"] = operation.id;
  reply.code(operation.status);
  if (answer instanceof FileAnswer) return sendFile(reply, answer);
  return operation.status === 204 ? reply.send() : reply.type("application/json").send(answer);
}

/** Parameters are texts too: what a body may not hold, they may not either. */
function brokenText(request: FastifyRequest): Refusal | null {
  for (const [place, values] of [
    ["path", request.params],
    ["query", request.query],
  ] as const) {
    for (const [name, value] of Object.entries(values as Record<string, unknown>)) {
      const rule = typeof value === "string" ? textProblem(value) : null;
      if (rule !== null)
        return refuse("invalid_request", undefined, [{ path: `/${place}/${name}`, message: rule }]);
    }
  }
  return null;
}

const PLACES: Readonly<Record<string, string>> = { params: "path", querystring: "query" };

/** The refusal for what Fastify or the schemas found in the request; null for everything else. */
function refusalOf(error: FastifyError): Refusal | null {
  if (error instanceof BodyRefused)
    return refuse("malformed_json", `The body cannot be used: ${error.rule}.`);
  if (error.validation !== undefined) {
    const context = error.validationContext ?? "body";
    return refuse("invalid_request", undefined, fieldProblems(PLACES[context] ?? context, error.validation));
  }
  if (error.statusCode === 415) return refuse("unsupported_media_type");
  return null;
}

/** Validation as the API tells it: places and expectations, never values; unknown keys are named, shortened. */
function fieldProblems(place: string, validation: FastifyError["validation"]): FieldProblemBody[] {
  const found: FieldProblemBody[] = [];
  for (const { keyword, instancePath, message, params } of validation ?? []) {
    // The pair of every unknown key: the other half names it.
    if (keyword === "boolean") continue;
    const unknown = (params as { additionalProperties?: unknown }).additionalProperties;
    const names = Array.isArray(unknown) ? unknown.map((name) => String(name).slice(0, 60)) : [];
    found.push({
      path: `/${place}${instancePath}`,
      message:
        names.length > 0 ? `has keys that are not known: ${names.join(", ")}` : (message ?? "is not right"),
    });
  }
  return found;
}
