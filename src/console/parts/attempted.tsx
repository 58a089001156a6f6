// A wall around a page: a fault in one does not take the console away, and a new version of the server is noticed.
import { Button, Title } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useSay } from "../reader.tsx";
import classes from "./states.module.css";

/** What is inside the wall. */
export interface AttemptedProps {
  readonly children: ReactNode;
}

/** Shows the children, or a sentence and a way out when they threw. */
export class Attempted extends Component<AttemptedProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactNode {
  const say = useSay();
  return (
    <div className={classes.state} role="alert">
      <Title order={1} size="h2">
        {say("parts.broken.title")}
      </Title>
      <p>{say("parts.broken.text")}</p>
      <Button variant="default" onClick={() => window.location.reload()}>
        {say("parts.broken.action")}
      </Button>
    </div>
  );
}
