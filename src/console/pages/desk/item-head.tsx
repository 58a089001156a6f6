// The head of an item: stars, state and clock, who works on it, and the way to its neighbours within the list.
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconDots } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { deskCalls } from "../../../contract/index.ts";
import { usePages } from "../../api.ts";
import { useCopy } from "../../parts/copy-field.tsx";
import { When } from "../../parts/figures.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { useReader } from "../../reader.tsx";
import { useMay, useMe } from "../../session.tsx";
import { AssignMenu } from "./bulk.tsx";
import classes from "./desk.module.css";
import { ErasePerson } from "./erase.tsx";
import { AnswerMark, DueClock, type Item, Rating, SourceMark, StateMark } from "./marks.tsx";
import { useBranches, useColleagues } from "./names.ts";
import { useDeskList } from "./page.tsx";
import { OpenNow } from "./presence.tsx";
import { deskAddress } from "./queues.ts";
import { usePageKeys } from "./use-page-keys.ts";
import type { Desk, Detail } from "./use-work.ts";

/** The head. */
export function ItemHead({ desk, detail }: { readonly desk: Desk; readonly detail: Detail }): ReactNode {
  const { say } = useReader();
  const { item } = detail;
  const [list] = useDeskList();
  const { branchName } = useBranches();
  const number = item.sourceOrderId ?? item.orderId;
  return (
    <PageHeader
      isThing
      title={say("desk.itemTitle", { order: number })}
      back={{ path: deskAddress(list), title: say("pages.desk") }}
      about={
        <span className={classes.headLine}>
          <Rating rating={item.rating} />
          <StateMark state={item.state} />
          <AnswerMark answer={item.answer} />
          <SourceMark source={item.source} />
          <span translate="no">{branchName(item.branchId)}</span>
          <When at={item.receivedAt} style="ago" />
          <DueClock dueAt={item.dueAt} />
          <CopyNumber number={number} />
          <OpenNow people={detail.openBy} />
        </span>
      }
      actions={<HeadActions desk={desk} detail={detail} />}
    />
  );
}

function CopyNumber({ number }: { readonly number: string }): ReactNode {
  const { say } = useReader();
  const { isCopied, copy } = useCopy();
  return (
    <button type="button" className={classes.plain} onClick={() => copy(number)}>
      {say(isCopied ? "parts.copied" : "desk.copyNumber")}
    </button>
  );
}

function HeadActions({ desk, detail }: { readonly desk: Desk; readonly detail: Detail }): ReactNode {
  const { say } = useReader();
  const { id: me } = useMe();
  const { nameOf } = useColleagues();
  const mayWrite = useMay("feedback:write");
  const [isErasing, setErasing] = useState(false);
  const { item } = detail;
  const isOpen = ["new", "in_progress", "waiting"].includes(item.state);
  const openAssign = (): void =>
    document.querySelector<HTMLButtonElement>('main button[data-key="a"]')?.click();
  usePageKeys(
    mayWrite
      ? {
          m: () => desk.change({ kind: "assign", person: me }),
          a: openAssign,
          e: () => isOpen && desk.change({ kind: "state", to: "closed" }),
        }
      : {},
  );
  return (
    <>
      {mayWrite && item.state !== "asked" && (
        <>
          <AssignMenu
            isBusy={desk.isWorking}
            name={item.assignee === null ? say("desk.act.assign") : nameOf(item.assignee)}
            onChoose={(person) => desk.change({ kind: "assign", person })}
          />
          <StateButton desk={desk} isOpen={isOpen} />
        </>
      )}
      <Neighbours itemId={item.id} />
      <MoreMenu desk={desk} item={item} onErase={() => setErasing(true)} />
      <ErasePerson item={item} isOpen={isErasing} onClose={() => setErasing(false)} onDone={desk.renew} />
    </>
  );
}

function StateButton({ desk, isOpen }: { readonly desk: Desk; readonly isOpen: boolean }): ReactNode {
  const { say } = useReader();
  return (
    <Button
      size="xs"
      variant="default"
      disabled={desk.isWorking}
      onClick={() => desk.change({ kind: "state", to: isOpen ? "no_reaction" : "in_progress" })}
    >
      {say(isOpen ? "desk.act.noReaction" : "desk.act.reopen")}
    </Button>
  );
}

function MoreMenu(props: {
  readonly desk: Desk;
  readonly item: Item;
  readonly onErase: () => void;
}): ReactNode {
  const { say } = useReader();
  const { desk, item } = props;
  const mayWrite = useMay("feedback:write");
  const mayErase = useMay("erasures:write");
  if (!mayWrite && !mayErase) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          size="md"
          variant="default"
          aria-label={say("desk.act.more")}
          title={say("desk.act.more")}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayWrite &&
          (["in_progress", "waiting", "closed"] as const)
            .filter((state) => state !== item.state && item.state !== "asked")
            .map((state) => (
              <Menu.Item key={state} onClick={() => desk.change({ kind: "state", to: state })}>
                {say(`desk.act.${state}`)}
              </Menu.Item>
            ))}
        {mayErase && (
          <Menu.Item color="red.8" onClick={props.onErase}>
            {say("desk.erase.open")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The item before and the one after within the list that one came from. */
function Neighbours({ itemId }: { readonly itemId: string }): ReactNode {
  const { say } = useReader();
  const [list] = useDeskList();
  const [, go] = useLocation();
  const { rows, hasMore, fetchMore } = usePages(deskCalls.listDeskItems, { query: list }, { isStill: true });
  const [held, hold] = useState(rows);
  const at = rows.findIndex(({ id }) => id === itemId);
  // Work may have moved the item out of the list: its place is remembered.
  const last = held.findIndex(({ id }) => id === itemId);
  useEffect(() => {
    if (at !== -1) hold(rows);
  }, [at, rows]);
  const [shown, place] = at === -1 ? [held, last] : [rows, at];
  useEffect(() => {
    if (at !== -1 && at >= rows.length - 2 && hasMore) fetchMore();
  }, [at, rows.length, hasMore, fetchMore]);
  const before = place > 0 ? shown[place - 1] : undefined;
  const after = place === -1 ? rows[0] : shown[place + 1];
  const open = (id: string | undefined): void => {
    if (id !== undefined) go(deskAddress(list, id));
  };
  usePageKeys({ k: () => open(before?.id), j: () => open(after?.id) });
  return (
    <span className={classes.neighbours}>
      <ActionIcon
        size="md"
        variant="default"
        disabled={before === undefined}
        aria-label={say("desk.before")}
        title={say("desk.before")}
        onClick={() => open(before?.id)}
      >
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon
        size="md"
        variant="default"
        disabled={after === undefined || after.id === itemId}
        aria-label={say("desk.after")}
        title={say("desk.after")}
        onClick={() => open(after?.id)}
      >
        <IconChevronDown size={16} />
      </ActionIcon>
    </span>
  );
}
