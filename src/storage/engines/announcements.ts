// Who wants to hear that something has changed, and the telling: the half of announcements that both engines share.
import type { Topic } from "../database.ts";

/** The listeners of one open database. They only mark what they keep as out of date: quick, and never throwing. */
export class Announcements {
  readonly #listeners: Array<(topic: Topic) => void> = [];

  /** Adds a listener for as long as the database is open. */
  hear(listener: (topic: Topic) => void): void {
    this.#listeners.push(listener);
  }

  /** Tells every listener every topic. */
  tell(topics: Iterable<Topic>): void {
    for (const topic of topics) for (const listener of this.#listeners) listener(topic);
  }
}
