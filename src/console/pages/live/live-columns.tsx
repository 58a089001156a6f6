// Columns of the stream, and how a status is coloured.
import { numberText } from "../../parts/amounts.ts";
import { When } from "../../parts/figures.tsx";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import type { Column } from "../../parts/table-columns.ts";
import type { Language, Say } from "../../words.ts";
import { ChannelName } from "./channel-name.tsx";
import type { LiveHead } from "./follow-calls.ts";

/** The colour of an answer's status. */
export function toneOfStatus(status: number): Tone {
  return status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
}

/** The columns; none can be sorted by: the stream has its order. */
export function liveColumns(say: Say, language: Language): readonly Column<LiveHead>[] {
  return [
    { id: "at", title: say("live.at"), cell: (call) => <When at={call.at} style="seconds" /> },
    {
      id: "status",
      title: say("live.status"),
      cell: (call) => <StateBadge tone={toneOfStatus(call.status)}>{String(call.status)}</StateBadge>,
    },
    { id: "channel", title: say("live.channel"), cell: (call) => <ChannelName channel={call.channel} /> },
    {
      id: "path",
      title: say("live.path"),
      isWide: true,
      cell: (call) => <span className="mono">{`${call.method} ${call.path}`}</span>,
    },
    {
      id: "outcome",
      title: say("live.outcome"),
      cell: (call) =>
        call.outcome === null ? (
          <span className="soft">—</span>
        ) : (
          <span className="mono">{call.outcome}</span>
        ),
    },
    {
      id: "ms",
      title: say("live.ms"),
      align: "end",
      cell: (call) => <span className="number">{numberText(call.ms, language, 1)}</span>,
    },
    {
      id: "outlet",
      title: say("live.outlet"),
      isHiddenAtFirst: true,
      cell: (call) => <span className="mono">{call.outletId ?? "—"}</span>,
    },
    {
      id: "id",
      title: say("live.id"),
      isHiddenAtFirst: true,
      cell: (call) => <span className="mono">{call.id}</span>,
    },
  ];
}
