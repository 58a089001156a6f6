// What was ordered, as the marketplace told it, else as our own order says; a dish that goes with low ratings says so.
import { Anchor, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { deskNumberCalls, deskOrderCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { numberText } from "../../parts/amounts.ts";
import { Money } from "../../parts/figures.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./desk.module.css";
import { quoted } from "./filter-text.ts";
import type { Item } from "./marks.tsx";
import { deskAddress } from "./queues.ts";

/** The card. */
export function Dishes({ item }: { readonly item: Item }): ReactNode {
  const { say, language } = useReader();
  const params = { itemId: item.id };
  const order = useCall(deskOrderCalls.getDeskOrder, { params }).data;
  const told = order?.items ?? [];
  const named = told.length > 0 || item.dishes.length > 0;
  const lowOf = useLowDishes(item, named);
  if (!named) return null;
  const price = (amount: number | null): ReactNode =>
    amount === null ? null : <Money minor={Math.round(amount * 100)} isShort />;
  return (
    <section className={classes.card}>
      <Title order={2} size="h3">
        {say("desk.facts.dishes")}
      </Title>
      <ul className={classes.dishes}>
        {told.length > 0
          ? told.map((dish, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same dish may stand twice, and the list never changes.
              <li key={index}>
                <span className={classes.dish}>
                  <DishName name={dish.name} odds={lowOf(dish.id, dish.name)} />
                  <span className="number">
                    {dish.quantity !== null && `${numberText(dish.quantity, language, 3)} × `}
                    {price(dish.price)}
                  </span>
                </span>
                {dish.modifications.map((part, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                  <span key={place} className={classes.addition}>
                    <span translate="no">{part.name ?? part.id}</span>
                    {price(part.price)}
                  </span>
                ))}
              </li>
            ))
          : item.dishes.map((dish) => (
              <li key={`${dish.id} ${dish.name}`}>
                <DishName name={dish.name ?? dish.id} odds={lowOf(dish.id, dish.name)} />
              </li>
            ))}
        {item.totalMinor !== null && (
          <li className={classes.dish}>
            <strong>{say("desk.facts.total")}</strong>
            <Money minor={item.totalMinor} />
          </li>
        )}
      </ul>
    </section>
  );
}

/** Odds of a low rating with the dish; null where nothing is proven of it, or it does no harm. */
type LowOf = (id: string | null, name: string | null) => number | null;

/** Dishes that go with low ratings in this outlet, branch and lateness taken out; the answer is shared by its items. */
function useLowDishes({ branchId, source }: Item, isOn: boolean): LowOf {
  const filter = `branch:${quoted(branchId ?? "")} source:${source} day:90d`;
  const { data } = useCall(
    deskNumberCalls.readDeskNumbers,
    { body: { filter, sections: ["dishes"] } },
    { isOn: isOn && branchId !== null },
  );
  return useMemo(() => {
    const low = (data?.dishes ?? []).flatMap(({ id, name, odds }) =>
      odds.kind === "associated" && odds.odds > 1 ? [{ id, name, odds: odds.odds }] : [],
    );
    return (id, name) =>
      low.find((dish) => (dish.id !== "" && dish.id === id) || (dish.name !== "" && dish.name === name))
        ?.odds ?? null;
  }, [data]);
}

function DishName(props: { readonly name: string | null; readonly odds: number | null }): ReactNode {
  const { say, language } = useReader();
  const { name, odds } = props;
  if (name === null) return <span className="soft">{say("desk.facts.noName")}</span>;
  return (
    <span>
      <Anchor component={Link} href={deskAddress({ filter: `item:${quoted(name)}` })} translate="no">
        {name}
      </Anchor>
      {odds !== null && (
        <Link href="/numbers?view=causes" className={classes.lowDish} title={say("desk.facts.lowDishAbout")}>
          {say("desk.facts.lowDish", { odds: numberText(odds, language, 1) })}
        </Link>
      )}
    </span>
  );
}
