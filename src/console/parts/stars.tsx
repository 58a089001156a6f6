// A rating as stars: read at a glance, told in words to who does not see them.
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useSay } from "../reader.tsx";
import classes from "./stars.module.css";

/** `count` from 0 to `most`; null: not rated, a dash. */
export function Stars({
  count,
  most = 5,
}: {
  readonly count: number | null;
  readonly most?: number;
}): ReactNode {
  const say = useSay();
  if (count === null) return <span className="soft">—</span>;
  const tone = count <= 2 ? "bad" : count === 3 ? "warn" : "good";
  return (
    <span
      className={classes.stars}
      data-tone={tone}
      role="img"
      aria-label={say("parts.stars", { count, most })}
    >
      {Array.from({ length: most }, (_, index) => index + 1).map((star) =>
        star <= count ? (
          <IconStarFilled key={star} size={14} aria-hidden />
        ) : (
          <IconStar key={star} size={14} aria-hidden />
        ),
      )}
    </span>
  );
}
