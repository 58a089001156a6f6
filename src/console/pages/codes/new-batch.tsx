// Making a batch of codes: for which promotion, how they look, how many, how often each works.
import { Modal, NumberInput, Select, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { codeBatchCalls, promotionBoardCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { instantIn } from "../../parts/shop-moment.ts";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./codes.module.css";

/** The dialog. */
export function NewBatch(props: { readonly isOpen: boolean; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={say("codes.make")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <BatchForm onClose={props.onClose} />
    </Modal>
  );
}

function BatchForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { say, language, zone } = useReader();
  const [, go] = useLocation();
  const { tell } = useToasts();
  const board = useCall(promotionBoardCalls.readPromotionBoard, { query: {} });
  const coded = (board.data?.items ?? []).filter(({ needsCode }) => needsCode);
  const [name, setName] = useState("");
  const [promotionId, setPromotionId] = useState<string | null>(null);
  const [pattern, setPattern] = useState("SALE-####-####-###");
  const [amounts, setAmounts] = useState<Amounts>({ count: 100, uses: 1, until: "" });
  const { count, uses, until } = amounts;
  const make = useChange(codeBatchCalls.createCodeBatch, {
    touches: [codeBatchCalls.listCodeBatches],
    onDone: (batch) => {
      onClose();
      tell(say("codes.made", { count: batch.codes }));
      go(`/codes/${batch.id}`);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (promotionId === null || typeof count !== "number") return;
    const usesPerCode = typeof uses === "number" ? uses : null;
    const validUntil = until === "" ? null : instantIn(until, zone);
    make.mutate({ body: { name, promotionId, pattern, count, usesPerCode, validUntil } });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={say("codes.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        data-autofocus
      />
      <Select
        label={say("codes.promotion")}
        description={board.data !== undefined && coded.length === 0 ? say("codes.noPromotion") : undefined}
        data={coded.map((entry) => ({ value: entry.promotionId, label: entry.name[language] }))}
        value={promotionId}
        onChange={setPromotionId}
        searchable
        translate="no"
      />
      <PatternField pattern={pattern} onChange={setPattern} />
      <AmountFields amounts={amounts} onChange={setAmounts} />
      <FormError error={make.error} />
      <FormButtons
        label={say("codes.make")}
        isSending={make.isPending}
        isOff={name.trim() === "" || promotionId === null || typeof count !== "number"}
        onClose={onClose}
      />
    </form>
  );
}

/** How many codes, how often each works, until when; what a field gives. */
interface Amounts {
  readonly count: number | string;
  readonly uses: number | string;
  readonly until: string;
}

function AmountFields(props: {
  readonly amounts: Amounts;
  readonly onChange: (amounts: Amounts) => void;
}): ReactNode {
  const { say } = useReader();
  const { amounts, onChange } = props;
  return (
    <>
      <NumberInput
        label={say("codes.count")}
        description={say("codes.countAbout")}
        value={amounts.count}
        onChange={(count) => onChange({ ...amounts, count })}
        min={1}
        max={10_000}
        allowDecimal={false}
      />
      <NumberInput
        label={say("codes.uses")}
        description={say("codes.usesAbout")}
        value={amounts.uses}
        onChange={(uses) => onChange({ ...amounts, uses })}
        min={1}
        max={1_000_000}
        allowDecimal={false}
      />
      <TextInput
        type="datetime-local"
        label={say("codes.until")}
        description={say("codes.untilAbout")}
        value={amounts.until}
        onChange={(event) => onChange({ ...amounts, until: event.currentTarget.value })}
      />
    </>
  );
}

function PatternField(props: {
  readonly pattern: string;
  readonly onChange: (pattern: string) => void;
}): ReactNode {
  const { say } = useReader();
  return (
    <TextInput
      label={say("codes.pattern")}
      description={say("codes.patternAbout")}
      value={props.pattern}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      maxLength={30}
      className="mono"
    />
  );
}
