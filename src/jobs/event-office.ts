// Everything that moves events out of the house, started and stopped as one.
import { followImshopSetting, forgetOldEvents, type House, type Secrets } from "../flows/index.ts";
import { type CallerOptions, GuardedCaller, type ImshopSettings } from "../outbound/index.ts";
import type { CourierPace } from "./courier-pace.ts";
import { type CourierBell, EventCourier } from "./event-courier.ts";
import { eventPost } from "./event-post.ts";
import { EventPublisher } from "./event-publisher.ts";
import type { Job } from "./scheduler.ts";

/** What the office is made of. */
export interface OfficeParts {
  readonly house: House;
  readonly secrets: Secrets;
  readonly imshop: ImshopSettings | null;
  readonly bell: CourierBell;
  /** How fast events are delivered beside calls. */
  readonly pace: CourierPace;
  /** For tests: another resolver, other limits. */
  readonly caller?: CallerOptions;
}

/** The publisher and the courier of one process. */
export class EventOffice {
  readonly #parts: OfficeParts;
  readonly #caller: GuardedCaller;
  readonly #courier: EventCourier;
  readonly #publisher: EventPublisher;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
    this.#caller = new GuardedCaller(parts.caller);
    const post = eventPost({ ...parts, caller: this.#caller });
    this.#courier = new EventCourier(parts.house, parts.bell, post, { pace: parts.pace });
    this.#publisher = new EventPublisher(parts.house, parts.bell, () => this.#courier.wake());
  }

  /** Somebody has noted an event, or changed what is due. */
  wake(): void {
    this.#publisher.wake();
  }

  /** Begins; does not keep the process alive. */
  async start(): Promise<void> {
    await followImshopSetting(this.#parts.house, this.#parts.imshop?.statusUrl ?? null);
    this.#publisher.start();
    this.#courier.start();
  }

  /** Ends; what was on its way is sent again after the next start. */
  async stop(): Promise<void> {
    await this.#publisher.stop();
    await this.#courier.stop();
    this.#caller.close();
  }
}

/** How often old events are looked for, ms. */
const FORGET_MS = 600_000;

/** Forgets events after `keepMs`. */
export function forgetEventsJob(house: House, keepMs: number): Job {
  return { name: "forget-events", everyMs: FORGET_MS, run: () => forgetOldEvents(house, keepMs) };
}
