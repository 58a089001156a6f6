// What needs attention now, of the whole shop in one list: each entry says what it is about and which call shows it.
import { readMoment } from "../core/pricing/index.ts";
import {
  countAnswers,
  countOpenAlarms,
  countUnusable,
  countWaitingCorrections,
  type ImportKind,
  installedAt,
  latestImports,
  listLeases,
  spentBatches,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { limitsNearEnd } from "./limit-report.ts";
import { endpointsOf } from "./manage-endpoints.ts";
import type { ShelvedRules } from "./rule-shelf.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A promotion's end is told so long before, ms. */
export const ENDING_SOON_MS = 3 * DAY;
/** A limit is told of from this share on. */
export const NEAR_LIMIT = 0.9;
/** Deliveries that could not be used are told of for so long, ms. */
export const UNUSABLE_MS = DAY;
/** Goods and stock that nothing was told of for so long are stale, ms, unless the feed comes more rarely. */
export const STALE_MS = DAY;
/** A backup is late after so many of its intervals. */
const LATE_BACKUPS = 2;
/** Batches of codes that are looked at: the newest. */
const BATCHES_LOOKED_AT = 20;

/** What an entry is about. */
export const ATTENTION_KINDS = [
  "webhook_disabled",
  "webhook_failing",
  "feed_stale",
  "stock_stale",
  "import_held",
  "promotion_ending",
  "limit_near",
  "alarm_new",
  "deliveries_unusable",
  "corrections_waiting",
  "answers_waiting",
  "answers_unknown",
  "codes_exhausted",
  "backup_late",
  "job_failed",
] as const;

/** One of ATTENTION_KINDS. */
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** The call that shows a number's list. */
export interface ListLink {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** One thing that somebody should look at. */
export interface Attention {
  readonly kind: AttentionKind;
  /** Which one: an id, a job, a limit. Null: all of the kind together. */
  readonly subject: string | null;
  /** Its name for people, where it has one. */
  readonly name: string | null;
  /** How many there are behind the link. */
  readonly count: number;
  /** Since when, or when it will be, ms. */
  readonly at: number | null;
  readonly link: ListLink;
}

/** How often things are done here, ms; 0: never. */
export interface AttentionTerms {
  readonly backupMs: number;
  readonly feedMs: number;
}

/** Who reads the front page. */
export interface OverviewReader {
  /** Which parts may be told, by the nouns of scopes. */
  readonly mayRead: (noun: string) => boolean;
  /** Outlets that they are set on; null: all. What belongs to the whole shop is told to those of all only. */
  readonly stores: readonly string[] | null;
}

/** What needs attention, in the order of ATTENTION_KINDS. */
export async function findAttention(
  house: House,
  rules: ShelvedRules,
  terms: AttentionTerms,
  reader: OverviewReader,
): Promise<readonly Attention[]> {
  const { mayRead } = reader;
  const isOfAll = (noun: string): boolean => reader.stores === null && mayRead(noun);
  const now = house.now();
  const parts: (readonly Attention[])[] = [];
  if (isOfAll("events")) parts.push(await webhooksOf(house));
  if (mayRead("promotions")) parts.push(endingOf(rules, now), await limitsOf(house, rules));
  parts.push(
    await house.database.read(async (tx) => [
      ...(isOfAll("catalogue") ? await importsOf(tx, now, terms) : []),
      ...(mayRead("promotions") ? await batchesOf(tx, now) : []),
      ...(await waitingOf(tx, now, reader)),
      ...(isOfAll("system") ? await jobsOf(tx, now, terms) : []),
    ]),
  );
  const order = (kind: AttentionKind): number => ATTENTION_KINDS.indexOf(kind);
  return parts.flat().sort((left, right) => order(left.kind) - order(right.kind));
}

function entry(
  kind: AttentionKind,
  operation: string,
  more: Partial<Omit<Attention, "link">> & Partial<ListLink>,
) {
  const { params = {}, query = {}, subject = null, name = null, count = 1, at = null } = more;
  return { kind, subject, name, count, at, link: { operation, params, query } };
}

async function webhooksOf(house: House): Promise<Attention[]> {
  return (await endpointsOf(house)).flatMap((endpoint) => {
    const { id, label, url, failures, state, disabledReason } = endpoint;
    const about = { subject: id, name: label === "" ? new URL(url).host : label, params: { webhookId: id } };
    // Switched off by hand or by a setting is no news to whoever did it.
    if (state === "disabled")
      return disabledReason === "operator" || disabledReason === "not_configured"
        ? []
        : [entry("webhook_disabled", "getWebhook", { ...about, at: endpoint.disabledAt })];
    return failures > 0
      ? [entry("webhook_failing", "getWebhook", { ...about, at: endpoint.lastFailureAt })]
      : [];
  });
}

function endingOf({ documents, rules }: ShelvedRules, now: number): Attention[] {
  return documents.set.promotions.flatMap(({ id, name, status = "active", schedule }) => {
    const at = schedule?.until === undefined ? null : readMoment(schedule.until, rules.zone);
    const isRunning = status === "active" || status === "scheduled";
    if (!isRunning || at === null || at <= now || at - now > ENDING_SOON_MS) return [];
    const about = { subject: id, name: typeof name === "string" ? name : name.ru, at };
    return [entry("promotion_ending", "getPromotion", { ...about, params: { promotionId: id } })];
  });
}

async function limitsOf(house: House, rules: ShelvedRules): Promise<Attention[]> {
  return (await limitsNearEnd(house, rules, NEAR_LIMIT)).map(({ promotionId }) =>
    entry("limit_near", "getPromotionUses", {
      subject: promotionId,
      name: nameOf(rules, promotionId),
      params: { promotionId },
    }),
  );
}

function nameOf({ documents }: ShelvedRules, promotionId: string): string {
  const name = documents.set.promotions.find(({ id }) => id === promotionId)?.name ?? promotionId;
  return typeof name === "string" ? name : name.ru;
}

async function importsOf(tx: Tx, now: number, { feedMs }: AttentionTerms): Promise<Attention[]> {
  const found: Attention[] = [];
  for (const kind of ["feed", "stock", "outlets"] as const satisfies readonly ImportKind[]) {
    const imports = await latestImports(tx, kind, 50);
    for (const { id, state, startedAt, source } of imports)
      if (state === "held")
        found.push(
          entry("import_held", "getImport", {
            subject: id,
            // Of a path or an address the last part tells people which it is.
            name: source.split(/[\\/]/).findLast((part) => part !== "") ?? source,
            at: startedAt,
            params: { importId: id },
          }),
        );
    if (kind === "outlets") continue;
    const told = imports.find(({ state }) => state === "applied" || state === "unchanged");
    const late = Math.max(STALE_MS, kind === "feed" ? 3 * feedMs : 0);
    if (told !== undefined && now - told.startedAt > late)
      found.push(
        entry(kind === "feed" ? "feed_stale" : "stock_stale", "listImports", {
          at: told.startedAt,
          query: { kind },
        }),
      );
  }
  return found;
}

async function batchesOf(tx: Tx, now: number): Promise<Attention[]> {
  return (await spentBatches(tx, now, BATCHES_LOOKED_AT)).map(({ id, name }) =>
    entry("codes_exhausted", "getCodeBatch", { subject: id, name, params: { batchId: id } }),
  );
}

async function waitingOf(tx: Tx, now: number, { mayRead, stores }: OverviewReader): Promise<Attention[]> {
  const found: Attention[] = [];
  const some = (kind: AttentionKind, count: number, operation: string, query: Record<string, string>) => {
    if (count > 0) found.push(entry(kind, operation, { count, query }));
  };
  if (mayRead("feedback")) {
    some("alarm_new", await countOpenAlarms(tx, stores), "listDeskAlarms", { isOpen: "true" });
  }
  if (stores === null && mayRead("feedback")) {
    const since = now - UNUSABLE_MS;
    const query = { from: new Date(since).toISOString() };
    some("deliveries_unusable", await countUnusable(tx, since), "listUnusableDeliveries", query);
  }
  if (stores === null && mayRead("loyalty"))
    some("corrections_waiting", await countWaitingCorrections(tx), "listWaitingCorrections", {});
  if (mayRead("answers")) {
    const waiting = await countAnswers(tx, "awaiting_approval", stores);
    some("answers_waiting", waiting, "listAnswers", { state: "awaiting_approval" });
    some("answers_unknown", await countAnswers(tx, "unknown", stores), "listAnswers", { state: "unknown" });
  }
  return found;
}

async function jobsOf(tx: Tx, now: number, { backupMs }: AttentionTerms): Promise<Attention[]> {
  const leases = await listLeases(tx);
  const failed = leases
    .filter(({ outcome }) => outcome === "failed")
    .map(({ name, startedAt }) => entry("job_failed", "getSystem", { subject: name, at: startedAt }));
  const since = leases.find(({ name }) => name === "backup")?.startedAt ?? (await installedAt(tx)) ?? now;
  const isLate = backupMs > 0 && now - since > LATE_BACKUPS * backupMs;
  return isLate ? [...failed, entry("backup_late", "listBackups", { at: since })] : failed;
}
