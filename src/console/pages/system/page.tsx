// The running server for whoever operates it: what it is, what it stands on, its backups, settings and a bundle for support.
import type { ReactNode } from "react";
import { systemCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useSay } from "../../reader.tsx";
import { Backups } from "./backups.tsx";
import { Jobs, Migrations } from "./jobs.tsx";
import { ServerFacts } from "./server-facts.tsx";
import { Settings } from "./settings.tsx";
import { SupportBundle } from "./support-bundle.tsx";

/** The server is asked again so often, ms. */
const AGAIN_MS = 30_000;

/** What the server tells of itself. */
export type System = AnswerOf<typeof systemCalls.getSystem>;

/** The page. */
export default function SystemPage(): ReactNode {
  const say = useSay();
  const { data, error, refetch } = useCall(systemCalls.getSystem, {}, { everyMs: AGAIN_MS });
  return (
    <>
      <PageHeader title={say("pages.system")} about={say("system.about")} />
      {data === undefined && error === null && <ListSkeleton rows={10} />}
      {data === undefined && error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <ServerFacts system={data} isAnswering={error === null} />
          <Backups />
          <Jobs jobs={data.jobs} />
          <Settings settings={data.settings} />
          <Migrations migrations={data.migrations} />
          <SupportBundle />
        </>
      )}
    </>
  );
}
