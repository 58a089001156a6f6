// A draft of the rules: what it changes, what the gate says of it, what it would have cost, and publishing it.
import { Button } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { useLocation, useParams } from "wouter";
import { promotionDraftCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useMayAsk } from "../../parts/may-ask.ts";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { ListSkeleton, PageSkeleton } from "../../parts/skeletons.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { Difference } from "./difference.tsx";
import { DraftDoor } from "./door.tsx";
import { type Draft, useCatchUp } from "./drafts.ts";
import { Findings } from "./findings.tsx";
import { type Fitting, nameIn, useSentence } from "./names.ts";
import { Preview } from "./preview.tsx";
import classes from "./promotions.module.css";
import { Publishing } from "./publishing.tsx";
import { DRAFT_TOUCHES, promotionsOf, type SetPromotion } from "./sets.ts";

/** The page. */
export default function PromotionDraftPage(): ReactNode {
  const { draftId = "" } = useParams();
  const found = useCall(promotionDraftCalls.getPromotionDraft, { params: { draftId } });
  if (found.data !== undefined) return <DraftShown draft={found.data} />;
  if (found.error === null) return <PageSkeleton />;
  if (found.error.status === 404) return <NotFound />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function DraftShown({ draft }: { readonly draft: Draft }): ReactNode {
  const { say } = useReader();
  const isOpen = draft.publishedVersion === null;
  const mayWrite = useMay("promotions:write") && isOpen;
  const mayPreview = useMayAsk(promotionDraftCalls.previewPromotionDraft);
  const [isAdding, setAdding] = useState(false);
  const about = isOpen
    ? say("promotions.draft.about")
    : say("promotions.draft.published", { version: draft.publishedVersion ?? 0 });
  return (
    <>
      <PageHeader
        title={draft.name}
        isThing
        back={{ path: "/promotions", title: say("pages.promotions") }}
        about={
          <>
            <StateBadge tone={isOpen ? "calm" : "good"}>
              {isOpen ? say("promotions.draft.open") : about}
            </StateBadge>{" "}
            {isOpen && about} {draft.note !== "" && <p translate="no">{draft.note}</p>}
          </>
        }
        actions={mayWrite ? <Doings draft={draft} /> : undefined}
      />
      {isOpen && draft.inForce !== draft.baseVersion && <Behind draft={draft} mayWrite={mayWrite} />}
      <Section
        title={say("promotions.draft.promotions")}
        actions={
          mayWrite ? (
            <Button variant="default" onClick={() => setAdding(true)}>
              {say("promotions.draft.add")}
            </Button>
          ) : undefined
        }
      >
        <DraftPromotions draft={draft} mayWrite={mayWrite} />
      </Section>
      <Section title={say("promotions.draft.changes")} about={say("promotions.draft.changesAbout")}>
        <Difference difference={draft.difference} />
      </Section>
      {isOpen && <Gate draft={draft} />}
      {mayPreview && <Preview draft={draft} />}
      <DraftDoor
        wish={isAdding ? { kind: "make", templateId: null, draftId: draft.id } : null}
        onClose={() => setAdding(false)}
      />
    </>
  );
}

function Doings({ draft }: { readonly draft: Draft }): ReactNode {
  const { say } = useReader();
  const [, go] = useLocation();
  const [asked, setAsked] = useState<"publish" | "remove" | null>(null);
  const remove = useChange(promotionDraftCalls.removePromotionDraft, {
    touches: [promotionDraftCalls.listPromotionDrafts],
    onDone: () => go("/promotions"),
  });
  return (
    <>
      <Button onClick={() => setAsked("publish")}>{say("promotions.draft.publish")}</Button>
      <Button variant="default" onClick={() => setAsked("remove")}>
        {say("promotions.draft.remove")}
      </Button>
      <Publishing draft={draft} isOpen={asked === "publish"} onClose={() => setAsked(null)} />
      <ConfirmFresh
        isOpen={asked === "remove"}
        onClose={() => setAsked(null)}
        title={say("promotions.draft.removeTitle", { name: draft.name })}
        text={say("promotions.draft.removeText")}
        action={say("promotions.draft.remove")}
        onConfirm={() => remove.mutate({ params: { draftId: draft.id } })}
        isSending={remove.isPending}
        error={remove.error}
      />
    </>
  );
}

function Behind({ draft, mayWrite }: { readonly draft: Draft; readonly mayWrite: boolean }): ReactNode {
  const { say } = useReader();
  const catchUp = useCatchUp();
  return (
    <div className={classes.notice} role="status">
      <strong>{say("promotions.draft.behind", { version: draft.inForce })}</strong>{" "}
      {say("promotions.draft.behindText")}
      <FormError error={catchUp.error} />
      {mayWrite && (
        <Button
          size="xs"
          loading={catchUp.isPending}
          onClick={() => catchUp.mutate({ params: { draftId: draft.id }, query: { version: draft.version } })}
        >
          {say("promotions.draft.catchUp")}
        </Button>
      )}
    </div>
  );
}

type Mark = "added" | "changed" | "same";
const TONES = { added: "good", changed: "calm", same: "quiet" } as const;

function useColumns(
  markOf: (id: string) => Mark,
  onRemove: ((promotion: SetPromotion) => void) | null,
): readonly Column<SetPromotion>[] {
  const { say, language } = useReader();
  return [
    {
      id: "name",
      title: say("promotions.name"),
      isWide: true,
      cell: (one) => (
        <>
          <span translate="no">{nameIn(one["name"], language)}</span>
          <SentenceLine promotion={one} />
        </>
      ),
    },
    {
      id: "mark",
      title: say("promotions.draft.changes"),
      cell: (one) => (
        <StateBadge tone={TONES[markOf(one.id)]}>{say(`promotions.draft.mark.${markOf(one.id)}`)}</StateBadge>
      ),
    },
    {
      id: "remove",
      title: "",
      about: say("promotions.draft.takeOut"),
      align: "end",
      cell: (one) =>
        onRemove !== null && (
          <Button size="compact-sm" variant="default" onClick={() => onRemove(one)}>
            {say("promotions.draft.takeOut")}
          </Button>
        ),
    },
  ];
}

function DraftPromotions({
  draft,
  mayWrite,
}: {
  readonly draft: Draft;
  readonly mayWrite: boolean;
}): ReactNode {
  const { say, language } = useReader();
  const { tellUndoable, tellFailure } = useToasts();
  const takeOut = useChange(promotionDraftCalls.removeDraftPromotion, { touches: DRAFT_TOUCHES });
  const putBack = useChange(promotionDraftCalls.putDraftPromotion, { touches: DRAFT_TOUCHES });
  const markOf = useMemo(() => {
    const marks = new Map<string, Mark>(draft.difference.changed.map(({ id }) => [id, "changed"]));
    for (const { id } of draft.difference.added) marks.set(id, "added");
    return (id: string): Mark => marks.get(id) ?? "same";
  }, [draft]);
  const order: readonly Mark[] = ["added", "changed", "same"];
  const rows = [...promotionsOf(draft.set)].sort(
    (left, right) => order.indexOf(markOf(left.id)) - order.indexOf(markOf(right.id)),
  );
  const remove = (one: SetPromotion): void => {
    const params = { draftId: draft.id };
    const onSuccess = (): void =>
      tellUndoable(say("promotions.draft.takenOut", { name: nameIn(one["name"], language) }), () =>
        putBack.mutate({ params, query: {}, body: one }, { onError: tellFailure }),
      );
    takeOut.mutate(
      { params: { ...params, promotionId: one.id }, query: { version: draft.version } },
      { onSuccess, onError: tellFailure },
    );
  };
  const columns = useColumns(markOf, mayWrite ? remove : null);
  return (
    <DataTable
      name="draft-promotions"
      label={say("promotions.draft.promotions")}
      columns={columns}
      list={{ rows, isPending: false, error: null, hasMore: false }}
      idOf={({ id }) => id}
      hrefOf={({ id }) => `/promotions/drafts/${draft.id}/${encodeURIComponent(id)}`}
      empty={<p className="soft">{say("promotions.empty")}</p>}
    />
  );
}

/** A promotion's sentence under its name. */
function SentenceLine({ promotion }: { readonly promotion: SetPromotion }): ReactNode {
  const sentence = useSentence(promotion as unknown as Fitting);
  return (
    <span className={classes.sentence} translate="no">
      {sentence}
    </span>
  );
}

function Gate({ draft }: { readonly draft: Draft }): ReactNode {
  const { say, language } = useReader();
  const verdict = useCall(promotionDraftCalls.checkPromotionDraft, {
    params: { draftId: draft.id },
    query: {},
  });
  const names = new Map(promotionsOf(draft.set).map((one) => [one.id, nameIn(one["name"], language)]));
  const found = verdict.data;
  return (
    <Section title={say("promotions.gate.title")} about={say("promotions.gate.about")}>
      {verdict.isPending && <ListSkeleton rows={3} />}
      {verdict.error !== null && <ErrorState error={verdict.error} onRetry={() => void verdict.refetch()} />}
      {found !== undefined && found.findings.length === 0 && <p>{say("promotions.gate.clean")}</p>}
      {found !== undefined && (
        <Findings
          findings={found.findings}
          nameOf={(id) => names.get(id) ?? id}
          hrefOf={(id) => `/promotions/drafts/${draft.id}/${encodeURIComponent(id)}`}
        />
      )}
      {found?.notAnalysed.map(({ reason, promotionIds }) => (
        <p key={`${reason} ${promotionIds.join()}`} className="soft">
          {say("promotions.gate.notAnalysed")}: {say(`promotions.gate.reason.${reason}`)}{" "}
          <span translate="no">{promotionIds.map((id) => names.get(id) ?? id).join(", ")}</span>
        </p>
      ))}
    </Section>
  );
}
