// The facts of an item: what was said, when the order travelled, what was eaten, who ordered (masked), what else was said.
import { Anchor, Button, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { deskCalls, deskOrderCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { numberText, percentText } from "../../parts/amounts.ts";
import { When } from "../../parts/figures.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";
import { Dishes } from "./dishes.tsx";
import { quoted } from "./filter-text.ts";
import type { Item } from "./marks.tsx";
import { SameCustomer, Story } from "./neighbours.tsx";
import type { Detail } from "./use-work.ts";

/** Fewest deliveries that one is compared with. */
const COMPARED = 20;

/** The facts. */
export function Facts({ detail }: { readonly detail: Detail }): ReactNode {
  const { say } = useReader();
  const { item } = detail;
  const said = (item.comment ?? "").trim();
  return (
    <>
      <section className={classes.card} aria-label={say("desk.facts.words")}>
        {said === "" ? (
          <p className={classes.silent}>{say("desk.noText")}</p>
        ) : (
          <p className={classes.comment} translate="no">
            {said}
          </p>
        )}
        {item.preset !== null && (
          <p className={classes.presets} translate="no">
            {item.preset}
          </p>
        )}
      </section>
      <Journey item={item} />
      <Dishes item={item} />
      <About detail={detail} />
      <Story detail={detail} />
      <SameCustomer item={item} />
    </>
  );
}

/** From taken to delivered, and how that is among the outlet's others. */
function Journey({ item }: { readonly item: Item }): ReactNode {
  const { say, language } = useReader();
  const { branchId, lateMs } = item;
  const isKnown = lateMs !== null && branchId !== null;
  const seconds = Math.floor((lateMs ?? 0) / 1000);
  const of = `branch:${quoted(branchId ?? "")} received:90d`;
  const counts = useCall(
    deskCalls.countDeskItems,
    { body: { filters: [`${of} late:>=0s`, `${of} late:<${Math.max(1, seconds)}s`] } },
    { isOn: isKnown },
  ).data?.counts;
  if (item.takenAt === null && item.deliveredAt === null) return null;
  const [all, faster] = [counts?.[0]?.count ?? 0, counts?.[1]?.count ?? 0];
  return (
    <section className={classes.card} aria-label={say("desk.facts.journey")}>
      <div className={classes.journey}>
        <span>
          <span className="soft">{say("desk.facts.taken")}</span>
          <When at={item.takenAt} style="time" />
        </span>
        <span className={classes.road}>
          {lateMs === null ? "" : say("desk.facts.minutes", { minutes: Math.round(lateMs / 60_000) })}
        </span>
        <span>
          <span className="soft">{say("desk.facts.delivered")}</span>
          <When at={item.deliveredAt} style="time" />
        </span>
      </div>
      {isKnown && all >= COMPARED && (
        <p className="soft">
          {say("desk.facts.slower", {
            share: percentText(Math.round((faster / all) * 100) * 100, language),
            count: numberText(all, language),
          })}
        </p>
      )}
    </section>
  );
}

function About({ detail }: { readonly detail: Detail }): ReactNode {
  const { say } = useReader();
  const { item } = detail;
  const mayOrders = useMay("orders:read");
  const order = <span className="mono">{item.orderId}</span>;
  return (
    <section className={classes.card}>
      <Title order={2} size="h3">
        {say("desk.facts.about")}
      </Title>
      <KeyValue
        facts={[
          {
            name: say("desk.facts.order"),
            value: mayOrders ? (
              <Anchor component={Link} href={`/orders/${encodeURIComponent(item.orderId)}`}>
                {order}
              </Anchor>
            ) : (
              order
            ),
          },
          { name: say("desk.facts.day"), value: <When at={`${item.day}T12:00:00Z`} style="day" /> },
          { name: say("desk.facts.received"), value: <When at={item.receivedAt} /> },
          { name: say("desk.facts.employee"), value: detail.employeeId },
          {
            name: say("desk.facts.said"),
            value: item.revision > 1 ? say("desk.facts.times", { count: item.revision }) : null,
          },
          { name: say("desk.facts.customer"), value: <Customer item={item} /> },
        ]}
      />
    </section>
  );
}

/** Who ordered: dots until somebody asks to see, and that they asked is kept. */
function Customer({ item }: { readonly item: Item }): ReactNode {
  const { say } = useReader();
  const mayCustomers = useMay("customers:read");
  const show = useChange(deskOrderCalls.showDeskPerson);
  const person = show.data;
  if (person === undefined)
    return (
      <>
        <span aria-hidden>••••••</span>{" "}
        <Button
          size="compact-xs"
          variant="light"
          loading={show.isPending}
          title={say("desk.facts.showAbout")}
          onClick={() => show.mutate({ params: { itemId: item.id } })}
        >
          {say("desk.facts.show")}
        </Button>
        <FormError error={show.error} />
      </>
    );
  return (
    <span className={classes.stack}>
      <span translate="no">{person.name ?? say("desk.facts.nobody")}</span>
      {person.words !== null && <span translate="no">{person.words}</span>}
      {item.customerId !== null && mayCustomers && (
        <Anchor component={Link} href={`/customers/${encodeURIComponent(item.customerId)}`}>
          {say("desk.facts.openCustomer")}
        </Anchor>
      )}
    </span>
  );
}
