// A line of low shares by week beside a branch: grey always, since a week of one branch proves nothing.
import type { ReactNode } from "react";
import { useReader } from "../../reader.tsx";
import type { Branch } from "./branch-order.ts";
import { shareText } from "./figures.ts";

import classes from "./numbers.module.css";

const SIZE = { width: 84, height: 20 } as const;
/** Shares above this are drawn at the top: lines of branches are compared with each other. */
const TOP = 0.5;

/** The line; null: the period is too long or has no ends. */
export function Spark({ weeks }: { readonly weeks: Branch["weeks"] }): ReactNode {
  const { say, language } = useReader();
  if (weeks === null || weeks.length < 2) return <span className="soft">—</span>;
  const shares = weeks.map(({ of, low }) => low / of);
  const at = (share: number, index: number): readonly [number, number] => [
    (index / (shares.length - 1)) * SIZE.width,
    SIZE.height - (Math.min(share, TOP) / TOP) * SIZE.height,
  ];
  const points = shares.map(at);
  const last = points.at(-1) ?? [0, 0];
  const label = say("numbers.branches.sparkText", {
    values: shares.map((share) => shareText(share, language)).join(", "),
  });
  return (
    <svg className={classes.spark} viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={label}>
      <path d={`M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`} />
      <circle cx={last[0]} cy={last[1]} r="2" />
    </svg>
  );
}
