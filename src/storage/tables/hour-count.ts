// Rows of the counts by hour.

/** See migration 0028. */
export interface HourCountTables {
  hour_count: { kind: string; hour: number; part: string; amount: number };
}
