// What can be done to a customer: correcting points, merging, exporting and erasing what is kept.
import { Button, Menu, Modal, NumberInput, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { customerCalls, loyaltyCalls } from "../../../contract/index.ts";
import { call, useChange } from "../../api.ts";
import { CallFailed } from "../../calls.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Customer } from "./customer-page.tsx";
import classes from "./customers.module.css";
import { Erasure, type ErasureAct } from "./erasure.tsx";

/** Dialogs of the page. */
type Dialog = "correct" | "merge" | "erase";

/** Buttons of the page's head, each only for whom it is. */
export function CustomerDoings(props: {
  readonly customer: Customer;
  readonly onErased: (act: ErasureAct) => void;
}): ReactNode {
  const { say } = useReader();
  const { customer } = props;
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const mayCorrect = useMay("loyalty:write");
  const mayWrite = useMay("customers:write");
  const mayErase = useMay("erasures:write");
  const exportAll = useExport(customer.id);
  const close = (): void => setDialog(null);
  const closeButtonProps = { "aria-label": say("shell.close") };
  return (
    <>
      {mayCorrect && <Button onClick={() => setDialog("correct")}>{say("customers.correct")}</Button>}
      {(mayWrite || mayErase) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default">{say("customers.more")}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {mayWrite && <Menu.Item onClick={exportAll}>{say("customers.export")}</Menu.Item>}
            {mayWrite && <Menu.Item onClick={() => setDialog("merge")}>{say("customers.merge")}</Menu.Item>}
            {mayErase && <Menu.Item onClick={() => setDialog("erase")}>{say("customers.erase")}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
      <Modal
        opened={dialog === "correct"}
        onClose={close}
        title={say("customers.correct")}
        closeButtonProps={closeButtonProps}
      >
        <Correction customerId={customer.id} onClose={close} />
      </Modal>
      <Modal
        opened={dialog === "merge"}
        onClose={close}
        title={say("customers.merge")}
        closeButtonProps={closeButtonProps}
      >
        <Merge customerId={customer.id} onClose={close} />
      </Modal>
      <Erasure
        isOpen={dialog === "erase"}
        customerId={customer.id}
        onClose={close}
        onErased={props.onErased}
      />
    </>
  );
}

/** Saves everything that is kept of a customer as a file. */
function useExport(customerId: string): () => void {
  const { tellFailure } = useToasts();
  return () => {
    call(customerCalls.exportCustomer, { params: { customerId } }).then(
      (answer) => {
        const file = new Blob([JSON.stringify(answer, null, 2)], { type: "application/json" });
        const link = document.createElement("a");
        link.href = URL.createObjectURL(file);
        link.download = "customer.json";
        link.click();
        URL.revokeObjectURL(link.href);
      },
      (error: unknown) => {
        if (!(error instanceof CallFailed)) throw error;
        tellFailure(error);
      },
    );
  };
}

interface FormProps {
  readonly customerId: string;
  readonly onClose: () => void;
}

function Correction({ customerId, onClose }: FormProps): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const [points, setPoints] = useState<number | string>("");
  const [reason, setReason] = useState("");
  const correct = useChange(loyaltyCalls.createCorrection, {
    touches: [
      loyaltyCalls.getCustomerBalance,
      loyaltyCalls.getCustomerLots,
      loyaltyCalls.listCustomerPoints,
      loyaltyCalls.listCorrections,
      customerCalls.listCustomers,
    ],
    onDone: ({ state }) => {
      tell(say(state === "waiting" ? "customers.waits" : "customers.corrected"));
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof points === "number") correct.mutate({ body: { customerId, points, reason: reason.trim() } });
  };
  const isReady = typeof points === "number" && points !== 0 && reason.trim() !== "";
  return (
    <form className={classes.form} onSubmit={submit}>
      <NumberInput
        label={say("customers.howMany")}
        description={say("customers.howManyAbout")}
        value={points}
        onChange={setPoints}
        allowDecimal={false}
        data-autofocus
      />
      <Textarea
        label={say("customers.reason")}
        description={say("customers.reasonAbout")}
        value={reason}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormError error={correct.error} />
      <FormButtons
        label={say("customers.correctNow")}
        isSending={correct.isPending}
        isOff={!isReady}
        onClose={onClose}
      />
    </form>
  );
}

function Merge({ customerId, onClose }: FormProps): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const [, go] = useLocation();
  const [intoId, setIntoId] = useState("");
  const [reason, setReason] = useState("");
  const merge = useChange(customerCalls.mergeCustomers, {
    touches: [customerCalls.listCustomers, customerCalls.getCustomer],
    onDone: (made) => {
      tell(say("customers.merged"));
      onClose();
      go(`/customers/${encodeURIComponent(made.intoId)}`);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    merge.mutate({ body: { fromId: customerId, intoId: intoId.trim(), reason: reason.trim() } });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={say("customers.intoId")}
        description={say("customers.mergeAbout", { id: customerId })}
        value={intoId}
        maxLength={255}
        onChange={(event) => setIntoId(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label={say("customers.reason")}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormError error={merge.error} />
      <FormButtons
        label={say("customers.mergeNow")}
        isSending={merge.isPending}
        isOff={intoId.trim() === "" || reason.trim() === ""}
        onClose={onClose}
        isGrave
      />
    </form>
  );
}
