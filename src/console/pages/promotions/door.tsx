// The way into a draft: which draft, and what to begin with. Promotions are changed nowhere else.
import { Modal, Select, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { PROMOTION_TEMPLATES, promotionDraftCalls } from "../../../contract/index.ts";
import { CallFailed, call, useCall, useChange } from "../../api.ts";
import { momentText } from "../../parts/amounts.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./promotions.module.css";
import { DRAFT_TOUCHES, promotionsOf } from "./sets.ts";

/** What is wanted: to change a promotion that is there, or to make one from a template. */
export type DoorWish =
  | { readonly kind: "edit"; readonly promotionId: string; readonly name: string }
  | { readonly kind: "make"; readonly templateId: string | null; readonly draftId?: string };

const NEW = "new";
const BLANK = "blank";

/** The dialog; null: closed. */
export function DraftDoor(props: {
  readonly wish: DoorWish | null;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const { wish } = props;
  const title =
    wish?.kind === "edit"
      ? say("promotions.door.editTitle", { name: wish.name })
      : say("promotions.door.title");
  return (
    <Modal
      opened={wish !== null}
      onClose={props.onClose}
      title={<span translate="no">{title}</span>}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      {wish !== null && <DoorForm wish={wish} onClose={props.onClose} />}
    </Modal>
  );
}

function DoorForm({ wish, onClose }: { readonly wish: DoorWish; readonly onClose: () => void }): ReactNode {
  const { say, language, zone } = useReader();
  const [, go] = useLocation();
  const drafts = useCall(promotionDraftCalls.listPromotionDrafts, { query: { limit: 50 } });
  const open = (drafts.data?.items ?? []).filter(({ publishedVersion }) => publishedVersion === null);
  const [draftId, setDraftId] = useState(wish.kind === "make" ? (wish.draftId ?? NEW) : NEW);
  const [name, setName] = useState(() =>
    say("promotions.door.usualName", { date: momentText(Date.now(), language, zone) }),
  );
  const [start, setStart] = useState<Start>(() => {
    const templateId = (wish.kind === "make" ? wish.templateId : null) ?? BLANK;
    return { templateId, id: idFor(templateId) };
  });
  const { templateId, id } = start;
  const [failure, setFailure] = useState<CallFailed | null>(null);
  const [isTaken, setTaken] = useState(false);
  const create = useChange(promotionDraftCalls.createPromotionDraft, { touches: DRAFT_TOUCHES });
  const add = useChange(promotionDraftCalls.putDraftPromotion, { touches: DRAFT_TOUCHES });
  const enter = async (): Promise<void> => {
    const draft =
      draftId === NEW
        ? await create.mutateAsync({ body: { name } })
        : await call(promotionDraftCalls.getPromotionDraft, { params: { draftId } });
    if (wish.kind === "make") {
      if (promotionsOf(draft.set).some((one) => one.id === id)) {
        setDraftId(draft.id);
        setTaken(true);
        return;
      }
      const body = startFor(templateId, id, say("promotions.editor.newName"));
      await add.mutateAsync({ params: { draftId: draft.id }, query: { version: draft.version }, body });
    }
    const promotionId = wish.kind === "make" ? id : wish.promotionId;
    onClose();
    go(`/promotions/drafts/${draft.id}/${encodeURIComponent(promotionId)}`);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setFailure(null);
    setTaken(false);
    enter().catch((error: unknown) => {
      if (!(error instanceof CallFailed)) throw error;
      setFailure(error);
    });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <DraftFields open={open} draftId={draftId} name={name} onDraft={setDraftId} onName={setName} />
      {wish.kind === "make" && <StartFields start={start} isTaken={isTaken} onChange={setStart} />}
      <FormError error={failure} />
      <FormButtons
        label={say("promotions.door.go")}
        isSending={create.isPending || add.isPending}
        isOff={(draftId === NEW && name.trim() === "") || (wish.kind === "make" && id.trim() === "")}
        onClose={onClose}
      />
    </form>
  );
}

/** An id that says where it comes from, and when. */
function idFor(templateId: string): string {
  const day = new Date().toISOString().slice(2, 10).replaceAll("-", "");
  return `${templateId === BLANK ? "promotion" : templateId}-${day}`;
}

/** What a new promotion is: the template under its own id, or ten percent off everything that nobody gets yet. */
function startFor(templateId: string, id: string, name: string): object {
  const template = PROMOTION_TEMPLATES.find((one) => one.id === templateId);
  if (template !== undefined) return { ...template.promotion, id };
  return { id, name: { ru: name }, status: "draft", then: [{ percent: 10 }] };
}

/** What a new promotion begins with. */
interface Start {
  readonly templateId: string;
  readonly id: string;
}

function StartFields(props: {
  readonly start: Start;
  readonly isTaken: boolean;
  readonly onChange: (start: Start) => void;
}): ReactNode {
  const { say, language } = useReader();
  const { onChange } = props;
  const { templateId, id } = props.start;
  return (
    <>
      <Select
        label={say("promotions.door.template")}
        data={[
          { value: BLANK, label: say("promotions.door.blank") },
          ...PROMOTION_TEMPLATES.map((one) => ({ value: one.id, label: one.title[language] })),
        ]}
        value={templateId}
        onChange={(value) => onChange({ templateId: value ?? BLANK, id: idFor(value ?? BLANK) })}
      />
      <TextInput
        label={say("promotions.door.id")}
        description={say("promotionHelp.promotion.id")}
        error={props.isTaken ? say("promotions.door.idTaken") : undefined}
        value={id}
        onChange={(event) => onChange({ templateId, id: event.currentTarget.value })}
        maxLength={100}
        translate="no"
      />
    </>
  );
}

function DraftFields(props: {
  readonly open: readonly { readonly id: string; readonly name: string }[];
  readonly draftId: string;
  readonly name: string;
  readonly onDraft: (draftId: string) => void;
  readonly onName: (name: string) => void;
}): ReactNode {
  const { say } = useReader();
  return (
    <>
      <Select
        label={say("promotions.door.draft")}
        data={[
          { value: NEW, label: say("promotions.door.newDraft") },
          ...props.open.map((draft) => ({ value: draft.id, label: draft.name })),
        ]}
        value={props.draftId}
        onChange={(value) => props.onDraft(value ?? NEW)}
        translate="no"
      />
      {props.draftId === NEW && (
        <TextInput
          label={say("promotions.door.draftName")}
          value={props.name}
          onChange={(event) => props.onName(event.currentTarget.value)}
          maxLength={100}
          translate="no"
        />
      )}
    </>
  );
}
