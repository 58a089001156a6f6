// Work on many items at once: those that are selected one by one, or everything that the filter finds.
import { Button, Menu, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { deskCalls } from "../../../contract/index.ts";
import { call, useCall } from "../../api.ts";
import { CallFailed } from "../../calls.ts";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMe } from "../../session.tsx";
import { AnswerMany } from "./answer-many.tsx";
import { ExportMenu } from "./export-menu.tsx";
import type { Item } from "./marks.tsx";
import { useColleagues } from "./names.ts";
import { usePageKeys } from "./use-page-keys.ts";
import type { Change } from "./use-work.ts";

/** Rounds of a bulk call before it is taken for endless: each does up to 2000 items. */
const ROUNDS = 50;

/** Most items that an export can name one by one. */
const EXPORTED = 200;

/** What became of many. */
interface Done {
  changed: number;
  refused: number;
  /** What takes it back: items that were changed, as they were. */
  readonly before: { readonly item: Item; readonly version: number }[];
}

/** The change that makes an item what it was; null: it cannot be made. */
function reverse(change: Change, item: Item): Change | null {
  if (change.kind === "assign") return { kind: "assign", person: item.assignee };
  if (change.kind === "word" && change.isOn) return { ...change, isOn: false };
  const { state } = item;
  if (change.kind !== "state" || state === "asked" || state === "answered") return null;
  return { kind: "state", to: state };
}

async function workOnEach(items: readonly Item[], changeOf: (item: Item) => Change | null): Promise<Done> {
  const done: Done = { changed: 0, refused: 0, before: [] };
  for (const item of items) {
    const change = changeOf(item);
    if (change === null) continue;
    try {
      const body = { version: item.version, changes: [change] };
      const after = await call(deskCalls.workOnDeskItem, { params: { itemId: item.id }, body });
      done.changed += 1;
      if (after.version !== item.version) done.before.push({ item, version: after.version });
    } catch (error) {
      if (!(error instanceof CallFailed) || error.status !== 409) throw error;
      done.refused += 1;
    }
  }
  return done;
}

async function workOnAll(filter: string, change: Exclude<Change, { kind: "note" }>): Promise<Done> {
  const done: Done = { changed: 0, refused: 0, before: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const report = await call(deskCalls.workOnDesk, { body: { filter, change } });
    done.changed += report.changed;
    done.refused = report.refused;
    if (!report.isMore || report.changed === 0) break;
  }
  return done;
}

/** Runs work on many, tells what became of it, and offers to take it back. */
function useBulk(onDone: () => void): {
  readonly run: (work: () => Promise<Done>, undo?: (done: Done) => Promise<Done>) => void;
  readonly isBusy: boolean;
} {
  const { say } = useReader();
  const { tell, tellUndoable, tellFailure } = useToasts();
  const [isBusy, setBusy] = useState(false);
  const run = (work: () => Promise<Done>, undo?: (done: Done) => Promise<Done>): void => {
    setBusy(true);
    work()
      .then(
        (done) => {
          const text = say("desk.bulk.done", { count: done.changed });
          const told =
            done.refused === 0 ? text : `${text} ${say("desk.bulk.refused", { count: done.refused })}`;
          if (undo === undefined || done.before.length === 0) tell(told);
          else tellUndoable(told, () => run(() => undo(done)));
          onDone();
        },
        (error: unknown) => {
          if (!(error instanceof CallFailed)) throw error;
          tellFailure(error);
          onDone();
        },
      )
      .finally(() => setBusy(false));
  };
  return { run, isBusy };
}

/** The buttons above the rows while something is selected. */
export function BulkActions(props: {
  readonly ids: ReadonlySet<string>;
  readonly rows: readonly Item[];
  readonly filter: string;
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useReader();
  const { id: me } = useMe();
  const [isAll, setAll] = useState(false);
  const { run, isBusy } = useBulk(props.onDone);
  const matching = useCall(deskCalls.countDeskItems, { body: { filters: [props.filter] } }).data?.counts[0];
  const items = props.rows.filter(({ id }) => props.ids.has(id));
  const apply = (change: Exclude<Change, { kind: "note" }>): void => {
    if (isAll) run(() => workOnAll(props.filter, change));
    else
      run(
        () => workOnEach(items, () => change),
        ({ before }) =>
          workOnEach(
            before.map(({ item, version }) => ({ ...item, version })),
            (item) => reverse(change, item),
          ),
      );
  };
  usePageKeys({
    a: () => document.querySelector<HTMLButtonElement>('main button[data-key="a"]')?.click(),
    t: () => document.querySelector<HTMLButtonElement>('main button[data-key="t"]')?.click(),
    m: () => apply({ kind: "assign", person: me }),
    e: () => apply({ kind: "state", to: "closed" }),
  });
  const hasMore = matching !== undefined && matching.count > props.rows.length;
  const isEvery = props.ids.size === props.rows.length;
  return (
    <>
      {hasMore && isEvery && (
        <Button size="xs" variant={isAll ? "filled" : "light"} onClick={() => setAll(!isAll)}>
          {say(isAll ? "desk.bulk.allChosen" : "desk.bulk.all", { count: matching.count })}
        </Button>
      )}
      <AnswerMany ids={isAll ? null : [...props.ids]} filter={props.filter} onDone={props.onDone} />
      <AssignMenu onChoose={(person) => apply({ kind: "assign", person })} isBusy={isBusy} />
      <TagMenu onChoose={(word) => apply({ kind: "word", of: "tag", word, isOn: true })} isBusy={isBusy} />
      <StateButtons onChoose={(to) => apply({ kind: "state", to })} isBusy={isBusy} />
      {(isAll || items.length <= EXPORTED) && (
        <ExportMenu filter={props.filter} {...(isAll ? {} : { ids: items.map(({ id }) => id) })} />
      )}
    </>
  );
}

/** States: the ends of the work as buttons, the others in a menu. */
function StateButtons(props: {
  readonly onChoose: (to: "no_reaction" | "closed" | "in_progress" | "waiting") => void;
  readonly isBusy: boolean;
}): ReactNode {
  const { say } = useReader();
  const { onChoose, isBusy } = props;
  const button = { size: "xs", variant: "default", loading: isBusy } as const;
  return (
    <>
      <Button {...button} onClick={() => onChoose("no_reaction")}>
        {say("desk.act.noReaction")}
      </Button>
      <Button {...button} onClick={() => onChoose("closed")}>
        {say("desk.act.close")}
      </Button>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="xs" variant="default" disabled={isBusy}>
            {say("desk.act.more")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(["in_progress", "waiting"] as const).map((to) => (
            <Menu.Item key={to} onClick={() => onChoose(to)}>
              {say(`desk.act.${to}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** A menu of colleagues, oneself first. */
export function AssignMenu(props: {
  readonly onChoose: (person: string | null) => void;
  readonly isBusy?: boolean;
  readonly name?: string;
}): ReactNode {
  const { say } = useReader();
  const { id: me } = useMe();
  const { colleagues } = useColleagues();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs" variant="default" disabled={props.isBusy ?? false} data-key="a">
          {props.name ?? say("desk.act.assign")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        <Menu.Item onClick={() => props.onChoose(me)}>{say("desk.act.toMe")}</Menu.Item>
        <Menu.Item onClick={() => props.onChoose(null)}>{say("desk.act.toNobody")}</Menu.Item>
        <Menu.Divider />
        {colleagues
          .filter(({ id }) => id !== me)
          .map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => props.onChoose(id)} translate="no">
              {name}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function TagMenu(props: { readonly onChoose: (word: string) => void; readonly isBusy: boolean }): ReactNode {
  const { say } = useReader();
  const [word, setWord] = useState("");
  const [isOpen, setOpen] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (word.trim() === "") return;
    setOpen(false);
    props.onChoose(word.trim());
    setWord("");
  };
  return (
    <Menu position="bottom-start" opened={isOpen} onChange={setOpen} trapFocus={false}>
      <Menu.Target>
        <Button size="xs" variant="default" disabled={props.isBusy} data-key="t">
          {say("desk.act.tag")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown p="xs">
        <form onSubmit={submit}>
          <TextInput
            aria-label={say("desk.work.newTag")}
            placeholder={say("desk.work.newTag")}
            size="xs"
            maxLength={60}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
          />
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
