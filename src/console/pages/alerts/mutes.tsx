// Branches that raise no alarms for a while, and the way to hear of them again.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { deskAlarmCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { momentText } from "../../parts/amounts.ts";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { sourceName } from "../numbers/figures.ts";
import classes from "./alerts.module.css";

/** The list; nothing where nothing is muted. `nameOf` tells an outlet's name. */
export function Mutes({ nameOf }: { readonly nameOf: (branchId: string) => string }): ReactNode {
  const { say, language, zone } = useReader();
  const { tell, tellFailure } = useToasts();
  const mayWrite = useMay("feedback:write");
  const mutes = useCall(deskAlarmCalls.listDeskMutes, {}).data?.mutes ?? [];
  const end = useChange(deskAlarmCalls.endDeskMute, {
    touches: [deskAlarmCalls.listDeskMutes],
    onDone: () => tell(say("alerts.mutes.ended")),
  });
  if (mutes.length === 0) return null;
  return (
    <section>
      <h2>{say("alerts.mutes.title")}</h2>
      <ul className={classes.mutes} aria-label={say("alerts.mutes.title")}>
        {mutes.map(({ branchId, city, source, until }) => (
          <li key={`${branchId} ${city} ${source}`}>
            {branchId === null && city === null ? (
              <strong>{say("alerts.everywhere")}</strong>
            ) : (
              <strong translate="no">{branchId === null ? city : nameOf(branchId)}</strong>
            )}
            <span className="soft">{sourceName(source, say)}</span>
            <span className="soft">{say("alerts.until", { when: momentText(until, language, zone) })}</span>
            {mayWrite && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => end.mutate({ body: { branchId, city, source } }, { onError: tellFailure })}
              >
                {say("alerts.mutes.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
