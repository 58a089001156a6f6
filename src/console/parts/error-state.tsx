// A page or a list that could not be read: what happened, in words, and a way to try again.
import { Button, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { CallFailed } from "../calls.ts";
import { useSay } from "../reader.tsx";
import { problemText } from "./problem-text.ts";
import classes from "./states.module.css";

/** What is shown. */
export interface ErrorStateProps {
  readonly error: CallFailed;
  /** Left out: there is no button. */
  readonly onRetry?: () => void;
  /** True: stands alone in the window. */
  readonly isWhole?: boolean;
}

/** The state of something that could not be read. */
export function ErrorState({ error, onRetry, isWhole = false }: ErrorStateProps): ReactNode {
  const say = useSay();
  const requestId = error.problem?.instance;
  return (
    <div className={`${classes.state} ${isWhole ? classes.whole : ""}`} role="alert">
      <Title order={isWhole ? 1 : 2}>{say("parts.error.title")}</Title>
      <p>{problemText(error, say)}</p>
      {requestId !== undefined && error.status >= 500 && (
        <p className="mono">{say("parts.error.request", { id: requestId })}</p>
      )}
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          {say("parts.error.retry")}
        </Button>
      )}
    </div>
  );
}
