// Sends notices to people: one message at a time to a destination, each destination for itself, on whichever instance is first.
import type { NoticeEnd } from "../core/desk/index.ts";
import {
  findDueDestinations,
  freeOwnTurns,
  type House,
  handToEndpoint,
  settleNotice,
  type TakenNotice,
  takeNotice,
  writeNotice,
} from "../flows/index.ts";
import type { Notifier } from "../outbound/index.ts";
import type { DestinationKind } from "../storage/index.ts";
import type { JobBell } from "./scheduler.ts";

/** The channels that are set; webhooks always are. */
export type Notifiers = { readonly [kind in Exclude<DestinationKind, "webhook">]: Notifier | null };

/** Where tries and faults are told. */
export interface NoticeBell extends Pick<JobBell, "failed"> {
  tried?(kind: DestinationKind, outcome: string): void;
}

/** How often it looks for what is due, ms. */
const POLL_MS = 1_000;

/** Destinations that are sent to at once. */
const AT_ONCE = 4;

/** The sender of one process. */
export class NoticeSender {
  readonly #house: House;
  readonly #notifiers: Notifiers;
  readonly #bell: NoticeBell;
  readonly #publicUrl: string | null;
  readonly #holder: string;
  readonly #stopping = new AbortController();
  /** Ends that the database would not take yet. */
  #unsettled: { readonly taken: TakenNotice; readonly end: NoticeEnd }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;

  constructor(house: House, notifiers: Notifiers, bell: NoticeBell, publicUrl: string | null) {
    this.#house = house;
    this.#notifiers = notifiers;
    this.#bell = bell;
    this.#publicUrl = publicUrl;
    this.#holder = house.newId();
  }

  /** Begins to look; does not keep the process alive. */
  start(): void {
    this.#looking = this.#begin().finally(() => {
      this.#looking = null;
      this.#arm();
    });
  }

  /** Takes nothing more and breaks off what is on its way: it is sent again after the next start. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopping.abort();
    await this.#looking;
    await this.#settleAll().catch((error: unknown) => this.#bell.failed("send-notices", error));
  }

  /** One look: sends all that is due. Gives how many messages were sent. */
  async look(): Promise<number> {
    await this.#settleAll();
    const due = await findDueDestinations(this.#house);
    let sent = 0;
    const lines = Array.from({ length: Math.min(AT_ONCE, due.length) }, async () => {
      for (let id = due.shift(); id !== undefined; id = due.shift()) {
        const count = await this.#sendAll(id);
        sent += count;
      }
    });
    await Promise.all(lines);
    return sent;
  }

  /** All that one destination may get now. */
  async #sendAll(destinationId: string): Promise<number> {
    let sent = 0;
    while (!this.#stopping.signal.aborted) {
      const isReady = (kind: DestinationKind): boolean =>
        kind === "webhook" || this.#notifiers[kind] !== null;
      const taken = await takeNotice(this.#house, destinationId, this.#holder, isReady);
      if (taken === null) break;
      const end = await this.#try(taken);
      this.#bell.tried?.(taken.destination.kind, end.kind === "sent" ? "sent" : end.why);
      this.#unsettled.push({ taken, end });
      await this.#settleAll();
      if (end.kind === "failed") break;
      sent += end.kind === "sent" ? 1 : 0;
    }
    return sent;
  }

  async #try({ destination, message }: TakenNotice): Promise<NoticeEnd> {
    const written = await writeNotice(this.#house, destination, message, this.#publicUrl);
    // What it was about is gone: there is nothing to tell, and that is told.
    if (written === null) return { kind: "sent" };
    const { kind, address: to } = destination;
    const outgoing = { id: message.id, to, ...written };
    if (kind === "webhook") return handToEndpoint(this.#house, destination, message, outgoing.text);
    const notifier = this.#notifiers[kind];
    if (notifier === null)
      return { kind: "failed", why: "not_configured", isReached: false, retryAfterMs: null };
    return notifier.send(outgoing, this.#stopping.signal);
  }

  async #settleAll(): Promise<void> {
    for (let next = this.#unsettled[0]; next !== undefined; next = this.#unsettled[0]) {
      await settleNotice(this.#house, next.taken, next.end);
      this.#unsettled = this.#unsettled.filter((each) => each !== next);
    }
  }

  /** A file has one process: what stands as taken there belongs to one that is gone. */
  async #begin(): Promise<void> {
    if (this.#house.database.engine !== "sqlite") return;
    await freeOwnTurns(this.#house).catch((error: unknown) => this.#bell.failed("send-notices", error));
  }

  #arm(): void {
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.look()
        .then(() => undefined)
        .catch((error: unknown) => this.#bell.failed("send-notices", error))
        .finally(() => {
          this.#looking = null;
          this.#arm();
        });
    }, POLL_MS);
    this.#timer.unref();
  }
}
