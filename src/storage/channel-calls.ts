// When channels were last heard of, over all instances and restarts.
import type { Tx } from "./database.ts";

/** Instants, ms; null: never, or forgotten since. */
export interface ChannelHeard {
  /** Last call with a key, to the minute, or a token that was fetched. */
  readonly calledAt: number | null;
  /** Last delivery that was kept. */
  readonly deliveredAt: number | null;
}

/** What was heard of a channel. */
export async function channelHeard(tx: Tx, channel: string): Promise<ChannelHeard> {
  const [row] = await tx.rows<{ used: number | null; issued: number | null; delivered: number | null }>(
    `select (select max(last_used_at) from channel_key where channel = ?) as used,
       (select max(issued_at) from oauth_token join oauth_client on oauth_client.id = oauth_token.client_id
         where oauth_client.channel = ?) as issued,
       (select received_at from delivery where channel = ? order by received_at desc limit 1) as delivered`,
    [channel, channel, channel],
  );
  const calls = [row?.used, row?.issued, row?.delivered].filter((at) => typeof at === "number");
  return {
    calledAt: calls.length === 0 ? null : Math.max(...calls),
    deliveredAt: row?.delivered ?? null,
  };
}
