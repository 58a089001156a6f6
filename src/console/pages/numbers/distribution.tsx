// How ratings are spread over the stars, a source beside the other and never added up; grey where there are few.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { numberText } from "../../parts/amounts.ts";
import { Section } from "../../parts/page-header.tsx";
import { useReader } from "../../reader.tsx";
import { type SourceNumbers, shareText, sourceName } from "./figures.ts";
import { listHref } from "./filters.ts";
import classes from "./numbers.module.css";

/** The section. */
export function Distribution(props: {
  readonly sources: readonly SourceNumbers[];
  readonly filter: string;
}): ReactNode {
  const { say } = useReader();
  return (
    <Section title={say("numbers.distribution.title")} about={say("numbers.distribution.about")}>
      <div className={classes.pair}>
        {props.sources.map((one) => (
          <SourceStars key={one.source} numbers={one} filter={`${props.filter} source:${one.source}`} />
        ))}
      </div>
    </Section>
  );
}

/** Colours of one to five stars: none where the sample is small. */
const TONES = ["bad", "bad", "warn", "good", "good"] as const;

function SourceStars({
  numbers,
  filter,
}: {
  readonly numbers: SourceNumbers;
  readonly filter: string;
}): ReactNode {
  const { say, language } = useReader();
  const { stars, low } = numbers.tiles;
  const of = stars.reduce((sum, count) => sum + count, 0);
  const isEnough = low.kind === "share";
  const name = sourceName(numbers.source, say);
  return (
    <div data-distribution={numbers.source}>
      <strong>{name}</strong>{" "}
      <span className="soft">{say("numbers.ratings", { count: of, shown: numberText(of, language) })}</span>
      <div className={classes.stack} aria-hidden>
        {stars.map((count, index) =>
          count === 0 ? null : (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the stars.
              key={index}
              style={{ width: `${(count / of) * 100}%` }}
              data-star={index + 1}
              data-tone={isEnough ? TONES[index] : undefined}
            />
          ),
        )}
      </div>
      <table className={classes.table} aria-label={`${say("numbers.distribution.title")}: ${name}`}>
        <tbody>
          {stars.map((count, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the stars.
            <tr key={index}>
              <th scope="row">{say("numbers.distribution.stars", { count: index + 1 })}</th>
              <td className={classes.end}>
                <Link href={listHref(`${filter} rating:${index + 1}`)}>{numberText(count, language)}</Link>
              </td>
              <td className={classes.end}>{isEnough ? shareText(count / of, language) : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
