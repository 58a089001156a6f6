// The menu of the cart: promotions that the shopper may choose, each with its price and its gifts to pick.
import { Checkbox } from "@mantine/core";
import type { ReactNode } from "react";
import { Money } from "../../parts/figures.tsx";
import { useReader } from "../../reader.tsx";
import type { Outcome } from "../calculations/verdict-words.ts";
import {
  type CartAddress,
  type ChangeCart,
  choicesOf,
  choicesText,
  type WrittenChoice,
} from "./cart-address.ts";
import classes from "./playground.module.css";
import type { Priced } from "./use-priced.ts";

type Offered = Outcome["offered"][number]["promotions"][number] & { readonly group: string };

/** The list; nothing where there is no choice. */
export function Menu(props: {
  readonly address: CartAddress;
  readonly priced: Priced;
  readonly onChange: ChangeCart;
}): ReactNode {
  const { say, language } = useReader();
  const { priced } = props;
  const offered = offeredBy(priced.outcomes);
  const choices = choicesOf(props.address.choice);
  const change = (next: readonly WrittenChoice[]): void =>
    props.onChange({ choice: choicesText(next) }, true);
  const groupOf = new Map(offered.map((one) => [one.promotionId, one.group]));
  const names = new Map(priced.facts.offers.map(({ id, name }) => [id, name]));
  const choose = (one: Offered, isChosen: boolean): void => {
    const others = choices.filter(({ promotion }) => promotion !== one.promotionId);
    // Of several groups the first counts, unless the shop unites them.
    const kept = others.filter(
      ({ promotion }) => priced.facts.unitesGroups || groupOf.get(promotion) === one.group,
    );
    change(isChosen ? [...kept, { promotion: one.promotionId, gifts: [] }] : others);
  };
  if (offered.length === 0) return <p className="soft">{say("playground.noMenu")}</p>;
  return (
    <ul className={classes.menu}>
      {offered.map((one) => {
        const chosen = choices.find(({ promotion }) => promotion === one.promotionId);
        return (
          <li key={one.promotionId} data-offered={one.promotionId}>
            <Checkbox
              checked={chosen !== undefined}
              onChange={(event) => choose(one, event.currentTarget.checked)}
              label={
                <>
                  <span translate="no">{one.name[language]}</span>{" "}
                  <span className="soft">
                    <Money minor={one.totalIfTakenMinor} />
                  </span>
                </>
              }
            />
            {chosen !== undefined && one.giftOptions.length > 0 && (
              <Gifts
                offered={one}
                chosen={chosen}
                names={names}
                onChange={(gifts) =>
                  change(choices.map((each) => (each === chosen ? { ...chosen, gifts } : each)))
                }
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** What any side offers, each promotion once. */
function offeredBy(outcomes: Priced["outcomes"]): Offered[] {
  const all = outcomes.flatMap(({ offered }) =>
    offered.flatMap(({ group, promotions }) => promotions.map((one) => ({ ...one, group }))),
  );
  return [...new Map([...all].reverse().map((one) => [one.promotionId, one])).values()].reverse();
}

function Gifts(props: {
  readonly offered: Offered;
  readonly chosen: WrittenChoice;
  readonly names: ReadonlyMap<string, string>;
  readonly onChange: (gifts: WrittenChoice["gifts"]) => void;
}): ReactNode {
  const { say } = useReader();
  const { offered, chosen } = props;
  const pick = (offer: string, quantity: number, isPicked: boolean): void => {
    const others = chosen.gifts.filter((gift) => gift.offer !== offer);
    // One too many takes the place of the one that was picked first.
    props.onChange(isPicked ? [...others, { offer, quantity }].slice(-offered.giftOptionsLimit) : others);
  };
  return (
    <fieldset className={classes.gifts}>
      <legend className="soft">{say("playground.gifts", { count: offered.giftOptionsLimit })}</legend>
      {offered.giftOptions.map(({ offerId, quantity }) => (
        <Checkbox
          key={offerId}
          label={<span translate="no">{props.names.get(offerId) ?? offerId}</span>}
          checked={chosen.gifts.some(({ offer }) => offer === offerId)}
          onChange={(event) => pick(offerId, quantity, event.currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
}
