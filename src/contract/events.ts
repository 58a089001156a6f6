// Events as a feed: numbered without gaps, so that a receiver can prove that it missed nothing.
import { Type } from "typebox";
import { EVENT_KINDS } from "./event-kinds.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, LARGEST, moment, oneOf, output } from "./shape.ts";

/** Most events of one page. */
export const EVENTS_PAGE_LIMIT = 1000;

/** An event. */
export const Event = output(
  {
    id: identifier("Id of the event; the webhook-id of its webhooks."),
    number: count("Its place in the feed: from 1, without gaps."),
    kind: oneOf(Object.keys(EVENT_KINDS) as (keyof typeof EVENT_KINDS)[], "What happened."),
    subject: output({
      type: Type.String({ description: "order, customer, rating and so on." }),
      id: identifier("Id of what it happened to."),
    }),
    at: moment("When it happened."),
    data: Type.Record(Type.String(), Type.Unknown(), { description: "What is told of it, by kind." }),
  },
  { title: "Event" },
);

/** The feed. */
export const listEvents = operation({
  id: "listEvents",
  method: "GET",
  path: "/events",
  tag: "events",
  summary: "Read the feed of events",
  description:
    "Events after a number, ascending. Numbers have no gaps: whoever asks with the last number it has seen gets all that happened since. An event gets its number within a second of its commit.",
  scope: "events:read",
  query: input({
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: EVENTS_PAGE_LIMIT,
        default: 100,
        description: "Events of a page.",
      }),
    ),
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: LARGEST,
        default: 0,
        description: "The last number seen; 0: from the beginning.",
      }),
    ),
  }),
  status: 200,
  answer: output(
    {
      items: Type.Array(Event),
      last: count("The newest number there is; the caller has everything when it has this."),
    },
    { title: "EventPage" },
  ),
  problems: ["events_forgotten"],
});

/** One event. */
export const getEvent = operation({
  id: "getEvent",
  method: "GET",
  path: "/events/{eventId}",
  tag: "events",
  summary: "Read one event",
  scope: "events:read",
  params: input({ eventId: identifier("Id of the event.") }),
  status: 200,
  answer: Event,
});
