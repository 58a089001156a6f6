// What was wrong in an imported file: by reason, with the lines of the first cases.
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { numberText } from "../../parts/amounts.ts";
import { Section } from "../../parts/page-header.tsx";
import { PlainTable } from "../../parts/plain-table.tsx";
import { useReader } from "../../reader.tsx";
import type { Say, WordKey } from "../../words.ts";
import classes from "./catalogue.module.css";
import type { Import } from "./imports.tsx";

type Problem = Import["problems"][number];

/** The problems. */
export function Problems({ one }: { readonly one: Import }): ReactNode {
  const { say } = useReader();
  if (one.problems.length === 0)
    return (
      <Section title={say("catalogue.problems")}>
        <p className="soft">{say("catalogue.noProblems")}</p>
      </Section>
    );
  return (
    <Section title={say("catalogue.problems")} about={say("catalogue.problemsText")}>
      {one.problems.map((problem) => (
        <Reason key={`${problem.reason} ${problem.isSkipped}`} problem={problem} />
      ))}
    </Section>
  );
}

function Reason({ problem }: { readonly problem: Problem }): ReactNode {
  const { say, language } = useReader();
  const { reason, isSkipped, samples } = problem;
  const count = numberText(problem.count, language);
  const title = problemText(reason, say);
  return (
    <div className={classes.reason}>
      <Title order={3}>
        {title}{" "}
        <span className="soft">
          {say(isSkipped ? "catalogue.skippedCount" : "catalogue.fixedCount", { count })}
        </span>
      </Title>
      <PlainTable
        label={title}
        rows={samples.map((sample, index) => ({ ...sample, index }))}
        idOf={({ index }) => String(index)}
        columns={[
          {
            id: "offer",
            title: say("catalogue.id"),
            cell: ({ offerId }) => (offerId === null ? "—" : <span className="mono">{offerId}</span>),
          },
          {
            id: "detail",
            title: say("catalogue.detail"),
            cell: ({ detail }) => (detail === "" ? "—" : <span className="mono">{detail}</span>),
          },
          {
            id: "line",
            title: say("catalogue.line"),
            align: "end",
            cell: ({ line }) => numberText(line, language),
          },
        ]}
      />
    </div>
  );
}

/** A reason in words; one that has none is shown as it is. */
function problemText(reason: string, say: Say): string {
  const key = `catalogue.problem.${reason}`;
  const text = say(key as WordKey);
  return text === key ? say("catalogue.problem.other", { reason }) : text;
}
