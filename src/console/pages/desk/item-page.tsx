// One item of the desk: what happened at the left, what is said and done about it at the right.
import { Alert, Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { Answers } from "./answers.tsx";
import classes from "./desk.module.css";
import { Facts } from "./facts.tsx";
import { ItemHead } from "./item-head.tsx";
import { Thread } from "./thread.tsx";
import { entryText, useThreadNames } from "./thread-text.ts";
import { ToldEndpoints } from "./told-endpoints.tsx";
import { type Desk, useDesk } from "./use-work.ts";
import { WorkWords } from "./work-words.tsx";

/** The page. */
export default function DeskItemPage(): ReactNode {
  const { itemId = "" } = useParams();
  // By its id: what was typed for one item never ends up at another.
  return <ItemScreen key={itemId} itemId={itemId} />;
}

function ItemScreen({ itemId }: { readonly itemId: string }): ReactNode {
  const { say } = useReader();
  const desk = useDesk(itemId);
  const mayAnswer = useMay("answers:read");
  const { detail, error } = desk;
  if (detail === undefined) {
    if (error?.status === 404)
      return <EmptyState title={say("desk.gone.title")} text={say("desk.gone.text")} />;
    return error === null ? <PageSkeleton /> : <ErrorState error={error} onRetry={desk.refetch} />;
  }
  return (
    <>
      <ItemHead desk={desk} detail={detail} />
      <ConflictNote desk={desk} />
      <FormError error={desk.failure} />
      <div className={classes.detail}>
        <div className={classes.facts}>
          <Facts detail={detail} />
          <WorkWords desk={desk} item={detail.item} suggested={detail.suggestedTopics} />
          <ToldEndpoints itemId={itemId} />
        </div>
        <div className={classes.talk}>
          <Thread detail={detail} />
          <Answers desk={desk} detail={detail} mayAnswer={mayAnswer} />
        </div>
      </div>
    </>
  );
}

/** A colleague was quicker: what they did, and what one wanted oneself. */
function ConflictNote({ desk }: { readonly desk: Desk }): ReactNode {
  const { say } = useReader();
  const names = useThreadNames();
  const { conflict, detail } = desk;
  if (conflict === null || detail === undefined) return null;
  const done = detail.thread.filter(({ number }) => number > conflict.seen);
  return (
    <Alert className={classes.conflict} color="yellow" title={say("desk.conflict.title")} role="alert">
      <p>{say(done.length === 0 ? "desk.conflict.reading" : "desk.conflict.text")}</p>
      <ul>
        {done.map((entry) => (
          <li key={entry.number} translate="no">
            {names.nameOf(entry.actor)}: {entryText(entry, say, names)}
          </li>
        ))}
      </ul>
      <Group gap="xs">
        <Button size="xs" loading={desk.isWorking} onClick={() => desk.change(...conflict.changes)}>
          {say("desk.conflict.again")}
        </Button>
        <Button size="xs" variant="default" onClick={desk.dropConflict}>
          {say("desk.conflict.drop")}
        </Button>
      </Group>
    </Alert>
  );
}
