// Carts hour by hour: today's line over last week's whole day.
import { type ReactNode, useMemo } from "react";
import { Chart } from "../../parts/chart.tsx";
import { Section } from "../../parts/page-header.tsx";
import { useSay } from "../../reader.tsx";
import type { Overview } from "./page.tsx";

/** The chart; hours that are to come have no value today. */
export function CartHours(props: {
  readonly hours: NonNullable<Overview["carts"]>["hours"];
  readonly at: string;
}): ReactNode {
  const say = useSay();
  const { hours, at } = props;
  const drawn = useMemo(() => {
    const now = Date.parse(at);
    const times = hours.map((hour) => Date.parse(hour.at));
    const series = [
      {
        title: say("home.today"),
        values: hours.map((hour, index) => ((times[index] ?? 0) > now ? null : hour.today)),
        shape: "area" as const,
      },
      {
        title: say("home.weekAgo"),
        values: hours.map((hour) => hour.before),
        tone: "quiet" as const,
        shape: "dashes" as const,
      },
    ];
    return { times, series };
  }, [hours, at, say]);
  const most = Math.max(4, ...hours.flatMap(({ today, before }) => [today, before]));
  return (
    <Section title={say("home.cartHours")}>
      <Chart label={say("home.cartHours")} {...drawn} step="time" height={180} range={[0, most * 1.1]} />
    </Section>
  );
}
