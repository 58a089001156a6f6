// Keys that IMSHOP's server calls with.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { identifier, input, label, moment, nullable, output, PAGE, pageOf } from "./shape.ts";

/** A key as it is listed: never the key itself. */
export const ChannelKey = output(
  {
    id: identifier("Id of the key."),
    label: label("What it is for."),
    prefix: Type.String({ description: "First characters of the key, to recognise it by." }),
    createdAt: moment("When it was made."),
    revokedAt: nullable(moment("Revoked then."), "When it was revoked; null: active."),
    lastUsedAt: nullable(moment("Used then."), "Last call with it, to the minute; null: none yet."),
  },
  { title: "ChannelKey" },
);

/** A new key; `key` is shown this once. */
export const ChannelKeyMade = output(
  {
    id: identifier("Id of the key."),
    key: Type.String({ description: "The key itself, shown this once." }),
    label: label("What it is for."),
  },
  { title: "ChannelKeyMade" },
);

/** Keys without their secrets. */
export const listIrpKeys = operation({
  id: "listIrpKeys",
  method: "GET",
  path: "/channels/irp/keys",
  tag: "channels",
  summary: "List keys of the IMSHOP channel",
  description: "Newest first, revoked ones too. Keys given by configuration are not listed.",
  scope: "channels:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(ChannelKey, "ChannelKeyPage"),
});

/** Makes a key; shown once. */
export const createIrpKey = operation({
  id: "createIrpKey",
  method: "POST",
  path: "/channels/irp/keys",
  tag: "channels",
  summary: "Make a key for the IMSHOP channel",
  description: "The key is shown once, in this answer.",
  scope: "channels:write",
  body: input({ label: label("What it is for.") }, { title: "ChannelKeyIn" }),
  status: 201,
  answer: ChannelKeyMade,
  problems: ["too_many_keys"],
  isCreating: true,
});

/** Ends a key for good. */
export const revokeIrpKey = operation({
  id: "revokeIrpKey",
  method: "DELETE",
  path: "/channels/irp/keys/{keyId}",
  tag: "channels",
  summary: "Revoke a key of the IMSHOP channel",
  description: "Refused within a second. Revoking a revoked key is not an error.",
  scope: "channels:write",
  params: input({ keyId: identifier("Id of the key.") }),
  status: 204,
});
