// The stream for a page: followed while the page is open, held while the page says so.
import { useEffect, useReducer, useRef } from "react";
import { followCalls, type LiveFilter } from "./follow-calls.ts";
import { NOTHING, nextStream, type Stream } from "./stream.ts";

/** Follows the calls that fit; while `isHeld` what comes waits for `release`, or for the end of holding. */
export function useLiveCalls(
  { channel, status, text }: LiveFilter,
  isHeld: boolean,
): Stream & { readonly release: () => void } {
  const [stream, tell] = useReducer(nextStream, NOTHING);
  const held = useRef(isHeld);
  held.current = isHeld;
  useEffect(() => {
    const stop = new AbortController();
    tell({ kind: "begun" });
    void followCalls({ channel, status, text }, stop.signal, {
      onCalls: (calls) => tell({ kind: "came", calls, isHeld: held.current }),
      onFailure: (error) => tell({ kind: "failed", error }),
    });
    return () => stop.abort();
  }, [channel, status, text]);
  useEffect(() => {
    if (!isHeld) tell({ kind: "released" });
  }, [isHeld]);
  return { ...stream, release: () => tell({ kind: "released" }) };
}
