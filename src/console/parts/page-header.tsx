// The head of a page: its name, a sentence, where it belongs, and its actions.
import { Anchor, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { Link, useLocation } from "wouter";
import { noteVisit } from "../layout/palette-search.ts";
import { useSay } from "../reader.tsx";
import classes from "./page-header.module.css";

/** What stands at the head. */
export interface PageHeaderProps {
  readonly title: string;
  /** A line under the name: what is here, or the state of the thing. */
  readonly about?: ReactNode;
  /** Buttons, right of the name; the first is the page's main action. */
  readonly actions?: ReactNode;
  /** The list that this thing belongs to: a link back that keeps the list's filters, when given with them. */
  readonly back?: { readonly path: string; readonly title: string };
  /** True: the name is a thing's own (an order, a person): it goes to the tab's title and to the palette's recent. */
  readonly isThing?: boolean;
}

/** The head of every page. */
export function PageHeader({ title, about, actions, back, isThing = false }: PageHeaderProps): ReactNode {
  const say = useSay();
  const [path] = useLocation();
  useEffect(() => {
    if (!isThing) return;
    document.title = `${title} · ${say("shell.product")}`;
    noteVisit({ path, title });
  }, [isThing, title, path, say]);
  return (
    <header className={classes.header}>
      <div className={classes.names}>
        {back !== undefined && (
          <Anchor component={Link} href={back.path} size="sm">
            {say("parts.backTo", { name: back.title })}
          </Anchor>
        )}
        <Title order={1}>{title}</Title>
        {about !== undefined && <div className={classes.about}>{about}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}

/** A part of a page under a smaller name, with a hairline above. */
export function Section(props: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <div>
          <Title order={2}>{props.title}</Title>
          {props.about !== undefined && <div className={classes.about}>{props.about}</div>}
        </div>
        {props.actions !== undefined && <div className={classes.actions}>{props.actions}</div>}
      </div>
      {props.children}
    </section>
  );
}
