// Carries deliveries to their endpoints: a queue of its own for each, so that one that hangs keeps nobody else waiting.
import { type AttemptResult, type EndedAttempt, type House, IN_FLIGHT, takeTurn } from "../flows/index.ts";
import { type ClaimedDelivery, dueEndpoints, freeLanes, type StoredEndpoint } from "../storage/index.ts";
import { BEAT_MS, type CourierPace, freePace } from "./courier-pace.ts";
import type { JobBell } from "./scheduler.ts";

/** Makes one attempt; never throws. */
export type Post = (
  endpoint: StoredEndpoint,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
) => Promise<AttemptResult>;

/** Where attempts and faults are told. */
export interface CourierBell extends Pick<JobBell, "failed"> {
  attempted(result: AttemptResult): void;
}

/** How often it looks for what is due, ms. */
const POLL_MS = 500;

/** What a courier can be given beside its duties. */
export interface CourierChoices {
  /** From 0 to 1, for the jitter of retries. */
  readonly chance?: () => number;
  /** Free when absent. */
  readonly pace?: CourierPace;
}

/** The courier of one process. */
export class EventCourier {
  readonly #house: House;
  readonly #bell: CourierBell;
  readonly #post: Post;
  readonly #chance: () => number;
  readonly #pace: CourierPace;
  readonly #holder: string;
  readonly #queues = new Map<string, EndpointQueue>();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #isWoken = false;
  #isOn = false;

  constructor(
    house: House,
    bell: CourierBell,
    post: Post,
    { chance = Math.random, pace = freePace() }: CourierChoices = {},
  ) {
    this.#house = house;
    this.#bell = bell;
    this.#post = post;
    this.#chance = chance;
    this.#pace = pace;
    this.#holder = house.newId();
  }

  /** Begins to look; does not keep the process alive. */
  start(): void {
    this.#isOn = true;
    this.#looking = this.#freeOwn().finally(() => {
      this.#looking = null;
      if (this.#isOn) this.#arm(0);
    });
  }

  /** Something may be due. */
  wake(): void {
    if (!this.#isOn) return;
    this.#isWoken = true;
    if (this.#looking === null) this.#arm(0);
  }

  /** Begins nothing more, breaks off what is on its way, and gives its lanes back: the next start sends again. */
  async stop(): Promise<void> {
    this.#isOn = false;
    clearTimeout(this.#timer);
    this.#stopping.abort();
    await this.#looking;
    await Promise.all([...this.#queues.values()].map((queue) => queue.ended()));
  }

  /** One look: a turn for every endpoint that has something due. Resolves when the turns are taken, not the attempts. */
  async look(): Promise<void> {
    const now = this.#house.now();
    const due = await this.#house.database.read((tx) => dueEndpoints(tx, now));
    const ids = new Set(due.map(({ id }) => id));
    for (const [id, queue] of this.#queues) {
      if (queue.hasResults) ids.add(id);
      else if (queue.isIdle && !ids.has(id)) this.#queues.delete(id);
    }
    await Promise.all([...ids].map((id) => this.#queueOf(id).turn()));
  }

  /** Resolves when nothing is on its way and all that ended is written down. */
  async settled(): Promise<void> {
    for (;;) {
      const busy = [...this.#queues.values()].filter((queue) => !queue.isIdle || queue.hasResults);
      if (busy.length === 0) return;
      await Promise.all(busy.map((queue) => queue.ended()));
    }
  }

  #queueOf(id: string): EndpointQueue {
    const known = this.#queues.get(id);
    if (known !== undefined) return known;
    const queue = new EndpointQueue(id, {
      house: this.#house,
      bell: this.#bell,
      post: this.#post,
      chance: this.#chance,
      pace: this.#pace,
      holder: this.#holder,
      stopping: this.#stopping.signal,
    });
    this.#queues.set(id, queue);
    return queue;
  }

  #arm(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isWoken = false;
      this.#looking = this.look()
        .catch((error: unknown) => this.#bell.failed("deliver-events", error))
        .finally(() => {
          this.#looking = null;
          if (this.#isOn) this.#arm(this.#isWoken ? 0 : POLL_MS);
        });
    }, ms);
    this.#timer.unref();
  }

  /** A file has one process: whatever lane is held there belongs to one that is gone. */
  async #freeOwn(): Promise<void> {
    if (this.#house.database.engine !== "sqlite") return;
    const now = this.#house.now();
    try {
      await this.#house.database.transaction((tx) => freeLanes(tx, now));
    } catch (error) {
      this.#bell.failed("deliver-events", error);
    }
  }
}

interface QueueParts {
  readonly house: House;
  readonly bell: CourierBell;
  readonly post: Post;
  readonly chance: () => number;
  readonly pace: CourierPace;
  readonly holder: string;
  readonly stopping: AbortSignal;
}

/** What is on its way to one endpoint. */
class EndpointQueue {
  readonly #id: string;
  readonly #parts: QueueParts;
  readonly #flights = new Set<Promise<void>>();
  #results: EndedAttempt[] = [];
  #turning: Promise<void> | null = null;
  #isAgain = false;
  #beat: NodeJS.Timeout | undefined;

  constructor(id: string, parts: QueueParts) {
    this.#id = id;
    this.#parts = parts;
  }

  /** Results that could not be written down yet. */
  get hasResults(): boolean {
    return this.#results.length > 0;
  }

  get isIdle(): boolean {
    return this.#flights.size === 0 && this.#turning === null;
  }

  /** Writes down what has ended and begins what is due; turns asked for meanwhile become one. */
  turn(): Promise<void> {
    if (this.#turning !== null) {
      this.#isAgain = true;
      return this.#turning;
    }
    this.#turning = this.#turns()
      .catch((error: unknown) => this.#parts.bell.failed("deliver-events", error))
      .finally(() => {
        this.#turning = null;
      });
    return this.#turning;
  }

  /** Resolves when nothing is on its way and all that ended is written down. */
  async ended(): Promise<void> {
    while (this.#flights.size > 0) await Promise.all(this.#flights);
    clearTimeout(this.#beat);
    this.#beat = undefined;
    await this.#turning;
    if (this.hasResults) await this.turn();
  }

  async #turns(): Promise<void> {
    do {
      this.#isAgain = false;
      await this.#turnOnce();
    } while (this.#isAgain);
  }

  /** A turn: at once, or with the next beat while there are calls to be kept clear of. */
  #turnSoon(): void {
    if (!this.#parts.pace.isSlow()) return void this.turn();
    this.#beat ??= setTimeout(() => {
      this.#beat = undefined;
      void this.turn();
    }, BEAT_MS);
    this.#beat.unref();
  }

  async #turnOnce(): Promise<void> {
    const { house, holder, chance, stopping, pace } = this.#parts;
    const ended = this.#results;
    const room = stopping.aborted ? 0 : IN_FLIGHT - this.#flights.size;
    const slots = pace.take(room);
    if (slots === 0 && ended.length === 0) {
      if (room > 0) this.#turnSoon();
      return;
    }
    this.#results = [];
    try {
      const taken = await takeTurn(house, { endpointId: this.#id, holder, ended, slots, chance });
      const claimed = taken?.claimed ?? [];
      pace.giveBack(slots - claimed.length);
      // What the pace left behind is taken with a later beat; where less was due than it allowed, nothing is left behind.
      if (slots < room && claimed.length === slots) this.#turnSoon();
      for (const delivery of claimed) this.#begin((taken as { endpoint: StoredEndpoint }).endpoint, delivery);
    } catch (error) {
      // The database is away: what is known of the attempts is written when it is back.
      this.#results = [...ended, ...this.#results];
      throw error;
    }
  }

  #begin(endpoint: StoredEndpoint, delivery: ClaimedDelivery): void {
    const { house, post, bell, stopping } = this.#parts;
    const at = house.now();
    const flight = post(endpoint, delivery, stopping).then((result) => {
      const isBrokenOff = stopping.aborted && result.outcome === "not_sent";
      this.#results.push({ delivery, at, result: isBrokenOff ? null : result });
      this.#flights.delete(flight);
      if (!isBrokenOff) bell.attempted(result);
      this.#turnSoon();
    });
    this.#flights.add(flight);
  }
}
