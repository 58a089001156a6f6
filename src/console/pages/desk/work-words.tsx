// The words that people put on an item: tags, topics, the cause, the appeal, whether money was given back.
import { Autocomplete, Checkbox, Select, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { deskCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";
import type { Item } from "./marks.tsx";
import { usePageKeys } from "./use-page-keys.ts";
import type { Desk } from "./use-work.ts";

/** Topics that every desk begins with, by the words of the trade. */
const TOPICS = ["missing", "wrong", "notFresh", "cold", "opened", "late", "courier", "rude"] as const;

const APPEALS = ["none", "open", "won", "lost"] as const;

/** Suggested words at most. */
const MOST = 100;

/** The part. */
export function WorkWords({ desk, item }: { readonly desk: Desk; readonly item: Item }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("feedback:write");
  const [cause, setCause] = useState<string | null>(null);
  const saveCause = (): void => {
    const next = (cause ?? "").trim();
    setCause(null);
    if (cause !== null && next !== (item.cause ?? ""))
      desk.change({ kind: "cause", cause: next === "" ? null : next });
  };
  return (
    <section className={`${classes.card} ${classes.workCard}`}>
      <Title order={2} size="h3">
        {say("desk.work.title")}
      </Title>
      <div className={classes.work}>
        <Words kind="tag" words={item.tags} desk={desk} mayWrite={mayWrite} />
        <Words kind="topic" words={item.topics} desk={desk} mayWrite={mayWrite} />
        <Autocomplete
          size="xs"
          label={say("desk.work.cause")}
          placeholder={say("desk.work.causeExample")}
          data={(["kitchen", "packing", "courier", "menu", "customer"] as const).map((one) =>
            say(`desk.work.causes.${one}`),
          )}
          value={cause ?? item.cause ?? ""}
          maxLength={60}
          disabled={!mayWrite}
          onChange={setCause}
          onBlur={saveCause}
          onKeyDown={(event) => event.key === "Enter" && saveCause()}
        />
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

function Words(props: {
  readonly kind: "tag" | "topic";
  readonly words: readonly string[];
  readonly desk: Desk;
  readonly mayWrite: boolean;
}): ReactNode {
  const { say } = useReader();
  const { kind, words, desk, mayWrite } = props;
  const [text, setText] = useState("");
  const used = useCall(deskCalls.listDeskWords, { query: { kind } }, { isOn: mayWrite }).data?.words ?? [];
  const usual = kind === "topic" ? TOPICS.map((topic) => say(`desk.work.topics.${topic}`)) : [];
  const known = [...new Set([...used.map(({ word }) => word), ...usual])]
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
  const name = say(kind === "tag" ? "desk.work.tags" : "desk.work.topicsName");
  return (
    <div data-words={kind}>
      <div className={classes.wordsName}>{name}</div>
      <div className={classes.wordList}>
        {words.map((word) => (
          <Word key={word} word={word} onOff={mayWrite ? () => turn(word, false) : null} />
        ))}
        {words.length === 0 && !mayWrite && <span className="soft">—</span>}
        {mayWrite && (
          <Autocomplete
            size="xs"
            className={classes.newWord}
            aria-label={say(kind === "tag" ? "desk.work.newTag" : "desk.work.newTopic")}
            placeholder={say(kind === "tag" ? "desk.work.newTag" : "desk.work.newTopic")}
            data={known}
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
