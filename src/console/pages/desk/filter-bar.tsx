// The filter of the inbox: one line of text that is the address too, and buttons that write into it.
import { ActionIcon, Button, Menu, Select, TextInput } from "@mantine/core";
import { IconCheck, IconSearch, IconX } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import type { CallFailed } from "../../calls.ts";
import { useReader } from "../../reader.tsx";
import classes from "./desk.module.css";
import { hasTerm, toggled, valueIn, withValue } from "./filter-text.ts";
import { EVERYTHING, FILTER_LIMIT, SORTS, type Sort } from "./queues.ts";
import { SaveView } from "./save-view.tsx";

/** Periods in whole days of the shop's zone; which hold today is said beside. */
const PERIODS = [
  "today",
  "yesterday",
  "7d",
  "30d",
  "week",
  "month",
  "last-month",
  "quarter",
  "year",
] as const;

const STARS = ["1..2", "3", "4..5"] as const;

const MARKS = ["has:comment", "is:disputed", "is:refunded"] as const;

/** Terms that show how conditions are written. */
const EXAMPLE = "rating:1..2 late:>15m";

/** The list as the address has it. */
export interface DeskList {
  readonly filter: string;
  readonly sort: Sort;
}

/** The bar. */
export function FilterBar(props: {
  readonly list: DeskList;
  readonly onChange: (change: Partial<DeskList>) => void;
  readonly error: CallFailed | null;
}): ReactNode {
  const { say } = useReader();
  const { list, onChange, error } = props;
  const [text, setText] = useState(list.filter);
  useEffect(() => setText(list.filter), [list.filter]);
  const apply = (event?: FormEvent): void => {
    event?.preventDefault();
    onChange({ filter: text.trim() === "" ? EVERYTHING : text.trim() });
  };
  const wrong = error?.code === "filter_refused" ? filterTrouble(error, list.filter) : null;
  return (
    <div className={classes.bar}>
      <form onSubmit={apply} className={classes.search}>
        <TextInput
          data-search
          className={classes.searchField}
          aria-label={say("desk.filter.name")}
          placeholder={say("desk.filter.example", { terms: EXAMPLE })}
          value={text}
          maxLength={FILTER_LIMIT}
          spellCheck={false}
          translate="no"
          leftSection={<IconSearch size={16} aria-hidden />}
          onChange={(event) => setText(event.currentTarget.value)}
          error={wrong === null ? undefined : say("desk.filter.wrong", { words: wrong })}
          rightSection={
            text === "" || text === EVERYTHING ? null : (
              <ActionIcon
                aria-label={say("desk.filter.clear")}
                title={say("desk.filter.clear")}
                onClick={() => onChange({ filter: EVERYTHING })}
              >
                <IconX size={16} />
              </ActionIcon>
            )
          }
        />
        <Select
          aria-label={say("desk.sort.name")}
          className={classes.sort}
          value={list.sort}
          data={SORTS.map((sort) => ({ value: sort, label: say(`desk.sort.${sort}`) }))}
          onChange={(sort) => onChange({ sort: (sort ?? "newest") as Sort })}
        />
      </form>
      <Chips list={list} onChange={onChange} />
    </div>
  );
}

/** Buttons that write into the filter. */
function Chips(props: {
  readonly list: DeskList;
  readonly onChange: (change: Partial<DeskList>) => void;
}): ReactNode {
  const { say } = useReader();
  const { list, onChange } = props;
  return (
    <div className={classes.chips}>
      <PeriodChip list={list} onChange={onChange} />
      {STARS.map((stars) => (
        <Chip
          key={stars}
          name={say("desk.filter.stars", { stars: stars.replace("..", "–") })}
          isOn={valueIn(list.filter, "rating") === stars}
          onClick={() => {
            const isOn = valueIn(list.filter, "rating") === stars;
            onChange({ filter: withValue(list.filter, "rating", isOn ? null : stars) });
          }}
        />
      ))}
      {MARKS.map((term) => (
        <Chip
          key={term}
          name={say(`desk.filter.${MARK_WORDS[term]}`)}
          isOn={hasTerm(list.filter, term)}
          onClick={() => onChange({ filter: toggled(list.filter, term) })}
        />
      ))}
      <SaveView list={list} />
    </div>
  );
}

const MARK_WORDS = {
  "has:comment": "withText",
  "is:disputed": "disputed",
  "is:refunded": "refunded",
} as const;

/** The words that the server could not read, by the place that it named. */
function filterTrouble(error: CallFailed, filter: string): string {
  const message = error.problem?.errors?.[0]?.message ?? "";
  const at = Number(/character (\d+)/.exec(message)?.[1] ?? Number.NaN);
  return Number.isNaN(at) ? filter : filter.slice(at - 1, at + 40);
}

function Chip(props: {
  readonly name: string;
  readonly isOn: boolean;
  readonly onClick: () => void;
}): ReactNode {
  return (
    <button type="button" className={classes.chip} aria-pressed={props.isOn} onClick={props.onClick}>
      {props.name}
    </button>
  );
}

function PeriodChip(props: {
  readonly list: DeskList;
  readonly onChange: (change: Partial<DeskList>) => void;
}): ReactNode {
  const { say, zone } = useReader();
  const { filter } = props.list;
  const now = valueIn(filter, "received");
  const known = PERIODS.find((period) => period === now);
  const name =
    now === null ? say("desk.period.name") : known === undefined ? now : say(`desk.period.${known}`);
  const choose = (period: string | null): void =>
    props.onChange({ filter: withValue(filter, "received", period) });
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.chip} aria-pressed={now !== null}>
          {name}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say("desk.period.zone", { zone })}</Menu.Label>
        {PERIODS.map((period) => (
          <Menu.Item
            key={period}
            rightSection={period === now ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => choose(period)}
          >
            {say(`desk.period.${period}`)}
          </Menu.Item>
        ))}
        <OwnPeriod onChoose={choose} />
        {now !== null && <Menu.Divider />}
        {now !== null && <Menu.Item onClick={() => choose(null)}>{say("desk.period.any")}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Two days of the calendar. */
function OwnPeriod({ onChoose }: { readonly onChoose: (period: string) => void }): ReactNode {
  const say = useReader().say;
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const isWhole = from !== "" && to !== "" && from <= to;
  return (
    <div className={classes.ownPeriod}>
      <TextInput
        type="date"
        size="xs"
        label={say("desk.period.from")}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        size="xs"
        label={say("desk.period.to")}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button size="xs" disabled={!isWhole} onClick={() => onChoose(`${from}..${to}`)}>
        {say("desk.period.show")}
      </Button>
    </div>
  );
}
