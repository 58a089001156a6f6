// What can be done with the cart as a whole: sent to a colleague, saved as a table, asked of the server, emptied.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { cartCalls } from "../../../contract/index.ts";
import { call } from "../../api.ts";
import { CallFailed } from "../../calls.ts";
import { moneyText, numberText } from "../../parts/amounts.ts";
import { SaveTable } from "../../parts/save-table.tsx";
import type { Cell, ShownTable } from "../../parts/shown-table.ts";
import { useToasts } from "../../parts/toasts.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import { rulesOf } from "../calculations/rules-choice.tsx";
import { CART, type CartAddress, type ChangeCart, documentOf, sidesOf, supposedOf } from "./cart-address.ts";
import type { TriedOutcome } from "./engine.ts";
import type { Priced } from "./use-priced.ts";

/** The buttons; `titles` of the rules of each side. */
export function Actions(props: {
  readonly address: CartAddress;
  readonly priced: Priced | null;
  readonly titles: readonly string[];
  readonly onChange: ChangeCart;
}): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const { tell } = useToasts();
  const { address, priced } = props;
  const isEmpty = address.goods === "";
  const copy = (): void => {
    void navigator.clipboard.writeText(window.location.href).then(() => tell(say("parts.copied")));
  };
  const empty = (): void => props.onChange(Object.fromEntries(CART.map((name) => [name, ""])), true);
  return (
    <>
      <Button variant="default" onClick={copy}>
        {say("playground.link")}
      </Button>
      <SaveTable
        make={() => (priced === null ? null : tableOf(priced, props.titles, reader))}
        isOff={priced === null || isEmpty}
      />
      <Button variant="default" onClick={empty} disabled={isEmpty}>
        {say("playground.empty")}
      </Button>
    </>
  );
}

/** The goods with what each costs under each side. */
function tableOf({ outcomes }: Priced, titles: readonly string[], { say }: Reader): ShownTable {
  const [first] = outcomes;
  const rows = (first?.lines ?? []).map((line, index): Cell[] => [
    line.name ?? line.offerId ?? "",
    line.offerId ?? "",
    line.quantity / 1000,
    ...outcomes.flatMap(({ lines }): Cell[] => {
      const same = lines[index]?.offerId === line.offerId ? lines[index] : undefined;
      return same === undefined
        ? [null, null]
        : [{ kopecks: same.discountMinor }, { kopecks: same.totalMinor }];
    }),
  ]);
  const heads = titles.flatMap((title) => [
    `${say("calculations.discount")}: ${title}`,
    `${say("calculations.total")}: ${title}`,
  ]);
  const sums = outcomes.flatMap(({ discountMinor, totalMinor }): Cell[] => [
    { kopecks: discountMinor },
    { kopecks: totalMinor },
  ]);
  return {
    name: "basket",
    head: [say("calculations.good"), "ID", say("calculations.quantity"), ...heads],
    rows: [...rows, [say("calculations.total"), null, null, ...sums]],
  };
}

/** Asks the server what it would answer, and tells whether it is the same to the kopeck. */
export function ServerCheck(props: { readonly address: CartAddress; readonly priced: Priced }): ReactNode {
  const { say, language } = useReader();
  const { tellFailure } = useToasts();
  const [told, setTold] = useState<{ readonly of: Priced; readonly text: string } | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { address, priced } = props;
  const ask = async (): Promise<void> => {
    setAsking(true);
    try {
      const answers = await serverAnswers(address, priced);
      const isSame = answers.every((answer, index) => isAlike(answer, priced.outcomes[index]));
      const totals = answers.map(({ totalMinor }) => moneyText(totalMinor, language)).join(", ");
      setTold({ of: priced, text: say(isSame ? "playground.agrees" : "playground.differs", { totals }) });
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      tellFailure(error);
    } finally {
      setAsking(false);
    }
  };
  return (
    <>
      <Button variant="default" size="xs" loading={isAsking} onClick={() => void ask()}>
        {say("playground.check")}
      </Button>
      <span role="status" className="soft">
        {told?.of === priced ? told.text : say("playground.here")}
      </span>
    </>
  );
}

function serverAnswers(address: CartAddress, { facts }: Priced): Promise<TriedOutcome[]> {
  const supposed = supposedOf(address);
  // The very moment that was priced here, since "now" goes on.
  const cart = { ...documentOf(address), at: facts.at };
  return Promise.all(
    sidesOf(address).map(async (side) => {
      const body = { cart, rules: rulesOf(side), ...(supposed === undefined ? {} : { supposed }) };
      const { at: _at, rules: _rules, ...outcome } = await call(cartCalls.priceCart, { body });
      return outcome;
    }),
  );
}

/** Whole answers are compared, not only their sums: one source made both, in one order. */
function isAlike(left: TriedOutcome, right: TriedOutcome | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
