// Destinations of notices and alert rules for single items, by the API.
import { deskNoticeCalls } from "../../contract/index.ts";
import {
  type DestinationOutcome,
  type DestinationRefusal,
  dropAlertRule,
  dropDestination,
  findAlertRules,
  findDestinations,
  findMessages,
  keepAlertRule,
  keepDestination,
  type RuleOutcome,
  tryDestination,
} from "../../flows/index.ts";
import type { AlertRule, DestinationState } from "../../storage/index.ts";
import { filterRefusal } from "./desk-routes.ts";
import { pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

/** Most messages of one call. */
const MESSAGES = 100;

function destinationShown(destination: DestinationState) {
  const { id, kind, address, label, language, gets, quiet, zone, isOn } = destination;
  return {
    id,
    kind,
    address,
    label,
    language,
    gets: [...gets],
    quiet,
    zone,
    isOn,
    problem: destination.problem,
    problemAt: shownOrNull(destination.problemAt),
    pausedUntil: shownOrNull(destination.pausedUntil),
    sentAt: shownOrNull(destination.sentAt),
    waiting: destination.waiting,
    skipped: destination.skipped,
    givenUp: destination.givenUp,
    createdAt: shown(destination.createdAt),
    updatedAt: shown(destination.updatedAt),
  };
}

const PLACES: { readonly [reason in DestinationRefusal]?: readonly [string, string] } = {
  bad_address: ["/body/address", "must be one chat, such as -1001234567890, or one mailbox"],
  unknown_endpoint: ["/body/address", "must be the id of an endpoint of webhooks"],
  unknown_zone: ["/body/zone", "is no IANA time zone"],
};

function destinationAnswer(done: DestinationOutcome) {
  if (done.kind === "saved") return destinationShown(done.destination);
  const place = PLACES[done.reason];
  if (place !== undefined)
    return refuse("invalid_request", undefined, [{ path: place[0], message: place[1] }]);
  return refuse(done.reason === "too_many_destinations" ? done.reason : "not_found");
}

function ruleShown({ id, name, filter, destinations, isOn, createdAt, updatedAt }: AlertRule) {
  const times = { createdAt: shown(createdAt), updatedAt: shown(updatedAt) };
  return { id, name, filter, destinations: [...destinations], isOn, ...times };
}

function ruleAnswer(done: RuleOutcome) {
  if (done.kind === "saved") return ruleShown(done.rule);
  if (done.kind === "unreadable") return filterRefusal(done.problem, "/body/filter");
  if (done.reason === "unknown_destination") {
    const message = "must be ids of destinations";
    return refuse("invalid_request", undefined, [{ path: "/body/destinations", message }]);
  }
  return refuse(done.reason === "too_many_rules" ? "too_many_alert_rules" : "not_found");
}

/** Routes of destinations and rules. */
export const deskNoticeRoutes = [
  route(deskNoticeCalls.listDeskDestinations, async ({ house, query }) => {
    const wish = pageWish(query);
    if (wish instanceof Refusal) return wish;
    return pageOfWhole(await findDestinations(house), wish, ({ id }) => id, destinationShown);
  }),
  route(deskNoticeCalls.createDeskDestination, async ({ house, body, caller }) =>
    destinationAnswer(await keepDestination(house, caller.tokenId, null, body)),
  ),
  route(deskNoticeCalls.putDeskDestination, async ({ house, params, body, caller }) =>
    destinationAnswer(await keepDestination(house, caller.tokenId, params.destinationId, body)),
  ),
  route(deskNoticeCalls.removeDeskDestination, async ({ house, params, caller }) =>
    (await dropDestination(house, caller.tokenId, params.destinationId)) ? undefined : refuse("not_found"),
  ),
  route(deskNoticeCalls.testDeskDestination, async ({ house, params }) => {
    const done = await tryDestination(house, params.destinationId);
    if (done === "queued") return undefined;
    return refuse(done === "off" ? "destination_off" : "not_found");
  }),
  route(deskNoticeCalls.listDeskMessages, async ({ house, params }) => {
    const found = await findMessages(house, params.destinationId, MESSAGES);
    if (found === null) return refuse("not_found");
    return {
      messages: found.map(({ madeAt, endedAt, ...message }) => ({
        ...message,
        madeAt: shown(madeAt),
        endedAt: shownOrNull(endedAt),
      })),
    };
  }),
  route(deskNoticeCalls.listAlertRules, async ({ house, query }) => {
    const wish = pageWish(query);
    if (wish instanceof Refusal) return wish;
    return pageOfWhole(await findAlertRules(house), wish, ({ id }) => id, ruleShown);
  }),
  route(deskNoticeCalls.createAlertRule, async ({ house, body, caller }) =>
    ruleAnswer(await keepAlertRule(house, caller.tokenId, null, body)),
  ),
  route(deskNoticeCalls.putAlertRule, async ({ house, params, body, caller }) =>
    ruleAnswer(await keepAlertRule(house, caller.tokenId, params.ruleId, body)),
  ),
  route(deskNoticeCalls.removeAlertRule, async ({ house, params, caller }) =>
    (await dropAlertRule(house, caller.tokenId, params.ruleId)) ? undefined : refuse("not_found"),
  ),
];
