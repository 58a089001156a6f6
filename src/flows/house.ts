// What every flow is handed: the database, the clock, the maker of ids, and a bell for operators.
import type { Instant } from "../core/basics/index.ts";
import type { Database } from "../storage/index.ts";

/** The effects a flow may have beside its transaction. Tests pass a fixed clock and counted ids. */
export interface House {
  readonly database: Database;
  now(): Instant;
  /** A UUIDv7 as text: ids sort by the time they were made. */
  newId(): string;
  /** Something a person must look at: counts in `prilavok_alarms_total{kind}` and is logged as an error. No personal data. */
  alarm(kind: string, details: Readonly<Record<string, string | number>>): void;
  /** The shop's IANA zone: days of outlets without a zone of their own. Absent: Europe/Moscow. */
  readonly timezone?: string;
  /** Told when a running transaction has put an event into the outbox; it may still be rolled back. */
  readonly eventNoted?: () => void;
  /** Told when personal data were erased, possibly before the commit: what the engine still holds of them is to go soon. */
  readonly dataErased?: () => void;
}
