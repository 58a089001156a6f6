// When first answers are due: the rules and working hours that the shop has set, or the usual ones.
import {
  type DeskClock,
  dueAfter,
  minutesDue,
  type SlaRule,
  type SlaSubject,
  USUAL_HOURS,
  USUAL_SLA,
  type WorkingHours,
  workingMinutes,
} from "../core/desk/index.ts";
import { type Zone, zoneOf } from "../core/pricing/index.ts";
import { branchById, deskSetting, type Tx, writeDeskSetting } from "../storage/index.ts";
import type { House } from "./house.ts";

/** What is due when, and when anybody works. */
export interface DeskPolicy {
  /** The first that fits counts. */
  readonly rules: readonly SlaRule[];
  /** Of branches without hours of their own. No shifts: always. */
  readonly hours: WorkingHours;
  /** By branch. */
  readonly branchHours: Readonly<Record<string, WorkingHours>>;
}

const NAME = "policy";

const USUAL: DeskPolicy = { rules: USUAL_SLA, hours: USUAL_HOURS, branchHours: {} };

/** The policy that holds now. */
export async function readDeskPolicy(tx: Tx): Promise<DeskPolicy> {
  const text = await deskSetting(tx, NAME);
  return text === null ? USUAL : (JSON.parse(text) as DeskPolicy);
}

/** Sets the policy: it counts for what comes or is opened from now on. */
export async function writeDeskPolicy(tx: Tx, policy: DeskPolicy, at: number): Promise<void> {
  await writeDeskSetting(tx, NAME, JSON.stringify(policy), at);
}

/** When the first answer to an item is due that is told or opened at `at`; null: nothing is due. */
export async function dueOf(tx: Tx, house: House, subject: SlaSubject, at: number): Promise<number | null> {
  const policy = await readDeskPolicy(tx);
  const minutes = minutesDue(policy.rules, subject);
  if (minutes === null) return null;
  const { hours, clock } = await hoursOf(tx, house, policy, subject.branchId);
  return dueAfter(at, minutes, hours, clock);
}

/** Minutes of work of a branch between two instants. */
export async function workedMinutes(
  tx: Tx,
  house: House,
  branchId: string | null,
  from: number,
  to: number,
): Promise<number> {
  const { hours, clock } = await hoursOf(tx, house, await readDeskPolicy(tx), branchId);
  return workingMinutes(from, to, hours, clock);
}

async function hoursOf(
  tx: Tx,
  house: House,
  policy: DeskPolicy,
  branchId: string | null,
): Promise<{ readonly hours: WorkingHours; readonly clock: DeskClock }> {
  const branch = branchId === null ? null : await branchById(tx, branchId);
  const own = branchId !== null && Object.hasOwn(policy.branchHours, branchId);
  const hours = (own ? policy.branchHours[branchId] : undefined) ?? policy.hours;
  return { hours, clock: clockOf(house, branch?.timezone ?? null) };
}

const clocks = new Map<string, Zone>();

/** The wall clock of a branch, or the shop's; a name that is no zone any more counts as Moscow. Each is made once. */
export function clockOf(house: House, timezone: string | null): Zone & DeskClock {
  const name = timezone ?? house.timezone ?? "Europe/Moscow";
  const known = clocks.get(name);
  if (known !== undefined) return known;
  const zone = zoneOf(name) ?? (zoneOf("Europe/Moscow") as Zone);
  clocks.set(name, zone);
  return zone;
}
