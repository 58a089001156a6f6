// What is known of a backup: whole, damaged and how, unreadable, or not looked through yet.
import type { ReactNode } from "react";
import { When } from "../../parts/figures.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useSay } from "../../reader.tsx";
import type { Backup } from "./backups.tsx";

/** The state as a badge, the damage in the server's words. */
export function BackupState({ backup }: { readonly backup: Backup }): ReactNode {
  const say = useSay();
  const { checked, madeAt } = backup;
  if (checked === null)
    return madeAt === null ? (
      <StateBadge tone="bad">{say("system.unreadable")}</StateBadge>
    ) : (
      <StateBadge tone="quiet">{say("system.unchecked")}</StateBadge>
    );
  return (
    <>
      {checked.problems.length === 0 ? (
        <StateBadge tone="good">{say("system.whole")}</StateBadge>
      ) : (
        <StateBadge tone="bad">{say("system.damaged")}</StateBadge>
      )}{" "}
      <span className="soft">
        <When at={checked.at} style="ago" />
      </span>
      {checked.problems.map((problem) => (
        <div key={problem} className="mono">
          {problem}
        </div>
      ))}
    </>
  );
}
