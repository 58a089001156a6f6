// Flags of a chart's marks: reached by keyboard and finger, each tells what happened.
import { Tooltip } from "@mantine/core";
import { IconFlag3 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./chart.module.css";
import type { Marks } from "./chart-series.ts";

/** The flags; `places`: pixels from the left edge, as the plot was drawn. */
export function PlotFlags(props: { readonly marks: Marks; readonly places: readonly number[] }): ReactNode {
  const { marks, places } = props;
  if (places.length !== marks.all.length || places.length === 0) return null;
  return (
    <ul className={classes.flags} aria-label={marks.title}>
      {marks.all.map(({ index, text }, place) => (
        <li key={index} style={{ left: places[place] }}>
          <Tooltip label={text} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
            <button type="button" aria-label={text} translate="no">
              <IconFlag3 size={14} aria-hidden />
            </button>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}
