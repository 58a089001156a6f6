// The digest of the last seven whole days: what luck hardly makes, three comments with nobody's data in them, or nothing unusual.
import { addDays, type Days, dayOfEpoch, type Filter, masked } from "../core/desk/index.ts";
import {
  addStars,
  countOf,
  type Digest,
  digestLines,
  digestOf,
  expectedTopics,
  NO_STARS,
  type NoticeLanguage,
  type Stars,
} from "../core/numbers/index.ts";
import {
  listAlarms,
  listDeskItems,
  partsByFilter,
  type TallySlice,
  type Tx,
  talliesOf,
} from "../storage/index.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { starsIn } from "./numbers-parts.ts";
import { placeNames } from "./watched-places.ts";

/** Comments that are looked at, the lowest stars first. */
const COMMENTS = 300;

/** Alarms that are looked at, the latest first. */
const ALARMS = 200;

/** Longest comment in a digest, characters. */
const SHOWN = 200;

/** A digest with its days and its lines; no lines: it pauses. */
export interface WrittenDigest {
  readonly days: Days;
  readonly digest: Digest;
  readonly lines: readonly string[];
}

/** Reads the digest of the seven days that end yesterday. */
export function readDigest(house: House, language: NoticeLanguage): Promise<WrittenDigest> {
  const today = dayOfEpoch(clockOf(house, null).wallClock(house.now()).day);
  return house.database.read((tx) => digestBefore(tx, today, language));
}

/** The digest of the seven days before `today`. */
export async function digestBefore(tx: Tx, today: number, language: NoticeLanguage): Promise<WrittenDigest> {
  const days = { from: addDays(today, -7), to: addDays(today, -1) };
  const earlier = { from: addDays(days.from, -56), to: addDays(days.from, -1) };
  const weekBefore = { from: addDays(days.from, -7), to: addDays(days.from, -1) };
  const week = await talliesOf(tx, during(days), "branch");
  const before = await talliesOf(tx, during(earlier), "source");
  const silent = await talliesOf(tx, during(weekBefore), "source");
  const names = [...new Set([...week, ...before].map(({ source }) => source))].sort();
  const alarms = (await listAlarms(tx, false, ALARMS)).filter(
    ({ evidence }) => evidence.day >= days.from && evidence.day <= days.to,
  );
  const nameOf = await placeNames(tx);
  const digest = digestOf({
    alarms: alarms.map(({ place, source, evidence }) => ({
      branch: nameOf(place),
      source,
      alarm: evidence,
    })),
    sources: names.map((source) => ({
      source,
      before: starsOf(before, source),
      week: starsOf(week, source),
    })),
    topics: (await topicCounts(tx, during(days), week)).map((topic) => ({
      ...topic,
      branch: topic.branch === null ? null : nameOf(topic.branch),
    })),
    comments: await comments(tx, during(days)),
    wasSilent: silent.every(({ counts }) => countOf(starsIn(counts)) === 0),
  });
  return { days, digest, lines: digestLines(digest, language) };
}

function during({ from, to }: Days): Filter {
  return [{ isNot: false, test: { kind: "range", field: "day", from, to } }];
}

function starsOf(slices: readonly TallySlice[], source: string): Stars {
  return slices
    .filter((slice) => slice.source === source)
    .reduce((sum, { counts }) => addStars(sum, starsIn(counts)), NO_STARS);
}

async function topicCounts(tx: Tx, filter: Filter, week: readonly TallySlice[]) {
  const parts = await partsByFilter(tx, filter, "topic", true);
  const words = new Map<string | null, number>();
  for (const { branchId, counts } of week) {
    words.set(branchId, (words.get(branchId) ?? 0) + counts.worded);
  }
  const slices = [...words].filter(([, of]) => of > 0);
  return expectedTopics(
    slices.map(([branch, of]) => ({
      branch,
      of,
      topics: new Map(
        parts.filter(({ branchId }) => branchId === branch).map((part) => [part.word, part.of]),
      ),
    })),
  );
}

async function comments(tx: Tx, filter: Filter) {
  const page = { sort: "stars" as const, after: null, limit: COMMENTS };
  const { items } = await listDeskItems(
    tx,
    [...filter, { isNot: false, test: { kind: "has", what: "comment" } }],
    page,
  );
  return items.map((item) => ({
    id: item.id,
    branch: item.branchId,
    rating: item.rating,
    text: shortened(masked(item.comment ?? "")),
    stems: item.stems.split(" ").filter((stem) => stem !== ""),
    topics: item.topics.length,
  }));
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
