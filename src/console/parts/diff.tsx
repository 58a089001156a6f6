// Before and after of a document, place by place.
import type { ReactNode } from "react";
import { useSay } from "../reader.tsx";
import { changesOf } from "./changes.ts";
import classes from "./diff.module.css";

/** The table of differences. `nameOf` gives a place's name in words; left out: the path itself. */
export function Diff(props: {
  readonly before: unknown;
  readonly after: unknown;
  readonly nameOf?: (path: string) => string;
}): ReactNode {
  const say = useSay();
  const changes = changesOf(props.before ?? undefined, props.after ?? undefined);
  if (changes.length === 0) return <p className="soft">{say("parts.diff.nothing")}</p>;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>
            <span className="visually-hidden">{say("parts.diff.place")}</span>
          </th>
          <th>{say("parts.diff.before")}</th>
          <th>{say("parts.diff.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row" className="mono">
              {props.nameOf?.(path) ?? path}
            </th>
            <td>{before !== undefined && <del>{shown(before)}</del>}</td>
            <td>{after !== undefined && <ins>{shown(after)}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
