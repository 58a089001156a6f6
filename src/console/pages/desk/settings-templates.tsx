// Ready-made answers: for which stars, topics and language each suits, with places that are filled in.
import {
  Button,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { answerTemplateCalls, deskCalls } from "../../../contract/index.ts";
import { type ItemOf, useCall, useChange, usePages } from "../../api.ts";
import type { CallFailed, Given } from "../../calls.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";

type Template = ItemOf<typeof answerTemplateCalls.listAnswerTemplates>;

type Wish = Given<typeof answerTemplateCalls.createAnswerTemplate>["body"];

const VARIABLES = ["name", "branch", "dish", "promo"] as const;

/** The part. */
export function TemplateSettings(): ReactNode {
  const { say, language } = useReader();
  const mayWrite = useMay("answer-rules:write");
  const list = usePages(answerTemplateCalls.listAnswerTemplates, { query: {} });
  const [open, setOpen] = useState<{ readonly id: string | null; readonly wish: Wish } | null>(null);
  const make = (): void =>
    setOpen({
      id: null,
      wish: { name: "", language, text: "", starsFrom: 1, starsTo: 3, topics: [] },
    });
  if (list.isPending) return <ListSkeleton />;
  if (list.error !== null) return <ErrorState error={list.error} onRetry={list.refetch} />;
  const button = mayWrite ? <Button onClick={make}>{say("deskSettings.templates.make")}</Button> : null;
  return (
    <>
      {list.rows.length === 0 ? (
        <EmptyState
          title={say("deskSettings.templates.empty")}
          text={say("deskSettings.templates.emptyText")}
          action={button}
        />
      ) : (
        <>
          <ul className={classes.lines}>
            {list.rows.map((template) => (
              <TemplateLine
                key={template.id}
                template={template}
                mayWrite={mayWrite}
                onOpen={() => setOpen({ id: template.id, wish: wishOf(template) })}
              />
            ))}
          </ul>
          <Group mt="md">{button}</Group>
        </>
      )}
      {open !== null && <TemplateForm key={open.id ?? ""} {...open} onClose={() => setOpen(null)} />}
    </>
  );
}

function wishOf({ name, language, text, starsFrom, starsTo, topics }: Template): Wish {
  return { name, language, text, starsFrom, starsTo, topics };
}

function TemplateLine(props: {
  readonly template: Template;
  readonly mayWrite: boolean;
  readonly onOpen: () => void;
}): ReactNode {
  const { say } = useReader();
  const { template } = props;
  const { tellUndoable, tellFailure } = useToasts();
  const touches = [answerTemplateCalls.listAnswerTemplates];
  const restore = useChange(answerTemplateCalls.createAnswerTemplate, { touches });
  const remove = useChange(answerTemplateCalls.removeAnswerTemplate, {
    touches,
    onDone: () =>
      tellUndoable(say("deskSettings.templates.removed", { name: template.name }), () =>
        restore.mutate({ body: wishOf(template) }, { onError: tellFailure }),
      ),
  });
  const drop = (): void => remove.mutate({ params: { templateId: template.id } }, { onError: tellFailure });
  return (
    <li className={classes.settingLine}>
      <span className={classes.grow}>
        <strong translate="no">{template.name}</strong>{" "}
        <span className="soft">
          {template.starsFrom}–{template.starsTo} ★ ·{" "}
          {say(`deskSettings.templates.languages.${template.language}`)}
        </span>
        <br />
        <span className={classes.said} translate="no">
          {template.text}
        </span>
        {template.topics.map((topic) => (
          <span key={topic} className={classes.tag} translate="no">
            {topic}
          </span>
        ))}
      </span>
      {props.mayWrite && (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={props.onOpen}>
            {say("deskSettings.templates.change")}
          </Button>
          <Button size="xs" variant="subtle" color="gray" loading={remove.isPending} onClick={drop}>
            {say("deskSettings.remove")}
          </Button>
        </Group>
      )}
    </li>
  );
}

/** Writes a new template, or an old one anew. */
function useSave(
  id: string | null,
  onSaved: () => void,
): { readonly save: (wish: Wish) => void; readonly isSaving: boolean; readonly error: CallFailed | null } {
  const { say } = useReader();
  const { tell } = useToasts();
  const options = {
    touches: [answerTemplateCalls.listAnswerTemplates],
    onDone: () => {
      tell(say("deskSettings.saved"));
      onSaved();
    },
  };
  const create = useChange(answerTemplateCalls.createAnswerTemplate, options);
  const put = useChange(answerTemplateCalls.putAnswerTemplate, options);
  const save = (wish: Wish): void =>
    id === null ? create.mutate({ body: wish }) : put.mutate({ params: { templateId: id }, body: wish });
  return { save, isSaving: create.isPending || put.isPending, error: create.error ?? put.error };
}

function TemplateForm(props: {
  readonly id: string | null;
  readonly wish: Wish;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const [wish, setWish] = useState(props.wish);
  const { save, isSaving, error } = useSave(props.id, props.onClose);
  const topics = useCall(deskCalls.listDeskWords, { query: { kind: "topic" } }).data?.words ?? [];
  const set = (change: Partial<Wish>): void => setWish({ ...wish, ...change });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save(wish);
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={say("deskSettings.templates.edit")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
      size="lg"
    >
      <form onSubmit={submit} className={classes.form}>
        <TextInput
          label={say("deskSettings.templates.name")}
          value={wish.name}
          maxLength={100}
          required
          data-autofocus
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TemplateText text={wish.text} onChange={(text) => set({ text })} />
        <SuitsFields wish={wish} onChange={set} />
        <TagsInput
          label={say("deskSettings.templates.topics")}
          description={say("deskSettings.templates.topicsAbout")}
          data={topics.map(({ word }) => word)}
          value={wish.topics}
          maxTags={30}
          onChange={(value) => set({ topics: value })}
        />
        <FormError error={error} />
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={isSaving}
            disabled={wish.name.trim() === "" || wish.text.trim() === ""}
          >
            {say("parts.save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** Language and stars that it suits. */
function SuitsFields(props: {
  readonly wish: Wish;
  readonly onChange: (change: Partial<Wish>) => void;
}): ReactNode {
  const { say } = useReader();
  const { wish, onChange } = props;
  const star = (value: number | string): number => Math.min(5, Math.max(1, Number(value) || 1));
  return (
    <Group align="flex-end">
      <SegmentedControl
        size="xs"
        aria-label={say("deskSettings.templates.language")}
        value={wish.language}
        onChange={(value) => onChange({ language: value === "en" ? "en" : "ru" })}
        data={(["ru", "en"] as const).map((value) => ({
          value,
          label: say(`deskSettings.templates.languages.${value}`),
        }))}
      />
      <NumberInput
        size="xs"
        w={110}
        min={1}
        max={5}
        label={say("deskSettings.policy.from")}
        value={wish.starsFrom}
        onChange={(value) => onChange({ starsFrom: star(value) })}
      />
      <NumberInput
        size="xs"
        w={80}
        min={1}
        max={5}
        label={say("deskSettings.policy.to")}
        value={wish.starsTo}
        onChange={(value) => onChange({ starsTo: star(value) })}
      />
    </Group>
  );
}

function TemplateText(props: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const { say } = useReader();
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (variable: string): void => {
    const { selectionStart = props.text.length, selectionEnd = props.text.length } = field.current ?? {};
    props.onChange(`${props.text.slice(0, selectionStart)}{${variable}}${props.text.slice(selectionEnd)}`);
    field.current?.focus();
  };
  return (
    <div>
      <Textarea
        ref={field}
        label={say("deskSettings.templates.text")}
        rows={4}
        resize="vertical"
        maxLength={10_000}
        required
        value={props.text}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <Group gap={6} mt={6}>
        <span className="soft">{say("deskSettings.templates.variables")}</span>
        {VARIABLES.map((variable) => (
          <button key={variable} type="button" className={classes.chip} onClick={() => insert(variable)}>
            {say(`deskSettings.templates.variable.${variable}`)}
          </button>
        ))}
      </Group>
    </div>
  );
}
