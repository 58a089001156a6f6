// The vendors' sides of the server: where they call, and when they last did.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, moment, nullable, oneOf, output } from "./shape.ts";

/** A channel with its addresses and what was heard of it. */
export const Channel = output(
  {
    id: oneOf(["irp", "yandex-eats"], "irp: IMSHOP; yandex-eats: Yandex Eats."),
    isKeyNeeded: Type.Boolean({ description: "False: open to everybody, as the settings say." }),
    paths: Type.Array(Type.String(), {
      description: "Paths that the vendor is given, below the address of this server.",
    }),
    lastCallAt: nullable(moment("Call then."), "Last call that was let in, or that this process saw."),
    lastDeliveryAt: nullable(
      moment("Delivery then."),
      "Last event that was kept; null: none, so the vendor's subscription may be off.",
    ),
    lastFault: nullable(
      output({
        at: moment("When."),
        method: Type.String({ description: "HTTP method." }),
        path: Type.String({ description: "Path without its query." }),
        status: Type.Integer({ minimum: 400, maximum: 599, description: "Status of the answer." }),
        outcome: nullable(Type.String(), "What became of it, as in the log."),
        callId: Type.String({ description: "Request id; see /live/calls." }),
      }),
      "Last call that was refused or failed since this process began; null: none.",
    ),
    day: output(
      {
        calls: count("Calls."),
        refusals: count("Answered 4xx."),
        faults: count("Answered 5xx."),
      },
      { description: "The last 24 hours, in whole hours; the newest seconds may be missing." },
    ),
  },
  { title: "Channel" },
);

/** Calls of the self-test. */
const CHECKS = [
  "key_refused",
  "basket",
  "order",
  "order_again",
  "rating",
  "secret_refused",
  "token",
  "token_refused",
  "feedback",
] as const;

/** The self-test. */
export const testChannels = operation({
  id: "testChannels",
  method: "POST",
  path: "/channels/self-test",
  tag: "channels",
  summary: "Make the calls of vendors and say which are answered as they should be",
  description:
    "Under the settings and the rules in force, with goods of the shop, through the very code that answers vendors, before a database of its own that is thrown away after: no order, rating, feedback, number or limit of the shop ever shows it. What lies before this server, such as a proxy, is not tried.",
  scope: "channels:read",
  isReading: true,
  status: 200,
  answer: output(
    {
      isSound: Type.Boolean({ description: "All are as they should be." }),
      checks: Type.Array(
        output({
          channel: oneOf(["irp", "yandex-eats"], "Whose call."),
          name: oneOf(CHECKS, "Which call; refused: made with something wrong, and to be refused."),
          path: Type.String({ description: "Where it went." }),
          wanted: count("Status that the contract wants."),
          status: nullable(Type.Integer(), "Status of the answer; null: the call was not made."),
          problem: nullable(
            oneOf(["wrong_status", "wrong_answer", "no_goods"]),
            "Null: none. no_goods: the catalogue has nothing that a cart could hold.",
          ),
          said: nullable(Type.String(), "Beginning of an answer that is not as it should be."),
          ms: count("How long it took, ms."),
        }),
        { description: "In the order in which they were made." },
      ),
    },
    { title: "ChannelTest" },
  ),
});

/** All channels. */
export const listChannels = operation({
  id: "listChannels",
  method: "GET",
  path: "/channels",
  tag: "channels",
  summary: "List the channels of vendors with their last calls",
  scope: "channels:read",
  status: 200,
  answer: output({ channels: Type.Array(Channel) }, { title: "Channels" }),
});
