// A new status: chosen with what it will do; one that can be left again is undone by one press.
import { Modal, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { orderCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { Effects } from "./effects.tsx";
import type { DoingProps } from "./order-doings.tsx";
import { FINAL, isStatus, STATUSES, type Status } from "./order-words.tsx";
import classes from "./orders.module.css";
import { TOUCHED } from "./touched.ts";

/** What is written beside the status; empty: not said. */
interface Details {
  readonly reason: string;
  readonly message: string;
  readonly trackingUrl: string;
  readonly storageUntil: string;
}

const NO_DETAILS: Details = { reason: "", message: "", trackingUrl: "", storageUntil: "" };

/** The dialog. */
export function StatusDialog({
  order,
  trail,
  onClose,
}: DoingProps & { readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const change = useStatusChange(order, onClose);
  const next = STATUSES[STATUSES.indexOf(order.status as Status) + 1];
  const [status, setStatus] = useState<Status>(next === undefined || FINAL.includes(next) ? "done" : next);
  const [details, setDetails] = useState(NO_DETAILS);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const told = Object.entries(details).flatMap(([name, text]) =>
      text.trim() === "" || !fieldsOf(status).some((field) => field === name) ? [] : [[name, text.trim()]],
    );
    change.mutate({ params: { orderId: order.id }, body: { status, ...Object.fromEntries(told) } });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={say("orders.change")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <form className={classes.form} onSubmit={submit}>
        <Select
          label={say("orders.newStatus")}
          data={STATUSES.filter((one) => one !== order.status).map((one) => ({
            value: one,
            label: say(`orders.statuses.${one}`),
          }))}
          value={status}
          onChange={(value) => value !== null && isStatus(value) && setStatus(value)}
          data-autofocus
        />
        <Effects order={order} trail={trail} status={status} />
        <DetailFields status={status} details={details} onChange={setDetails} />
        <FormError error={change.error} />
        <FormButtons
          label={say("orders.changeNow")}
          isSending={change.isPending}
          isGrave={FINAL.includes(status)}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}

/** Sets a status; one that is not final is taken back by setting the one before. */
function useStatusChange(order: DoingProps["order"], onClose: () => void) {
  const { say } = useReader();
  const { tell, tellUndoable, tellFailure } = useToasts();
  const change = useChange(orderCalls.setOrderStatus, {
    touches: TOUCHED,
    onDone: ({ status }) => {
      const before = order.status;
      const text = say("orders.changed", { status: say(`orders.statuses.${status as Status}`) });
      if (FINAL.includes(status ?? "") || before === null || !isStatus(before)) tell(text);
      else {
        const params = { orderId: order.id };
        tellUndoable(text, () => back.mutate({ params, body: { status: before } }, { onError: tellFailure }));
      }
      onClose();
    },
  });
  const back = useChange(orderCalls.setOrderStatus, { touches: TOUCHED });
  return change;
}

/** Fields that make sense with a status. */
function fieldsOf(status: Status): readonly (keyof Details)[] {
  if (status === "dispatched") return ["reason", "message", "trackingUrl"];
  return status === "ready_for_pickup" ? ["reason", "message", "storageUntil"] : ["reason", "message"];
}

function DetailFields(props: {
  readonly status: Status;
  readonly details: Details;
  readonly onChange: (details: Details) => void;
}): ReactNode {
  const { say } = useReader();
  const { details, onChange } = props;
  const fields = fieldsOf(props.status);
  const set = (name: keyof Details) => (event: { currentTarget: { value: string } }) =>
    onChange({ ...details, [name]: event.currentTarget.value });
  return (
    <>
      {fields.includes("storageUntil") && (
        <TextInput
          type="date"
          label={say("orders.storageUntil")}
          value={details.storageUntil}
          onChange={set("storageUntil")}
        />
      )}
      {fields.includes("trackingUrl") && (
        <TextInput
          label={say("orders.trackingUrl")}
          value={details.trackingUrl}
          maxLength={2000}
          onChange={set("trackingUrl")}
        />
      )}
      <Textarea
        label={say("orders.tellShopper")}
        description={say("orders.tellShopperAbout")}
        value={details.message}
        maxLength={500}
        autosize
        onChange={set("message")}
      />
      <TextInput
        label={say("orders.reason")}
        description={say("orders.whyAbout")}
        value={details.reason}
        maxLength={500}
        onChange={set("reason")}
      />
    </>
  );
}
