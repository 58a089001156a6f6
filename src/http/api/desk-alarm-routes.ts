// Alarms of the desk by the API.
import { deskAlarmCalls } from "../../contract/index.ts";
import { sourceName, writeDay } from "../../core/desk/index.ts";
import { alarmText } from "../../core/numbers/index.ts";
import {
  type AlarmAct,
  actOnAlarm,
  endMute,
  findAlarms,
  findMutes,
  namesOfPlaces,
  placeOf,
  readDigest,
} from "../../flows/index.ts";
import type { StoredAlarm } from "../../storage/index.ts";
import { refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";
import { ofStores } from "./stores.ts";

/** Most alarms of one call. */
const LIMIT = 200;

const DAY_MS = 86_400_000;

const listDeskAlarms = route(deskAlarmCalls.listDeskAlarms, async ({ house, query, caller }) => {
  const alarms = await findAlarms(house, query.isOpen ?? false, LIMIT);
  const nameOf = await namesOfPlaces(house);
  const visible = ofStores(alarms, caller, ({ place }) => placeOf(place).branchId);
  return { alarms: visible.map((alarm) => alarmShown(alarm, nameOf(alarm.place))) };
});

const actOnDeskAlarm = route(deskAlarmCalls.actOnDeskAlarm, async ({ house, params, body, caller }) => {
  const until = body.until === undefined ? house.now() + DAY_MS : Date.parse(body.until);
  const moved = await actOnAlarm(house, params.alarmId, caller.tokenId, actOf(body.act, body.note, until));
  if (moved === null) return refuse("not_found");
  const nameOf = await namesOfPlaces(house);
  return alarmShown(moved, nameOf(moved.place));
});

const listDeskMutes = route(deskAlarmCalls.listDeskMutes, async ({ house, caller }) => {
  const mutes = ofStores(await findMutes(house), caller, ({ place }) => placeOf(place).branchId);
  return {
    mutes: mutes.map(({ place, source, until }) => {
      const { branchId, city } = placeOf(place);
      return { branchId, city, source, until: shown(until) };
    }),
  };
});

const endDeskMute = route(deskAlarmCalls.endDeskMute, async ({ house, body, caller }) => {
  if (ofStores([body], caller, ({ branchId }) => branchId).length === 0)
    return refuse("forbidden", "This is for people of that outlet.");
  await endMute(house, body);
  return undefined;
});

const readDeskDigest = route(deskAlarmCalls.readDeskDigest, async ({ house, query }) => {
  const { days, digest, lines } = await readDigest(house, query.language ?? "ru");
  return {
    from: writeDay(days.from),
    to: writeDay(days.to),
    kind: digest.kind,
    isUsual: digest.kind === "digest" && digest.changes.length === 0,
    lines: [...lines],
  };
});

function actOf(kind: AlarmAct["kind"], note: string | undefined, until: number): AlarmAct {
  if (kind === "snooze" || kind === "mute") return { kind, until };
  return kind === "known_cause" ? { kind, note: note ?? "" } : { kind, note: note ?? null };
}

/** Routes of alarms. */
export const deskAlarmRoutes = [listDeskAlarms, actOnDeskAlarm, listDeskMutes, endDeskMute, readDeskDigest];

function alarmShown(alarm: StoredAlarm, placeName: string | null) {
  const { evidence, place, source } = alarm;
  const { branchId, city } = placeOf(place);
  const text = (language: "ru" | "en"): string =>
    alarmText(placeName ?? sourceName(source, language), evidence, language);
  return {
    id: alarm.id,
    branchId,
    city,
    source,
    state: alarm.state,
    raisedAt: shown(alarm.raisedAt),
    since: writeDay(evidence.since),
    day: writeDay(evidence.day),
    low: evidence.low,
    of: evidence.of,
    usual: evidence.baseline.share,
    odds: evidence.odds,
    text: { ru: text("ru"), en: text("en") },
    snoozedUntil: shownOrNull(alarm.snoozedUntil),
    note: alarm.note,
  };
}
