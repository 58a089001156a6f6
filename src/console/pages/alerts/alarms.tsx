// Alarms with their evidence in words, the feedback behind one click away, and what may be done about each.
import { Button, Menu, Modal, SegmentedControl, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { Link } from "wouter";
import { catalogueCalls, deskAlarmCalls } from "../../../contract/index.ts";
import { useCall, useChange, usePages } from "../../api.ts";
import { momentText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { When } from "../../parts/figures.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { shareText, sourceName } from "../numbers/figures.ts";
import { listHref } from "../numbers/filters.ts";
import { type Alarm, filterOfAlarm, placeOfAlarm } from "./alarm-filter.ts";
import classes from "./alerts.module.css";
import { Mutes } from "./mutes.tsx";

const TONES: Readonly<Record<Alarm["state"], Tone>> = {
  open: "bad",
  snoozed: "calm",
  acknowledged: "quiet",
  known: "quiet",
};

/** The view. An address with `alarm` shows all, that one marked. */
export function AlarmsView(): ReactNode {
  const { say } = useReader();
  const [{ which, alarm }, set] = useUrlState(["which", "alarm"]);
  const isAll = which === "all" || alarm !== "";
  const query = isAll ? {} : { isOpen: true };
  const isOn = useMay("catalogue:read");
  const outlets = usePages(catalogueCalls.listOutlets, { query: { limit: 100 } }, { isOn }).rows;
  const { data, error, refetch } = useCall(deskAlarmCalls.listDeskAlarms, { query }, { everyMs: 60_000 });
  return (
    <>
      <SegmentedControl
        aria-label={say("alerts.which.name")}
        data={[
          { value: "open", label: say("alerts.which.open") },
          { value: "all", label: say("alerts.which.all") },
        ]}
        value={isAll ? "all" : "open"}
        onChange={(value) => set({ which: value === "all" ? "all" : "", alarm: "" })}
      />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <ListSkeleton rows={4} />}
      {data?.alarms.length === 0 && (
        <EmptyState title={say(isAll ? "alerts.emptyAll" : "alerts.empty")} text={say("alerts.emptyText")} />
      )}
      <ul className={classes.list}>
        {data?.alarms.map((one) => (
          <AlarmRow key={one.id} alarm={one} outlets={outlets} isChosen={one.id === alarm} />
        ))}
      </ul>
      <Mutes nameOf={(id) => outlets.find((one) => one.id === id)?.name ?? id} />
    </>
  );
}

function AlarmRow(props: {
  readonly alarm: Alarm;
  readonly outlets: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly city: string | null;
  }[];
  readonly isChosen: boolean;
}): ReactNode {
  const { alarm, outlets, isChosen } = props;
  const { say, language, zone } = useReader();
  const mayWrite = useMay("feedback:write");
  const name = outlets.find(({ id }) => id === alarm.branchId)?.name ?? alarm.branchId;
  const filter = filterOfAlarm(alarm, outlets);
  const place = placeOfAlarm(alarm, outlets);
  const days = `${alarm.since}..${alarm.day}`;
  const numbers = `/numbers?${new URLSearchParams({ day: days, filter: place })}`;
  return (
    <li className={classes.alarm} data-chosen={isChosen || undefined} data-alarm={alarm.state}>
      <div className={classes.head}>
        <StateBadge tone={TONES[alarm.state]}>{say(`alerts.state.${alarm.state}`)}</StateBadge>
        {alarm.branchId === null && alarm.city === null ? (
          <strong>{say("alerts.everywhere")}</strong>
        ) : (
          <strong translate="no">{name ?? alarm.city}</strong>
        )}
        <span className="soft">{sourceName(alarm.source, say)}</span>
        <span className="soft">
          {say("alerts.raisedAt")} <When at={alarm.raisedAt} style="ago" />
        </span>
        {alarm.snoozedUntil !== null && (
          <span className="soft">
            {say("alerts.until", { when: momentText(alarm.snoozedUntil, language, zone) })}
          </span>
        )}
      </div>
      <p className={classes.evidence} translate="no" lang={language}>
        {alarm.text[language]}
      </p>
      <div className={classes.links}>
        <Link href={listHref(`${filter} rating:1..2`)}>{say("alerts.behind", { low: alarm.low })}</Link>
        <Link href={listHref(`${filter} rating:1..5`)}>{say("alerts.allBehind", { of: alarm.of })}</Link>
        <Link href={numbers}>{say("alerts.numbers")}</Link>
        <span className="soft">{say("alerts.usual", { usual: shareText(alarm.usual, language) })}</span>
      </div>
      {alarm.note !== null && (
        <p>
          {say("alerts.note")}: <span translate="no">{alarm.note}</span>
        </p>
      )}
      {mayWrite && (alarm.state === "open" || alarm.state === "snoozed") && <AlarmActs alarm={alarm} />}
    </li>
  );
}

const DAY_MS = 86_400_000;

const TOUCHED = [deskAlarmCalls.listDeskAlarms, deskAlarmCalls.listDeskMutes];

/** For how long an alarm may sleep, and a branch be muted, days. */
const SLEEPS = [
  { days: 1, word: "day" },
  { days: 3, word: "threeDays" },
  { days: 7, word: "week" },
] as const;
const MUTES = [
  { days: 7, word: "week" },
  { days: 30, word: "month" },
] as const;

function AlarmActs({ alarm }: { readonly alarm: Alarm }): ReactNode {
  const { say } = useReader();
  const { tell, tellFailure } = useToasts();
  const [isNaming, setNaming] = useState(false);
  const change = useChange(deskAlarmCalls.actOnDeskAlarm, { touches: TOUCHED });
  const act = (what: "acknowledge" | "snooze" | "mute", days?: number): void => {
    const until = days === undefined ? {} : { until: new Date(Date.now() + days * DAY_MS).toISOString() };
    change.mutate(
      { params: { alarmId: alarm.id }, body: { act: what, ...until } },
      { onSuccess: () => tell(say(`alerts.done.${what}`)), onError: tellFailure },
    );
  };
  return (
    <div className={classes.acts}>
      <Button size="xs" loading={change.isPending} onClick={() => act("acknowledge")}>
        {say("alerts.act.acknowledge")}
      </Button>
      <Button size="xs" variant="default" onClick={() => setNaming(true)}>
        {say("alerts.act.known_cause")}
      </Button>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default">
            {say("alerts.act.more")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{say("alerts.act.snooze")}</Menu.Label>
          {SLEEPS.map(({ days, word }) => (
            <Menu.Item key={days} onClick={() => act("snooze", days)}>
              {say(`alerts.act.${word}`)}
            </Menu.Item>
          ))}
          <Menu.Label>{say("alerts.act.mute")}</Menu.Label>
          {MUTES.map(({ days, word }) => (
            <Menu.Item key={days} onClick={() => act("mute", days)}>
              {say(`alerts.act.${word}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isNaming}
        onClose={() => setNaming(false)}
        title={say("alerts.cause.title")}
        closeButtonProps={{ "aria-label": say("shell.close") }}
      >
        <CauseForm alarm={alarm} onClose={() => setNaming(false)} />
      </Modal>
    </div>
  );
}

function CauseForm({ alarm, onClose }: { readonly alarm: Alarm; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const [note, setNote] = useState("");
  const change = useChange(deskAlarmCalls.actOnDeskAlarm, {
    touches: [deskAlarmCalls.listDeskAlarms],
    onDone: () => {
      tell(say("alerts.done.known_cause"));
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ params: { alarmId: alarm.id }, body: { act: "known_cause", note: note.trim() } });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className="soft">{say("alerts.cause.text")}</p>
      <Textarea
        label={say("alerts.cause.label")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={1000}
        autosize
        minRows={2}
        data-autofocus
      />
      <FormError error={change.error} />
      <Button type="submit" loading={change.isPending} disabled={note.trim() === ""}>
        {say("alerts.cause.save")}
      </Button>
    </form>
  );
}
