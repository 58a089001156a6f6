// One kind word to many: written once, read text by text before it goes, sent, and told item by item.
import { Button, Checkbox, Group, Kbd, Modal, Select, Text, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { Link } from "wouter";
import { answerTemplateCalls, deskCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { TEXT_LIMIT } from "./answer-form.tsx";
import classes from "./desk.module.css";
import { ManyList, OutcomeList } from "./many-list.tsx";
import { deskAddress, QUEUES } from "./queues.ts";
import { RemarkText } from "./remarks.tsx";
import type { Remark } from "./use-draft.ts";
import {
  isGoing,
  type Many,
  type ManyItems,
  type ManyWords,
  MOST,
  type Preview,
  useMany,
} from "./use-many.ts";
import { usePageKeys } from "./use-page-keys.ts";

/** Only these may be answered together. */
const FIT = "rating:4..5 -has:comment";

/** What is filled in. */
const PLACES = "{name}, {branch}, {dish}";

/** Most templates that are offered. */
const TEMPLATES = 100;

/** The button in the bar of what is selected, with its dialog; nothing for those who may not answer. */
export function AnswerMany(props: ManyItems & { readonly onDone: () => void }): ReactNode {
  const { say } = useReader();
  const [isOpen, setOpen] = useState(false);
  const mayAnswer = useMay("answers:write");
  usePageKeys(mayAnswer ? { r: () => setOpen(true) } : {});
  if (!mayAnswer) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => setOpen(true)}
        rightSection={<Kbd size="xs">{say("answers.many.key")}</Kbd>}
        aria-label={say("answers.many.action")}
      >
        {say("answers.many.action")}
      </Button>
      {isOpen && (
        <ManyDialog
          items={{ ids: props.ids, filter: `${props.filter} ${FIT}`.trim() }}
          all={props.filter}
          onClose={(isSent) => {
            setOpen(false);
            if (isSent) props.onDone();
          }}
        />
      )}
    </>
  );
}

function ManyDialog(props: {
  readonly items: ManyItems;
  readonly all: string;
  readonly onClose: (isSent: boolean) => void;
}): ReactNode {
  const { say } = useReader();
  const many = useMany(props.items);
  const [words, setWords] = useState<ManyWords>({ text: "", templateId: null });
  const close = (): void => props.onClose(many.outcomes !== null);
  return (
    <Modal
      opened
      size="xl"
      onClose={close}
      title={say("answers.many.title")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <div className={classes.form}>
        {many.outcomes !== null ? (
          <Told many={many} onClose={close} />
        ) : many.preview !== null ? (
          <Looked many={many} preview={many.preview} />
        ) : (
          <>
            <p className="soft">{say("answers.many.about")}</p>
            {props.items.ids === null && <Fit fit={props.items.filter} all={props.all} />}
            <WordsForm many={many} words={words} onChange={setWords} onClose={close} />
          </>
        )}
      </div>
    </Modal>
  );
}

/** How many of what the filter finds may be answered so. */
function Fit({ fit, all }: { readonly fit: string; readonly all: string }): ReactNode {
  const { say } = useReader();
  const counts = useCall(deskCalls.countDeskItems, { body: { filters: [fit, all] } }).data?.counts;
  if (counts === undefined) return null;
  return <p>{say("answers.many.fit", { fit: counts[0]?.count ?? 0, all: counts[1]?.count ?? 0 })}</p>;
}

function WordsForm(props: {
  readonly many: Many;
  readonly words: ManyWords;
  readonly onChange: (words: ManyWords) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const { many, words, onChange } = props;
  const found = useCall(answerTemplateCalls.listAnswerTemplates, { query: { limit: TEMPLATES } }).data?.items;
  const templates = (found ?? []).filter(({ starsTo, text }) => starsTo >= 4 && !text.includes("{promo}"));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    many.look(words);
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      <Select
        label={say("answers.many.template")}
        placeholder={say(templates.length === 0 ? "answers.noTemplates" : "answers.many.ownWords")}
        data={templates.map(({ id, name }) => ({ value: id, label: name }))}
        value={words.templateId}
        disabled={templates.length === 0}
        clearable
        clearButtonProps={{ "aria-label": say("answers.many.ownWords") }}
        onChange={(id) =>
          onChange({ templateId: id, text: templates.find((one) => one.id === id)?.text ?? words.text })
        }
      />
      <Textarea
        label={say("answers.many.text")}
        description={say("answers.many.places", { places: PLACES })}
        rows={4}
        resize="vertical"
        required
        data-autofocus
        maxLength={TEXT_LIMIT}
        value={words.text}
        onChange={(event) => onChange({ ...words, text: event.currentTarget.value })}
      />
      <FormError error={many.error} />
      <FormButtons
        label={say("answers.many.look")}
        isSending={many.isBusy}
        isOff={words.text.trim() === ""}
        onClose={props.onClose}
      />
    </form>
  );
}

/** Every text that would go, what stays and why, and the way on. */
function Looked({ many, preview }: { readonly many: Many; readonly preview: Preview }): ReactNode {
  const { say } = useReader();
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const { entries } = preview;
  const going = entries.filter((entry) => isGoing(entry, confirmed));
  const staying = entries.filter((entry) => !isGoing(entry, confirmed));
  return (
    <>
      <Meant preview={preview} confirmed={confirmed} onChange={setConfirmed} />
      {entries.length === 0 && <p>{say("answers.many.nothing")}</p>}
      {preview.isMore && <p>{say("answers.many.most", { count: MOST })}</p>}
      <div className={classes.manyLists}>
        <ManyList title={say("answers.many.goes", { count: going.length })} entries={going} />
        <ManyList title={say("answers.many.stays", { count: staying.length })} entries={staying} hasReasons />
      </div>
      <FormError error={many.error} />
      <Group justify="flex-end">
        <Button variant="default" disabled={many.isBusy} onClick={many.rewrite}>
          {say("answers.many.rewrite")}
        </Button>
        <Button disabled={going.length === 0} loading={many.isBusy} onClick={() => many.send(confirmed)}>
          {say("answers.many.send", { count: going.length })}
        </Button>
      </Group>
    </>
  );
}

/** Warnings, each once for all of which it is said. */
function Meant(props: {
  readonly preview: Preview;
  readonly confirmed: ReadonlySet<string>;
  readonly onChange: (confirmed: ReadonlySet<string>) => void;
}): ReactNode {
  const { say } = useReader();
  const counts = new Map<Remark["check"], number>();
  for (const { remarks } of props.preview.entries) {
    if (remarks.some(({ level }) => level === "block")) continue;
    for (const { check } of remarks) counts.set(check, (counts.get(check) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  const turn = (check: string): void => {
    const next = new Set(props.confirmed);
    if (!next.delete(check)) next.add(check);
    props.onChange(next);
  };
  return (
    <ul className={classes.remarks} aria-label={say("answers.checks")}>
      {[...counts].map(([check, count]) => (
        <li key={check} data-level="warn">
          <Checkbox
            size="xs"
            checked={props.confirmed.has(check)}
            onChange={() => turn(check)}
            label={
              <>
                <RemarkText remark={{ check, level: "warn", detail: "…" }} />{" "}
                <span className="soft">{say("answers.many.meant", { count })}</span>
              </>
            }
          />
        </li>
      ))}
    </ul>
  );
}

/** What became of each, and ten seconds to take all of it back. */
function Told({ many, onClose }: { readonly many: Many; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const outcomes = many.outcomes ?? [];
  const waiting = outcomes.filter(({ fate }) => fate === "queued");
  const left = useSecondsLeft(waiting.map(({ entry }) => entry.sendAt));
  const watched = QUEUES.find(({ id }) => id === "waiting")?.filter ?? "";
  return (
    <>
      <Text fw={600}>
        {say(left > 0 ? "answers.many.sent" : "answers.many.gone", { count: waiting.length })}
      </Text>
      <div className={classes.manyLists}>
        <OutcomeList outcomes={outcomes} hasLeft={left === 0} />
      </div>
      <FormError error={many.error} />
      <Group justify="space-between">
        <Link href={deskAddress({ filter: watched })} onClick={onClose}>
          {say("answers.many.watch")}
        </Link>
        <Group gap="sm">
          {left > 0 && (
            <>
              <span className="soft">{say("answers.leavesIn", { count: left })}</span>
              <Button variant="light" loading={many.isBusy} onClick={many.undo}>
                {say("answers.many.undo")}
              </Button>
            </>
          )}
          <Button onClick={onClose}>{say("shell.close")}</Button>
        </Group>
      </Group>
    </>
  );
}

/** Seconds until the last of them leaves; 0: all have left. */
function useSecondsLeft(moments: readonly (string | null)[]): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const last = Math.max(0, ...moments.map((at) => (at === null ? 0 : Date.parse(at))));
  return Math.max(0, Math.ceil((last - now) / 1000));
}
