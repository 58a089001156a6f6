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

/** Keys of the inbox: on an item, and on what is selected. */
const INBOX = [
  { key: "r", word: "answer" },
  { key: "n", word: "note" },
  { key: "a", word: "assign" },
  { key: "m", word: "toMe" },
  { key: "t", word: "tag" },
  { key: "e", word: "close" },
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
      </dl>
      {places.includes("desk") && (
        <>
          <h3>{say("pages.desk")}</h3>
          <dl className={classes.keys}>
            {INBOX.map(({ key, word }) => (
              <Line key={key} keys={[key]} text={say(`shell.keys.${word}`)} />
            ))}
          </dl>
        </>
      )}
      <h3>{say("shell.pages")}</h3>
      <dl className={classes.keys}>
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
