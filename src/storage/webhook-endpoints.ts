// Endpoints that events are sent to: where they are, what they asked for, how they are doing.
import type { Tx, Value } from "./database.ts";

/** An endpoint as it is stored. Secrets are sealed by the caller. */
export interface StoredEndpoint {
  readonly id: string;
  /** `webhook`: somebody's address; `imshop`: the vendor's, from the settings. */
  readonly channel: "webhook" | "imshop";
  readonly url: string;
  readonly label: string;
  /** Hosts and address ranges inside the house that it may be at. */
  readonly allow: readonly string[];
  /** Kinds of events it gets; `*`: all that have no addressee. */
  readonly kinds: readonly string[];
  /** Which items of the desk it is told of, as written; null: all. */
  readonly filter: string | null;
  readonly secret: Uint8Array | null;
  /** The secret before the last rotation; signs as well until `oldSecretUntil`. */
  readonly oldSecret: Uint8Array | null;
  readonly oldSecretUntil: number | null;
  readonly state: "enabled" | "disabled";
  /** Who switched it off: `operator`, or what was wrong. */
  readonly disabledReason: string | null;
  readonly disabledAt: number | null;
  readonly failures: number;
  readonly failingMs: number;
  readonly lastFailureAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly lastReachedAt: number | null;
  readonly lastOutcome: string | null;
  /** It asked not to be called before this. */
  readonly pausedUntil: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

interface EndpointRow {
  readonly id: string;
  readonly channel: "webhook" | "imshop";
  readonly url: string;
  readonly label: string;
  readonly allow: string;
  readonly filter: string | null;
  readonly secret: Uint8Array | null;
  readonly old_secret: Uint8Array | null;
  readonly old_secret_until: number | null;
  readonly state: "enabled" | "disabled";
  readonly disabled_reason: string | null;
  readonly disabled_at: number | null;
  readonly failures: number;
  readonly failing_ms: number;
  readonly last_failure_at: number | null;
  readonly last_success_at: number | null;
  readonly last_reached_at: number | null;
  readonly last_outcome: string | null;
  readonly paused_until: number | null;
  readonly created_at: number;
  readonly updated_at: number;
}

/** The columns in the order in which `valuesOf` gives their values. */
const COLUMNS = [
  "id",
  "channel",
  "url",
  "label",
  "allow",
  "filter",
  "secret",
  "old_secret",
  "old_secret_until",
  "state",
  "disabled_reason",
  "disabled_at",
  "failures",
  "failing_ms",
  "last_failure_at",
  "last_success_at",
  "last_reached_at",
  "last_outcome",
  "paused_until",
  "created_at",
  "updated_at",
] as const;

function valuesOf(endpoint: StoredEndpoint): Value[] {
  return [
    endpoint.id,
    endpoint.channel,
    endpoint.url,
    endpoint.label,
    JSON.stringify(endpoint.allow),
    endpoint.filter,
    endpoint.secret,
    endpoint.oldSecret,
    endpoint.oldSecretUntil,
    endpoint.state,
    endpoint.disabledReason,
    endpoint.disabledAt,
    endpoint.failures,
    endpoint.failingMs,
    endpoint.lastFailureAt,
    endpoint.lastSuccessAt,
    endpoint.lastReachedAt,
    endpoint.lastOutcome,
    endpoint.pausedUntil,
    endpoint.createdAt,
    endpoint.updatedAt,
  ];
}

function fromRow(row: EndpointRow, kinds: readonly string[]): StoredEndpoint {
  return {
    id: row.id,
    channel: row.channel,
    url: row.url,
    label: row.label,
    allow: JSON.parse(row.allow) as string[],
    kinds,
    filter: row.filter,
    secret: row.secret,
    oldSecret: row.old_secret,
    oldSecretUntil: row.old_secret_until,
    state: row.state,
    disabledReason: row.disabled_reason,
    disabledAt: row.disabled_at,
    failures: row.failures,
    failingMs: row.failing_ms,
    lastFailureAt: row.last_failure_at,
    lastSuccessAt: row.last_success_at,
    lastReachedAt: row.last_reached_at,
    lastOutcome: row.last_outcome,
    pausedUntil: row.paused_until,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const LIST = COLUMNS.join(", ");

/** Adds an endpoint or replaces the one of its id, with the kinds it asks for. */
export async function saveEndpoint(tx: Tx, endpoint: StoredEndpoint): Promise<void> {
  await writeEndpoint(tx, endpoint);
  await tx.run("delete from webhook_subscription where endpoint_id = ?", [endpoint.id]);
  for (const kind of endpoint.kinds) {
    await tx.run("insert into webhook_subscription (endpoint_id, kind) values (?, ?)", [endpoint.id, kind]);
  }
}

/** The same without its kinds: what an attempt changes. */
export async function writeEndpoint(tx: Tx, endpoint: StoredEndpoint): Promise<void> {
  await tx.run(
    `insert into webhook_endpoint (${LIST}) values (${COLUMNS.map(() => "?").join(", ")})
      on conflict (id) do update set ${COLUMNS.slice(1)
        .map((column) => `${column} = excluded.${column}`)
        .join(", ")}`,
    valuesOf(endpoint),
  );
}

/** All endpoints, in the order of their making. */
export async function listEndpoints(tx: Tx): Promise<StoredEndpoint[]> {
  const rows = await tx.rows<EndpointRow>(`select ${LIST} from webhook_endpoint order by created_at, id`);
  const asked = await tx.rows<{ endpoint_id: string; kind: string }>(
    "select endpoint_id, kind from webhook_subscription order by kind",
  );
  return rows.map((row) =>
    fromRow(
      row,
      asked.filter((one) => one.endpoint_id === row.id).map(({ kind }) => kind),
    ),
  );
}

/** The endpoint of that id. */
export function endpointById(tx: Tx, id: string): Promise<StoredEndpoint | null> {
  return oneEndpoint(tx, id, "");
}

/** The same, held until the commit: whatever changes an endpoint or its lanes begins with this. */
export function lockEndpoint(tx: Tx, id: string): Promise<StoredEndpoint | null> {
  return oneEndpoint(tx, id, holding(tx));
}

/** An endpoint that is on; `filter` as in `StoredEndpoint`. */
export interface HeldEndpoint {
  readonly id: string;
  readonly filter: string | null;
}

/** Holds every endpoint that is on until the commit; in the order of ids, so that nobody waits crosswise. */
export function lockEndpoints(tx: Tx): Promise<HeldEndpoint[]> {
  return tx.rows<HeldEndpoint>(
    `select id, filter from webhook_endpoint where state = 'enabled' order by id${holding(tx)}`,
  );
}

/** SQLite has one writer, so a row needs no holding there. */
function holding(tx: Tx): string {
  return tx.engine === "postgres" ? " for no key update" : "";
}

async function oneEndpoint(tx: Tx, id: string, suffix: string): Promise<StoredEndpoint | null> {
  const [row] = await tx.rows<EndpointRow>(`select ${LIST} from webhook_endpoint where id = ?${suffix}`, [
    id,
  ]);
  if (row === undefined) return null;
  const asked = await tx.rows<{ kind: string }>(
    "select kind from webhook_subscription where endpoint_id = ? order by kind",
    [id],
  );
  return fromRow(
    row,
    asked.map(({ kind }) => kind),
  );
}

/** Removes an endpoint with all that it still had to get; false when there is none. */
export async function removeEndpoint(tx: Tx, id: string): Promise<boolean> {
  for (const table of ["webhook_subscription", "webhook_attempt", "webhook_delivery", "webhook_lane"]) {
    await tx.run(`delete from ${table} where endpoint_id = ?`, [id]);
  }
  return (await tx.run("delete from webhook_endpoint where id = ?", [id])) > 0;
}

/** Whether there are other endpoints that are on, and whether one of them was reached since `since`, ms. */
export async function neighboursOf(
  tx: Tx,
  id: string,
  since: number,
): Promise<{ readonly hasOthers: boolean; readonly isOtherReached: boolean }> {
  const [row] = await tx.rows<{ others: number; reached: number | null }>(
    `select count(*) as others, max(last_reached_at) as reached
      from webhook_endpoint where id <> ? and state = 'enabled'`,
    [id],
  );
  return { hasOthers: (row?.others ?? 0) > 0, isOtherReached: (row?.reached ?? -1) >= since };
}
