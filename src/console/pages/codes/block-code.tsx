// Blocking one promo code, or letting it go again: never without a reason, which stays in the audit log.
import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { BLOCK_REASON_LIMIT, codeBatchCalls, promoCodeCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./codes.module.css";
import type { CodeTold } from "./one-code.tsx";

const TOUCHED = [promoCodeCalls.findCode, codeBatchCalls.exportCodeBatch];

/** The button. What a table or a batch has blocked is let go there; people may block it besides. */
export function BlockButton({ told }: { readonly told: CodeTold }): ReactNode {
  const { say } = useReader();
  const [isOpen, setOpen] = useState(false);
  const isBlocked = told.block?.isBlocked ?? false;
  const title = say(isBlocked ? "codes.unblock" : "codes.block");
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {title}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={title}
        closeButtonProps={{ "aria-label": say("shell.close") }}
      >
        <ReasonForm told={told} isBlocked={isBlocked} onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function ReasonForm(props: {
  readonly told: CodeTold;
  readonly isBlocked: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const { told, isBlocked, onClose } = props;
  const [reason, setReason] = useState("");
  const change = useChange(isBlocked ? promoCodeCalls.unblockCode : promoCodeCalls.blockCode, {
    touches: TOUCHED,
    onDone: () => {
      tell(say(isBlocked ? "codes.unblocked" : "codes.blocked"));
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ body: { code: told.code, reason: reason.trim(), version: told.version } });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className="soft">{say(isBlocked ? "codes.unblockText" : "codes.blockText")}</p>
      <Textarea
        label={say("codes.reason")}
        description={say("codes.reasonAbout")}
        value={reason}
        maxLength={BLOCK_REASON_LIMIT}
        autosize
        minRows={2}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormError error={change.error} />
      <FormButtons
        label={say(isBlocked ? "codes.unblock" : "codes.block")}
        isSending={change.isPending}
        isOff={reason.trim() === ""}
        onClose={onClose}
      />
    </form>
  );
}
