// What may be sent to one destination now: nothing in quiet hours, and from three in ten minutes on what is left goes as one.

/** Something to tell that waits for its destination. */
export interface Notice {
  /** Goes in a message of its own and does not count: a digest, a trial. */
  readonly isAlone: boolean;
  /** Somebody waits for it just now, quiet hours or not: a trial. */
  readonly isUrgent: boolean;
}

/** A message that the destination got. */
export interface SentMessage {
  /** When, ms UTC. */
  readonly at: number;
  /** It told several notices. */
  readonly isTogether: boolean;
}

/** Minutes of the day on the destination's clock; `from` may be later than `to`: over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Messages to make now. What is in neither list waits. */
export interface NoticePlan<Waiting extends Notice> {
  /** One message each. */
  readonly single: readonly Waiting[];
  /** One message for all; empty: none. */
  readonly together: readonly Waiting[];
}

/** From so many messages within these ms on, the rest goes as one. */
export const COLLAPSE = { count: 3, ms: 600_000 } as const;

/** Whether a minute of the day is quiet. */
export function isQuiet({ from, to }: QuietHours, minute: number): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/**
 * Plans for one destination at `now`; `minute` is its minute of the day, `sent` what it got in the last ten minutes without what
 * goes alone. After a message for several, the next notices gather for ten minutes.
 */
export function planNotices<Waiting extends Notice>(
  waiting: readonly Waiting[],
  sent: readonly SentMessage[],
  quiet: QuietHours | null,
  now: number,
  minute: number,
): NoticePlan<Waiting> {
  const isSilent = quiet !== null && isQuiet(quiet, minute);
  const open = isSilent ? waiting.filter(({ isUrgent }) => isUrgent) : waiting;
  const alone = open.filter(({ isAlone }) => isAlone);
  const rest = open.filter(({ isAlone }) => !isAlone);
  const recent = sent.filter(({ at }) => at > now - COLLAPSE.ms);
  if (recent.some(({ isTogether }) => isTogether)) return { single: alone, together: [] };
  const room = Math.max(0, COLLAPSE.count - recent.length);
  const isFew = rest.length <= room;
  return {
    single: [...alone, ...(isFew ? rest : rest.slice(0, room))],
    together: isFew ? [] : rest.slice(room),
  };
}
