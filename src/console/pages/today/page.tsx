// The home page: the day so far beside the same day last week, what needs somebody, and how the vendors' calls went.
import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { overviewCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { momentText } from "../../parts/amounts.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { useReader } from "../../reader.tsx";
import { useMe } from "../../session.tsx";
import { AttentionList } from "./attention.tsx";
import { CartHours } from "./cart-hours.tsx";
import { Figures } from "./figures.tsx";
import { Places } from "./places.tsx";
import classes from "./today.module.css";
import { VendorCalls } from "./vendor-calls.tsx";

/** Numbers of the day are read again so often, ms. */
const AGAIN_MS = 60_000;

/** What the server tells. */
export type Overview = AnswerOf<typeof overviewCalls.readOverview>;

/** The page. */
export default function HomePage(): ReactNode {
  const { say, language, zone } = useReader();
  const person = useMe();
  const { data, error, refetch } = useCall(overviewCalls.readOverview, {}, { everyMs: AGAIN_MS });
  const about =
    data === undefined
      ? undefined
      : say("home.about", {
          day: momentText(data.at, language, zone, "day"),
          time: momentText(data.at, language, zone, "time"),
        });
  return (
    <>
      <PageHeader title={say("home.hello", { name: person.name })} about={about} />
      {data === undefined && error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <OverviewSkeleton />}
      {data !== undefined && <Day overview={data} />}
    </>
  );
}

function Day({ overview }: { readonly overview: Overview }): ReactNode {
  const { carts, orders, points, liability, ratings, attention, calls } = overview;
  const isBlank = [carts, orders, points, liability, ratings].every((part) => part === null);
  return (
    <>
      <AttentionList entries={attention} />
      {isBlank ? <Places /> : <Figures overview={overview} />}
      {carts !== null && <CartHours hours={carts.hours} at={overview.at} />}
      {calls.length > 0 && <VendorCalls hours={calls} />}
    </>
  );
}

function OverviewSkeleton(): ReactNode {
  return (
    <div aria-hidden className={classes.figures}>
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key}>
          <Skeleton height={12} width={96} />
          <Skeleton height={30} width={140} mt={10} />
          <Skeleton height={12} width={120} mt={12} />
        </div>
      ))}
    </div>
  );
}
