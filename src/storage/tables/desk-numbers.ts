// Rows of the desk's counts and alarms.
import type { TallyColumn } from "../../core/numbers/index.ts";

/** See migration 0020. */
export interface DeskNumberTables {
  desk_tally: { day: number; branch_id: string; source: string } & { [column in TallyColumn]: number };
  desk_tally_part: {
    month: number;
    branch_id: string;
    source: string;
    kind: string;
    word: string;
    total: number;
    low: number;
  };
  desk_tally_month: { month: number; branch_id: string; source: string } & {
    [column in TallyColumn]: number;
  };
  desk_tally_wide: { day: number; slot: number; source: string } & { [column in TallyColumn]: number };
  desk_tally_part_wide: {
    kind: string;
    span: string;
    period: number;
    slot: number;
    source: string;
    word: string;
    total: number;
    low: number;
  };
  desk_first_answer: {
    seq: number;
    day: number;
    branch_id: string | null;
    source: string;
    at: number;
    minutes: number;
    is_in_time: number | null;
  };
  /** See migration 0023. */
  desk_alarm: {
    id: string;
    rule: string;
    place: string;
    source: string;
    state: string;
    since_day: number;
    day: number;
    until_day: number | null;
    evidence: string;
    raised_at: number;
    snoozed_until: number | null;
    note: string | null;
    closed_by: string | null;
    closed_at: number | null;
  };
  desk_watch: {
    place: string;
    source: string;
    through_day: number;
    sum: number;
    rising_since: number | null;
    muted_until: number | null;
  };
}
