// j and k move through a list, Enter opens, x selects: for tables and for lists of any other look.
import { type RefObject, useEffect, useRef, useState } from "react";
import { isTyping, plainKey } from "./key-presses.ts";

/** The list. */
export interface ListKeys {
  readonly count: number;
  /** Where the rows are: each has `data-row`, and a link or button with `data-opener` that takes the focus. */
  readonly container: RefObject<HTMLElement | null>;
  readonly onOpen: (index: number) => void;
  readonly onSelect?: (index: number) => void;
}

/** Listens while the page is open. `active` is -1 until a row is reached by key or focus. */
export function useListKeys(list: ListKeys): {
  readonly active: number;
  readonly setActive: (index: number) => void;
} {
  const [active, setActive] = useState(-1);
  const now = useRef({ list, active });
  now.current = { list, active };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const { list: shown, active: index } = now.current;
      const key = plainKey(event);
      if (key === "j" || key === "k") {
        const next = Math.max(0, Math.min(shown.count - 1, index + (key === "j" ? 1 : -1)));
        if (shown.count === 0) return;
        setActive(next);
        const row = shown.container.current?.querySelectorAll<HTMLElement>("[data-row]")[next];
        row?.scrollIntoView({ block: "nearest" });
        row?.querySelector<HTMLElement>("[data-opener]")?.focus({ preventScroll: true });
      } else if (index >= 0 && key === "x") shown.onSelect?.(index);
      else if (index >= 0 && event.key === "Enter" && !(event.target as HTMLElement).closest("a, button"))
        shown.onOpen(index);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return { active, setActive };
}
