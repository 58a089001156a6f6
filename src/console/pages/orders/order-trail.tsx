// What an order did to points and limits, and what IMSHOP was told of it.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { momentText } from "../../parts/amounts.ts";
import { Count, Money, When } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { PlainTable } from "../../parts/plain-table.tsx";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import { kindText } from "../customers/customer-lists.tsx";
import { Outcome } from "../webhooks/webhook-state.tsx";
import { type Order, pointsText, statusText, usePromotionName } from "./order-words.tsx";
import classes from "./orders.module.css";
import { pointsToEarn, type Trail, usesCounted } from "./status-effects.ts";

interface TrailProps {
  readonly trail: Trail;
}

/** Points held, spent, given back and earned. */
export function OrderPoints({ order, trail }: TrailProps & { readonly order: Order }): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const earned = pointsToEarn(order);
  const isOver = order.status === "canceled" || order.status === "closed";
  if (trail.hold === null && earned === 0 && trail.movements.length === 0) return null;
  const rows = trail.movements.map((movement, index) => ({ ...movement, index }));
  const change = (id: "availablePoints" | "pendingPoints" | "heldPoints", title: string) => ({
    id,
    title,
    align: "end" as const,
    cell: (movement: Trail["movements"][number]) =>
      movement[id] === 0 ? "—" : <Count value={movement[id]} />,
  });
  return (
    <Section title={say("orders.points")}>
      <p>{holdText(trail.hold, reader)}</p>
      {earned > 0 && !isOver && (
        <p>
          {say(order.status === "done" ? "orders.wasEarned" : "orders.toEarn", {
            points: pointsText(earned, reader),
          })}
        </p>
      )}
      {rows.length > 0 && (
        <PlainTable
          label={say("orders.points")}
          rows={rows}
          idOf={({ index }) => String(index)}
          columns={[
            { id: "at", title: say("orders.when"), cell: ({ at }) => <When at={at} /> },
            { id: "kind", title: say("orders.what"), cell: ({ kind }) => kindText(kind, say) },
            change("availablePoints", say("orders.available")),
            change("pendingPoints", say("orders.pending")),
            change("heldPoints", say("orders.heldPoints")),
          ]}
        />
      )}
    </Section>
  );
}

function holdText(hold: Trail["hold"], reader: Reader): string {
  if (hold === null) return reader.say("orders.hold.none");
  return reader.say(`orders.hold.${hold.state}`, {
    points: pointsText(hold.points, reader),
    until: momentText(hold.releaseAt, reader.language, reader.zone),
  });
}

/** Limits of promotions that it uses. */
export function Limits({ trail }: TrailProps): ReactNode {
  const { say } = useReader();
  const nameOf = usePromotionName();
  const uses = usesCounted(trail);
  if (uses.length === 0) return null;
  return (
    <Section title={say("orders.limits")} about={say("orders.limitsText")}>
      <PlainTable
        label={say("orders.limits")}
        rows={uses}
        idOf={({ promotionId }) => promotionId}
        columns={[
          {
            id: "promotion",
            title: say("orders.promotion"),
            cell: ({ promotionId }) => (
              <Link href={`/promotions/${encodeURIComponent(promotionId)}`} translate="no">
                {nameOf(promotionId)}
              </Link>
            ),
          },
          { id: "counted", title: say("orders.counted"), cell: (use) => <Counters use={use} /> },
          { id: "taken", title: say("orders.taken"), cell: ({ at }) => <When at={at} /> },
          {
            id: "freed",
            title: say("orders.freed"),
            cell: ({ releasedAt }) => (releasedAt === null ? "—" : <When at={releasedAt} />),
          },
          {
            id: "amount",
            title: say("orders.discount"),
            align: "end",
            cell: (use) => <Money minor={-use.amountMinor} />,
          },
        ]}
      />
    </Section>
  );
}

function Counters({ use }: { readonly use: Trail["uses"][number] }): ReactNode {
  const { say } = useReader();
  const texts = use.counters.map(({ kind, period }) => {
    const counter = say(`orders.counters.${kind}`);
    return period === "" ? counter : say("orders.counterOf", { counter, period });
  });
  return (
    <>
      {texts.join("; ")}
      {!use.isCounted && <div className={classes.under}>{say("orders.onlyMoney")}</div>}
    </>
  );
}

const PUSH_TONES: Readonly<Record<Trail["pushes"][number]["state"], Tone>> = {
  waiting: "quiet",
  pending: "calm",
  delivered: "good",
  dead: "bad",
  refused: "bad",
};

/** Statuses told to IMSHOP, each with what every attempt came to. */
export function Pushes({ trail }: TrailProps): ReactNode {
  const { say } = useReader();
  const { pushes, isPushed } = trail;
  return (
    <Section title={say("orders.pushes")}>
      {!isPushed && <p className="soft">{say("orders.notPushed")}</p>}
      {isPushed && pushes.length === 0 && <p className="soft">{say("orders.noPushes")}</p>}
      {pushes.length > 0 && (
        <PlainTable
          label={say("orders.pushes")}
          rows={pushes}
          idOf={({ eventId }) => eventId}
          columns={[
            { id: "at", title: say("orders.when"), cell: ({ at }) => <When at={at} /> },
            {
              id: "code",
              title: say("orders.pushCode"),
              cell: ({ code }) => statusText(code === "cancelled" ? "canceled" : code, say),
            },
            {
              id: "state",
              title: say("orders.status"),
              cell: ({ state }) => (
                <StateBadge tone={PUSH_TONES[state]}>{say(`orders.pushState.${state}`)}</StateBadge>
              ),
            },
            { id: "attempts", title: say("orders.attempts"), cell: (push) => <Attempts push={push} /> },
          ]}
        />
      )}
    </Section>
  );
}

function Attempts({ push }: { readonly push: Trail["pushes"][number] }): ReactNode {
  const { say, language, zone } = useReader();
  if (push.attempts.length === 0 && push.nextAt === null && push.note === null) return "—";
  return (
    <ul className={classes.plain}>
      {push.attempts.map(({ at, outcome, status }) => (
        <li key={at}>
          <When at={at} style="seconds" /> <Outcome outcome={outcome} status={status} />
        </li>
      ))}
      {push.note !== null && (
        <li className={classes.under} translate="no">
          {push.note}
        </li>
      )}
      {push.state === "pending" && push.nextAt !== null && (
        <li className={classes.under}>
          {say("orders.nextAt", { at: momentText(push.nextAt, language, zone) })}
        </li>
      )}
    </ul>
  );
}
