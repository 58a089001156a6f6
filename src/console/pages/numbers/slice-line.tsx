// The line of conditions: period, source, branch and free words of the filter; everything goes into the address.
import { Select, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";
import { useBranchNames } from "./branch-names.ts";
import { SOURCES, sourceName } from "./figures.ts";
import { PERIODS, periodOf, USUAL_PERIOD } from "./filters.ts";
import classes from "./numbers.module.css";
import type { SliceState } from "./slice.ts";

/** The line; `hasFree`: with a field for free conditions. */
export function SliceLine({
  state,
  hasFree,
}: {
  readonly state: SliceState;
  readonly hasFree: boolean;
}): ReactNode {
  const { say } = useReader();
  const [slice, change] = state;
  return (
    <div className={classes.bar}>
      <PeriodField day={slice.day} onChange={(day) => change({ day })} />
      <Select
        label={say("numbers.source.name")}
        data={[
          { value: "", label: say("numbers.source.all") },
          ...SOURCES.map((source) => ({ value: source, label: sourceName(source, say) })),
        ]}
        value={slice.source}
        onChange={(source) => change({ source: source ?? "" })}
      />
      <BranchField branch={slice.branch} onChange={(branch) => change({ branch })} />
      {hasFree && <FreeField filter={slice.filter} onChange={(filter) => change({ filter })} />}
    </div>
  );
}

/** Says in words which days are meant and by which clock. */
export function DaysSaid({ day }: { readonly day: string }): ReactNode {
  const { say, zone } = useReader();
  const period = periodOf(day);
  const today = period === null ? "ownDays" : period.hasToday ? "today" : "noToday";
  return (
    <p className={classes.said}>
      {say(`numbers.period.${today}`)} {say("numbers.period.clock")} <span translate="no">{zone}</span>
    </p>
  );
}

/** Periods of the menu, under whether today belongs to them. */
function periodGroups(say: Say) {
  const items = (hasToday: boolean) =>
    PERIODS.filter((period) => period.hasToday === hasToday).map(({ name }) => ({
      value: name as string,
      label: say(`numbers.period.${name}`),
    }));
  return [
    { group: say("numbers.period.withoutToday"), items: items(false) },
    {
      group: say("numbers.period.withToday"),
      items: [...items(true), { value: OWN, label: say("numbers.period.own") }],
    },
  ];
}

const OWN = "own";

function PeriodField(props: { readonly day: string; readonly onChange: (day: string) => void }): ReactNode {
  const { say } = useReader();
  const isOwn = periodOf(props.day) === null;
  const [from = "", to = ""] = isOwn ? props.day.split("..") : [];
  const setDays = (first: string, last: string): void => {
    if (first !== "" && last !== "")
      props.onChange(first <= last ? `${first}..${last}` : `${last}..${first}`);
  };
  return (
    <>
      <Select
        label={say("numbers.period.name")}
        data={periodGroups(say)}
        value={isOwn ? OWN : props.day === "" ? USUAL_PERIOD : props.day}
        onChange={(value) => props.onChange(value === OWN ? lastWeek() : (value ?? ""))}
      />
      {isOwn && (
        <div className={classes.days}>
          <TextInput
            type="date"
            label={say("numbers.period.from")}
            value={from}
            onChange={(event) => setDays(event.currentTarget.value, to)}
          />
          <TextInput
            type="date"
            label={say("numbers.period.to")}
            value={to}
            onChange={(event) => setDays(from, event.currentTarget.value)}
          />
        </div>
      )}
    </>
  );
}

/** Where days of one's own begin: the last seven by the reader's calendar. */
function lastWeek(): string {
  const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  return `${day(7)}..${day(1)}`;
}

function BranchField(props: {
  readonly branch: string;
  readonly onChange: (branch: string) => void;
}): ReactNode {
  const { say } = useReader();
  const { all } = useBranchNames();
  const known = all.some(({ id }) => id === props.branch) || props.branch === "";
  return (
    <Select
      label={say("numbers.branch.name")}
      searchable
      translate="no"
      data={[
        { value: "", label: say("numbers.branch.all") },
        ...all.map(({ id, name }) => ({ value: id, label: name })),
        ...(known ? [] : [{ value: props.branch, label: props.branch }]),
      ]}
      value={props.branch}
      onChange={(branch) => props.onChange(branch ?? "")}
    />
  );
}

/** A condition that shows how they are written. */
const EXAMPLE = "has:comment";

function FreeField(props: {
  readonly filter: string;
  readonly onChange: (filter: string) => void;
}): ReactNode {
  const { say } = useReader();
  const [text, setText] = useState(props.filter);
  useEffect(() => setText(props.filter), [props.filter]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onChange(text.trim());
  };
  return (
    <form className={classes.free} onSubmit={submit}>
      <TextInput
        label={say("numbers.filter.name")}
        classNames={{ input: "mono" }}
        placeholder={EXAMPLE}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => text.trim() !== props.filter && props.onChange(text.trim())}
        spellCheck={false}
        data-search
      />
    </form>
  );
}
