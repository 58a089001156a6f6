// What can be done to an order, each thing with what it will do to money and points before it is done.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { orderCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { Effects } from "./effects.tsx";
import { FINAL, type Order } from "./order-words.tsx";
import { ReturnDialog } from "./return-dialog.tsx";
import { StatusDialog } from "./status-dialog.tsx";
import type { Trail } from "./status-effects.ts";
import { TOUCHED } from "./touched.ts";

/** What the dialogs are about. */
export interface DoingProps {
  readonly order: Order;
  readonly trail: Trail;
}

/** Buttons of the page's head, for whom they are and while they make sense. */
export function OrderDoings({ order, trail }: DoingProps): ReactNode {
  const { say } = useReader();
  const [dialog, setDialog] = useState<"status" | "return" | "cancel" | null>(null);
  const close = (): void => setDialog(null);
  const isOver = FINAL.includes(order.status ?? "");
  const isBought = order.status !== "canceled" && order.status !== "closed";
  const isLeft = order.lines.some(({ quantity, returnedQuantity }) => returnedQuantity < quantity);
  if (!useMay("orders:write")) return null;
  return (
    <>
      {!isOver && <Button onClick={() => setDialog("status")}>{say("orders.change")}</Button>}
      {isBought && isLeft && (
        <Button variant="default" onClick={() => setDialog("return")}>
          {say("orders.takeBack")}
        </Button>
      )}
      {!isOver && (
        <Button variant="default" onClick={() => setDialog("cancel")}>
          {say("orders.cancel")}
        </Button>
      )}
      {dialog === "status" && <StatusDialog order={order} trail={trail} onClose={close} />}
      {dialog === "return" && <ReturnDialog order={order} onClose={close} />}
      {dialog === "cancel" && <Cancellation order={order} trail={trail} onClose={close} />}
    </>
  );
}

function Cancellation({ order, trail, onClose }: DoingProps & { readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const cancel = useChange(orderCalls.cancelOrder, {
    touches: TOUCHED,
    onDone: () => {
      tell(say("orders.canceled", { id: order.id }));
      onClose();
    },
  });
  return (
    <ConfirmFresh
      isOpen
      onClose={onClose}
      title={say("orders.cancelTitle", { id: order.id })}
      text={say("orders.will")}
      action={say("orders.cancelNow")}
      leave={say("orders.keepOrder")}
      onConfirm={() => cancel.mutate({ params: { orderId: order.id }, body: {} })}
      isSending={cancel.isPending}
      error={cancel.error}
    >
      <Effects order={order} trail={trail} status="canceled" />
    </ConfirmFresh>
  );
}
