// One calculation: what the cart came to, line by line and step by step, and why each promotion was applied or not.
import { Anchor, Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link, useParams } from "wouter";
import { calculationCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { moneyText } from "../../parts/amounts.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { Money, When } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { WordKey } from "../../words.ts";
import { OrdersOfCalculation } from "../orders/orders-of-calculation.tsx";
import { addressOfCalculation } from "../playground/cart-address.ts";
import { AgainPart } from "./again.tsx";
import classes from "./calculations.module.css";
import { KeepCase } from "./keep-case.tsx";
import { Lines, Steps, Sums } from "./outcome.tsx";
import { Verdicts } from "./verdicts.tsx";

type Calculation = AnswerOf<typeof calculationCalls.getCalculation>;

/** The page. */
export default function CalculationPage(): ReactNode {
  const { calculationId = "" } = useParams();
  const { language } = useReader();
  const found = useCall(calculationCalls.getCalculation, { params: { calculationId }, query: { language } });
  if (found.data !== undefined) return <CalculationShown calculation={found.data} />;
  if (found.error === null) return <PageSkeleton />;
  if (found.error.status === 404) return <NotFound />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function CalculationShown({ calculation }: { readonly calculation: Calculation }): ReactNode {
  const { say, language } = useReader();
  const [url, setUrl] = useUrlState(["promotion", "again"]);
  const [isKeeping, setKeeping] = useState(false);
  const { id, answered } = calculation;
  return (
    <>
      <PageHeader
        title={say("calculations.title", { total: moneyText(answered.totalMinor, language) })}
        isThing
        back={{ path: "/calculations", title: say("pages.calculations") }}
        about={<When at={calculation.at} style="exact" />}
        actions={
          <Actions
            calculation={calculation}
            onAgain={url.again === "" ? () => setUrl({ again: "current" }, true) : null}
            onKeep={() => setKeeping(true)}
          />
        }
      />
      <Doubts calculation={calculation} />
      <Sums outcome={calculation} />
      {url.again !== "" && (
        <Section title={say("calculations.again")} about={say("calculations.againText")}>
          <AgainPart calculationId={id} choice={url.again} onChoose={(again) => setUrl({ again })} />
        </Section>
      )}
      <Section title={say("calculations.promotions")} about={say("calculations.promotionsText")}>
        <Verdicts verdicts={calculation.verdicts} marked={url.promotion === "" ? undefined : url.promotion} />
      </Section>
      <Section title={say("calculations.goods")}>
        <Lines outcome={calculation} />
      </Section>
      <Section title={say("calculations.steps")} about={say("calculations.stepsText")}>
        <Steps outcome={calculation} />
      </Section>
      {calculation.offered.length > 0 && <Offered calculation={calculation} />}
      <Section title={say("calculations.engine")}>
        <Facts calculation={calculation} />
      </Section>
      <KeepCase
        calculationId={id}
        totalMinor={answered.totalMinor}
        isOpen={isKeeping}
        onClose={() => setKeeping(false)}
      />
    </>
  );
}

/** What can be done with it; `onAgain` null: it is being priced again already. */
function Actions(props: {
  readonly calculation: Calculation;
  readonly onAgain: (() => void) | null;
  readonly onKeep: () => void;
}): ReactNode {
  const { say } = useReader();
  const [mayKeep, mayTry] = [useMay("promotions:write"), useMay("promotions:read")];
  const { calculation, onAgain, onKeep } = props;
  const isPart = calculation.madeBy === "share";
  return (
    <>
      {onAgain !== null && !isPart && <Button onClick={onAgain}>{say("calculations.again")}</Button>}
      {mayTry && !isPart && (
        <Button component={Link} href={addressOfCalculation(calculation)} variant="default">
          {say("playground.open")}
        </Button>
      )}
      {mayKeep && calculation.madeBy === "engine" && (
        <Button variant="default" onClick={onKeep}>
          {say("calculations.keep")}
        </Button>
      )}
    </>
  );
}

function Doubts({ calculation }: { readonly calculation: Calculation }): ReactNode {
  const { say, language } = useReader();
  const { doubt, madeBy, answered } = calculation;
  const total = moneyText(answered.totalMinor, language);
  return (
    <>
      {doubt !== null && (
        <p className={classes.notice}>{say(`calculations.doubt.${doubt}` as WordKey, { total })}</p>
      )}
      {madeBy !== "engine" && <p className={classes.notice}>{say(`calculations.notEngine.${madeBy}`)}</p>}
    </>
  );
}

function Facts({ calculation }: { readonly calculation: Calculation }): ReactNode {
  const { say, language } = useReader();
  const { cart, code, proof, customerId } = calculation;
  const mayOrders = useMay("orders:read") || null;
  const data = (text: string | null): ReactNode =>
    text === null ? null : <span translate="no">{text}</span>;
  return (
    <KeyValue
      facts={[
        {
          name: say("calculations.customer"),
          value: <Customer id={customerId} />,
        },
        {
          name: say("calculations.order"),
          value: mayOrders && <OrdersOfCalculation calculationId={calculation.id} />,
        },
        { name: say("calculations.channel"), value: say(`calculations.channels.${calculation.channel}`) },
        { name: say("calculations.outlet"), value: data(cart.outletId) },
        { name: say("calculations.city"), value: data(cart.city) },
        { name: say("calculations.delivery"), value: data(cart.deliveryMethod) },
        { name: say("calculations.payment"), value: data(cart.paymentMethod) },
        {
          name: say("calculations.code"),
          value:
            code === null ? null : (
              <>
                <span className="mono">{code.entered}</span>{" "}
                {say(`calculations.codeStates.${code.state}` as WordKey)}
              </>
            ),
        },
        {
          name: say("calculations.rules"),
          value: say("calculations.version", { version: calculation.rules.version }),
        },
        {
          name: say("calculations.engine"),
          value: proof.isOptimal
            ? say("calculations.proven")
            : say("calculations.unproven", { gap: moneyText(proof.gapMinor, language) }),
        },
        { name: say("calculations.request"), value: <span className="mono">{calculation.id}</span> },
      ]}
    />
  );
}

/** Who it was; a link for whom customers are open. */
function Customer({ id }: { readonly id: string | null }): ReactNode {
  const { say } = useReader();
  const mayOpen = useMay("customers:read");
  if (id === null) return <span className="soft">{say("calculations.anonymous")}</span>;
  if (!mayOpen) return <span translate="no">{id}</span>;
  return (
    <Anchor component={Link} href={`/customers/${encodeURIComponent(id)}`} translate="no">
      {id}
    </Anchor>
  );
}

function Offered({ calculation }: { readonly calculation: Calculation }): ReactNode {
  const { say, language } = useReader();
  const offers = calculation.offered.flatMap(({ promotions }) => promotions);
  return (
    <Section title={say("calculations.offered")} about={say("calculations.offeredText")}>
      <ul className={classes.steps}>
        {offers.map((offer) => (
          <li key={offer.promotionId}>
            <span>
              <span translate="no">{offer.name[language]}</span>{" "}
              {offer.isChosen && <em>{say("calculations.chosen")}</em>}
            </span>
            <Money minor={offer.totalIfTakenMinor} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
