// The consequences of a status, as a list of sentences.
import type { ReactNode } from "react";
import { moneyText } from "../../parts/amounts.ts";
import { type Reader, useReader } from "../../reader.tsx";
import { type Order, pointsText } from "./order-words.tsx";
import classes from "./orders.module.css";
import { type Effect, effectsOf, type Trail } from "./status-effects.ts";

/** What setting `status` will do. */
export function Effects(props: {
  readonly order: Order;
  readonly trail: Trail;
  readonly status: string;
}): ReactNode {
  const reader = useReader();
  const effects = effectsOf(props.order, props.trail, props.status);
  return (
    <div className={classes.effects} aria-live="polite">
      <ul>
        {effects.map((effect) => (
          <li key={effect.kind}>{effectText(effect, reader)}</li>
        ))}
      </ul>
    </div>
  );
}

function effectText(effect: Effect, reader: Reader): string {
  const { say, language } = reader;
  switch (effect.kind) {
    case "release":
    case "capture":
    case "recapture":
    case "earn":
      return say(`orders.effect.${effect.kind}`, { points: pointsText(effect.points, reader) });
    case "refund":
      return say("orders.effect.refund", { sum: moneyText(effect.minor, language) });
    case "uses":
      return say("orders.effect.uses", { count: effect.count });
    default:
      return say(`orders.effect.${effect.kind}`);
  }
}
