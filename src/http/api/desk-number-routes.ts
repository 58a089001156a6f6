// The desk's dashboard, comparison and rolling windows.
import { deskNumberCalls, deskWindowCalls } from "../../contract/index.ts";
import { compareNumbers, readDashboard, readWindows } from "../../flows/index.ts";
import { filterOf } from "./desk-routes.ts";
import { Refusal } from "./refusal.ts";
import { route } from "./route.ts";

const readDeskNumbers = route(deskNumberCalls.readDeskNumbers, async ({ house, body, caller }) => {
  const filter = filterOf(house, body.filter, body.zone, caller, "/body/filter");
  if (filter instanceof Refusal) return filter;
  // The schema's arrays are mutable, the core's are not: nothing is written to either.
  return plain(await readDashboard(house, filter, body.sections ?? []));
});

const compareDeskNumbers = route(deskNumberCalls.compareDeskNumbers, async ({ house, body, caller }) => {
  const first = filterOf(house, body.first, body.zone, caller, "/body/first");
  if (first instanceof Refusal) return first;
  const second = filterOf(house, body.second, body.zone, caller, "/body/second");
  if (second instanceof Refusal) return second;
  return plain({ sources: await compareNumbers(house, first, second) });
});

const readDeskWindows = route(deskWindowCalls.readDeskWindows, async ({ house, body, caller }) => {
  const filter = filterOf(house, body.filter, body.zone, caller, "/body/filter");
  if (filter instanceof Refusal) return filter;
  return plain(await readWindows(house, filter, body.until ?? "yesterday"));
});

type Plain<Value> = Value extends object ? { -readonly [Key in keyof Value]: Plain<Value[Key]> } : Value;

function plain<Value>(value: Value): Plain<Value> {
  return value as Plain<Value>;
}

/** Routes of numbers. */
export const deskNumberRoutes = [readDeskNumbers, compareDeskNumbers, readDeskWindows];
