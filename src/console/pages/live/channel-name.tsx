// The vendor behind a channel, by the name that people know.
import type { ReactNode } from "react";
import { useSay } from "../../reader.tsx";

/** Channels that have a name; others are told by their own word. */
export const CHANNELS = ["irp", "yandex-eats"] as const;

/** The name. */
export function ChannelName({ channel }: { readonly channel: string }): ReactNode {
  const say = useSay();
  const known = CHANNELS.find((one) => one === channel);
  return known === undefined ? <span className="mono">{channel}</span> : say(`live.channels.${known}`);
}
