// Hears what other instances announce, on one connection of its own that is made again for as long as the database is open.
import pg from "pg";
import { TOPICS, type Topic } from "../database.ts";
import type { Announcements } from "./announcements.ts";

/** The channel on which announcements travel: topics, separated by commas. */
export const CHANNEL = "prilavok";

/** Longest wait before the connection is tried again, ms; the first wait is a hundredth of it. */
const LONGEST_WAIT_MS = 10_000;

/** How often the connection is asked whether it still lives, ms: a cut cable says nothing. */
const ASK_MS = 15_000;

/** Listens from its making until `stop`. After every gap all topics are told: what was announced meanwhile is not known. */
export class Listener {
  readonly #url: string;
  readonly #announcements: Announcements;
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #waitMs = LONGEST_WAIT_MS / 100;

  constructor(url: string, announcements: Announcements) {
    this.#url = url;
    this.#announcements = announcements;
    this.#connect();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    const last = this.#client;
    this.#client = null;
    await last?.end().catch(() => undefined);
  }

  #connect(): void {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: "prilavok listener",
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      keepAlive: true,
    });
    this.#client = client;
    client.on("error", () => undefined);
    client.once("end", () => this.#again(client));
    client.on("notification", ({ payload }) => this.#announcements.tell(topicsOf(payload ?? "")));
    client
      .connect()
      .then(() => client.query(`listen ${CHANNEL}`))
      .then(
        () => {
          this.#waitMs = LONGEST_WAIT_MS / 100;
          this.#announcements.tell(TOPICS);
          this.#ask(client);
        },
        () => this.#again(client),
      );
  }

  #ask(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#timer = setTimeout(() => {
      client.query("select 1").then(
        () => this.#ask(client),
        () => this.#again(client),
      );
    }, ASK_MS).unref();
  }

  /** Makes another connection after a while. One that hangs may take long to end: the next does not wait for it. */
  #again(old: pg.Client): void {
    if (this.#client !== old) return;
    this.#client = null;
    old.end().catch(() => undefined);
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    // Jitter, so that many instances do not knock together at a server that has just come back.
    this.#timer = setTimeout(() => this.#connect(), this.#waitMs * (0.5 + Math.random() / 2)).unref();
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** Words that this program does not know come from a newer one beside it, and change nothing here. */
function topicsOf(payload: string): Topic[] {
  const words = payload.split(",");
  return TOPICS.filter((topic) => words.includes(topic));
}
