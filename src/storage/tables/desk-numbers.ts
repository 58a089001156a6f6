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
  desk_first_answer: {
    seq: number;
    day: number;
    branch_id: string | null;
    source: string;
    at: number;
    minutes: number;
    is_in_time: number | null;
  };
}
