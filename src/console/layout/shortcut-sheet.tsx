// The sheet of keys, opened by `?`.
import { Kbd, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { pageRow } from "../pages/registry.ts";
import { useReader } from "../reader.tsx";
import classes from "./layout.module.css";
import { usePlaces } from "./places.ts";

const GENERAL = [
  { keys: ["Ctrl", "K"], word: "palette" },
  { keys: ["/"], word: "search" },
  { keys: ["?"], word: "sheet" },
  { keys: ["j", "k"], word: "list" },
  { keys: ["Enter"], word: "open" },
  { keys: ["x"], word: "select" },
] as const;

/** The sheet. */
export default function ShortcutSheet(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const places = usePlaces();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={say("shell.keys.title")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <dl className={classes.keys}>
        {GENERAL.map(({ keys, word }) => (
          <Line key={word} keys={keys} text={say(`shell.keys.${word}`)} />
        ))}
        {places.map((id) => (
          <Line key={id} keys={["g", pageRow(id).letter ?? ""]} text={say(`pages.${id}`)} />
        ))}
      </dl>
    </Modal>
  );
}

function Line({ keys, text }: { readonly keys: readonly string[]; readonly text: string }): ReactNode {
  return (
    <>
      <dt>
        {keys.map((key) => (
          <Kbd key={key} size="sm">
            {key}
          </Kbd>
        ))}
      </dt>
      <dd>{text}</dd>
    </>
  );
}
