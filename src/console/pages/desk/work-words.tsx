// The words that people put on an item: tags, topics, the cause, the appeal, whether money was given back.
import { Autocomplete, Checkbox, Select, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { deskCalls } from "../../../contract/index.ts";
import { TOPIC_HINTS, type TopicHint } from "../../../core/desk/index.ts";
import { useCall } from "../../api.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";
import type { Item } from "./marks.tsx";
import { usePageKeys } from "./use-page-keys.ts";
import type { Desk } from "./use-work.ts";

const APPEALS = ["none", "open", "won", "lost"] as const;

/** Suggested words at most. */
const MOST = 100;

/** The part. */
export function WorkWords(props: {
  readonly desk: Desk;
  readonly item: Item;
  readonly suggested: readonly TopicHint[];
}): ReactNode {
  const { desk, item } = props;
  const { say } = useReader();
  const mayWrite = useMay("feedback:write");
  return (
    <section className={`${classes.card} ${classes.workCard}`}>
      <Title order={2} size="h3">
        {say("desk.work.title")}
      </Title>
      <div className={classes.work}>
        <Words kind="tag" words={item.tags} desk={desk} mayWrite={mayWrite} />
        <Words
          kind="topic"
          words={item.topics}
          desk={desk}
          mayWrite={mayWrite}
          suggested={props.suggested.map((hint) => say(`desk.work.topics.${hint}`))}
        />
        <Cause desk={desk} item={item} mayWrite={mayWrite} />
        {item.source === "yandex-eats" && (
          <Select
            size="xs"
            label={say("desk.work.appeal")}
            value={item.appeal}
            disabled={!mayWrite}
            data={APPEALS.map((appeal) => ({ value: appeal, label: say(`desk.appeal.${appeal}`) }))}
            onChange={(appeal) => {
              const chosen = APPEALS.find((one) => one === appeal);
              if (chosen !== undefined) desk.change({ kind: "appeal", appeal: chosen });
            }}
          />
        )}
        <Checkbox
          size="xs"
          label={say("desk.work.refund")}
          checked={item.isRefunded}
          disabled={!mayWrite || desk.isWorking}
          onChange={(event) => desk.change({ kind: "refund", isRefunded: event.currentTarget.checked })}
        />
      </div>
    </section>
  );
}

function Cause(props: { readonly desk: Desk; readonly item: Item; readonly mayWrite: boolean }): ReactNode {
  const { say } = useReader();
  const { desk, item } = props;
  const [cause, setCause] = useState<string | null>(null);
  const saveCause = (): void => {
    const next = (cause ?? "").trim();
    setCause(null);
    if (cause !== null && next !== (item.cause ?? ""))
      desk.change({ kind: "cause", cause: next === "" ? null : next });
  };
  return (
    <Autocomplete
      size="xs"
      label={say("desk.work.cause")}
      placeholder={say("desk.work.causeExample")}
      data={(["kitchen", "packing", "courier", "menu", "customer"] as const).map((one) =>
        say(`desk.work.causes.${one}`),
      )}
      value={cause ?? item.cause ?? ""}
      maxLength={60}
      disabled={!props.mayWrite}
      onChange={setCause}
      onBlur={saveCause}
      onKeyDown={(event) => event.key === "Enter" && saveCause()}
    />
  );
}

/** Words in use, most used first, then the usual ones. */
function useKnownWords(kind: "tag" | "topic", isOn: boolean): string[] {
  const { say } = useReader();
  const used = useCall(deskCalls.listDeskWords, { query: { kind } }, { isOn }).data?.words ?? [];
  const usual = kind === "topic" ? TOPIC_HINTS.map((topic) => say(`desk.work.topics.${topic}`)) : [];
  return [...new Set([...used.map(({ word }) => word), ...usual])];
}

function Words(props: {
  readonly kind: "tag" | "topic";
  readonly words: readonly string[];
  readonly desk: Desk;
  readonly mayWrite: boolean;
  readonly suggested?: readonly string[];
}): ReactNode {
  const { say } = useReader();
  const { kind, words, desk, mayWrite, suggested = [] } = props;
  const name = say(kind === "tag" ? "desk.work.tags" : "desk.work.topicsName");
  const [text, setText] = useState("");
  const known = useKnownWords(kind, mayWrite)
    .filter((word) => !words.includes(word))
    .slice(0, MOST);
  const turn = (word: string, isOn: boolean): void => desk.change({ kind: "word", of: kind, word, isOn });
  const add = (word: string): void => {
    const bare = word.trim();
    setText("");
    if (bare !== "" && !words.includes(bare)) turn(bare, true);
  };
  usePageKeys(
    kind === "tag"
      ? { t: () => document.querySelector<HTMLInputElement>("main [data-words=tag] input")?.focus() }
      : {},
  );
  return (
    <div data-words={kind}>
      <div className={classes.wordsName}>{name}</div>
      <div className={classes.wordList}>
        {words.map((word) => (
          <Word key={word} word={word} onOff={mayWrite ? () => turn(word, false) : null} />
        ))}
        {mayWrite && (
          <Suggested
            words={suggested.filter((word) => !isAmong(words, word))}
            isBusy={desk.isWorking}
            onAccept={(word) => turn(word, true)}
          />
        )}
        {words.length === 0 && !mayWrite && <span className="soft">—</span>}
        {mayWrite && (
          <Autocomplete
            size="xs"
            className={classes.newWord}
            aria-label={say(kind === "tag" ? "desk.work.newTag" : "desk.work.newTopic")}
            placeholder={say(kind === "tag" ? "desk.work.newTag" : "desk.work.newTopic")}
            data={known}
            renderOption={wordOption}
            value={text}
            maxLength={60}
            limit={12}
            onChange={setText}
            onOptionSubmit={add}
            onKeyDown={(event) => event.key === "Enter" && !event.defaultPrevented && add(text)}
          />
        )}
      </div>
    </div>
  );
}

/** A word of the desk is nobody's to translate. */
const wordOption = ({ option }: { readonly option: { readonly value: string } }): ReactNode => (
  <span translate="no">{option.value}</span>
);

/** Whether a word is there, whatever its capitals. */
const isAmong = (words: readonly string[], word: string): boolean =>
  words.some((given) => given.toLowerCase() === word.toLowerCase());

/** Words that the server suggests: dashed, one press takes them. */
function Suggested(props: {
  readonly words: readonly string[];
  readonly isBusy: boolean;
  readonly onAccept: (word: string) => void;
}): ReactNode {
  const { say } = useReader();
  return props.words.map((word) => (
    <button
      key={word}
      type="button"
      className={classes.suggested}
      disabled={props.isBusy}
      aria-label={say("desk.work.accept", { word })}
      title={say("desk.work.suggested")}
      onClick={() => props.onAccept(word)}
    >
      {word}
    </button>
  ));
}

function Word({ word, onOff }: { readonly word: string; readonly onOff: (() => void) | null }): ReactNode {
  const { say } = useReader();
  return (
    <span className={classes.tag}>
      <span translate="no">{word}</span>
      {onOff !== null && (
        <button
          type="button"
          className={classes.tagOff}
          aria-label={say("desk.work.takeOff", { word })}
          onClick={onOff}
        >
          <IconX size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}
