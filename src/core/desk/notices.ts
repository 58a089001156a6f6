// What may be sent to one destination now: nothing in quiet hours, nothing twice, and from three in ten minutes on one digest.

/** Something to tell. `key` is the rule with the item or alarm it is about. */
export interface Notice {
  readonly key: string;
  /** When it came up, ms UTC. */
  readonly at: number;
}

/** Minutes of the day on the destination's clock; `from` may be later than `to`: over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** What becomes of waiting notices: sent one by one, sent as one, or dropped since they were told already. */
export type NoticePlan<Waiting extends Notice> =
  | { readonly kind: "quiet" }
  | {
      readonly kind: "send";
      readonly single: readonly Waiting[];
      readonly together: readonly Waiting[];
      readonly dropped: readonly Waiting[];
    };

/** From so many within these ms on, the rest goes as one. */
export const COLLAPSE = { count: 3, ms: 600_000 } as const;

/** Whether a minute of the day is quiet. */
export function isQuiet({ from, to }: QuietHours, minute: number): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Plans for one destination at `now`; `minute` is its minute of the day, `sent` all that it got. */
export function planNotices<Waiting extends Notice>(
  waiting: readonly Waiting[],
  sent: readonly Notice[],
  quiet: QuietHours | null,
  now: number,
  minute: number,
): NoticePlan<Waiting> {
  if (quiet !== null && isQuiet(quiet, minute)) return { kind: "quiet" };
  const told = new Set(sent.map(({ key }) => key));
  const fresh: Waiting[] = [];
  const dropped: Waiting[] = [];
  for (const notice of waiting) {
    (told.has(notice.key) ? dropped : fresh).push(notice);
    told.add(notice.key);
  }
  const recent = sent.filter(({ at }) => at > now - COLLAPSE.ms).length;
  const room = Math.max(0, COLLAPSE.count - recent);
  const isFew = fresh.length <= room;
  return {
    kind: "send",
    single: isFew ? fresh : fresh.slice(0, room),
    together: isFew ? [] : fresh.slice(room),
    dropped,
  };
}
