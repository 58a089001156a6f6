// What other terms would have cost, tried on orders that were placed, beside the terms in force.
import { Button, NumberInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { programmeCalls } from "../../../contract/index.ts";
import type { ProgrammeDocument } from "../../../core/pricing/index.ts";
import { useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { Count, Money } from "../../parts/figures.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./loyalty.module.css";
import { blankProgramme, changed, type Field, fieldsOf, termOf } from "./simulated-fields.ts";

type Simulation = AnswerOf<typeof programmeCalls.simulateProgramme>;
type Cost = Simulation["wished"];

/** The form and, once it was asked, the two costs side by side. Nothing is published from here. */
export function Simulator({ programme }: { readonly programme: object | null }): ReactNode {
  const { say } = useReader();
  const inForce = (programme as ProgrammeDocument | null) ?? blankProgramme;
  const [wished, setWished] = useState(inForce);
  const [days, setDays] = useState(90);
  const run = useChange(programmeCalls.simulateProgramme, {});
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    run.mutate({ query: { days }, body: wished });
  };
  return (
    <section aria-labelledby="simulation" data-simulation>
      <h3 id="simulation">{say("loyalty.simulation.title")}</h3>
      <p className="soft">{say("loyalty.simulation.about")}</p>
      <form className={classes.terms} onSubmit={submit}>
        {fieldsOf(inForce).map((field) => (
          <NumberInput
            key={`${field.name} ${field.tier ?? ""}`}
            label={
              <>
                {say(`loyalty.simulation.${field.name}`)}{" "}
                {field.tier !== undefined && <span translate="no">{field.tier}</span>}
              </>
            }
            value={termOf(wished, field)}
            onChange={(value) => setWished((before) => changed(before, field, Number(value) || 0))}
            min={0}
            {...limitsOf(field)}
            hideControls
          />
        ))}
        <NumberInput
          label={say("loyalty.simulation.days")}
          value={days}
          onChange={(value) => setDays(Math.max(1, Number(value) || 1))}
          min={1}
          max={730}
          allowDecimal={false}
          hideControls
        />
        <Button type="submit" variant="default" loading={run.isPending}>
          {say("loyalty.simulation.run")}
        </Button>
      </form>
      <FormError error={run.error} />
      {run.data !== undefined && <Costs simulation={run.data} />}
    </section>
  );
}

function limitsOf({ kind }: Field): { readonly max?: number; readonly allowDecimal: boolean } {
  return kind === "percent" ? { max: 100, allowDecimal: true } : { allowDecimal: kind === "roubles" };
}

function Costs({ simulation }: { readonly simulation: Simulation }): ReactNode {
  const { say } = useReader();
  const { current, wished, orders, customers, isWhole } = simulation;
  if (orders === 0) return <p>{say("loyalty.simulation.none")}</p>;
  const rows = [
    { name: "earned", of: ({ earnedMinor }: Cost) => earnedMinor, isMoney: true },
    { name: "spent", of: ({ spentMinor }: Cost) => spentMinor, isMoney: true },
    { name: "ended", of: ({ endedPoints }: Cost) => endedPoints, isMoney: false },
    { name: "owed", of: ({ owedMinor }: Cost) => owedMinor, isMoney: true },
  ] as const;
  return (
    <>
      <p className="soft" role="status">
        {say("loyalty.simulation.seen", { orders, customers })}{" "}
        {!isWhole && say("loyalty.simulation.notWhole")}{" "}
        {current === null && say("loyalty.simulation.noCurrent")}
      </p>
      <table className={classes.costs} aria-label={say("loyalty.simulation.title")}>
        <thead>
          <tr>
            <th scope="col">{say("loyalty.simulation.what")}</th>
            {(["current", "wished", "difference"] as const).map((name) => (
              <th key={name} scope="col" className="number">
                {say(`loyalty.simulation.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, of, isMoney }) => (
            <tr key={name} data-cost={name}>
              <th scope="row">{say(`loyalty.simulation.${name}`)}</th>
              <Amount value={current === null ? null : of(current)} isMoney={isMoney} />
              <Amount value={of(wished)} isMoney={isMoney} />
              <Amount value={current === null ? null : of(wished) - of(current)} isMoney={isMoney} hasSign />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Amount(props: {
  readonly value: number | null;
  readonly isMoney: boolean;
  readonly hasSign?: boolean;
}): ReactNode {
  const { value, isMoney, hasSign = false } = props;
  if (value === null) return <td className="number soft">—</td>;
  return (
    <td className="number">
      {isMoney ? (
        <Money minor={value} isShort hasSign={hasSign} />
      ) : (
        <>
          {hasSign && value > 0 ? "+" : ""}
          <Count value={value} />
        </>
      )}
    </td>
  );
}
