// Calls of vendors as they come in: the last ones of this process, and one of them whole.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, output } from "./shape.ts";

const head = {
  number: count("Counts up with each call of this process."),
  id: identifier("Request id."),
  at: moment("When it came."),
  channel: Type.String({ description: "The vendor's face: irp or yandex-eats." }),
  method: Type.String({ description: "HTTP method." }),
  path: Type.String({ description: "Path without its query." }),
  operation: Type.String({ description: "The route that took it." }),
  status: Type.Integer({ minimum: 100, maximum: 599, description: "Status of the answer." }),
  ms: Type.Number({ description: "How long it took, ms." }),
  outcome: nullable(Type.String(), "What became of it, as in the log."),
  outletId: nullable(Type.String(), "The outlet, where it was noted."),
};

const LiveCallHead = output(head, { title: "LiveCallHead" });

/** Lists the last calls. */
export const listLiveCalls = operation({
  id: "listLiveCalls",
  method: "GET",
  path: "/live/calls",
  tag: "system",
  summary: "List the last calls of vendors",
  description:
    "In memory of the process that answers: at most 500 calls and 8 million characters, gone with a restart. With `wait` the answer comes as soon as there is a call behind `after`: ask again with `last`. At most 32 may wait at a time.",
  scope: "live:read",
  query: input({
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "Only calls behind this number: `last` of the answer before.",
      }),
    ),
    channel: Type.Optional(identifier("Only of this face.")),
    status: Type.Optional(
      Type.String({ pattern: "^[1-5](xx|[0-9]{2})$", description: "Only this status, or its class: 5xx." }),
    ),
    text: Type.Optional(identifier("Part of the path, the request id, or of what the log says.")),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, default: 100, description: "The newest so many." }),
    ),
    wait: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 5, default: 0, description: "Seconds to wait for a call." }),
    ),
  }),
  status: 200,
  answer: output(
    {
      calls: Type.Array(LiveCallHead, { description: "Oldest first." }),
      last: count("Number of the newest call, whether it fits or not."),
    },
    { title: "LiveCalls" },
  ),
  problems: ["too_many_listeners"],
});

/** One call. */
export const getLiveCall = operation({
  id: "getLiveCall",
  method: "GET",
  path: "/live/calls/{callId}",
  tag: "system",
  summary: "Read one call: what came, how it was read, what was answered",
  description:
    "Credentials are never in it; names, phones, addresses and the like only for callers with customers:read. A body is kept up to 64,000 characters.",
  scope: "live:read",
  params: input({ callId: identifier("Request id.") }),
  status: 200,
  answer: output(
    {
      ...head,
      query: Type.String({ description: "Its query." }),
      headers: Type.Unsafe<Record<string, string>>({
        type: "object",
        additionalProperties: { type: "string" },
        description: "Those that tell how it was made.",
      }),
      body: nullable(Type.String(), "What came, as text; null: no body."),
      noted: Type.Unsafe<Record<string, unknown>>({
        type: "object",
        description: "How it was read: ids, outcome and amounts that the log has.",
      }),
      calculationId: nullable(Type.String(), "The calculation that tells the cart as it was read."),
      answer: nullable(Type.String(), "What was answered, as text."),
      isMasked: Type.Boolean({ description: "What tells a person was taken out." }),
    },
    { title: "LiveCall" },
  ),
});
