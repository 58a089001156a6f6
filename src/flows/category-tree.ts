// Categories while a feed is read: every offer is stored with all ancestors of its categories.
import type { CategoryRead } from "./feed-events.ts";

/** Deeper trees are a loop or a mistake. */
const MAX_DEPTH = 50;

/** The categories of one feed. */
export class CategoryTree {
  readonly #categories = new Map<string, { parentId: string | null; name: string }>();
  readonly #known = new Map<string, readonly string[]>();

  /** True when this changes what was known of the category. */
  add({ id, parentId, name }: CategoryRead): boolean {
    const before = this.#categories.get(id);
    if (before?.parentId === parentId && before.name === name) return false;
    this.#categories.set(id, { parentId, name });
    this.#known.clear();
    return before === undefined || before.parentId !== parentId;
  }

  has(id: string): boolean {
    return this.#categories.has(id);
  }

  /** The ids with all their ancestors, sorted; loops end where they close. Equal lists are one array, to save memory. */
  withAncestors(ids: readonly string[]): readonly string[] {
    const key = ids.join("\u0000");
    let all = this.#known.get(key);
    if (all === undefined) {
      const found = new Set<string>();
      for (const id of ids) this.#climb(id, found);
      all = [...found].sort();
      this.#known.set(key, all);
    }
    return all;
  }

  /** As stored: sorted by id, so that a feed in another order is no change. */
  list(): { id: string; parentId: string | null; name: string }[] {
    return [...this.#categories]
      .map(([id, { parentId, name }]) => ({ id, parentId, name }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #climb(id: string, found: Set<string>): void {
    let current: string | null = id;
    for (let depth = 0; current !== null && depth < MAX_DEPTH && !found.has(current); depth += 1) {
      found.add(current);
      current = this.#categories.get(current)?.parentId ?? null;
    }
  }
}
