// Corrections that wait for a second person, of everybody or of one customer; whoever asked cannot approve.
import { Button, Group, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { customerCalls, loyaltyCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { useMayAsk } from "../../parts/may-ask.ts";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay, useMe } from "../../session.tsx";
import type { Say } from "../../words.ts";
import classes from "./loyalty.module.css";

type Waiting = ItemOf<typeof loyaltyCalls.listCorrections>;

const TOUCHED = [
  loyaltyCalls.listCorrections,
  loyaltyCalls.getCustomerBalance,
  loyaltyCalls.getCustomerLots,
  loyaltyCalls.listCustomerPoints,
  customerCalls.listCustomers,
];

/** The list; with `customerId` only that customer's, and nothing at all where none waits. */
export function WaitingCorrections({ customerId }: { readonly customerId?: string }): ReactNode {
  const { say } = useReader();
  const me = useMe();
  const mayDecide = useMay("loyalty:write");
  const mayList = useMayAsk(loyaltyCalls.listCorrections);
  const { tell, tellFailure } = useToasts();
  const list = usePages(loyaltyCalls.listCorrections, { query: {} }, { isOn: mayList });
  const approve = useChange(loyaltyCalls.approveCorrection, { touches: TOUCHED });
  const decline = useChange(loyaltyCalls.declineCorrection, { touches: TOUCHED });
  const columns = useMemo(() => {
    const onApprove = ({ requestId }: Waiting): void => {
      const onSuccess = (): void => tell(say("loyalty.approved"));
      approve.mutate({ params: { requestId } }, { onSuccess, onError: tellFailure });
    };
    const onDecline = ({ requestId }: Waiting): void => {
      const onSuccess = (): void => tell(say("loyalty.declined"));
      decline.mutate({ params: { requestId } }, { onSuccess, onError: tellFailure });
    };
    return columnsOf(say, me.id, mayDecide ? { onApprove, onDecline } : null);
  }, [say, me.id, mayDecide, approve.mutate, decline.mutate, tell, tellFailure]);
  const rows =
    customerId === undefined ? list.rows : list.rows.filter((one) => one.customerId === customerId);
  if (customerId !== undefined && rows.length === 0) return null;
  return (
    <div className={classes.waiting}>
      <DataTable
        name="waiting-corrections"
        label={say("loyalty.waiting")}
        columns={columns}
        list={{ ...list, rows }}
        idOf={(one) => one.requestId}
        filters={customerId === undefined ? undefined : <Title order={3}>{say("loyalty.waiting")}</Title>}
        empty={<EmptyState title={say("loyalty.noneWaits")} text={say("loyalty.noneWaitsText")} />}
      />
    </div>
  );
}

interface Doings {
  readonly onApprove: (waiting: Waiting) => void;
  readonly onDecline: (waiting: Waiting) => void;
}

function columnsOf(say: Say, me: string, doings: Doings | null): readonly Column<Waiting>[] {
  return [
    {
      id: "customer",
      title: say("customers.id"),
      cell: ({ customerId }) => <span translate="no">{customerId}</span>,
    },
    {
      id: "points",
      title: say("loyalty.points"),
      align: "end",
      cell: ({ points }) => <Count value={points} />,
    },
    {
      id: "reason",
      title: say("customers.reason"),
      isWide: true,
      cell: ({ reason }) => <span translate="no">{reason}</span>,
    },
    {
      id: "askedAt",
      title: say("loyalty.askedAt"),
      cell: ({ askedAt }) => <When at={askedAt} style="ago" />,
    },
    {
      id: "decide",
      title: "",
      about: say("loyalty.decide"),
      align: "end",
      cell: (waiting) => {
        if (doings === null) return null;
        if (waiting.askedBy === me) return <span className="soft">{say("loyalty.byOther")}</span>;
        return (
          <Group gap={6} justify="flex-end" wrap="nowrap">
            <Button size="compact-sm" onClick={() => doings.onApprove(waiting)}>
              {say("loyalty.approve")}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => doings.onDecline(waiting)}>
              {say("loyalty.decline")}
            </Button>
          </Group>
        );
      },
    },
  ];
}
