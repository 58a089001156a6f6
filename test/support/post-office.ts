// Events on their way in a test: endpoints at will, a clock that is turned by hand, attempts that end as the test says.
import { instant } from "../../src/core/basics/index.ts";
import {
  type AttemptResult,
  createSecrets,
  deliveriesOf,
  deliveryOf,
  type EventNote,
  noteEvent,
  publishEvents,
} from "../../src/flows/index.ts";
import { type CourierPace, EventCourier, type Post } from "../../src/jobs/index.ts";
import {
  type Database,
  eventSpan,
  removeEndpoint,
  type StoredEndpoint,
  saveEndpoint,
} from "../../src/storage/index.ts";
import { type HouseUnderTest, houseOver } from "./house.ts";

/** Secrets of every test of webhooks. */
export const SECRETS = createSecrets("test-pepper");

/** A secret that tests may know. */
export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** An outcome with a status that goes with it. */
export function result(outcome: AttemptResult["outcome"], more: Partial<AttemptResult> = {}): AttemptResult {
  const status =
    outcome === "delivered" ? 200 : outcome === "server_error" ? 500 : outcome === "gone" ? 410 : null;
  return { outcome, status, retryAfterMs: null, note: null, ms: 0, ...more };
}

/** What a test of deliveries works with. */
export interface PostOffice {
  readonly house: HouseUnderTest;
  /** Adds an endpoint that asks for everything. */
  endpoint(id: string, more?: Partial<StoredEndpoint>): Promise<void>;
  /** Notes and publishes one event of `order`. */
  note(order: string, more?: Partial<EventNote>): Promise<string>;
  /** A courier of one instance; it is looked at by hand. */
  courier(post: Post, chance?: () => number, pace?: CourierPace): EventCourier;
  /** Transactions of its couriers so far. */
  turns(): number;
  /** Takes its endpoints away, so that the next test of the database has none. */
  clear(): Promise<void>;
}

/** When a delivery that failed is tried again, ms after the attempt: the schedule as its own source states it. */
export const PAUSES: readonly number[] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map(
  (seconds) => seconds * 1000,
);

/** Attempts of one delivery as they are stored. */
export async function attemptsMade(house: HouseUnderTest, endpoint: string, number: number) {
  const delivery = await deliveryOf(house, endpoint, number);
  return { state: delivery?.state, at: (delivery?.history ?? []).map(({ at }) => at) };
}

/** How many events have arrived at an endpoint. */
export async function deliveredTo(house: HouseUnderTest, endpoint: string): Promise<number> {
  const page = { state: "delivered" as const, before: null, limit: 100_000 };
  return (await deliveriesOf(house, endpoint, page))?.length ?? 0;
}

/** The last number given. */
export async function lastNumber(database: Database): Promise<number> {
  return (await database.read(eventSpan)).last;
}

/** An office over `database`. */
export function postOffice(database: Database): PostOffice {
  const house = houseOver(database);
  const ids = unique(house);
  const made = new Set<string>();
  let turns = 0;
  const counting: Database = {
    ...database,
    transaction: (work, choices) => {
      turns += 1;
      return database.transaction(work, choices);
    },
  };
  const counted = { ...ids, database: counting };
  return {
    house: ids,
    turns: () => turns,
    endpoint: (id, more = {}) => {
      made.add(id);
      return database.transaction((tx) => saveEndpoint(tx, { ...blankEndpoint(id, house.now()), ...more }));
    },
    clear: async () => {
      for (const id of made) await database.transaction((tx) => removeEndpoint(tx, id));
    },
    note: async (order, more = {}) => {
      const id = await database.transaction((tx) =>
        noteEvent(tx, ids, {
          kind: "order.placed",
          subject: { type: "order", id: order },
          body: {},
          at: instant(house.now()),
          ...more,
        }),
      );
      while ((await publishEvents(ids)) !== null);
      return id;
    },
    courier: (post, chance = () => 0.5, pace = undefined) =>
      new EventCourier(
        counted,
        { failed: (_job, error) => failLoudly(error), attempted: () => undefined },
        post,
        pace === undefined ? { chance } : { chance, pace },
      ),
  };
}

function failLoudly(error: unknown): void {
  throw error instanceof Error ? error : new Error(String(error));
}

/** Ids that differ between the suites of one database. */
function unique(house: HouseUnderTest): HouseUnderTest {
  return { ...house, newId: () => crypto.randomUUID() };
}

/** An endpoint that nothing is known of yet. */
export function blankEndpoint(id: string, now: number): StoredEndpoint {
  return {
    id,
    channel: "webhook",
    url: "https://receiver.example/hook",
    label: id,
    allow: [],
    filter: null,
    kinds: ["*"],
    secret: SECRETS.seal(WEBHOOK_SECRET),
    oldSecret: null,
    oldSecretUntil: null,
    state: "enabled",
    disabledReason: null,
    disabledAt: null,
    failures: 0,
    failingMs: 0,
    lastFailureAt: null,
    lastSuccessAt: null,
    lastReachedAt: null,
    lastOutcome: null,
    pausedUntil: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Looks and waits until nothing more happens at this instant. */
export async function run(courier: EventCourier): Promise<void> {
  await courier.look();
  await courier.settled();
}
