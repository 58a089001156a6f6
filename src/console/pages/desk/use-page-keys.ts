// Keys of one page, by their place on the board; never while somebody types, and never after `g`.
import { useEffect, useRef } from "react";
import { isTyping, plainKey } from "../../parts/key-presses.ts";

/** After `g` a letter goes to a page: it is not ours, ms. */
const AFTER_G_MS = 1200;

/** Listens while the page is open. */
export function usePageKeys(keys: Readonly<Record<string, () => void>>): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    let gAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isTyping(event)) return;
      const key = plainKey(event);
      const isAfterG = event.timeStamp - gAt < AFTER_G_MS;
      gAt = key === "g" && !isAfterG ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const act = now.current[key];
      if (isAfterG || act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
