// Keys of the whole console: Ctrl+K, `/`, `?`, and `g` with a letter. Never while somebody types.
import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { pageRow } from "../pages/registry.ts";
import { isTyping, plainKey } from "../parts/key-presses.ts";
import { usePlaces } from "./places.ts";

/** After `g` the letter may take this long, ms. */
const LETTER_WAIT_MS = 1200;

/** Listens. */
export function useShortcuts(does: { readonly onPalette: () => void; readonly onSheet: () => void }): void {
  const [, go] = useLocation();
  const places = usePlaces();
  const now = useRef({ does, go, places });
  now.current = { does, go, places };
  useEffect(() => {
    let gAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      const key = plainKey(event);
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && key === "k") {
        event.preventDefault();
        now.current.does.onPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const isAfterG = event.timeStamp - gAt < LETTER_WAIT_MS;
      gAt = Number.NEGATIVE_INFINITY;
      if (isAfterG) {
        const place = now.current.places.find((id) => pageRow(id).letter === key);
        if (place !== undefined) {
          event.preventDefault();
          now.current.go(pageRow(place).path);
        }
      } else if (key === "g") gAt = event.timeStamp;
      else if (key === "?") now.current.does.onSheet();
      else if (key === "/") {
        event.preventDefault();
        const field = document.querySelector<HTMLInputElement>("main input[data-search]");
        if (field === null) now.current.does.onPalette();
        else field.focus();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
