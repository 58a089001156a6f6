// Publishing a draft: what is in the way is mended or said to be meant, and who was slower is told how to go on.
import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { promotionDraftCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import type { CallFailed } from "../../calls.ts";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { type Draft, useCatchUp } from "./drafts.ts";
import type { Finding } from "./findings.tsx";
import classes from "./promotions.module.css";
import { RULES_TOUCHES } from "./sets.ts";

/** The dialog. */
export function Publishing(props: {
  readonly draft: Draft;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={<span translate="no">{say("promotions.publish.title", { name: props.draft.name })}</span>}
      closeButtonProps={{ "aria-label": say("shell.close") }}
      size="lg"
    >
      <PublishForm {...props} />
    </Modal>
  );
}

function PublishForm({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const [note, setNote] = useState("");
  const gate = useGate(draft);
  const publish = useChange(promotionDraftCalls.publishPromotionDraft, {
    touches: RULES_TOUCHES,
    onDone: ({ kind, version }) => {
      onClose();
      tell(
        kind === "unchanged"
          ? say("promotions.publish.unchanged")
          : say("promotions.publish.done", { version: version ?? 0 }),
      );
    },
  });
  const send = (): void =>
    publish.mutate(
      {
        params: { draftId: draft.id },
        query: {
          version: draft.version,
          note: note.trim() || undefined,
          despite: gate.codes.length === 0 ? undefined : gate.codes.join(","),
        },
      },
      // Refused after all: goods and kept cases may have changed since the check.
      { onError: gate.lookAgain },
    );
  return (
    <div className={classes.form}>
      <p className={classes.flat}>{say("promotions.publish.text")}</p>
      <TextInput
        label={say("promotions.publish.note")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={500}
        data-autofocus
        translate="no"
      />
      <GateSays gate={gate} />
      <Trouble code={publish.error?.code ?? null} draft={draft} />
      {publish.error !== null && !HANDLED.has(publish.error.code) && <FormError error={publish.error} />}
      <Group justify="flex-end">
        <span className="soft" aria-live="polite">
          {gate.isChecking && say("promotions.publish.checking")}
          {!gate.isChecking && gate.left > 0 && say("promotions.publish.left", { count: gate.left })}
        </span>
        <Button variant="default" onClick={onClose}>
          {say("parts.cancel")}
        </Button>
        <Button disabled={!gate.isFree} loading={publish.isPending} onClick={send}>
          {say("promotions.draft.publish")}
        </Button>
      </Group>
    </div>
  );
}

/** What stands in the way, and what of it was said to be meant. */
interface GateNow {
  readonly error: CallFailed | null;
  readonly isUnusable: boolean;
  readonly isChecking: boolean;
  readonly errors: readonly Finding[];
  /** Kinds of errors. */
  readonly codes: readonly string[];
  readonly despite: readonly string[];
  readonly mean: (codes: readonly string[]) => void;
  /** Kinds that are neither mended nor meant. */
  readonly left: number;
  readonly isFree: boolean;
  readonly lookAgain: () => void;
}

function useGate(draft: Draft): GateNow {
  const [despite, mean] = useState<readonly string[]>([]);
  const { data, error, isFetching, refetch } = useCall(promotionDraftCalls.checkPromotionDraft, {
    params: { draftId: draft.id },
    query: {},
  });
  const errors = (data?.findings ?? []).filter(({ severity }) => severity === "error");
  const codes = [...new Set(errors.map(({ code }) => code))];
  const left = codes.filter((code) => !despite.includes(code)).length;
  return {
    error,
    isUnusable: data?.isUsable === false,
    isChecking: isFetching,
    errors,
    codes,
    despite,
    mean,
    left,
    // What was found of the draft before it was mended says nothing of the draft now.
    isFree: !isFetching && data?.isUsable === true && left === 0,
    lookAgain: () => void refetch(),
  };
}

function GateSays({ gate }: { readonly gate: GateNow }): ReactNode {
  const { say } = useReader();
  return (
    <>
      <FormError error={gate.error} />
      {gate.isUnusable && (
        <p className={classes.flat} role="alert">
          {say("promotions.publish.unusable")}
        </p>
      )}
      {gate.codes.length > 0 && <Meant gate={gate} />}
    </>
  );
}

/** Refusals that have an own way on. */
const HANDLED: ReadonlySet<string> = new Set(["changed_meanwhile", "stale_version"]);

function Meant({ gate }: { readonly gate: GateNow }): ReactNode {
  const { say, language } = useReader();
  const byCode = Map.groupBy(gate.errors, ({ code }) => code);
  return (
    <div role="alert" className={classes.form}>
      <p className={classes.flat}>{say("promotions.publish.blocked")}</p>
      {[...byCode].map(([code, findings]) => (
        <Checkbox
          key={code}
          label={
            <span translate="no">
              {[...new Set(findings.map(({ message }) => message[language]))].map((message) => (
                <span key={message} className={classes.line}>
                  {message}
                </span>
              ))}
            </span>
          }
          checked={gate.despite.includes(code)}
          onChange={(event) =>
            gate.mean(
              event.currentTarget.checked
                ? [...gate.despite, code]
                : gate.despite.filter((one) => one !== code),
            )
          }
        />
      ))}
    </div>
  );
}

/** Somebody was quicker: with the rules (catch up), or with this draft (look again). */
function Trouble({ code, draft }: { readonly code: string | null; readonly draft: Draft }): ReactNode {
  const { say } = useReader();
  const catchUp = useCatchUp();
  const fresh = useCall(promotionDraftCalls.getPromotionDraft, { params: { draftId: draft.id } });
  const isBehind = code === "changed_meanwhile" && !catchUp.isSuccess;
  if (isBehind) {
    return (
      <div className={classes.notice} role="alert">
        <p className={classes.flat}>{say("problems.changed_meanwhile")}</p>
        <p className={classes.flat}>{say("promotions.draft.behindText")}</p>
        <FormError error={catchUp.error} />
        <Button
          size="xs"
          loading={catchUp.isPending}
          onClick={() => catchUp.mutate({ params: { draftId: draft.id }, query: { version: draft.version } })}
        >
          {say("promotions.draft.catchUp")}
        </Button>
      </div>
    );
  }
  if (code !== "stale_version") return null;
  return (
    <div className={classes.notice} role="alert">
      <p className={classes.flat}>{say("promotions.publish.stale")}</p>
      <Button size="xs" loading={fresh.isFetching} onClick={() => void fresh.refetch()}>
        {say("promotions.editor.reload")}
      </Button>
    </div>
  );
}
