// The form of an answer: words with templates by `/`, the promo code with what is left of the budget, checks, sending.
import { Button, Group, Kbd, Menu, Textarea } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { FormError } from "../../parts/form-error.tsx";
import { useReader } from "../../reader.tsx";
import { useMe } from "../../session.tsx";
import type { Offer } from "./composer.tsx";
import classes from "./desk.module.css";
import type { Item } from "./marks.tsx";
import { useColleagues } from "./names.ts";
import { PromoPicker } from "./promo-picker.tsx";
import { Remarks } from "./remarks.tsx";
import { spanText } from "./spans.ts";
import { useDraft } from "./use-draft.ts";
import type { Desk } from "./use-work.ts";

/** Longest text that is taken, characters. */
export const TEXT_LIMIT = 10_000;

type Template = Offer["templates"][number];

/** How long answers still arrive, and who began the draft. */
function Told(props: { readonly offer: Offer; readonly createdBy: string | null }): ReactNode {
  const { say } = useReader();
  const { id: me } = useMe();
  const { nameOf } = useColleagues();
  const { offer, createdBy } = props;
  return (
    <span className="soft">
      {offer.secondsLeft !== null &&
        say(offer.secondsLeft > 0 ? "answers.timeLeft" : "answers.tooLate", {
          time: spanText(offer.secondsLeft * 1000, say),
        })}
      {createdBy !== null && createdBy !== me && <> {say("answers.begunBy", { name: nameOf(createdBy) })}</>}
    </span>
  );
}

/** The form; stays mounted while a note is written, so that no word is lost. */
export function AnswerForm(props: {
  readonly desk: Desk;
  readonly item: Item;
  readonly offer: Offer;
  readonly isShown: boolean;
}): ReactNode {
  const { say } = useReader();
  const { desk, item, offer } = props;
  const known = offer.answers.findLast(({ state }) => state === "draft");
  const draft = useDraft(item.id, known, desk.renew);
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const open = draft.remarks.filter(({ level, check }) => level === "block" || !confirmed.has(check));
  const isForbidden = open.some(({ level, check }) => level === "block" && check !== "blank_text");
  const send = (): void => draft.send(confirmed);
  if (!props.isShown) return null;
  return (
    <div className={classes.form}>
      <Words
        text={draft.text}
        templates={offer.templates}
        onWrite={(text) => draft.write({ text })}
        onFill={draft.fill}
        onSend={send}
      />
      <PromoPicker
        item={item}
        last={offer.lastPromo}
        value={draft.promo}
        onChange={(promo) => draft.write({ promo })}
      />
      <Remarks remarks={draft.remarks} confirmed={confirmed} onChange={setConfirmed} />
      <FormError error={draft.error?.code === "answer_kept_back" && open.length > 0 ? null : draft.error} />
      <Group justify="space-between" gap="xs">
        <Told offer={offer} createdBy={draft.createdBy} />
        <Group gap="xs">
          {draft.createdBy !== null && (
            <Button size="xs" variant="subtle" color="gray" onClick={draft.discard}>
              {say("answers.act.discard")}
            </Button>
          )}
          <Button
            size="xs"
            disabled={draft.text.trim() === "" || isForbidden || open.some(({ level }) => level === "warn")}
            loading={draft.isBusy}
            onClick={send}
            title={say("answers.sendKeys")}
          >
            {say("answers.act.send")}
          </Button>
        </Group>
      </Group>
    </div>
  );
}

/** The text, with ready-made answers by a slash. */
function Words(props: {
  readonly text: string;
  readonly templates: readonly Template[];
  readonly onWrite: (text: string) => void;
  readonly onFill: (templateId: string) => void;
  readonly onSend: () => void;
}): ReactNode {
  const { say } = useReader();
  const { text, templates } = props;
  const [at, setAt] = useState(0);
  const [isHidden, setHidden] = useState(false);
  const wanted = /^\/(.*)$/.exec(text)?.[1]?.toLowerCase();
  const found =
    wanted === undefined || isHidden
      ? []
      : templates.filter(({ name }) => name.toLowerCase().includes(wanted.trim()));
  const choose = (template: Template | undefined): void => {
    if (template === undefined) return;
    setAt(0);
    props.onFill(template.id);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) props.onSend();
    if (found.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((at + step + found.length) % found.length);
    else if (event.key === "Enter") choose(found[at] ?? found[0]);
    else if (event.key === "Escape") setHidden(true);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Textarea
        data-composer
        aria-label={say("answers.answer")}
        placeholder={say(templates.length === 0 ? "answers.example" : "answers.exampleSlash")}
        rows={4}
        resize="vertical"
        maxLength={TEXT_LIMIT}
        value={text}
        onChange={(event) => {
          setHidden(false);
          setAt(0);
          props.onWrite(event.currentTarget.value);
        }}
        onKeyDown={onKey}
      />
      {wanted !== undefined && !isHidden && <TemplateList found={found} at={at} onChoose={choose} />}
      <WordsFoot text={text} templates={templates} onChoose={choose} />
    </>
  );
}

function TemplateList(props: {
  readonly found: readonly Template[];
  readonly at: number;
  readonly onChoose: (template: Template) => void;
}): ReactNode {
  const { say } = useReader();
  return (
    <ul className={classes.templates} aria-label={say("answers.templates")}>
      {props.found.map((template, index) => (
        <li key={template.id}>
          <button
            type="button"
            data-active={index === props.at || undefined}
            onClick={() => props.onChoose(template)}
          >
            <strong translate="no">{template.name}</strong>
            <span translate="no">{template.text}</span>
          </button>
        </li>
      ))}
      {props.found.length === 0 && <li className="soft">{say("answers.noTemplates")}</li>}
    </ul>
  );
}

function WordsFoot(props: {
  readonly text: string;
  readonly templates: readonly Template[];
  readonly onChoose: (template: Template) => void;
}): ReactNode {
  const { say } = useReader();
  const { text, templates } = props;
  return (
    <Group justify="space-between" gap="xs">
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={templates.length === 0}
            rightSection={<Kbd size="xs">/</Kbd>}
          >
            {say("answers.templates")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {templates.map((template) => (
            <Menu.Item key={template.id} translate="no" onClick={() => props.onChoose(template)}>
              {template.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className="soft">{say("answers.length", { count: [...text].length })}</span>
    </Group>
  );
}
