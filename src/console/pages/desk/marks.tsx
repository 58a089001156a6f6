// Small marks of an item that rows and the item's own page share: stars with their bar, the clock, the state, the person.
import type { ReactNode } from "react";
import type { deskCalls } from "../../../contract/index.ts";
import type { ItemOf } from "../../api.ts";
import { When } from "../../parts/figures.tsx";
import { Stars } from "../../parts/stars.tsx";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { useReader, useSay } from "../../reader.tsx";
import classes from "./desk.module.css";
import { initialsOf } from "./names.ts";
import { spanText } from "./spans.ts";

/** An item as lists have it. */
export type Item = ItemOf<typeof deskCalls.listDeskItems>;

/** Stars with the digit beside, so that colour is never the only sign. */
export function Rating({ rating }: { readonly rating: number | null }): ReactNode {
  const say = useSay();
  if (rating === null) return <span className="soft">{say("desk.askedOnly")}</span>;
  return (
    <span className={classes.rating}>
      <strong className="number" aria-hidden>
        {rating}
      </strong>
      <Stars count={rating} />
    </span>
  );
}

/** The tone of a rating's bar. */
export function ratingTone(rating: number | null): Tone {
  if (rating === null) return "quiet";
  return rating <= 2 ? "bad" : rating === 3 ? "warn" : "good";
}

/** How long is left for the first answer, or since when it is late. */
export function DueClock({ dueAt }: { readonly dueAt: string | null }): ReactNode {
  const say = useSay();
  if (dueAt === null) return null;
  const left = Date.parse(dueAt) - Date.now();
  return (
    <span className={left < 0 ? classes.late : left < 3_600_000 ? classes.soon : "soft"}>
      {say(left < 0 ? "desk.late" : "desk.left", { time: spanText(left, say) })}
    </span>
  );
}

const STATE_TONES: Readonly<Record<Item["state"], Tone>> = {
  asked: "quiet",
  new: "warn",
  in_progress: "calm",
  waiting: "calm",
  answered: "good",
  no_reaction: "quiet",
  closed: "quiet",
};

/** How far the work is. */
export function StateMark({ state }: { readonly state: Item["state"] }): ReactNode {
  const say = useSay();
  return <StateBadge tone={STATE_TONES[state]}>{say(`desk.state.${state}`)}</StateBadge>;
}

/** Tones of what became of an answer. */
export const ANSWER_TONES: Readonly<Record<Item["answer"], Tone>> = {
  no: "quiet",
  awaiting_approval: "warn",
  queued: "calm",
  delivered: "good",
  outdated: "bad",
  no_subscription: "bad",
  unknown_feedback: "bad",
  rejected: "bad",
  failed: "bad",
  unknown: "warn",
};

/** What became of the latest answer; nothing where there is none. */
export function AnswerMark({ answer }: { readonly answer: Item["answer"] }): ReactNode {
  const say = useSay();
  if (answer === "no") return null;
  return <StateBadge tone={ANSWER_TONES[answer]}>{say(`answers.state.${answer}.name`)}</StateBadge>;
}

/** A person as a round mark. */
export function PersonMark({ name }: { readonly name: string }): ReactNode {
  return (
    <span className={classes.person} title={name} role="img" aria-label={name} translate="no">
      {initialsOf(name)}
    </span>
  );
}

/** When it came and how long is left, one above the other. */
export function Times({ item }: { readonly item: Item }): ReactNode {
  return (
    <span className={classes.stack}>
      <When at={item.receivedAt} style="ago" />
      <DueClock dueAt={item.dueAt} />
    </span>
  );
}

/** Why an item stands where it stands in a queue: told on hover and to screen readers. */
export function useQueueReason(): (item: Item) => string | undefined {
  const { say } = useReader();
  return ({ queue }) =>
    queue === null
      ? undefined
      : say("desk.reason", {
          value: queue.value,
          lowness: queue.lowness,
          roubles: queue.roubles,
          haste: queue.haste,
        });
}

/** Where the item comes from. */
export function SourceMark({ source }: { readonly source: Item["source"] }): ReactNode {
  const say = useSay();
  return (
    <span className={classes.source} data-source={source}>
      {say(source === "app" ? "desk.source.app" : "desk.source.eats")}
    </span>
  );
}
