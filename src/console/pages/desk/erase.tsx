// Personal data erased from the detail of an item: of its order or of its customer, with the act that proves it.
import { Anchor, Button, Group, Modal, Radio, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { deskErasureCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { type AnswerOf, addressOf } from "../../calls.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { useReader } from "../../reader.tsx";
import type { WordKey } from "../../words.ts";
import type { Item } from "./marks.tsx";

type Outcome = AnswerOf<typeof deskErasureCalls.createErasure>;

/** The question, and the act after it. */
export function ErasePerson(props: {
  readonly item: Item;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useReader();
  const { item } = props;
  const [kind, setKind] = useState<"order" | "customer">("order");
  const [reason, setReason] = useState("");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const erase = useChange(deskErasureCalls.createErasure, {
    touches: [deskErasureCalls.listErasures],
    onDone: (done) => {
      setOutcome(done);
      props.onClose();
      props.onDone();
    },
  });
  const id = kind === "customer" ? (item.customerId ?? "") : item.orderId;
  const confirm = (): void => erase.mutate({ body: { kind, id, reason: reason.trim() } });
  return (
    <>
      <ConfirmFresh
        isOpen={props.isOpen}
        onClose={props.onClose}
        title={say("desk.erase.title", { order: item.sourceOrderId ?? item.orderId })}
        text={say("desk.erase.text")}
        action={say("desk.erase.action")}
        onConfirm={() => reason.trim() !== "" && confirm()}
        isSending={erase.isPending}
        error={erase.error}
      >
        <Stack gap="sm">
          <Radio.Group
            value={kind}
            onChange={(value) => setKind(value === "customer" ? "customer" : "order")}
          >
            <Stack gap="xs">
              <Radio value="order" label={say("desk.erase.ofOrder")} />
              {item.customerId !== null && <Radio value="customer" label={say("desk.erase.ofCustomer")} />}
            </Stack>
          </Radio.Group>
          <TextInput
            label={say("desk.erase.reason")}
            description={say("desk.erase.reasonAbout")}
            value={reason}
            maxLength={500}
            required
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Stack>
      </ConfirmFresh>
      <ActDialog outcome={outcome} onClose={() => setOutcome(null)} />
    </>
  );
}

/** The act after it. */
function ActDialog(props: { readonly outcome: Outcome | null; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { outcome } = props;
  return (
    <Modal
      opened={outcome !== null}
      onClose={props.onClose}
      title={say(outcome?.kind === "erased" ? "desk.erase.done" : "desk.erase.nothing")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
      size="lg"
    >
      {outcome?.act == null ? (
        <Text size="sm">{say("desk.erase.nothingText")}</Text>
      ) : (
        <Act act={outcome.act} />
      )}
      <Group justify="flex-end" mt="md">
        <Button onClick={props.onClose}>{say("shell.close")}</Button>
      </Group>
    </Modal>
  );
}

/** Kinds that have a word of their own. */
const KINDS: readonly string[] = [
  "items",
  "records",
  "bodies",
  "ratings",
  "contacts",
  "events",
  "calculations",
  "notes",
  "orderTexts",
  "answers",
  "keptAnswers",
  "files",
];

function Act({ act }: { readonly act: NonNullable<Outcome["act"]> }): ReactNode {
  const { say } = useReader();
  const erased = Object.entries(act.erased).filter(([, count]) => count > 0);
  return (
    <>
      <KeyValue
        facts={[
          { name: say("desk.erase.act"), value: <span className="mono">{act.id}</span> },
          { name: say("desk.erase.at"), value: <When at={act.at} style="exact" /> },
          { name: say("desk.erase.why"), value: <span translate="no">{act.reason}</span> },
          { name: say("desk.erase.orders"), value: <span className="mono">{act.orders.join(", ")}</span> },
          ...erased.map(([kind, count]) => ({
            name: KINDS.includes(kind)
              ? say(`desk.erase.kind.${kind}` as WordKey)
              : say("desk.erase.kind.other"),
            value: <Count value={count} />,
          })),
          { name: say("desk.erase.hash"), value: <span className="mono">{act.hash}</span> },
          { name: say("desk.erase.keep"), value: <When at={act.keepUntil} style="day" /> },
        ]}
      />
      <Anchor href={addressOf(deskErasureCalls.getErasurePage, { params: { actId: act.id } })} download>
        {say("desk.erase.print")}
      </Anchor>
    </>
  );
}
