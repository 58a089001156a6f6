// Where an answer or a note is written; the two never look alike, so that a note is not sent to a customer.
import { Button, Group, SegmentedControl, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import type { answerCalls } from "../../../contract/index.ts";
import type { AnswerOf } from "../../calls.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { AnswerForm } from "./answer-form.tsx";
import classes from "./desk.module.css";
import type { Item } from "./marks.tsx";
import { RemarkText } from "./remarks.tsx";
import { usePageKeys } from "./use-page-keys.ts";
import type { Desk } from "./use-work.ts";

/** Whether and how the item may be answered. */
export type Offer = AnswerOf<typeof answerCalls.getAnswerOffer>;

/** Longest note, characters. */
const NOTE_LIMIT = 10_000;

/** The place to write. `offer` undefined: the item cannot be answered from here. */
export function Composer(props: {
  readonly desk: Desk;
  readonly item: Item;
  readonly offer: Offer | undefined;
}): ReactNode {
  const { say } = useReader();
  const { desk, item, offer } = props;
  const mayNote = useMay("feedback:write");
  const mayAnswer = useMay("answers:write");
  const isWaiting = offer?.answers.some(({ state }) => state === "awaiting_approval") ?? false;
  const canAnswer = offer !== undefined && mayAnswer && offer.isOffered && !isWaiting;
  const [chosen, setChosen] = useState<"answer" | "note" | null>(null);
  const mode = canAnswer && chosen !== "note" ? "answer" : "note";
  const focusOn = (next: "answer" | "note"): void => {
    setChosen(next);
    requestAnimationFrame(() =>
      document.querySelector<HTMLTextAreaElement>("main textarea[data-composer]")?.focus(),
    );
  };
  usePageKeys({ r: () => canAnswer && focusOn("answer"), n: () => mayNote && focusOn("note") });
  if (!mayNote && !canAnswer) return null;
  return (
    <section className={classes.composer} data-mode={mode} aria-label={say("answers.write")}>
      {item.source === "app" && <p className="soft">{say("answers.appOnly")}</p>}
      {offer !== undefined && !offer.isOffered && (
        <ul className={classes.remarks}>
          {offer.obstacles.map((remark) => (
            <li key={remark.check}>
              <RemarkText remark={remark} />
            </li>
          ))}
        </ul>
      )}
      {canAnswer && mayNote && (
        <SegmentedControl
          size="xs"
          value={mode}
          onChange={(value) => setChosen(value === "note" ? "note" : "answer")}
          data={[
            { value: "answer", label: say("answers.answer") },
            { value: "note", label: say("answers.note") },
          ]}
        />
      )}
      {canAnswer && <AnswerForm desk={desk} item={item} offer={offer} isShown={mode === "answer"} />}
      {mode === "note" && mayNote && <NoteForm desk={desk} />}
    </section>
  );
}

function NoteForm({ desk }: { readonly desk: Desk }): ReactNode {
  const { say } = useReader();
  const [text, setText] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === "") return;
    desk.change({ kind: "note", text: text.trim() });
    setText("");
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        data-composer
        aria-label={say("answers.note")}
        placeholder={say("answers.noteExample")}
        rows={3}
        resize="vertical"
        maxLength={NOTE_LIMIT}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="space-between" mt="xs">
        <span className="soft">{say("answers.noteAbout")}</span>
        <Button
          type="submit"
          size="xs"
          variant="default"
          disabled={text.trim() === ""}
          loading={desk.isWorking}
        >
          {say("answers.act.note")}
        </Button>
      </Group>
    </form>
  );
}
