// The basket playground: a cart by hand, priced in this browser by the engine of the server, under one or two sets of rules.
import { Autocomplete, NumberInput } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { RulesChoice, useRulesChoices } from "../calculations/rules-choice.tsx";
import { Actions, ServerCheck } from "./actions.tsx";
import { Buyer } from "./buyer.tsx";
import { CART, type CartAddress, type ChangeCart, sidesOf } from "./cart-address.ts";
import { Circumstances } from "./circumstances.tsx";
import { Goods } from "./goods.tsx";
import { Menu } from "./menu.tsx";
import { namedOption } from "./named-option.tsx";
import classes from "./playground.module.css";
import { Results } from "./results.tsx";
import { type Suggestions, suggestionsOf } from "./suggestions.ts";
import { type Pricing, usePriced } from "./use-priced.ts";

/** The page. */
export default function PlaygroundPage(): ReactNode {
  const { say } = useReader();
  const [address, change] = useUrlState(CART);
  const pricing = usePriced(address);
  const choices = useRulesChoices();
  const titles = sidesOf(address).map(
    (side) => choices.find(({ value }) => value === side)?.label ?? side.replace(/^v/, "№ "),
  );
  const sets = pricing.priced?.sets;
  const known = useMemo(() => suggestionsOf(sets ?? []), [sets]);
  const parts = { address, known, onChange: change, priced: pricing.priced };
  return (
    <>
      <PageHeader
        title={say("pages.playground")}
        about={say("playground.about")}
        actions={<Actions {...parts} titles={titles} />}
      />
      <div className={classes.page}>
        <div>
          <Section title={say("playground.goods")}>
            <Goods {...parts} />
            <Code {...parts} />
          </Section>
          {pricing.priced !== null && address.goods !== "" && (
            <Section title={say("calculations.offered")}>
              <Menu address={address} priced={pricing.priced} onChange={change} />
            </Section>
          )}
          <Section title={say("playground.buyer")}>
            <Buyer {...parts} />
          </Section>
          <Section title={say("playground.circumstances")}>
            <Circumstances {...parts} />
          </Section>
        </div>
        <Outcome address={address} pricing={pricing} titles={titles} onChange={change} />
      </div>
    </>
  );
}

interface CodeProps {
  readonly address: CartAddress;
  readonly known: Suggestions;
  readonly onChange: ChangeCart;
}

function Code({ address, known, onChange }: CodeProps): ReactNode {
  const { say } = useReader();
  return (
    <div className={classes.pair}>
      <Autocomplete
        label={say("calculations.code")}
        data={[...known.codes]}
        value={address.code}
        onChange={(code) => onChange({ code })}
        maxLength={200}
        autoComplete="off"
        renderOption={namedOption}
        translate="no"
      />
      <NumberInput
        label={say("playground.points")}
        value={address.points}
        onChange={(points) => onChange({ points: String(points) })}
        min={0}
        max={1_000_000_000}
        allowDecimal={false}
        hideControls
      />
    </div>
  );
}

function Outcome(props: {
  readonly address: CartAddress;
  readonly pricing: Pricing;
  readonly titles: readonly string[];
  readonly onChange: ChangeCart;
}): ReactNode {
  const { say } = useReader();
  const { address, pricing, onChange } = props;
  const { priced, error } = pricing;
  const isEmpty = address.goods === "";
  return (
    <div className={classes.outcome} aria-busy={pricing.isStale && error === null}>
      <div className={classes.rules}>
        <RulesChoice
          value={address.left === "" ? "current" : address.left}
          onChange={(left) => onChange({ left: left === "current" ? "" : left }, true)}
        />
        <RulesChoice
          label={say("playground.compareWith")}
          none={say("playground.nothing")}
          value={address.right}
          onChange={(right) => onChange({ right }, true)}
        />
      </div>
      {address.from !== "" && (
        <p className={classes.told}>
          {say("playground.taken")}{" "}
          <Link href={`/calculations/${encodeURIComponent(address.from)}`}>
            {say("playground.takenFrom")}
          </Link>
        </p>
      )}
      {error !== null && <ErrorState error={error} onRetry={pricing.refetch} />}
      {error === null && isEmpty && (
        <EmptyState title={say("playground.none")} text={say("playground.noneText")} />
      )}
      {error === null && !isEmpty && priced === null && <ListSkeleton rows={4} />}
      {error === null && !isEmpty && priced !== null && (
        <>
          <div className={classes.check}>
            <ServerCheck address={address} priced={priced} />
          </div>
          <Results priced={priced} titles={props.titles} address={address} onChange={onChange} />
        </>
      )}
    </div>
  );
}
