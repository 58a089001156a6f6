// Nothing is here: why, in one sentence, and at most one thing to do about it.
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./states.module.css";

/** What is shown. */
export interface EmptyStateProps {
  /** The truth, short: "No promotions yet". */
  readonly title: string;
  /** What would make something appear here. */
  readonly text?: string;
  /** One button or link. */
  readonly action?: ReactNode;
}

/** The state of a list or page without content. */
export function EmptyState({ title, text, action }: EmptyStateProps): ReactNode {
  return (
    <div className={`${classes.state} ${classes.within}`}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {text !== undefined && <p>{text}</p>}
      {action}
    </div>
  );
}
