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
