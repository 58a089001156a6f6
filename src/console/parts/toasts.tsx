// Short messages at the edge: what was done, with a way to take it back; what failed, in words.
import { Button } from "@mantine/core";
import { hideNotification, showNotification } from "@mantine/notifications";
import { type ReactNode, useMemo } from "react";
import type { CallFailed } from "../calls.ts";
import { newKey } from "../calls.ts";
import { useReader } from "../reader.tsx";
import { problemText } from "./problem-text.ts";
import classes from "./toasts.module.css";

/** How long an undo is offered, ms. */
const UNDO_MS = 8000;

/** Shows messages. */
export interface Toasts {
  /** What was done. */
  readonly tell: (text: string) => void;
  /** What was done, with a button that takes it back. */
  readonly tellUndoable: (text: string, undo: () => void) => void;
  /** What failed. */
  readonly tellFailure: (error: CallFailed) => void;
}

/** `const { tell, tellUndoable, tellFailure } = useToasts()`. */
export function useToasts(): Toasts {
  const { say } = useReader();
  return useMemo(() => {
    const closeButtonProps = { "aria-label": say("shell.close") };
    return {
      tell: (text) => void showNotification({ message: text, closeButtonProps }),
      tellFailure: (error) =>
        void showNotification({ message: problemText(error, say), color: "red", closeButtonProps }),
      tellUndoable: (text, undo) => {
        const id = newKey();
        const take = (): void => {
          hideNotification(id);
          undo();
        };
        const message = <Undoable text={text} action={say("parts.undo")} onUndo={take} />;
        showNotification({ id, message, autoClose: UNDO_MS, closeButtonProps });
      },
    };
  }, [say]);
}

function Undoable(props: {
  readonly text: string;
  readonly action: string;
  readonly onUndo: () => void;
}): ReactNode {
  return (
    <span className={classes.undo}>
      {props.text}
      <Button size="compact-sm" variant="light" onClick={props.onUndo}>
        {props.action}
      </Button>
    </span>
  );
}
