// Filters of the stream: whose calls, how they were answered, and a part of the path or of what the log says.
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { SearchField } from "../../parts/search-field.tsx";
import { useSay } from "../../reader.tsx";
import { CHANNELS } from "./channel-name.tsx";
import type { LiveFilter } from "./follow-calls.ts";

/** Classes of status; a whole status comes by the address. */
const CLASSES = ["2xx", "4xx", "5xx"] as const;

/** The filters. */
export function LiveFilters(props: {
  readonly values: LiveFilter;
  readonly onChange: (change: Partial<LiveFilter>) => void;
}): ReactNode {
  const say = useSay();
  const { values, onChange } = props;
  const isKnown = values.status === "" || CLASSES.some((one) => one === values.status);
  return (
    <>
      <SearchField label={say("live.search")} value={values.text} onChange={(text) => onChange({ text })} />
      <Select
        aria-label={say("live.channel")}
        w={160}
        data={[
          { value: "", label: say("live.anyChannel") },
          ...CHANNELS.map((channel) => ({ value: channel, label: say(`live.channels.${channel}`) })),
        ]}
        value={values.channel}
        onChange={(channel) => onChange({ channel: channel ?? "" })}
      />
      <Select
        aria-label={say("live.status")}
        w={160}
        data={[
          { value: "", label: say("live.anyStatus") },
          ...CLASSES.map((one) => ({ value: one, label: say(`live.classes.${one}`) })),
          ...(isKnown ? [] : [{ value: values.status, label: values.status }]),
        ]}
        value={values.status}
        onChange={(status) => onChange({ status: status ?? "" })}
      />
    </>
  );
}
