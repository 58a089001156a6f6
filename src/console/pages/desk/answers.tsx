// What was answered and what became of it, each state with its sentence and next step; below, the place to write.
import { Button, Group } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { Link } from "wouter";
import { answerCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { Money, When } from "../../parts/figures.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import { useMay, useMe } from "../../session.tsx";
import { Composer } from "./composer.tsx";
import classes from "./desk.module.css";
import { useColleagues } from "./names.ts";
import type { Answer, Desk, Detail } from "./use-work.ts";

/** How often answers are looked at while one is on its way, while one is tried again, and else, ms. */
const LOOK_MS = { moving: 1000, retrying: 5000, still: 20_000 } as const;

/** Tones of the states of an answer. */
export const ANSWER_STATE_TONES: Readonly<Record<Answer["state"], Tone>> = {
  draft: "quiet",
  awaiting_approval: "warn",
  queued: "calm",
  sending: "calm",
  retrying: "warn",
  delivered: "good",
  outdated: "bad",
  no_subscription: "bad",
  unknown_feedback: "bad",
  rejected: "bad",
  failed: "bad",
  unknown: "warn",
  cancelled: "quiet",
};

function pauseOf(answers: readonly Answer[]): number {
  if (answers.some(({ state }) => state === "queued" || state === "sending")) return LOOK_MS.moving;
  return answers.some(({ state }) => state === "retrying") ? LOOK_MS.retrying : LOOK_MS.still;
}

/** The answers and the composer. */
export function Answers(props: {
  readonly desk: Desk;
  readonly detail: Detail;
  readonly mayAnswer: boolean;
}): ReactNode {
  const { desk, detail, mayAnswer } = props;
  const { item } = detail;
  const isEats = mayAnswer && item.source === "yandex-eats";
  const [pause, setPause] = useState<number>(LOOK_MS.still);
  const params = { itemId: item.id };
  const offer = useCall(
    answerCalls.getAnswerOffer,
    { params, query: {} },
    { isOn: isEats, everyMs: pause },
  ).data;
  const answers = offer?.answers ?? [];
  const next = pauseOf(answers);
  useEffect(() => setPause(next), [next]);
  // What becomes of an answer changes the item and its thread too.
  const marks = answers.map(({ id, state }) => `${id} ${state}`).join();
  const { renew } = desk;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new state is a reason.
  useEffect(() => void (marks !== "" && renew()), [marks]);
  return (
    <>
      {answers
        .filter(({ state }) => state !== "draft")
        .map((answer) => (
          <AnswerCard key={answer.id} answer={answer} onMoved={renew} />
        ))}
      <Composer desk={desk} item={item} offer={isEats ? offer : undefined} />
    </>
  );
}

/** One answer. */
export function AnswerCard(props: { readonly answer: Answer; readonly onMoved: () => void }): ReactNode {
  const { say } = useReader();
  const { nameOf } = useColleagues();
  const { answer } = props;
  const { state } = answer;
  const who = nameOf(answer.askedBy ?? answer.createdBy);
  return (
    <article className={classes.answer} data-tone={ANSWER_STATE_TONES[state]} data-state={state}>
      <div className={classes.entryHead}>
        <strong translate="no">{who}</strong>
        <StateBadge tone={ANSWER_STATE_TONES[state]}>{say(`answers.state.${state}.name`)}</StateBadge>
        <When at={answer.endedAt ?? answer.queuedAt ?? answer.createdAt} />
      </div>
      <p className={classes.answerText} translate="no">
        {answer.text}
      </p>
      {answer.promo !== null && (
        <p className={classes.promo}>
          {say("answers.promo.gave", { percent: answer.promo })}
          {answer.promoMinor !== null && (
            <span className="soft">
              {" "}
              {say("answers.promo.atMost")} <Money minor={answer.promoMinor} isShort />
            </span>
          )}
        </p>
      )}
      <p className="soft" aria-live="polite">
        {say(`answers.state.${state}.text`)}
      </p>
      {answer.note !== null && answer.note !== "" && (
        <p className={classes.said}>
          {say("answers.marketSaid")} <span translate="no">{answer.note}</span>
        </p>
      )}
      <NextStep answer={answer} onMoved={props.onMoved} />
    </article>
  );
}

function NextStep({ answer, onMoved }: { readonly answer: Answer; readonly onMoved: () => void }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("answers:write");
  if (answer.state === "no_subscription")
    return <Link href="/desk/settings?tab=places">{say("answers.act.places")}</Link>;
  if (!mayWrite) return null;
  switch (answer.state) {
    case "queued":
    case "retrying":
      return <Undo answer={answer} onMoved={onMoved} />;
    case "awaiting_approval":
      return <Approval answer={answer} onMoved={onMoved} />;
    case "unknown":
      return <Resolve answer={answer} onMoved={onMoved} />;
    default:
      return null;
  }
}

/** Seconds until the answer goes, and the way back. */
function Undo({ answer, onMoved }: { readonly answer: Answer; readonly onMoved: () => void }): ReactNode {
  const { say } = useReader();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const undo = useChange(answerCalls.undoAnswer, {
    touches: [answerCalls.getAnswerOffer, answerCalls.listAnswers],
    onDone: onMoved,
  });
  const left = Math.max(0, Math.ceil((Date.parse(answer.sendAt ?? "") - now) / 1000)) || 0;
  const isCounting = answer.state === "queued" && left > 0 && left <= 60;
  return (
    <Group gap="sm">
      <Button
        size="xs"
        variant="light"
        loading={undo.isPending}
        onClick={() => undo.mutate({ params: { answerId: answer.id } })}
      >
        {say("answers.act.undo")}
      </Button>
      {isCounting && <span className="soft">{say("answers.leavesIn", { count: left })}</span>}
      <FormError error={undo.error} />
    </Group>
  );
}

/** Yes and no of a second person. */
export function Approval(props: { readonly answer: Answer; readonly onMoved: () => void }): ReactNode {
  const { say } = useReader();
  const { answer, onMoved } = props;
  const { id: me } = useMe();
  const options = { touches: [answerCalls.getAnswerOffer, answerCalls.listAnswers], onDone: onMoved };
  const approve = useChange(answerCalls.approveAnswer, options);
  const decline = useChange(answerCalls.declineAnswer, options);
  const isMine = answer.askedBy === me;
  const params = { answerId: answer.id };
  return (
    <Group gap="xs">
      {isMine ? (
        <span className="soft">{say("answers.act.another")}</span>
      ) : (
        <Button size="xs" loading={approve.isPending} onClick={() => approve.mutate({ params })}>
          {say("answers.act.approve")}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        loading={decline.isPending}
        onClick={() => decline.mutate({ params })}
      >
        {say(isMine ? "answers.act.undo" : "answers.act.decline")}
      </Button>
      <FormError error={approve.error ?? decline.error} />
    </Group>
  );
}

/** A person says what became of an answer that nobody knows about. */
function Resolve(props: { readonly answer: Answer; readonly onMoved: () => void }): ReactNode {
  const { say } = useReader();
  const resolve = useChange(answerCalls.resolveAnswer, {
    touches: [answerCalls.getAnswerOffer, answerCalls.listAnswers],
    onDone: props.onMoved,
  });
  const tell = (wasSent: boolean): void =>
    resolve.mutate({ params: { answerId: props.answer.id }, body: { wasSent } });
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" loading={resolve.isPending} onClick={() => tell(true)}>
        {say("answers.act.arrived")}
      </Button>
      <Button size="xs" variant="default" loading={resolve.isPending} onClick={() => tell(false)}>
        {say("answers.act.notArrived")}
      </Button>
      <FormError error={resolve.error} />
    </Group>
  );
}
