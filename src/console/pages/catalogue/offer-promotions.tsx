// Promotions in force that concern an item, each with how.
import { Anchor } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { promotionCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { Section } from "../../parts/page-header.tsx";
import { useReader } from "../../reader.tsx";
import { usePromotionName } from "../orders/order-words.tsx";
import { promotionsOf } from "../promotions/sets.ts";
import classes from "./catalogue.module.css";
import { concerning } from "./concerning.ts";
import type { Offer } from "./offer-page.tsx";

/** The list. */
export function OfferPromotions({ offer }: { readonly offer: Offer }): ReactNode {
  const { say } = useReader();
  const nameOf = usePromotionName();
  const set = useCall(promotionCalls.getPromotionSet, {}).data;
  const told = useMemo(
    () => (set === undefined ? null : concerning(offer, promotionsOf(set.set))),
    [offer, set],
  );
  if (told === null) return null;
  return (
    <Section title={say("catalogue.promotions")} about={say("catalogue.promotionsText")}>
      {told.found.length === 0 ? (
        <p className="soft">{say("catalogue.noPromotions")}</p>
      ) : (
        <ul className={classes.plain}>
          {told.found.map(({ promotion: { id }, how }) => (
            <li key={id}>
              <Anchor component={Link} href={`/promotions/${encodeURIComponent(id)}`} translate="no">
                {nameOf(id)}
              </Anchor>{" "}
              <span className="soft">{say(`catalogue.${how}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {told.onAll > 0 && <p className="soft">{say("catalogue.onAll", { count: told.onAll })}</p>}
    </Section>
  );
}
