// Who is told of what the desk finds: destinations, what they got, and alert rules for single items.
import { Type } from "typebox";
import { filterText } from "./desk-item.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, label, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const minute = (description: string) => Type.Integer({ minimum: 0, maximum: 1440, description });

const terms = {
  kind: oneOf(["telegram", "email", "webhook"], "How it is reached."),
  address: Type.String({
    minLength: 1,
    maxLength: 255,
    description: "A chat's number or @channel; one mailbox; the id of an endpoint of webhooks.",
  }),
  label: label("Whose it is."),
  language: oneOf(["ru", "en"], "Language of its messages."),
  gets: Type.Array(oneOf(["items", "alarms", "digest"], "A topic."), {
    maxItems: 3,
    description: "Alerts about single items, alarms of trends, the weekly digest.",
  }),
  quiet: nullable(
    input({ from: minute("Minute of the day."), to: minute("Minute of the day, not included.") }),
    "Hours in which nothing is sent; may go over midnight. null: none.",
  ),
  zone: nullable(Type.String({ minLength: 1, maxLength: 64 }), "IANA zone of these hours; null: the shop's."),
  isOn: Type.Boolean({ description: "False: nothing is sent to it and nothing is queued for it." }),
};

/** A destination. */
export const DeskDestination = output(
  {
    id: identifier("Id of the destination."),
    ...terms,
    problem: nullable(
      Type.String(),
      "Why the last try failed, such as not_configured, connection_refused or token_refused; null: nothing is wrong.",
    ),
    problemAt: nullable(moment("Since then."), "Null: nothing is wrong."),
    pausedUntil: nullable(moment("Tried again then."), "Null: at once."),
    sentAt: nullable(moment("Last message."), "Null: none yet."),
    waiting: count("Notices that are still to be told."),
    skipped: count("Notices that were too many to be kept; the next message says how many."),
    givenUp: count("Messages that were given up."),
    createdAt: moment("When it was made."),
    updatedAt: moment("When a person changed it last."),
  },
  { title: "DeskDestination" },
);

const DeskDestinationIn = input(terms, {
  title: "DeskDestinationIn",
  examples: [
    {
      kind: "telegram",
      address: "-1001234567890",
      label: "Kitchen",
      language: "ru",
      gets: ["items", "alarms", "digest"],
      quiet: { from: 1320, to: 480 },
      zone: "Europe/Moscow",
      isOn: true,
    },
  ],
});

const byDestination = input({ destinationId: identifier("Id of the destination.") });

/** Destinations. */
export const listDeskDestinations = operation({
  id: "listDeskDestinations",
  method: "GET",
  path: "/desk/destinations",
  tag: "desk",
  summary: "List destinations of notices",
  scope: "feedback:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(DeskDestination, "DeskDestinationPage"),
});

/** Adds one. */
export const createDeskDestination = operation({
  id: "createDeskDestination",
  method: "POST",
  path: "/desk/destinations",
  tag: "desk",
  summary: "Add a destination of notices",
  scope: "feedback:write",
  body: DeskDestinationIn,
  status: 201,
  answer: DeskDestination,
  isCreating: true,
  problems: ["too_many_destinations"],
});

/** Writes one anew. */
export const putDeskDestination = operation({
  id: "putDeskDestination",
  method: "PUT",
  path: "/desk/destinations/{destinationId}",
  tag: "desk",
  summary: "Change a destination",
  description: "What waits goes to the new address.",
  scope: "feedback:write",
  params: byDestination,
  body: DeskDestinationIn,
  status: 200,
  answer: DeskDestination,
});

/** Removes one. */
export const removeDeskDestination = operation({
  id: "removeDeskDestination",
  method: "DELETE",
  path: "/desk/destinations/{destinationId}",
  tag: "desk",
  summary: "Remove a destination with all that it had still to get",
  scope: "feedback:write",
  params: byDestination,
  status: 204,
});

/** Tries one. */
export const testDeskDestination = operation({
  id: "testDeskDestination",
  method: "POST",
  path: "/desk/destinations/{destinationId}/test",
  tag: "desk",
  summary: "Send a trial message",
  description: "It goes at once, in quiet hours too; see the destination for what came of it.",
  scope: "feedback:write",
  params: byDestination,
  status: 204,
  problems: ["destination_off"],
});

/** What it got. */
export const listDeskMessages = operation({
  id: "listDeskMessages",
  method: "GET",
  path: "/desk/destinations/{destinationId}/messages",
  tag: "desk",
  summary: "List the latest messages to a destination",
  description: "A hundred at most, latest first.",
  scope: "feedback:read",
  params: byDestination,
  status: 200,
  answer: output(
    {
      messages: Type.Array(
        output({
          id: identifier("Id of the message."),
          state: oneOf(["waiting", "sent", "given_up"], "How far it is."),
          attempts: count("Tries that were answered with a failure."),
          problem: nullable(Type.String(), "Why the last try failed."),
          notices: count("What it tells of."),
          madeAt: moment("When it was made."),
          endedAt: nullable(moment("When it was sent or given up."), "Null: it waits."),
        }),
      ),
    },
    { title: "DeskMessages" },
  ),
});

const rule = {
  name: Type.String({ minLength: 1, maxLength: 100, description: "What it is called in messages." }),
  filter: filterText,
  destinations: Type.Array(identifier("Id of a destination."), {
    maxItems: 50,
    description: "Who is told; empty: every destination that gets items.",
  }),
  isOn: Type.Boolean({ description: "False: nothing is held against it." }),
};

const AlertRule = output(
  {
    id: identifier("Id of the rule."),
    ...rule,
    createdAt: moment("When it was made."),
    updatedAt: moment("When a person changed it last."),
  },
  { title: "DeskAlertRule" },
);

const AlertRuleIn = input(rule, {
  title: "DeskAlertRuleIn",
  examples: [{ name: "Low and dear", filter: "rating:1..2 total:>5000", destinations: [], isOn: true }],
});

const byRule = input({ ruleId: identifier("Id of the rule.") });

/** Rules. */
export const listAlertRules = operation({
  id: "listAlertRules",
  method: "GET",
  path: "/desk/alert-rules",
  tag: "desk",
  summary: "List alert rules for single items",
  scope: "feedback:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(AlertRule, "DeskAlertRulePage"),
});

/** Adds one. */
export const createAlertRule = operation({
  id: "createAlertRule",
  method: "POST",
  path: "/desk/alert-rules",
  tag: "desk",
  summary: "Add an alert rule for single items",
  description:
    "Every item that comes or says something new is held against it at once; one that passes is told once, and the event desk.alert is noted.",
  scope: "feedback:write",
  body: AlertRuleIn,
  status: 201,
  answer: AlertRule,
  isCreating: true,
  problems: ["filter_refused", "too_many_alert_rules"],
});

/** Writes one anew. */
export const putAlertRule = operation({
  id: "putAlertRule",
  method: "PUT",
  path: "/desk/alert-rules/{ruleId}",
  tag: "desk",
  summary: "Change an alert rule",
  description: "It counts for what comes from now on.",
  scope: "feedback:write",
  params: byRule,
  body: AlertRuleIn,
  status: 200,
  answer: AlertRule,
  problems: ["filter_refused"],
});

/** Removes one. */
export const removeAlertRule = operation({
  id: "removeAlertRule",
  method: "DELETE",
  path: "/desk/alert-rules/{ruleId}",
  tag: "desk",
  summary: "Remove an alert rule",
  scope: "feedback:write",
  params: byRule,
  status: 204,
});
