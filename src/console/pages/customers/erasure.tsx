// Erasing a customer's personal data, and the act that proves it.
import { Anchor, Textarea, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { customerCalls, deskErasureCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./customers.module.css";

/** An act of erasure. */
export type ErasureAct = NonNullable<AnswerOf<typeof deskErasureCalls.createErasure>["act"]>;

/** The question with its reason; names that no list knows are given to be looked for, and kept nowhere. */
export function Erasure(props: {
  readonly isOpen: boolean;
  readonly customerId: string;
  readonly onClose: () => void;
  readonly onErased: (act: ErasureAct) => void;
}): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const { customerId, onClose } = props;
  const [reason, setReason] = useState("");
  const [names, setNames] = useState("");
  const erase = useChange(deskErasureCalls.createErasure, {
    touches: [customerCalls.getCustomer, customerCalls.listCustomers, deskErasureCalls.listErasures],
    onDone: ({ act }) => {
      if (act === null) tell(say("customers.nothingKnown"));
      else props.onErased(act);
      onClose();
    },
  });
  const confirm = (): void => {
    const knownAs = names
      .split("\n")
      .map((name) => name.trim())
      .filter((name) => name.length >= 4);
    const body = { kind: "customer" as const, id: customerId, reason: reason.trim() };
    erase.mutate({ body: knownAs.length === 0 ? body : { ...body, knownAs } });
  };
  return (
    <ConfirmFresh
      isOpen={props.isOpen}
      onClose={onClose}
      title={say("customers.eraseTitle", { id: customerId })}
      text={say("customers.eraseText")}
      action={say("customers.eraseNow")}
      onConfirm={confirm}
      isSending={erase.isPending}
      error={erase.error}
    >
      <div className={classes.form}>
        <Textarea
          label={say("customers.reason")}
          description={say("customers.eraseReason")}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label={say("customers.knownAs")}
          description={say("customers.knownAsAbout")}
          value={names}
          onChange={(event) => setNames(event.currentTarget.value)}
        />
      </div>
    </ConfirmFresh>
  );
}

/** The act, with the page to print. */
export function ErasureShown({ act }: { readonly act: ErasureAct }): ReactNode {
  const { say } = useReader();
  const rows = Object.values(act.erased).reduce((sum, count) => sum + count, 0);
  return (
    <section className={classes.act} aria-labelledby="erasure-act">
      <Title order={2} id="erasure-act">
        {say("customers.erased")}
      </Title>
      <KeyValue
        facts={[
          { name: say("customers.act"), value: <span className="mono">{act.id}</span> },
          { name: say("customers.at"), value: <When at={act.at} /> },
          { name: say("customers.reason"), value: <span translate="no">{act.reason}</span> },
          { name: say("customers.erasedRows"), value: <Count value={rows} /> },
          {
            name: say("customers.filesLeft"),
            value:
              act.files.left.length === 0 ? null : <span className="mono">{act.files.left.join(", ")}</span>,
          },
          { name: say("customers.hash"), value: <span className="mono">{act.hash}</span> },
        ]}
      />
      <Anchor href={`/api/v1/desk/erasures/${act.id}/page`} target="_blank" rel="noopener" size="sm">
        {say("customers.print")}
      </Anchor>
    </section>
  );
}
