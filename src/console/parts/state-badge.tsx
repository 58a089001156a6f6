// The state of a thing as a word with a colour: the word tells it, the colour only helps.
import type { ReactNode } from "react";
import classes from "./state-badge.module.css";

/** What a colour means: works, needs somebody, is broken, is going on, is over. */
export type Tone = "good" | "warn" | "bad" | "calm" | "quiet";

/** A badge. */
export function StateBadge({
  tone,
  children,
}: {
  readonly tone: Tone;
  readonly children: string;
}): ReactNode {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}
