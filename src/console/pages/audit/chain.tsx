// The proof of the log: every entry is hashed with the one before, and the server checks them all.
import { Button, Popover } from "@mantine/core";
import type { ReactNode } from "react";
import { deskSettingCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { CopyField } from "../../parts/copy-field.tsx";
import { problemText } from "../../parts/problem-text.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useSay } from "../../reader.tsx";
import classes from "./audit.module.css";

/** The line under the page's name. */
export function Chain(): ReactNode {
  const say = useSay();
  const { data, error, refetch, isFetching } = useCall(deskSettingCalls.verifyAudit, {});
  if (data === undefined)
    return (
      <p className={classes.chain}>
        {error === null ? say("audit.chain.checking") : problemText(error, say)}
      </p>
    );
  return (
    <div className={classes.chain} aria-live="polite">
      {data.brokenAt === null ? (
        <StateBadge tone="good">{say("audit.chain.whole")}</StateBadge>
      ) : (
        <StateBadge tone="bad">{say("audit.chain.broken")}</StateBadge>
      )}
      <span className="soft">
        {data.brokenAt === null
          ? say("audit.chain.entries", { count: data.entries })
          : say("audit.chain.brokenAt", { number: data.brokenAt })}
      </span>
      <Button size="compact-sm" variant="subtle" loading={isFetching} onClick={() => void refetch()}>
        {say("audit.chain.again")}
      </Button>
      {data.head !== "" && (
        <Popover width={360} position="bottom-start" withArrow={false} shadow="md" trapFocus>
          <Popover.Target>
            <Button size="compact-sm" variant="subtle">
              {say("audit.chain.showHead")}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <CopyField
              label={say("audit.chain.head")}
              about={say("audit.chain.headAbout")}
              value={data.head}
            />
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}
