// The open drafts above the promotions: where somebody is in the middle of something.
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { promotionDraftCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { When } from "../../parts/figures.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./promotions.module.css";

/** A line of links; nothing when there are none. */
export function OpenDrafts(): ReactNode {
  const { say } = useReader();
  const drafts = useCall(promotionDraftCalls.listPromotionDrafts, { query: { limit: 50 } });
  const open = (drafts.data?.items ?? []).filter(({ publishedVersion }) => publishedVersion === null);
  if (open.length === 0) return null;
  return (
    <section className={classes.drafts} aria-label={say("promotions.openDrafts")}>
      <h2>{say("promotions.openDrafts")}</h2>
      <ul>
        {open.map((draft) => (
          <li key={draft.id}>
            <Anchor component={Link} href={`/promotions/drafts/${draft.id}`} translate="no">
              {draft.name}
            </Anchor>{" "}
            <span className="soft">
              {say("promotions.changedAt")} <When at={draft.updatedAt} style="ago" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
