// What happened on days of the trend: listed beneath it, added and removed here.
import { ActionIcon, Button, Modal, Select, TextInput } from "@mantine/core";
import { IconFlag3, IconX } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { trendNoteCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { When } from "../../parts/figures.tsx";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay, useMe } from "../../session.tsx";
import { useBranchNames } from "./branch-names.ts";
import { SOURCES, sourceName } from "./figures.ts";
import { instantOfDay } from "./filters.ts";
import classes from "./numbers.module.css";
import { useSlice } from "./slice.ts";
import { type TrendNote, useNotePlace } from "./use-trend-notes.ts";

/** Longest note, characters. */
const TEXT_LIMIT = 200;

const NOTES = [trendNoteCalls.listTrendNotes];

/** Days that the trend shows, as dates. */
interface Days {
  readonly from: string;
  readonly to: string;
}

/** The list with the button that adds to it. */
export function TrendNotes(props: { readonly notes: readonly TrendNote[]; readonly days: Days }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("feedback:write");
  const [isOpen, setOpen] = useState(false);
  const { notes, days } = props;
  if (notes.length === 0 && !mayWrite) return null;
  return (
    <div className={classes.notes}>
      {notes.length > 0 && (
        <ul aria-label={say("numbers.notes.name")}>
          {notes.map((note) => (
            <NoteLine key={note.id} note={note} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
      {mayWrite && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFlag3 size={14} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {say("numbers.notes.add")}
        </Button>
      )}
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={say("numbers.notes.title")}
        closeButtonProps={{ "aria-label": say("shell.close") }}
      >
        <NoteForm days={days} onClose={() => setOpen(false)} />
      </Modal>
    </div>
  );
}

function NoteLine({ note, mayWrite }: { readonly note: TrendNote; readonly mayWrite: boolean }): ReactNode {
  const { say } = useReader();
  const { tellUndoable, tellFailure } = useToasts();
  const placeOf = useNotePlace();
  const again = useChange(trendNoteCalls.createTrendNote, { touches: NOTES });
  const remove = useChange(trendNoteCalls.removeTrendNote, {
    touches: NOTES,
    onDone: () => {
      const { day, branchId, source, text } = note;
      tellUndoable(say("numbers.notes.removed"), () =>
        again.mutate({ body: { day, branchId, source, text } }),
      );
    },
  });
  const place = placeOf(note);
  return (
    <li>
      <When at={noonOf(note.day)} style="day" />
      <span>
        {place !== "" && <span className="soft">{place}: </span>}
        <span translate="no">{note.text}</span>
      </span>
      {mayWrite && (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={say("numbers.notes.remove", { text: note.text })}
          title={say("numbers.notes.remove", { text: note.text })}
          loading={remove.isPending}
          onClick={() => remove.mutate({ params: { noteId: note.id } }, { onError: tellFailure })}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </li>
  );
}

/** An instant of the day (a date) that falls on it by any shop's clock, as the API writes instants. */
function noonOf(day: string): string {
  return new Date(instantOfDay(Number(day.replaceAll("-", "")))).toISOString();
}

function NoteForm({ days, onClose }: { readonly days: Days; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const [slice] = useSlice();
  const [day, setDay] = useState(days.to);
  const [branch, setBranch] = useState(slice.branch);
  const [source, setSource] = useState(slice.source);
  const [text, setText] = useState("");
  const save = useChange(trendNoteCalls.createTrendNote, { touches: NOTES, onDone: onClose });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const known = SOURCES.find((one) => one === source) ?? null;
    save.mutate({ body: { day, branchId: branch === "" ? null : branch, source: known, text: text.trim() } });
  };
  return (
    <form onSubmit={submit} className={classes.noteForm}>
      <TextInput
        label={say("numbers.notes.text")}
        placeholder={say("numbers.notes.example")}
        value={text}
        maxLength={TEXT_LIMIT}
        required
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={say("numbers.notes.day")}
        min={days.from}
        max={days.to}
        value={day}
        required
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <Place branch={branch} source={source} onBranch={setBranch} onSource={setSource} />
      <FormError error={save.error} />
      <FormButtons
        label={say("numbers.notes.save")}
        isSending={save.isPending}
        isOff={text.trim() === "" || day === ""}
        onClose={onClose}
      />
    </form>
  );
}

/** Where it holds: an outlet of the person's own or all, a source or all. */
function Place(props: {
  readonly branch: string;
  readonly source: string;
  readonly onBranch: (branch: string) => void;
  readonly onSource: (source: string) => void;
}): ReactNode {
  const { say } = useReader();
  const { outlets } = useMe();
  const { all } = useBranchNames();
  const own = all.filter(({ id }) => outlets === null || outlets.includes(id));
  return (
    <>
      <Select
        label={say("numbers.branch.name")}
        searchable
        translate="no"
        data={[
          { value: "", label: say("numbers.branch.all") },
          ...own.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={props.branch}
        onChange={(id) => props.onBranch(id ?? "")}
      />
      <Select
        label={say("numbers.source.name")}
        data={[
          { value: "", label: say("numbers.source.all") },
          ...SOURCES.map((one) => ({ value: one as string, label: sourceName(one, say) })),
        ]}
        value={props.source}
        onChange={(value) => props.onSource(value ?? "")}
      />
    </>
  );
}
