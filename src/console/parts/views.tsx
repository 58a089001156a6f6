// The views of one page, side by side under its head: links, so that each opens in a tab of its own, too.
import type { ReactNode } from "react";
import { Link } from "wouter";
import classes from "./views.module.css";

/** One view. */
export interface PageView {
  readonly id: string;
  readonly label: string;
  readonly href: string;
}

/** The row of links; `name` tells listeners what is chosen here. */
export function Views(props: {
  readonly name: string;
  readonly views: readonly PageView[];
  readonly shown: string;
}): ReactNode {
  return (
    <nav className={classes.views} data-views aria-label={props.name}>
      {props.views.map(({ id, label, href }) => (
        <Link key={id} href={href} aria-current={id === props.shown ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
