// A tile and the marks of a change: value, interval, comparison; the whole tile opens the list behind it.
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { Interval } from "../../parts/interval.tsx";
import { useReader } from "../../reader.tsx";
import type { Share } from "./figures.ts";
import { type Figure, type ShownChange, shareText } from "./figures.ts";
import classes from "./numbers.module.css";

/** A change: coloured and with an arrow only when it is beyond luck. */
export function ChangeMark({ change }: { readonly change: ShownChange }): ReactNode {
  const { say } = useReader();
  const Arrow = change.arrow === "up" ? IconArrowUp : IconArrowDown;
  return (
    <span
      className={classes.change}
      data-tone={change.tone ?? undefined}
      data-change={change.arrow ?? "none"}
    >
      {change.arrow !== null && (
        <>
          <Arrow size={14} aria-hidden />
          <span className="visually-hidden">{say(`numbers.change.${change.arrow}`)}</span>
        </>
      )}
      {change.text}
    </span>
  );
}

/** The tile. `change` null: nothing is compared. */
export function Tile(props: {
  readonly name: string;
  readonly figure: Figure;
  readonly change: ShownChange | null;
  readonly href: string;
  readonly more?: string | null;
}): ReactNode {
  const { say } = useReader();
  const { figure, change } = props;
  return (
    <Link href={props.href} className={classes.tile}>
      <span className={classes.name}>{props.name}</span>
      <span className={classes.value} data-none={figure.value === null || undefined}>
        {figure.value ?? figure.none ?? say("numbers.noValue")}
      </span>
      <span className={classes.note}>{figure.note}</span>
      {props.more && <span className={classes.note}>{props.more}</span>}
      {change !== null && <ChangeMark change={change} />}
    </Link>
  );
}

/** A share in a table: whiskers where there is a value, counts where there is none. */
export function ShareCell({ share, to = 1 }: { readonly share: Share; readonly to?: number }): ReactNode {
  const { say, language } = useReader();
  if (share.kind === "not_enough") {
    const text = share.of === 0 ? "—" : say("numbers.few", { count: share.count, of: share.of });
    return <span className="soft">{text}</span>;
  }
  return (
    <Interval
      value={share.share}
      low={share.interval.low}
      high={share.interval.high}
      from={0}
      to={to}
      format={(value) => shareText(value, language)}
    />
  );
}
