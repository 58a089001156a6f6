// The catalogue of events: every kind that an endpoint can ask for, what it means, and its body by example.
import type { ReactNode } from "react";
import { EVENT_EXAMPLES, OPEN_KINDS } from "../../../contract/index.ts";
import { JsonView } from "../../parts/json-view.tsx";
import { useReader } from "../../reader.tsx";
import type { Say, WordKey } from "../../words.ts";
import classes from "./webhooks.module.css";

/** A kind of event in words. */
export function kindText(kind: string, say: Say): string {
  const key = `webhooks.events.${kind.replace(".", "-")}`;
  const text = say(key as WordKey);
  return text === key ? kind : text;
}

/** The list. */
export function Catalogue(): ReactNode {
  const { say } = useReader();
  return (
    <>
      <p className={classes.said}>{say("webhooks.catalogue.about")}</p>
      {OPEN_KINDS.map((kind) => (
        <details key={kind} className={classes.kind} data-kind={kind}>
          <summary>
            <span className="mono">{kind}</span> — {kindText(kind, say)}
          </summary>
          <JsonView
            label={say("webhooks.catalogue.example", { name: kindText(kind, say) })}
            value={{
              type: kind,
              timestamp: "2026-11-22T08:00:00.000Z",
              number: 481,
              ...EVENT_EXAMPLES[kind],
            }}
          />
        </details>
      ))}
    </>
  );
}
