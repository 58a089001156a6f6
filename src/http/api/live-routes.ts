// Calls of vendors as they come in.
import { isAllowed, liveCalls } from "../../contract/index.ts";
import type { LiveCall } from "../live-calls.ts";
import { shownForm, shownText } from "../live-text.ts";
import { refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";

const listLiveCalls = route(liveCalls.listLiveCalls, async ({ live, query, caller }) => {
  // Calls are of the whole shop: they are not for those who may see some outlets only.
  if (caller.stores !== null) return refuse("forbidden", "Only for those who may see all outlets.");
  const { after = 0, limit = 100, wait = 0, channel, status, text } = query;
  const filter = {
    ...(channel === undefined ? {} : { channel }),
    ...(status === undefined ? {} : { status }),
    ...(text === undefined ? {} : { text }),
  };
  // After a restart numbers begin anew: whoever asks behind what never was starts from the beginning.
  const from = after > live.last ? 0 : after;
  let calls = live.find(filter, from, limit);
  if (calls.length === 0 && wait > 0) {
    if (!(await live.wait(wait * 1000))) return refuse("too_many_listeners");
    calls = live.find(filter, from, limit);
  }
  return { calls: calls.map(headShown), last: live.last };
});

const getLiveCall = route(liveCalls.getLiveCall, async ({ live, params, caller }) => {
  if (caller.stores !== null) return refuse("forbidden", "Only for those who may see all outlets.");
  const call = live.byId(params.callId);
  if (call === null) return refuse("not_found");
  const isPersonal = isAllowed(caller.scopes, "customers:read");
  return {
    ...headShown(call),
    query: shownForm(call.query),
    headers: Object.fromEntries(
      Object.entries(call.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    ),
    body: shownText(call.body, isPersonal),
    noted: { ...call.noted },
    calculationId: call.route.endsWith("/basket") && call.status === 200 ? call.id : null,
    answer: shownText(call.answer, isPersonal),
    isMasked: !isPersonal,
  };
});

function headShown(call: LiveCall) {
  const { outcome, outletId } = call.noted;
  return {
    number: call.number,
    id: call.id,
    at: shown(call.at),
    channel: call.channel,
    method: call.method,
    path: call.path,
    operation: call.route,
    status: call.status,
    ms: Math.round(call.ms * 100) / 100,
    outcome: typeof outcome === "string" ? outcome : null,
    outletId: typeof outletId === "string" ? outletId : null,
  };
}

/** Routes of the calls as they come in. */
export const liveRoutes = [listLiveCalls, getLiveCall];
