// What the cart comes to under the rules chosen: one side in full, or two beside each other with everything that differs.
import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { compareOutcomes } from "../../../contract/index.ts";
import { moneyText } from "../../parts/amounts.ts";
import { Section } from "../../parts/page-header.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import type { WordKey } from "../../words.ts";
import { Difference } from "../calculations/again.tsx";
import { Lines, Steps, Sums } from "../calculations/outcome.tsx";
import type { Outcome } from "../calculations/verdict-words.ts";
import { Verdicts } from "../calculations/verdicts.tsx";
import type { CartAddress, ChangeCart } from "./cart-address.ts";
import classes from "./playground.module.css";
import type { Priced } from "./use-priced.ts";

/** The results; `titles` of the rules of each side. */
export function Results(props: {
  readonly priced: Priced;
  readonly titles: readonly string[];
  readonly address: CartAddress;
  readonly onChange: ChangeCart;
}): ReactNode {
  const { priced, titles } = props;
  const [before, after] = priced.outcomes;
  if (before === undefined) return null;
  if (after === undefined)
    return (
      <>
        <Sums outcome={before} />
        <Remarks outcome={before} />
        <Whole outcome={before} />
      </>
    );
  return <TwoSides before={before} after={after} {...props} titles={[titles[0] ?? "", titles[1] ?? ""]} />;
}

function TwoSides(props: {
  readonly before: Outcome;
  readonly after: Outcome;
  readonly titles: readonly [string, string];
  readonly address: CartAddress;
  readonly onChange: ChangeCart;
}): ReactNode {
  const { say } = useReader();
  const { before, after, titles } = props;
  const isRight = props.address.full === "right";
  const compared = { ...compareOutcomes(before, after), before, after };
  return (
    <>
      <div className={classes.sides}>
        {[before, after].map((outcome, index) => (
          <section key={index === 0 ? "left" : "right"} data-side={index === 0 ? "left" : "right"}>
            <h2 className={classes.sideName} translate="no">
              {titles[index]}
            </h2>
            <Sums outcome={outcome} />
            <Remarks outcome={outcome} />
          </section>
        ))}
      </div>
      <Section title={say("playground.difference")}>
        <Difference compared={compared} titles={titles} />
      </Section>
      <Section
        title={say("playground.whole")}
        actions={
          <SegmentedControl
            aria-label={say("calculations.withRules")}
            value={isRight ? "right" : "left"}
            onChange={(full) => props.onChange({ full: full === "right" ? full : "" })}
            data={[
              { value: "left", label: <span translate="no">{titles[0]}</span> },
              { value: "right", label: <span translate="no">{titles[1]}</span> },
            ]}
          />
        }
      >
        <Whole outcome={isRight ? after : before} />
      </Section>
    </>
  );
}

function Whole({ outcome }: { readonly outcome: Outcome }): ReactNode {
  const { say } = useReader();
  return (
    <>
      <Section title={say("calculations.promotions")} about={say("calculations.promotionsText")}>
        <Verdicts verdicts={outcome.verdicts} />
      </Section>
      <Section title={say("calculations.goods")}>
        <Lines outcome={outcome} />
      </Section>
      <Section title={say("calculations.steps")} about={say("calculations.stepsText")}>
        <Steps outcome={outcome} />
      </Section>
    </>
  );
}

/** What became of the code, the points that pay, what is missing for more, and whether the combination is proven best. */
function Remarks({ outcome }: { readonly outcome: Outcome }): ReactNode {
  const reader = useReader();
  const { say, language } = reader;
  const { code, points, proof } = outcome;
  return (
    <div className={classes.remarks}>
      {code !== null && (
        <p data-code={code.state}>
          {say("calculations.code")} <span className="mono">{code.entered}</span>{" "}
          {say(`calculations.codeStates.${code.state}` as WordKey)}
        </p>
      )}
      {points !== null && points.spending > 0 && (
        <p>{say("playground.spending", { count: points.spending })}</p>
      )}
      {hintsOf(outcome, reader).map((hint) => (
        <p key={hint} translate="no">
          {hint}
        </p>
      ))}
      {!proof.isOptimal && (
        <p>{say("calculations.unproven", { gap: moneyText(proof.gapMinor, language) })}</p>
      )}
    </div>
  );
}

/** Texts that the authors of promotions want shown here. */
function hintsOf({ notices }: Outcome, { language }: Reader): string[] {
  const told = notices.flatMap(({ text, amountMinor }) =>
    text === null
      ? []
      : [
          text[language].replaceAll(
            "{missing}",
            amountMinor === null ? "" : moneyText(amountMinor, language),
          ),
        ],
  );
  return [...new Set(told)];
}
