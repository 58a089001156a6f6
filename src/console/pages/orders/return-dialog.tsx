// Goods that come back: how many of each line, and what the customer gets for them before it is done.
import { Modal, NumberInput, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { orderCalls, orderDeskCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { moneyText, quantityText } from "../../parts/amounts.ts";
import { Money, Points } from "../../parts/figures.tsx";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import type { Order } from "./order-words.tsx";
import classes from "./orders.module.css";
import { TOUCHED } from "./touched.ts";

type Line = Order["lines"][number];
type First = "cheapest" | "dearest";

/** The reckoning waits until typing rests, ms. */
const REST_MS = 200;

/** The dialog. */
export function ReturnDialog(props: { readonly order: Order; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={say("orders.takeBack")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <ReturnForm {...props} />
    </Modal>
  );
}

function ReturnForm({ order, onClose }: Parameters<typeof ReturnDialog>[0]): ReactNode {
  const { say } = useReader();
  const [counts, setCounts] = useState<Readonly<Record<number, number>>>({});
  const [first, setFirst] = useState<First>("cheapest");
  const [reason, setReason] = useState("");
  const make = useReturn(onClose);
  const lines = Object.entries(counts).flatMap(([position, count]) =>
    count > 0 ? [{ position: Number(position), quantity: Math.round(count * 1000), first }] : [],
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const why = reason.trim();
    make.mutate({ params: { orderId: order.id }, body: { lines, ...(why === "" ? {} : { reason: why }) } });
  };
  const isUneven = order.lines.some(({ units, isWeighed }) => !isWeighed && units.length > 1);
  return (
    <form className={classes.form} onSubmit={submit}>
      <Text size="sm">{say("orders.takeBackAbout")}</Text>
      {order.lines.map((line) => (
        <Taken
          key={line.position}
          line={line}
          count={counts[line.position] ?? 0}
          onChange={(count) => setCounts({ ...counts, [line.position]: count })}
        />
      ))}
      {isUneven && <FirstChoice first={first} onChange={setFirst} />}
      <Preview orderId={order.id} lines={lines} />
      <TextInput
        label={say("orders.reason")}
        description={say("orders.whyAbout")}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormError error={make.error} />
      <FormButtons
        label={say("orders.takeBackNow")}
        isSending={make.isPending}
        isOff={lines.length === 0}
        isGrave
        onClose={onClose}
      />
    </form>
  );
}

/** Makes the return and tells its money. */
function useReturn(onDone: () => void) {
  const { say, language } = useReader();
  const { tell } = useToasts();
  return useChange(orderCalls.returnOrder, {
    touches: TOUCHED,
    onDone: ({ refundMinor }) => {
      tell(say("orders.tookBack", { sum: moneyText(refundMinor, language) }));
      onDone();
    },
  });
}

function FirstChoice(props: { readonly first: First; readonly onChange: (first: First) => void }): ReactNode {
  const { say } = useReader();
  return (
    <Select
      label={say("orders.which")}
      data={(["cheapest", "dearest"] as const).map((one) => ({ value: one, label: say(`orders.${one}`) }))}
      value={props.first}
      onChange={(value) => props.onChange(value === "dearest" ? "dearest" : "cheapest")}
    />
  );
}

function Taken(props: {
  readonly line: Line;
  readonly count: number;
  readonly onChange: (count: number) => void;
}): ReactNode {
  const { say, language } = useReader();
  const { line } = props;
  const id = useId();
  const left = line.quantity - line.returnedQuantity;
  return (
    <div className={classes.takes}>
      <label htmlFor={id}>
        <span className="visually-hidden">{say("orders.howMany")}</span>
        <span translate="no">{line.name}</span>
      </label>
      <NumberInput
        id={id}
        value={props.count}
        min={0}
        max={left / 1000}
        clampBehavior="strict"
        allowDecimal={line.isWeighed}
        decimalScale={3}
        disabled={left === 0}
        onChange={(value) => props.onChange(typeof value === "number" ? value : 0)}
      />
      <span className="soft">{say("orders.ofLeft", { count: quantityText(left, language) })}</span>
    </div>
  );
}

type Wish = readonly { readonly position: number; readonly quantity: number; readonly first: First }[];

/** What the return would give, reckoned by the server. */
function Preview({ orderId, lines }: { readonly orderId: string; readonly lines: Wish }): ReactNode {
  const { say } = useReader();
  const [wished] = useDebouncedValue(JSON.stringify(lines), REST_MS);
  const body = { lines: [...(JSON.parse(wished) as Wish)] };
  const told = useCall(
    orderDeskCalls.previewReturn,
    { params: { orderId }, body },
    { isOn: body.lines.length > 0 },
  );
  return (
    <section className={classes.effects} aria-live="polite" aria-label={say("orders.preview")}>
      {body.lines.length === 0 && <span className="soft">{say("orders.previewNone")}</span>}
      {body.lines.length > 0 && <FormError error={told.error} />}
      {body.lines.length > 0 && told.data !== undefined && <Given told={told.data} />}
    </section>
  );
}

function Given({ told }: { readonly told: AnswerOf<typeof orderDeskCalls.previewReturn> }): ReactNode {
  const { say } = useReader();
  const points = (count: number): ReactNode => (count === 0 ? null : <Points points={count} />);
  return (
    <>
      <strong>{say("orders.preview")}</strong>
      <KeyValue
        facts={[
          { name: say("orders.previewMoney"), value: <Money minor={told.refundMinor} /> },
          { name: say("orders.previewPoints"), value: points(told.pointsBack) },
          {
            name: say(told.isEarned ? "orders.previewTaken" : "orders.previewUnearned"),
            value: points(told.pointsTaken),
          },
          { name: say("orders.previewValue"), value: <Money minor={told.valueMinor} /> },
        ]}
      />
    </>
  );
}
