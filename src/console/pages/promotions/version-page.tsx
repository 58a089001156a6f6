// One version of the rules: how it differs from the one in force, and going back to it.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useLocation, useParams } from "wouter";
import { promotionCalls, promotionDraftCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { Diff } from "../../parts/diff.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { When } from "../../parts/figures.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { useFieldWords } from "./field-words.ts";
import { nameIn } from "./names.ts";
import classes from "./promotions.module.css";
import { DRAFT_TOUCHES, promotionsOf, RULES_TOUCHES } from "./sets.ts";

type Version = AnswerOf<typeof promotionCalls.getPromotionVersion>;

/** The page. */
export default function PromotionVersionPage(): ReactNode {
  const { version: text = "" } = useParams();
  const version = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
  const found = useCall(
    promotionCalls.getPromotionVersion,
    { params: { version: version ?? 1 } },
    { isOn: version !== null },
  );
  if (version === null) return <NotFound />;
  if (found.data !== undefined) return <VersionShown version={found.data} />;
  if (found.error === null) return <PageSkeleton />;
  if (found.error.status === 404) return <NotFound />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function VersionShown({ version }: { readonly version: Version }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("promotions:write");
  const now = useCall(promotionCalls.getPromotionSet, {});
  const isNow = now.data?.version === version.version;
  return (
    <>
      <PageHeader
        title={say("promotions.version.title", { version: version.version })}
        isThing
        back={{ path: "/promotions?view=versions", title: say("pages.promotions") }}
        about={
          <>
            <When at={version.createdAt} /> <span translate="no">{version.note}</span>
          </>
        }
        actions={mayWrite && !isNow && now.data !== undefined ? <Doings version={version} /> : undefined}
      />
      <Section title={say("promotions.version.difference")}>
        {isNow && <p className="soft">{say("promotions.version.isNow")}</p>}
        {now.data !== undefined && !isNow && <Differences from={version.set} to={now.data.set} />}
      </Section>
    </>
  );
}

function Doings({ version }: { readonly version: Version }): ReactNode {
  const { say } = useReader();
  const [, go] = useLocation();
  const { tell, tellFailure } = useToasts();
  const [isAsking, setAsking] = useState(false);
  const params = { version: version.version };
  const restore = useChange(promotionCalls.restorePromotionVersion, {
    touches: RULES_TOUCHES,
    onDone: (answer) => {
      setAsking(false);
      tell(say("promotions.version.restored", { version: answer.version ?? version.version }));
      go("/promotions?view=versions");
    },
  });
  const begin = useChange(promotionDraftCalls.createPromotionDraft, {
    touches: DRAFT_TOUCHES,
    onDone: ({ id }) => go(`/promotions/drafts/${id}`),
  });
  const name = say("promotions.version.title", params);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{say("promotions.version.restore")}</Button>
      <Button
        variant="default"
        loading={begin.isPending}
        onClick={() =>
          begin.mutate({ body: { name, fromVersion: version.version } }, { onError: tellFailure })
        }
      >
        {say("promotions.version.draft")}
      </Button>
      <ConfirmFresh
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={say("promotions.version.restoreTitle", params)}
        text={say("promotions.version.restoreText")}
        action={say("promotions.version.restore")}
        onConfirm={() => restore.mutate({ params, query: {} })}
        isSending={restore.isPending}
        error={restore.error}
      />
    </>
  );
}

/** Promotion by promotion: what it was then, and what it is now. */
function Differences(props: { readonly from: object; readonly to: object }): ReactNode {
  const { say, language } = useReader();
  const words = useFieldWords();
  const [before, after] = [promotionsOf(props.from), promotionsOf(props.to)];
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  const pairs = ids
    .map((id) => ({
      id,
      then: before.find((one) => one.id === id),
      now: after.find((one) => one.id === id),
    }))
    .filter((pair) => JSON.stringify(pair.then) !== JSON.stringify(pair.now));
  if (pairs.length === 0) return <p className="soft">{say("parts.diff.nothing")}</p>;
  return (
    <div className={classes.difference}>
      {pairs.map((pair) => (
        <div key={pair.id}>
          <h3 translate="no">{nameIn((pair.now ?? pair.then)?.["name"], language)}</h3>
          {pair.then === undefined || pair.now === undefined ? (
            <p>
              {say(pair.then === undefined ? "promotions.draft.mark.added" : "promotions.draft.mark.removed")}
            </p>
          ) : (
            <Diff before={pair.then} after={pair.now} nameOf={words.place} />
          )}
        </div>
      ))}
    </div>
  );
}
