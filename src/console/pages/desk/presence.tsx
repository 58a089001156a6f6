// Who else is at an item: a dot in lists, a name at the item, so that two people do not write to the same customer.
import { type ReactNode, useMemo } from "react";
import { useSay } from "../../reader.tsx";
import classes from "./desk.module.css";
import { useColleagues } from "./names.ts";
import { useRail } from "./rail-lines.ts";

/** Names of those who have an item open, by the item's id. */
export type OpenBy = ReadonlyMap<string, readonly string[]>;

/** What colleagues have open, as the rail's own call tells it. */
export function useOpenItems(): OpenBy {
  const { open } = useRail();
  const { nameOf } = useColleagues();
  return useMemo(() => {
    const byItem = Map.groupBy(open, ({ itemId }) => itemId);
    return new Map([...byItem].map(([id, looks]) => [id, looks.map(({ personId }) => nameOf(personId))]));
  }, [open, nameOf]);
}

/** The dot of a row; names are told on hover and to screen readers. */
export function OpenDot({ names }: { readonly names: readonly string[] | undefined }): ReactNode {
  const say = useSay();
  if (names === undefined || names.length === 0) return null;
  const told = say("desk.presence.open", { names: names.join(", ") });
  return <span className={classes.presence} role="img" aria-label={told} title={told} />;
}

/** The names in an item's head. */
export function OpenNow({ people }: { readonly people: readonly string[] }): ReactNode {
  const say = useSay();
  const { nameOf } = useColleagues();
  return (
    <span aria-live="polite">
      {people.length > 0 && (
        <span className={classes.presenceName}>
          <span className={classes.presence} aria-hidden />
          {say("desk.presence.open", { names: people.map(nameOf).join(", ") })}
        </span>
      )}
    </span>
  );
}
