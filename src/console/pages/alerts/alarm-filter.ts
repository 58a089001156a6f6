// The feedback behind an alarm in the filter grammar: its days, source and place.
import type { deskAlarmCalls } from "../../../contract/index.ts";
import type { AnswerOf } from "../../calls.ts";
import { quoted } from "../numbers/filters.ts";

/** An alarm. */
export type Alarm = AnswerOf<typeof deskAlarmCalls.listDeskAlarms>["alarms"][number];

/** Where an alarm's branches are looked up; empty where the person may not read outlets. */
export type Outlets = readonly { readonly id: string; readonly city: string | null }[];

/** The conditions of an alarm but its days. */
export function placeOfAlarm({ branchId, city, source }: Alarm, outlets: Outlets): string {
  const ids =
    branchId !== null
      ? [branchId]
      : city === null
        ? []
        : outlets.filter((one) => one.city === city).map(({ id }) => id);
  const branch = ids.length === 0 ? "" : ` branch:${ids.map(quoted).join(",")}`;
  return `source:${source}${branch}`;
}

/** All conditions of an alarm. */
export function filterOfAlarm(alarm: Alarm, outlets: Outlets): string {
  return `day:${alarm.since}..${alarm.day} ${placeOfAlarm(alarm, outlets)}`;
}
