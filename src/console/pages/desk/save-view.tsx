// The filter of the moment kept under a name, for oneself or for everybody.
import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { deskSettingCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";
import type { Sort } from "./queues.ts";

/** Sorts that change with the clock are not kept: what is due soonest stands in for them. */
function keptSort(sort: Sort): "newest" | "oldest" | "due" | "stars" {
  return sort === "value" || sort === "left" ? "due" : sort;
}

/** The list that is kept. */
interface KeptList {
  readonly filter: string;
  readonly sort: Sort;
}

/** The button and its dialog; nothing for those who may not change anything. */
export function SaveView({ list }: { readonly list: KeptList }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("feedback:write");
  const [isOpen, setOpen] = useState(false);
  if (!mayWrite) return null;
  return (
    <>
      <button type="button" className={classes.plain} onClick={() => setOpen(true)}>
        {say("desk.view.save")}
      </button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={say("desk.view.title")}
        closeButtonProps={{ "aria-label": say("shell.close") }}
      >
        <ViewForm list={list} onSaved={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function ViewForm({ list, onSaved }: { readonly list: KeptList; readonly onSaved: () => void }): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const save = useChange(deskSettingCalls.createDeskView, {
    touches: [deskSettingCalls.listDeskViews],
    onDone: () => {
      onSaved();
      tell(say("desk.view.saved"));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ body: { name: name.trim(), isShared, filter: list.filter, sort: keptSort(list.sort) } });
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={say("desk.view.name")}
        value={name}
        maxLength={100}
        required
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        mt="md"
        label={say("desk.view.shared")}
        checked={isShared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
      <FormError error={save.error} />
      <Group justify="flex-end" mt="md">
        <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
          {say("parts.save")}
        </Button>
      </Group>
    </form>
  );
}
