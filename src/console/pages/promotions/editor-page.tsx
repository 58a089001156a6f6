// The editor of a promotion in a draft: the form, the rule in words as one types, and what the gate says of it.
import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useParams } from "wouter";
import { mistakesOf, promotionDraftCalls, promotionSetSchema } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import type { AnswerOf, CallFailed } from "../../calls.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { useFieldWords } from "./field-words.ts";
import { Findings } from "./findings.tsx";
import classes from "./form.module.css";
import { FormContext } from "./form-state.ts";
import { type Fitting, nameIn, useSentence } from "./names.ts";
import { PromotionForm, type Sketch } from "./promotion-form.tsx";
import { pathOf, stepsOf } from "./schema.ts";
import { DRAFT_TOUCHES, promotionsOf } from "./sets.ts";

type Draft = AnswerOf<typeof promotionDraftCalls.getPromotionDraft>;

/** The page. */
export default function PromotionEditorPage(): ReactNode {
  const { draftId = "", promotionId = "" } = useParams();
  const found = useCall(promotionDraftCalls.getPromotionDraft, { params: { draftId } });
  // A form that is open keeps what it began from: a draft read again meanwhile must not take words from under the hands.
  const [round, setRound] = useState(0);
  if (found.data === undefined) {
    if (found.error === null) return <PageSkeleton />;
    if (found.error.status === 404) return <NotFound />;
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  const promotion = promotionsOf(found.data.set).find(({ id }) => id === promotionId);
  if (promotion === undefined) return <NotFound />;
  const reload = async (): Promise<void> => {
    await found.refetch();
    setRound(round + 1);
  };
  return (
    <Editor key={`${promotionId} ${round}`} draft={found.data} promotion={promotion} onReload={reload} />
  );
}

function Editor(props: {
  readonly draft: Draft;
  readonly promotion: Sketch;
  readonly onReload: () => Promise<void>;
}): ReactNode {
  const { say, language } = useReader();
  const { draft } = props;
  const { tell } = useToasts();
  const mayWrite = useMay("promotions:write");
  const isReadOnly = !mayWrite || draft.publishedVersion !== null;
  const [sketch, setSketch] = useState<Sketch>(props.promotion);
  const [kept, setKept] = useState({ sketch: props.promotion, version: draft.version });
  const wrong = useMistakes(sketch);
  const save = useChange(promotionDraftCalls.putDraftPromotion, {
    touches: DRAFT_TOUCHES,
    onDone: (answer) => {
      setKept({ sketch, version: answer.version });
      tell(say("promotions.editor.saved"));
    },
  });
  const isSame = JSON.stringify(sketch) === JSON.stringify(kept.sketch);
  useLeaveGuard(!isSame);
  const send = (isOver: boolean): void =>
    save.mutate({
      params: { draftId: draft.id },
      query: isOver ? {} : { version: kept.version },
      body: sketch,
    });
  const form = useMemo(() => ({ wrong, isReadOnly }), [wrong, isReadOnly]);
  const note = draft.publishedVersion !== null ? "published" : mayWrite ? null : "noScope";
  return (
    <>
      <PageHeader
        title={nameIn(sketch["name"], language) || say("promotions.editor.newName")}
        isThing
        back={{ path: `/promotions/drafts/${draft.id}`, title: draft.name }}
        about={<About id={String(sketch["id"])} note={note} />}
      />
      <div className={classes.layout}>
        <FormContext.Provider value={form}>
          <PromotionForm sketch={sketch} hasId onChange={setSketch} />
        </FormContext.Provider>
        <Side
          sketch={sketch}
          first={props.promotion}
          draftId={draft.id}
          wrong={wrong}
          isSame={isSame}
          isReadOnly={isReadOnly}
          isSending={save.isPending}
          error={save.error}
          onSend={send}
          onReload={() => void props.onReload()}
        />
      </div>
    </>
  );
}

function About(props: { readonly id: string; readonly note: "published" | "noScope" | null }): ReactNode {
  const { say } = useReader();
  return (
    <>
      <span className="mono">{props.id}</span>
      {props.note !== null && <p>{say(`promotions.editor.${props.note}`)}</p>}
    </>
  );
}

/** Beside the form: the rule in words, what is wrong, saving, and the gate. */
function Side(props: {
  readonly sketch: Sketch;
  readonly first: Sketch;
  readonly draftId: string;
  readonly wrong: ReadonlySet<string>;
  readonly isSame: boolean;
  readonly isReadOnly: boolean;
  readonly isSending: boolean;
  readonly error: CallFailed | null;
  readonly onSend: (isOver: boolean) => void;
  readonly onReload: () => void;
}): ReactNode {
  const { say } = useReader();
  const { sketch, wrong, isSame } = props;
  return (
    <aside className={classes.aside} aria-label={say("promotions.editor.sentence")}>
      <Sentence sketch={sketch} isWhole={wrong.size === 0} first={props.first} />
      {wrong.size > 0 && <Wrong paths={wrong} />}
      {props.error?.code === "stale_version" ? (
        <Stale isSending={props.isSending} onOverwrite={() => props.onSend(true)} onReload={props.onReload} />
      ) : (
        <FormError error={props.error} />
      )}
      {!props.isReadOnly && (
        <div className={classes.save}>
          <Button
            disabled={isSame || wrong.size > 0}
            loading={props.isSending}
            onClick={() => props.onSend(false)}
          >
            {say("promotions.editor.save")}
          </Button>
          <span className="soft" aria-live="polite">
            {say(isSame ? "promotions.editor.same" : "promotions.editor.unsaved")}
          </span>
        </div>
      )}
      <OwnFindings draftId={props.draftId} promotionId={String(sketch["id"])} />
    </aside>
  );
}

/** Places that do not fit the schema, as paths inside of the promotion. */
function useMistakes(sketch: Sketch): ReadonlySet<string> {
  return useMemo(
    () =>
      new Set(
        mistakesOf(promotionSetSchema, { promotions: [sketch] }).map(({ path }) => pathOf(stepsOf(path))),
      ),
    [sketch],
  );
}

/** Asks before the tab is closed over changes that are nowhere else. */
function useLeaveGuard(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const hold = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [isOn]);
}

/** The rule in words; while something is missing, the last one that could be read. */
function Sentence(props: {
  readonly sketch: Sketch;
  readonly isWhole: boolean;
  readonly first: Sketch;
}): ReactNode {
  const { say } = useReader();
  const last = useRef(props.first);
  if (props.isWhole) last.current = props.sketch;
  const sentence = useSentence(last.current as unknown as Fitting);
  return (
    <div>
      <p className={classes.sentence} aria-live="polite" translate="no" data-sentence>
        {sentence}
      </p>
      {!props.isWhole && <p className={classes.help}>{say("promotions.editor.incomplete")}</p>}
    </div>
  );
}

function Wrong({ paths }: { readonly paths: ReadonlySet<string> }): ReactNode {
  const { say } = useReader();
  const words = useFieldWords();
  const places = [...paths].map((path) => words.place(path)).join("; ");
  return <p className={classes.wrong}>{say("promotions.editor.wrong", { places })}</p>;
}

function Stale(props: {
  readonly isSending: boolean;
  readonly onOverwrite: () => void;
  readonly onReload: () => void;
}): ReactNode {
  const { say } = useReader();
  return (
    <div role="alert">
      <strong>{say("promotions.editor.stale")}</strong>
      <p>{say("promotions.editor.staleText")}</p>
      <div className={classes.save}>
        <Button size="xs" loading={props.isSending} onClick={props.onOverwrite}>
          {say("promotions.editor.overwrite")}
        </Button>
        <Button size="xs" variant="default" onClick={props.onReload}>
          {say("promotions.editor.reload")}
        </Button>
      </div>
    </div>
  );
}

function OwnFindings(props: { readonly draftId: string; readonly promotionId: string }): ReactNode {
  const { say } = useReader();
  const verdict = useCall(promotionDraftCalls.checkPromotionDraft, {
    params: { draftId: props.draftId },
    query: {},
  });
  const error: CallFailed | null = verdict.error;
  const own = verdict.data?.findings.filter(({ promotionIds }) => promotionIds.includes(props.promotionId));
  return (
    <section>
      <h2>{say("promotions.editor.gate")}</h2>
      <FormError error={error} />
      {own?.length === 0 && <p className="soft">{say("promotions.editor.gateClean")}</p>}
      {own !== undefined && own.length > 0 && <Findings findings={own} />}
    </section>
  );
}
