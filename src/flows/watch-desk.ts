// Watches every branch and source, the branches of a city and all together for a rise of low ratings; one alarm at a time.
import { addDays, type Days, dayOfEpoch } from "../core/desk/index.ts";
import { BASELINE, Thresholds, type WatchDay, type WatchState, watchOn } from "../core/numbers/index.ts";
import {
  alarmsOfPlace,
  allOutlets,
  keepWatch,
  listAlarms,
  moveAlarm,
  muteWatch,
  type Outlet,
  raiseAlarm,
  type StoredAlarm,
  type Tx,
  wakeAlarms,
  watchedDays,
  watchOf,
} from "../storage/index.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";
import { tellAlarm } from "./queue-notices.ts";
import { cityPlace, placeNames, placeOf, TOGETHER } from "./watched-places.ts";

/** False alarms a year that are accepted for one branch and source. */
export const FALSE_PER_YEAR = 0.25;

/** Days that ratings may still arrive for: sums of these days are not kept but made anew. */
const SETTLING_DAYS = 3;

const thresholds = new Thresholds();

/** What a run saw. */
export interface WatchReport {
  readonly series: number;
  readonly raised: number;
}

interface Series {
  readonly source: string;
  readonly place: string;
  readonly days: WatchDay[];
}

/** Looks at every series once; may be run as often as one likes. */
export async function watchDesk(house: House, signal: AbortSignal): Promise<WatchReport> {
  await wakeSleepers(house);
  const today = dayOfEpoch(clockOf(house, null).wallClock(house.now()).day);
  const [rows, outlets] = await house.database.read(
    async (tx) => [await watchedDays(tx, addDays(today, -2 * BASELINE.days)), await allOutlets(tx)] as const,
  );
  const cities = citiesOf(outlets);
  const series = new Map<string, Series>();
  const networks = new Map<string, { low: number; of: number }>();
  for (const { source, place, day, low, of } of rows) {
    const network = networks.get(source) ?? { low: 0, of: 0 };
    networks.set(source, network);
    network.low += low;
    network.of += of;
    const city = cities.get(place);
    // Ratings of no known branch are watched with all the others only.
    const own = place === TOGETHER ? [] : [place, ...(city === undefined ? [] : [cityPlace(city)])];
    for (const name of [...own, TOGETHER]) addDay(series, source, name, { day, low, of });
  }
  let raised = 0;
  for (const one of series.values()) {
    if (signal.aborted) break;
    one.days.sort((left, right) => left.day - right.day);
    const network = networks.get(one.source) ?? { low: 0, of: 0 };
    const isRaised = await house.database.transaction((tx) => watchSeries(tx, house, one, network, today));
    if (isRaised) raised += 1;
  }
  return { series: series.size, raised };
}

/** An alarm that was let sleep and is still open is told again when its time is over. */
async function wakeSleepers(house: House): Promise<void> {
  const now = house.now();
  await house.database.transaction(async (tx) => {
    for (const id of await wakeAlarms(tx, now)) await tellAlarm(tx, id, now, `wake:${now}`);
  });
}

/**
 * The city of every outlet that is watched with its neighbours: what few ratings of each tell late, they tell soon together. A
 * city of one outlet is that outlet, and where all outlets are in one city they are watched together anyway.
 */
function citiesOf(outlets: readonly Outlet[]): ReadonlyMap<string, string> {
  const sizes = new Map<string, number>();
  for (const { city } of outlets) if (city !== null) sizes.set(city, (sizes.get(city) ?? 0) + 1);
  const isGroup = (city: string | null): city is string => {
    const size = city === null ? 0 : (sizes.get(city) ?? 0);
    return size > 1 && size < outlets.length;
  };
  return new Map(outlets.flatMap(({ id, city }) => (isGroup(city) ? [[id, city] as const] : [])));
}

function addDay(series: Map<string, Series>, source: string, place: string, added: WatchDay): void {
  const key = JSON.stringify([source, place]);
  const known = series.get(key) ?? { source, place, days: [] };
  series.set(key, known);
  const at = known.days.findIndex(({ day }) => day === added.day);
  const same = known.days[at];
  if (same === undefined) known.days.push(added);
  else known.days[at] = { day: same.day, low: same.low + added.low, of: same.of + added.of };
}

async function watchSeries(
  tx: Tx,
  house: House,
  { source, place, days }: Series,
  network: { readonly low: number; readonly of: number },
  today: number,
): Promise<boolean> {
  const alarms = await alarmsOfPlace(tx, place, source);
  if (alarms.some(({ state }) => state === "open" || state === "snoozed")) return false;
  const excluded = alarms.map(periodOf);
  const closed = Math.max(0, ...alarms.map(({ untilDay }) => untilDay ?? 0));
  const stored = await watchOf(tx, place, source);
  const fresh: WatchState = { through: addDays(today, -SETTLING_DAYS - 1), sum: 0, risingSince: null };
  const known = stored ?? fresh;
  // After an alarm was closed the sum begins anew with the day after.
  const begin: WatchState = closed > known.through ? { through: closed, sum: 0, risingSince: null } : known;
  const terms = { thresholds, falsePerYear: FALSE_PER_YEAR, network, excluded };
  const run = watchOn(days, begin, today, terms);
  const settled = addDays(today, -SETTLING_DAYS);
  const upTo = run.alarm === null ? watchOn(days, begin, settled, terms).state : run.state;
  await keepWatch(tx, place, source, upTo.through > begin.through ? upTo : begin);
  const isMuted =
    stored?.mutedUntil !== undefined && stored.mutedUntil !== null && stored.mutedUntil > house.now();
  if (run.alarm === null || isMuted) return false;
  const id = house.newId();
  const raisedAt = house.now();
  if (!(await raiseAlarm(tx, { id, rule: "trend", place, source, evidence: run.alarm, raisedAt })))
    return false;
  const { low, of, since, day, baseline, odds } = run.alarm;
  await noteEvent(tx, house, {
    kind: "desk.alarm",
    subject: { type: "desk.alarm", id },
    body: {
      alarmId: id,
      branchId: placeOf(place).branchId,
      city: placeOf(place).city,
      source,
      low,
      of,
      since,
      day,
      usual: baseline.share,
      odds,
    },
    at: raisedAt,
  });
  await tellAlarm(tx, id, raisedAt);
  return true;
}

function periodOf({ evidence, untilDay }: StoredAlarm): Days {
  return { from: evidence.since, to: untilDay ?? evidence.day };
}

/** Alarms, latest first. */
export function findAlarms(house: House, isOpen: boolean, limit: number): Promise<StoredAlarm[]> {
  return house.database.read((tx) => listAlarms(tx, isOpen, limit));
}

/** What places of alarms are called; null: all together. */
export function namesOfPlaces(house: House): Promise<(place: string) => string | null> {
  return house.database.read(placeNames);
}

/** What somebody does about an alarm. */
export type AlarmAct =
  | { readonly kind: "acknowledge"; readonly note: string | null }
  | { readonly kind: "known_cause"; readonly note: string }
  | { readonly kind: "snooze"; readonly until: number }
  /** Acknowledges it, and no more of its place until then. */
  | { readonly kind: "mute"; readonly until: number };

/** Does it; null: there is no such alarm, or it is closed already. */
export function actOnAlarm(
  house: House,
  id: string,
  actor: string,
  act: AlarmAct,
): Promise<StoredAlarm | null> {
  const at = house.now();
  const day = dayOfEpoch(clockOf(house, null).wallClock(at).day);
  return house.database.transaction(async (tx) => {
    const state = {
      acknowledge: "acknowledged",
      known_cause: "known",
      snooze: "snoozed",
      mute: "acknowledged",
    } as const;
    const moved = await moveAlarm(tx, id, {
      state: state[act.kind],
      by: actor,
      at,
      day,
      note: "note" in act ? act.note : null,
      snoozedUntil: act.kind === "snooze" ? act.until : null,
    });
    if (moved !== null && act.kind === "mute") await muteWatch(tx, moved.place, moved.source, act.until);
    return moved;
  });
}
