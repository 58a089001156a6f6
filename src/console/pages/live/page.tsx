// Calls of vendors as they come in: a stream that can be held still, filtered, and opened call by call.
import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { CallDrawer } from "./call-drawer.tsx";
import { liveColumns } from "./live-columns.tsx";
import { LiveFilters } from "./live-filters.tsx";
import { useLiveCalls } from "./use-live-calls.ts";

/** The page. */
export default function LivePage(): ReactNode {
  const { say, language } = useReader();
  const [values, setValues] = useUrlState(["channel", "status", "text", "call", "pause"]);
  const [isUnderPointer, setUnderPointer] = useState(false);
  const { channel, status, text } = values;
  const isPaused = values.pause !== "";
  const stream = useLiveCalls({ channel, status, text }, isPaused || isUnderPointer || values.call !== "");
  const columns = useMemo(() => liveColumns(say, language), [say, language]);
  const hrefOf = (id: string): string => {
    const given = Object.entries({ ...values, call: id }).filter(([, value]) => value !== "");
    return `/live?${new URLSearchParams(given).toString()}`;
  };
  const isFiltered = channel + status + text !== "";
  return (
    <>
      <PageHeader
        title={say("pages.live")}
        about={say("live.about")}
        actions={
          <Button
            variant="default"
            leftSection={isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
            onClick={() => setValues({ pause: isPaused ? "" : "1" })}
          >
            {say(isPaused ? "live.resume" : "live.pause")}
          </Button>
        }
      />
      <div onPointerEnter={() => setUnderPointer(true)} onPointerLeave={() => setUnderPointer(false)}>
        <DataTable
          name="live"
          label={say("pages.live")}
          columns={columns}
          list={{ rows: stream.shown, isPending: stream.isPending, error: stream.error }}
          idOf={({ id }) => id}
          hrefOf={({ id }) => hrefOf(id)}
          filters={<LiveFilters values={{ channel, status, text }} onChange={setValues} />}
          news={{ count: stream.waiting.length, onShow: stream.release }}
          empty={
            <EmptyState
              title={say(isFiltered ? "live.noneFit" : "live.empty")}
              text={say(isFiltered ? "live.noneFitText" : "live.emptyText")}
            />
          }
        />
      </div>
      <CallDrawer callId={values.call} onClose={() => setValues({ call: "" })} />
    </>
  );
}
