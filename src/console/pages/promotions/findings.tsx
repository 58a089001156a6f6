// What the publication gate found: the sentence, the advice, the place by its name and the way to it.
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { promotionDraftCalls } from "../../../contract/index.ts";
import type { AnswerOf } from "../../calls.ts";
import { Money } from "../../parts/figures.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import { useFieldWords } from "./field-words.ts";
import classes from "./form.module.css";

/** What the check of a draft answers. */
export type Verdict = AnswerOf<typeof promotionDraftCalls.checkPromotionDraft>;

/** One finding. */
export type Finding = Verdict["findings"][number];

/** The findings, each with a link to the promotion that it is about. */
export function Findings(props: {
  readonly findings: readonly Finding[];
  /** Address of a promotion's form; left out: one is there already. */
  readonly hrefOf?: (promotionId: string) => string;
  readonly nameOf?: (promotionId: string) => string;
}): ReactNode {
  const { say, language } = useReader();
  const words = useFieldWords();
  return (
    <ul className={classes.findings}>
      {props.findings.map((finding, index) => {
        const [first] = finding.promotionIds;
        const place = words.place(finding.path);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same of one place.
          <li key={`${finding.code}-${finding.path}-${index}`}>
            <div>
              <StateBadge tone={finding.severity === "error" ? "bad" : "warn"}>
                {say(`promotions.gate.${finding.severity}`)}
              </StateBadge>{" "}
              {props.nameOf !== undefined && first !== undefined && (
                <strong translate="no">{props.nameOf(first)}</strong>
              )}
            </div>
            <div translate="no">{finding.message[language]}</div>
            <div className="soft" translate="no">
              {finding.suggestion[language]}
            </div>
            <div className="soft">
              {place.startsWith("/") ? null : (
                <>
                  {say("promotions.gate.where")}: <span>{place}</span>{" "}
                </>
              )}
              {props.hrefOf !== undefined && first !== undefined && (
                <Anchor component={Link} href={props.hrefOf(first)} size="sm">
                  {say("promotions.gate.mend")}
                </Anchor>
              )}
            </div>
            {finding.witness !== null && <Witness witness={finding.witness} />}
          </li>
        );
      })}
    </ul>
  );
}

function Witness({ witness }: { readonly witness: NonNullable<Finding["witness"]> }): ReactNode {
  const { say } = useReader();
  return (
    <details>
      <summary className="soft">{say("promotions.gate.witness")}</summary>
      <div className="mono">
        {witness.lines.map(({ offerId, quantity }) => `${offerId} × ${quantity}`).join(", ")}
        {witness.code !== null && ` + ${witness.code}`}
      </div>
      <Money minor={witness.totalMinor} />
    </details>
  );
}
