// Publishing a draft: what is in the way is mended or said to be meant, and who was slower is told how to go on.
import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { promotionDraftCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { type Draft, useCatchUp } from "./drafts.ts";
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
  const [despite, setDespite] = useState<readonly string[]>([]);
  const verdict = useCall(promotionDraftCalls.checkPromotionDraft, {
    params: { draftId: draft.id },
    query: {},
  });
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
  const errors = (verdict.data?.findings ?? []).filter(({ severity }) => severity === "error");
  const codes = [...new Set(errors.map(({ code }) => code))];
  const isFree = verdict.data?.isUsable === true && codes.every((code) => despite.includes(code));
  const send = (): void =>
    publish.mutate({
      params: { draftId: draft.id },
      query: {
        version: draft.version,
        note: note.trim() || undefined,
        despite: codes.length === 0 ? undefined : codes.join(","),
      },
    });
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
      {verdict.isPending && <p className="soft">{say("promotions.publish.checking")}</p>}
      <FormError error={verdict.error} />
      {codes.length > 0 && <Meant findings={errors} despite={despite} onChange={setDespite} />}
      <Trouble code={publish.error?.code ?? null} draft={draft} />
      {publish.error !== null && !HANDLED.has(publish.error.code) && <FormError error={publish.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {say("parts.cancel")}
        </Button>
        <Button disabled={!isFree} loading={publish.isPending} onClick={send}>
          {say("promotions.draft.publish")}
        </Button>
      </Group>
    </div>
  );
}

/** Refusals that have an own way on. */
const HANDLED: ReadonlySet<string> = new Set(["changed_meanwhile", "stale_version"]);

function Meant(props: {
  readonly findings: readonly {
    readonly code: string;
    readonly message: { readonly ru: string; readonly en: string };
  }[];
  readonly despite: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}): ReactNode {
  const { say, language } = useReader();
  const byCode = new Map(props.findings.map((finding) => [finding.code, finding.message[language]]));
  return (
    <div role="alert" className={classes.form}>
      <p className={classes.flat}>{say("promotions.publish.blocked")}</p>
      {[...byCode].map(([code, message]) => (
        <Checkbox
          key={code}
          label={<span translate="no">{message}</span>}
          checked={props.despite.includes(code)}
          onChange={(event) =>
            props.onChange(
              event.currentTarget.checked
                ? [...props.despite, code]
                : props.despite.filter((one) => one !== code),
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
