// Addresses that lead nowhere, and pages that the person may not open.
import { Anchor, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { PageId } from "../pages/registry.ts";
import { pageRow } from "../pages/registry.ts";
import { useSay } from "../reader.tsx";
import { useMe, whyShut } from "../session.tsx";
import classes from "./states.module.css";

/** The page of an address that nothing stands at; also for a thing that does not exist (any more). */
export function NotFound(): ReactNode {
  const say = useSay();
  return (
    <div className={classes.state}>
      <Title order={1}>{say("parts.notFound.title")}</Title>
      <p>{say("parts.notFound.text")}</p>
      <Anchor component={Link} href="/">
        {say("parts.notFound.action")}
      </Anchor>
    </div>
  );
}

/** In place of a page that the person's role does not open, or that is for people of all outlets. */
export function NoScope({ page }: { readonly page: PageId }): ReactNode {
  const say = useSay();
  const why = whyShut(useMe(), pageRow(page));
  return (
    <div className={classes.state}>
      <Title order={1}>{say(`pages.${page}`)}</Title>
      <p>{say(why === "outlets" ? "parts.noScope.outlets" : "parts.noScope.text")}</p>
      {why === "scope" && <p className="mono">{(pageRow(page).scopes ?? []).join(", ")}</p>}
    </div>
  );
}
