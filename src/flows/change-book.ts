// Changes of a catalogue as an import finds them: the first of each kind by name, for people who look at it.
import { type CatalogueChange, CHANGE_KINDS, type ChangeKind } from "../storage/index.ts";

/** Changes of one kind that are kept; the counts of the import tell how many there were. */
export const MOST_CHANGES = 1000;

/** The book of one import. */
export class ChangeBook {
  readonly #kept = new Map<ChangeKind, Map<string, CatalogueChange>>(
    CHANGE_KINDS.map((kind) => [kind, new Map()]),
  );

  /** Notes what became of an offer; of one that comes twice the last counts. */
  note(change: CatalogueChange): void {
    this.forget(change.offerId);
    const kept = this.#kept.get(change.kind);
    if (kept !== undefined && kept.size < MOST_CHANGES) kept.set(change.offerId, change);
  }

  /** The offer turned out to be as it was. */
  forget(offerId: string): void {
    for (const kept of this.#kept.values()) kept.delete(offerId);
  }

  /** All that are kept. */
  list(): CatalogueChange[] {
    return [...this.#kept.values()].flatMap((kept) => [...kept.values()]);
  }
}
