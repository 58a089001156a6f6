// Fetches the shop's feed again and again, and imports it when the server says that it has changed.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type House, type ImportOutcome, importFeed } from "../flows/index.ts";
import { type DownloadLimits, download, publicName } from "../outbound/index.ts";
import { feedFile } from "../protocols/yml-feed/index.ts";
import { lastValidators } from "../storage/index.ts";
import type { Job, JobReport } from "./scheduler.ts";

/** Where the feed is and how it is taken. */
export interface FeedSource {
  readonly url: string;
  readonly mostVanishedPercent?: number;
  readonly limits?: Partial<DownloadLimits>;
  /** False: take the file even when the server says that it has not changed. */
  readonly isConditional?: boolean;
  readonly onBytes?: (bytes: number) => void;
}

/** What came of one look at the feed. */
export type FeedRefresh =
  | { readonly kind: "not-modified" }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "imported"; readonly outcome: ImportOutcome };

/** Asks for the feed once and imports what comes. The file lies in the system's temporary folder meanwhile. */
export async function refreshFeed(
  house: House,
  source: FeedSource,
  signal?: AbortSignal,
): Promise<FeedRefresh> {
  const name = publicName(source.url);
  const known =
    source.isConditional === false
      ? { etag: null, lastModified: null }
      : await house.database.read((tx) => lastValidators(tx, "feed", name));
  const folder = await mkdtemp(join(tmpdir(), "prilavok-feed-"));
  try {
    const path = join(folder, "feed.xml");
    const fetched = await download(source.url, path, known, {
      ...(source.limits === undefined ? {} : { limits: source.limits }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (fetched.kind === "unchanged") return { kind: "not-modified" };
    if (fetched.kind === "failed") return { kind: "unreachable", reason: fetched.reason };
    const reading = feedFile({
      path,
      name,
      ...(source.onBytes === undefined ? {} : { onBytes: source.onBytes }),
    });
    const outcome = await importFeed(house, reading, {
      validators: { etag: fetched.etag, lastModified: fetched.lastModified },
      ...(source.mostVanishedPercent === undefined
        ? {}
        : { mostVanishedPercent: source.mostVanishedPercent }),
    });
    return { kind: "imported", outcome };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The job; without a feed's address there is none. A feed that cannot be fetched or taken fails the run, so it is seen. */
export function feedRefreshJob(house: House, source: FeedSource | null, everyMs: number): readonly Job[] {
  if (source === null) return [];
  return [
    {
      name: "refresh-feed",
      everyMs,
      run: async (signal) => told(await refreshFeed(house, source, signal)),
    },
  ];
}

function told(refresh: FeedRefresh): JobReport {
  if (refresh.kind === "unreachable") throw new Error(`the feed could not be fetched: ${refresh.reason}`);
  if (refresh.kind === "not-modified") return { feed: "not-modified" };
  const { outcome } = refresh;
  if (outcome.kind === "refused")
    throw new Error(`the feed was refused: ${outcome.reason} ${outcome.detail}`.trim());
  return { feed: outcome.kind, import: outcome.id, ...outcome.counts };
}
