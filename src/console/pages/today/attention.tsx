// What needs somebody: one line a thing, worst first, each leading to where it is mended.
import { IconCheck, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { When } from "../../parts/figures.tsx";
import { useSay } from "../../reader.tsx";
import { useListAddress } from "./list-address.ts";
import type { Overview } from "./page.tsx";
import classes from "./today.module.css";

type Entry = Overview["attention"][number];

/** Kinds by which something does not work now; the others wait for a decision or tell of something to come. */
const BROKEN: ReadonlySet<Entry["kind"]> = new Set([
  "webhook_disabled",
  "webhook_failing",
  "alarm_new",
  "backup_late",
  "job_failed",
  "answers_unknown",
]);

/** The list, or one calm line. */
export function AttentionList({ entries }: { readonly entries: readonly Entry[] }): ReactNode {
  const say = useSay();
  if (entries.length === 0)
    return (
      <p className={classes.calm}>
        <IconCheck size={18} aria-hidden />
        {say("home.nothing")}
      </p>
    );
  return (
    <section className={classes.attention} aria-labelledby="attention">
      <h2 id="attention" className={classes.head}>
        {say("home.attention")}
      </h2>
      <ul className={classes.entries}>
        {entries.map((entry) => (
          <Line key={`${entry.kind} ${entry.subject ?? ""} ${entry.name ?? ""}`} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Line({ entry }: { readonly entry: Entry }): ReactNode {
  const say = useSay();
  const address = useListAddress()(entry.link);
  const { kind, name, subject, count, at } = entry;
  const told = name ?? (kind === "job_failed" ? subject : null);
  const content = (
    <>
      <span className={classes.dot} data-tone={BROKEN.has(kind) ? "bad" : "warn"} aria-hidden />
      <span className={classes.told}>
        {say(`home.kind.${kind}`, { count })}
        {told !== null && (
          <>
            {": "}
            <span translate="no">{told}</span>
          </>
        )}
      </span>
      {at !== null && (
        <span className="soft">
          <When at={at} style="ago" />
        </span>
      )}
    </>
  );
  return (
    <li>
      {address === null ? (
        <span className={classes.entry}>{content}</span>
      ) : (
        <Link href={address} className={classes.entry}>
          {content}
          <IconChevronRight size={16} aria-hidden />
        </Link>
      )}
    </li>
  );
}
