// The weekly digest as it is sent: seven lines at most, and "nothing unusual" is a good one.
import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { deskAlarmCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { momentText } from "../../parts/amounts.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { Section } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./alerts.module.css";

/** The view. */
export function DigestView(): ReactNode {
  const { say, language: own, zone } = useReader();
  const [language, setLanguage] = useState(own);
  const { data, error, refetch } = useCall(deskAlarmCalls.readDeskDigest, { query: { language } });
  const day = (text: string): string => momentText(`${text}T06:00:00Z`, own, zone, "day");
  return (
    <Section title={say("alerts.view.digest")} about={say("alerts.digest.about")}>
      <SegmentedControl
        size="xs"
        aria-label={say("alerts.digest.language")}
        data={[
          { value: "ru", label: say("alerts.destinations.russian") },
          { value: "en", label: say("alerts.destinations.english") },
        ]}
        value={language}
        onChange={(value) => setLanguage(value as typeof own)}
      />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <ListSkeleton rows={5} />}
      {data !== undefined && (
        <>
          <p className="soft">{say("alerts.digest.period", { from: day(data.from), to: day(data.to) })}</p>
          {data.kind !== "digest" && <p>{say(`alerts.digest.${data.kind}`)}</p>}
          {data.lines.length > 0 && (
            <div className={classes.digest} translate="no" lang={language} data-digest>
              {data.lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
          )}
          {data.isUsual && data.lines.length === 0 && <p>{say("alerts.digest.usual")}</p>}
        </>
      )}
    </Section>
  );
}
