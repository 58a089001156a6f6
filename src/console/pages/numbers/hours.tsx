// Hours of the week: the low share of each, nothing at all where there are fewer than ten ratings.
import type { ReactNode } from "react";
import { useReader } from "../../reader.tsx";
import type { Dashboard } from "./figures.ts";
import classes from "./numbers.module.css";

type Cell = NonNullable<Dashboard["hours"]>[number];

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** From which share on a cell is a shade darker. */
const SHADES = [0.05, 0.1, 0.2, 0.35] as const;

/** The map. */
export function Hours({ cells }: { readonly cells: readonly Cell[] }): ReactNode {
  const { say } = useReader();
  const at = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  const told = HOURS.filter((hour) => WEEKDAYS.some((day) => at.get(`${day} ${hour}`) !== undefined));
  const hours = told.length === 0 ? HOURS : HOURS.slice(told[0], (told.at(-1) ?? 23) + 1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={say("numbers.causes.hours")}>
      <table className={classes.heat}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{say("numbers.causes.hour")}</span>
            </th>
            {hours.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((day) => (
            <tr key={day}>
              <th scope="row">{say(`numbers.weekdays.d${day}`)}</th>
              {hours.map((hour) => (
                <HourCell key={hour} cell={at.get(`${day} ${hour}`)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HourCell({ cell }: { readonly cell: Cell | undefined }): ReactNode {
  const { say } = useReader();
  if (cell?.kind !== "share") return <td data-cell="none" />;
  const { low, of, weekday, hour } = cell;
  const share = low / of;
  const step = SHADES.filter((from) => share >= from).length;
  const title = say("numbers.causes.cell", {
    day: say(`numbers.weekdays.d${weekday as (typeof WEEKDAYS)[number]}`),
    hour,
    low,
    of,
  });
  return (
    <td data-cell="share" data-step={step === 0 ? undefined : step} title={title}>
      {Math.round(share * 100)}
    </td>
  );
}
