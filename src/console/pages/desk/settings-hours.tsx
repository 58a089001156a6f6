// Working hours of the week: the usual ones, and those of outlets that have their own.
import { ActionIcon, Button, Group, Select, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Section } from "../../parts/page-header.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./desk.module.css";
import { useBranches } from "./names.ts";
import type { Policy } from "./settings-policy.tsx";

type Shift = Policy["hours"][number];

const DAYS = ["1", "2", "3", "4", "5", "6", "7"] as const;

/** Minutes of a day as a clock shows them; a whole day ends at 23:59 on it. */
function clock(minute: number): string {
  const shown = Math.min(minute, 1439);
  return `${String(Math.floor(shown / 60)).padStart(2, "0")}:${String(shown % 60).padStart(2, "0")}`;
}

function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  const minute = hours * 60 + minutes;
  return minute === 1439 ? 1440 : minute;
}

/** The fields. */
export function HoursFields(props: {
  readonly policy: Policy;
  readonly onChange: (policy: Policy) => void;
}): ReactNode {
  const { say } = useReader();
  const { policy, onChange } = props;
  const [whose, setWhose] = useState("");
  const own = policy.branchHours.find(({ branchId }) => branchId === whose);
  const shifts = whose === "" ? policy.hours : (own?.hours ?? []);
  const write = (hours: Shift[]): void => {
    const others = policy.branchHours.filter(({ branchId }) => branchId !== whose);
    onChange(
      whose === ""
        ? { ...policy, hours }
        : { ...policy, branchHours: [...others, { branchId: whose, hours }] },
    );
  };
  const isShown = whose === "" || own !== undefined;
  return (
    <Section title={say("deskSettings.policy.hours")} about={say("deskSettings.policy.hoursAbout")}>
      <WhoseHours
        whose={whose}
        isOwn={own !== undefined}
        onChoose={setWhose}
        onOwn={(isOwn) =>
          isOwn
            ? write([...policy.hours])
            : onChange({
                ...policy,
                branchHours: policy.branchHours.filter(({ branchId }) => branchId !== whose),
              })
        }
      />
      {isShown && (
        <ul className={classes.lines}>
          {DAYS.map((day) => (
            <li key={day} className={classes.settingLine}>
              <strong className={classes.weekday}>{say(`deskSettings.policy.day.${day}`)}</strong>
              <DayShifts day={Number(day)} shifts={shifts} onChange={write} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function DayShifts(props: {
  readonly day: number;
  readonly shifts: readonly Shift[];
  readonly onChange: (shifts: Shift[]) => void;
}): ReactNode {
  const { say } = useReader();
  const { day, shifts, onChange } = props;
  const own = shifts.filter(({ weekday }) => weekday === day);
  const set = (shift: Shift, change: Partial<Shift>): void =>
    onChange(shifts.map((one) => (one === shift ? { ...one, ...change } : one)));
  return (
    <>
      {own.length === 0 && <span className="soft">{say("deskSettings.policy.free")}</span>}
      {own.map((shift, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a shift is its place in the day.
        <span key={index} className={classes.shift}>
          <TextInput
            size="xs"
            type="time"
            aria-label={say("deskSettings.policy.begins")}
            value={clock(shift.from)}
            onChange={(event) => set(shift, { from: minuteOf(event.currentTarget.value) })}
          />
          <TextInput
            size="xs"
            type="time"
            aria-label={say("deskSettings.policy.ends")}
            value={clock(shift.to)}
            onChange={(event) => set(shift, { to: minuteOf(event.currentTarget.value) })}
          />
          <ActionIcon
            aria-label={say("deskSettings.remove")}
            title={say("deskSettings.remove")}
            onClick={() => onChange(shifts.filter((one) => one !== shift))}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </span>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => onChange([...shifts, { weekday: day, from: 540, to: 1260 }])}
      >
        {say("deskSettings.add")}
      </Button>
    </>
  );
}

function WhoseHours(props: {
  readonly whose: string;
  readonly isOwn: boolean;
  readonly onChoose: (whose: string) => void;
  readonly onOwn: (isOwn: boolean) => void;
}): ReactNode {
  const { say } = useReader();
  const { branches } = useBranches();
  const { whose, isOwn } = props;
  return (
    <Group align="flex-end" mb="sm">
      <Select
        size="xs"
        w={280}
        searchable
        label={say("deskSettings.policy.whose")}
        value={whose}
        data={[
          { value: "", label: say("deskSettings.policy.usual") },
          ...branches.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => props.onChoose(value ?? "")}
      />
      {whose !== "" && (
        <Button size="xs" variant="default" onClick={() => props.onOwn(!isOwn)}>
          {say(isOwn ? "deskSettings.policy.dropOwn" : "deskSettings.policy.own")}
        </Button>
      )}
    </Group>
  );
}
