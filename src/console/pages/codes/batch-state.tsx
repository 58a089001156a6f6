// The state of a batch as a badge.
import type { ReactNode } from "react";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";

/** The badge. */
export function BatchState(props: {
  readonly batch: {
    readonly disabledAt: string | null;
    readonly completedAt: string | null;
    readonly kind: "generated" | "imported";
  };
}): ReactNode {
  const { say } = useReader();
  const { disabledAt, completedAt, kind } = props.batch;
  if (disabledAt !== null) return <StateBadge tone="quiet">{say("codes.off")}</StateBadge>;
  if (completedAt === null && kind === "generated")
    return <StateBadge tone="warn">{say("codes.unfinished")}</StateBadge>;
  return <StateBadge tone="good">{say("codes.on")}</StateBadge>;
}
