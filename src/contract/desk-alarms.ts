// Alarms of the desk: a rise of low ratings that luck hardly makes, with its evidence, and what is done about it.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, oneOf, output } from "./shape.ts";

const text = Type.String({ minLength: 1, maxLength: 1000, description: "Words for the others." });

/** An alarm. */
export const DeskAlarm = output(
  {
    id: identifier("Id of the alarm."),
    branchId: nullable(Type.String(), "Our outlet; null: several together."),
    city: nullable(
      Type.String(),
      "All our outlets of that city together; null with branchId null: all of the source.",
    ),
    source: Type.String({ description: "Where the ratings come from." }),
    state: oneOf(["open", "snoozed", "acknowledged", "known"], "How far it is."),
    raisedAt: moment("When it was raised."),
    since: Type.String({ format: "date", description: "First day of the rise." }),
    day: Type.String({ format: "date", description: "Day that raised it." }),
    low: count("Ratings of one and two stars in these days."),
    of: count("All ratings in these days."),
    usual: Type.Number({ description: "Usual share of low ratings." }),
    odds: count("Luck does this once in so many times; at most a million."),
    text: output({
      ru: Type.String({ description: "Russian." }),
      en: Type.String({ description: "English." }),
    }),
    snoozedUntil: nullable(moment("Asleep until then."), "Null: not asleep."),
    note: nullable(Type.String(), "What somebody wrote."),
  },
  { title: "DeskAlarm" },
);

/** Alarms. */
export const listDeskAlarms = operation({
  id: "listDeskAlarms",
  method: "GET",
  path: "/desk/alarms",
  tag: "desk",
  summary: "List alarms of the desk",
  description: "Latest first, two hundred at most. A branch and source have one open alarm at a time.",
  scope: "feedback:read",
  query: input({
    isOpen: Type.Optional(Type.Boolean({ description: "Only those that somebody has to look at." })),
  }),
  status: 200,
  answer: output({ alarms: Type.Array(DeskAlarm) }, { title: "DeskAlarms" }),
});

/** Act on one. */
export const actOnDeskAlarm = operation({
  id: "actOnDeskAlarm",
  method: "POST",
  path: "/desk/alarms/{alarmId}",
  tag: "desk",
  summary: "Acknowledge an alarm, name its cause, let it sleep, or mute its branch",
  description:
    "The watch goes on with the day after. What is alarmed is left out of what is usual. An alarm that is closed is not found.",
  scope: "feedback:write",
  params: input({ alarmId: identifier("Id of the alarm.") }),
  body: input(
    {
      act: oneOf(["acknowledge", "known_cause", "snooze", "mute"], "What to do."),
      note: Type.Optional(text),
      until: Type.Optional(moment("For snooze and mute; a day from now when left out.")),
    },
    { title: "DeskAlarmIn", examples: [{ act: "known_cause", note: "The oven was out of order" }] },
  ),
  status: 200,
  answer: DeskAlarm,
});

const mutedPlace = {
  branchId: nullable(Type.String({ maxLength: 200 }), "Our outlet; null: several together."),
  city: nullable(Type.String({ maxLength: 200 }), "Our outlets of that city; null with branchId null: all."),
  source: Type.String({ maxLength: 60, description: "Where the ratings come from." }),
};

/** Muted places. */
export const listDeskMutes = operation({
  id: "listDeskMutes",
  method: "GET",
  path: "/desk/mutes",
  tag: "desk",
  summary: "List places that raise no alarms for a while",
  scope: "feedback:read",
  status: 200,
  answer: output(
    { mutes: Type.Array(output({ ...mutedPlace, until: moment("Silent until then.") })) },
    { title: "DeskMutes" },
  ),
});

/** Ends a mute. */
export const endDeskMute = operation({
  id: "endDeskMute",
  method: "POST",
  path: "/desk/mutes/end",
  tag: "desk",
  summary: "Let a muted place raise alarms again",
  description: "One that is not muted stays as it is.",
  scope: "feedback:write",
  body: input(mutedPlace, {
    title: "DeskMuteEnd",
    examples: [{ branchId: "lesnaya", city: null, source: "app" }],
  }),
  status: 204,
});

/** The weekly digest. */
export const readDeskDigest = operation({
  id: "readDeskDigest",
  method: "GET",
  path: "/desk/digest",
  tag: "desk",
  summary: "Read the digest of the last seven whole days",
  description:
    "Seven lines at most; of changes only those that luck hardly makes. Comments are masked. No lines: nothing came for two weeks, and there is nothing to send.",
  scope: "feedback:read",
  query: input({
    language: Type.Optional(oneOf(["ru", "en"], "Language of the lines; Russian when left out.")),
  }),
  status: 200,
  answer: output(
    {
      from: Type.String({ format: "date", description: "First day." }),
      to: Type.String({ format: "date", description: "Last day." }),
      kind: oneOf(["digest", "silent", "paused"], "What it is."),
      isUsual: Type.Boolean({ description: "Nothing unusual." }),
      lines: Type.Array(Type.String(), { maxItems: 7, description: "What is sent." }),
    },
    { title: "DeskDigest" },
  ),
});
