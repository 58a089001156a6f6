// Keeping a cart as a test case: its name, and what it should have cost when the answer was wrong.
import { Modal, NumberInput, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { calculationCaseCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./calculations.module.css";

/** What is typed; the total in roubles. */
interface Wish {
  readonly name: string;
  readonly note: string;
  readonly total: number | string;
}

/** The dialog. */
export function KeepCase(props: {
  readonly calculationId: string;
  readonly totalMinor: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const [wish, setWish] = useState<Wish>({ name: "", note: "", total: props.totalMinor / 100 });
  const create = useChange(calculationCaseCalls.createCalculationCase, {
    touches: [calculationCaseCalls.listCalculationCases],
    onDone: () => {
      tell(say("calculations.kept"));
      props.onClose();
    },
  });
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const [name, note] = [wish.name.trim(), wish.note.trim()];
    const minor = Math.round(Number(wish.total) * 100);
    const own = minor === props.totalMinor ? {} : { totalMinor: minor };
    const body = { name, ...(note === "" ? {} : { note }), ...own };
    create.mutate({ params: { calculationId: props.calculationId }, body });
  };
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={say("calculations.keepTitle")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <form className={classes.form} onSubmit={keep}>
        <Text size="sm">{say("calculations.keepText")}</Text>
        <CaseFields wish={wish} onChange={setWish} />
        <FormError error={create.error} />
        <FormButtons
          label={say("parts.save")}
          isSending={create.isPending}
          isOff={wish.name.trim() === ""}
          onClose={props.onClose}
        />
      </form>
    </Modal>
  );
}

function CaseFields(props: { readonly wish: Wish; readonly onChange: (wish: Wish) => void }): ReactNode {
  const { say } = useReader();
  const { wish, onChange } = props;
  return (
    <>
      <TextInput
        label={say("calculations.name")}
        value={wish.name}
        onChange={(event) => onChange({ ...wish, name: event.currentTarget.value })}
        maxLength={100}
        required
        data-autofocus
      />
      <TextInput
        label={say("calculations.note")}
        value={wish.note}
        onChange={(event) => onChange({ ...wish, note: event.currentTarget.value })}
        maxLength={500}
      />
      <NumberInput
        label={say("calculations.expected")}
        description={say("calculations.expectedText")}
        value={wish.total}
        onChange={(total) => onChange({ ...wish, total })}
        min={0}
        decimalScale={2}
        hideControls
      />
    </>
  );
}
