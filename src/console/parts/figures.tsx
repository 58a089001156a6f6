// Amounts on the screen: right figures, right language, aligned; the exact moment on hover.
import type { ReactNode } from "react";
import { useReader } from "../reader.tsx";
import { agoText, type MomentStyle, momentText, moneyText, numberText, percentText } from "./amounts.ts";

/** Kopecks as roubles. `isShort` leaves out «,00»; `hasSign` writes a plus. */
export function Money(props: {
  readonly minor: number;
  readonly isShort?: boolean;
  readonly hasSign?: boolean;
}): ReactNode {
  const { language } = useReader();
  return <span className="number">{moneyText(props.minor, language, props)}</span>;
}

/** Points with their word: «120 баллов», "120 points". */
export function Points({ points }: { readonly points: number }): ReactNode {
  const { language, say } = useReader();
  return (
    <span className="number">
      {say("parts.points", { count: points, points: numberText(points, language, 2) })}
    </span>
  );
}

/** A plain count with separators. */
export function Count({
  value,
  digits = 0,
}: {
  readonly value: number;
  readonly digits?: number;
}): ReactNode {
  const { language } = useReader();
  return <span className="number">{numberText(value, language, digits)}</span>;
}

/** Basis points as percent. */
export function Percent({ bps }: { readonly bps: number }): ReactNode {
  const { language } = useReader();
  return <span className="number">{percentText(bps, language)}</span>;
}

/** An instant (ms or RFC 3339) in the shop's zone. `style="ago"` tells the distance. Null is a dash. */
export function When(props: {
  readonly at: number | string | null;
  readonly style?: MomentStyle | "ago";
}): ReactNode {
  const { language, zone } = useReader();
  if (props.at === null) return <span className="soft">—</span>;
  const { style = "moment" } = props;
  const shown = style === "ago" ? agoText(props.at, language) : momentText(props.at, language, zone, style);
  return (
    <time dateTime={new Date(props.at).toISOString()} title={momentText(props.at, language, zone, "exact")}>
      {shown}
    </time>
  );
}
