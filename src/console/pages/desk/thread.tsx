// Everything that happened to an item, oldest first: events as lines, notes as what they are, for colleagues only.
import type { ReactNode } from "react";
import { When } from "../../parts/figures.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./desk.module.css";
import { entryText, useThreadNames } from "./thread-text.ts";
import type { Detail } from "./use-work.ts";

/** The stream. */
export function Thread({ detail }: { readonly detail: Detail }): ReactNode {
  const { say } = useReader();
  const names = useThreadNames();
  return (
    <section aria-label={say("desk.thread.name")}>
      <ol className={classes.thread}>
        {detail.thread.map((entry) => {
          const said = (entry.body as { text?: unknown }).text;
          const isNote = entry.kind === "note";
          return (
            <li key={entry.number} className={isNote ? classes.note : classes.event}>
              <span className={classes.entryHead}>
                <strong translate="no">{names.nameOf(entry.actor)}</strong>
                <span translate="no">{entryText(entry, say, names)}</span>
                <When at={entry.at} />
              </span>
              {isNote && (
                <span className={classes.noteText} translate="no">
                  {typeof said === "string" ? said : say("desk.thread.noteGone")}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
