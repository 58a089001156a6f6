// Saved views, and the words that stand on items.
import { Anchor, Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { deskCalls, deskSettingCalls } from "../../../contract/index.ts";
import { type ItemOf, useCall, useChange, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";
import { quoted } from "./filter-text.ts";
import { deskAddress } from "./queues.ts";

type View = ItemOf<typeof deskSettingCalls.listDeskViews>;

/** The views. */
export function ViewSettings(): ReactNode {
  const { say } = useReader();
  const list = usePages(deskSettingCalls.listDeskViews, { query: {} });
  if (list.isPending) return <ListSkeleton />;
  if (list.error !== null) return <ErrorState error={list.error} onRetry={list.refetch} />;
  if (list.rows.length === 0)
    return <EmptyState title={say("deskSettings.views.empty")} text={say("deskSettings.views.emptyText")} />;
  return (
    <ul className={classes.lines}>
      {list.rows.map((view) => (
        <ViewLine key={view.id} view={view} />
      ))}
    </ul>
  );
}

function ViewLine({ view }: { readonly view: View }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("feedback:write");
  const { tellUndoable, tellFailure } = useToasts();
  const { id: viewId, name, filter, sort, isShared } = view;
  const wish = { name, filter, sort, isShared };
  const touches = [deskSettingCalls.listDeskViews];
  const restore = useChange(deskSettingCalls.createDeskView, { touches });
  const put = useChange(deskSettingCalls.putDeskView, { touches });
  const remove = useChange(deskSettingCalls.removeDeskView, {
    touches,
    onDone: () =>
      tellUndoable(say("deskSettings.views.removed", { name }), () =>
        restore.mutate({ body: wish }, { onError: tellFailure }),
      ),
  });
  const share = (): void =>
    put.mutate({ params: { viewId }, body: { ...wish, isShared: !isShared } }, { onError: tellFailure });
  return (
    <li className={classes.settingLine}>
      <span className={classes.grow}>
        <Anchor component={Link} href={deskAddress({ filter, sort })} translate="no">
          {name}
        </Anchor>{" "}
        <span className="soft">{say(isShared ? "deskSettings.views.shared" : "deskSettings.views.own")}</span>
        <br />
        <span className="mono">{filter}</span>
      </span>
      {mayWrite && (
        <Group gap="xs">
          <Button size="xs" variant="default" loading={put.isPending} onClick={share}>
            {say(isShared ? "deskSettings.views.unshare" : "deskSettings.views.share")}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            loading={remove.isPending}
            onClick={() => remove.mutate({ params: { viewId } }, { onError: tellFailure })}
          >
            {say("deskSettings.remove")}
          </Button>
        </Group>
      )}
    </li>
  );
}

/** Tags and topics in use, each a list. */
export function WordSettings(): ReactNode {
  const { say } = useReader();
  return (
    <>
      <p className="soft">{say("deskSettings.words.about")}</p>
      <WordList kind="tag" />
      <WordList kind="topic" />
    </>
  );
}

function WordList({ kind }: { readonly kind: "tag" | "topic" }): ReactNode {
  const { say } = useReader();
  const { data, error, refetch } = useCall(deskCalls.listDeskWords, { query: { kind } });
  return (
    <Section title={say(kind === "tag" ? "deskSettings.words.tags" : "deskSettings.words.topics")}>
      {data === undefined &&
        (error === null ? (
          <ListSkeleton rows={3} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ))}
      {data?.words.length === 0 && <p className="soft">{say("deskSettings.words.none")}</p>}
      <div className={classes.wordList}>
        {data?.words.map(({ word, count }) => (
          <Link key={word} href={deskAddress({ filter: `${kind}:${quoted(word)}` })} className={classes.tag}>
            <span translate="no">{word}</span> <Count value={count} />
          </Link>
        ))}
      </div>
    </Section>
  );
}
