// Retention of what customers wrote and are called: after their time the words and names go, and every number stays.
import {
  forgetBodiesOf,
  forgetItemWords,
  forgetNameIn,
  forgetRating,
  forgetRecord,
  forgetThread,
  lockRecord,
  namesOf,
  noteForgotten,
  type OutlivedRecord,
  outlivedRatings,
  outlivedRecords,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";
import { stemText } from "./stem-words.ts";

/** How long they are kept, ms; 0: for ever. */
export interface WordsKept {
  readonly wordsMs: number;
  readonly namesMs: number;
}

/** What one run did, in records and ratings. */
export interface WordsForgotten {
  readonly words: number;
  readonly names: number;
}

/** Records of one read. */
const HANDFUL = 200;

/** Most records of one run; the next one goes on. Each is a transaction of its own: nobody waits for more than one. */
export const FORGET_MOST = 10_000;

/** Takes out what has outlived its time; the audit log says how much and up to when. */
export async function forgetWords(
  house: House,
  kept: WordsKept,
  most = FORGET_MOST,
): Promise<WordsForgotten> {
  const now = house.now();
  const { wordsMs, namesMs } = kept;
  const words = wordsMs === 0 ? 0 : await forgetBefore(house, now - wordsMs, WORDS, most);
  const names = namesMs === 0 ? 0 : await forgetBefore(house, now - namesMs, NAMES, most - words);
  if (words + names === 0) return { words, names };
  const until = {
    ...(wordsMs === 0 ? {} : { wordsBefore: new Date(now - wordsMs).toISOString() }),
    ...(namesMs === 0 ? {} : { namesBefore: new Date(now - namesMs).toISOString() }),
  };
  await house.database.transaction((tx) =>
    keepAudit(tx, {
      at: now,
      actor: "retention",
      action: "feedback.forget",
      subject: "feedback",
      details: { words, names, ...until },
    }),
  );
  house.dataErased?.();
  return { words, names };
}

/** One kind of what goes: where it is looked for, and what is done to one of them. */
interface Outlived {
  find(tx: Tx, before: number, limit: number): Promise<OutlivedRecord[]>;
  forget(tx: Tx, record: OutlivedRecord): Promise<void>;
}

const NAMES: readonly Outlived[] = [
  { find: (tx, before, limit) => outlivedRecords(tx, "names", before, limit), forget: forgetNames },
];

const WORDS: readonly Outlived[] = [
  { find: (tx, before, limit) => outlivedRecords(tx, "words", before, limit), forget: forgetWordsOf },
  { find: outlivedRatings, forget: forgetRatingOf },
];

async function forgetBefore(
  house: House,
  before: number,
  kinds: readonly Outlived[],
  most: number,
): Promise<number> {
  let count = 0;
  for (const { find, forget } of kinds) {
    while (count < most) {
      const found = await house.database.read((tx) => find(tx, before, Math.min(HANDFUL, most - count)));
      for (const record of found) await house.database.transaction((tx) => forget(tx, record));
      count += found.length;
      if (found.length < HANDFUL) break;
    }
  }
  return count;
}

async function forgetNames(tx: Tx, { id }: OutlivedRecord): Promise<void> {
  await lockRecord(tx, id);
  for (const name of await namesOf(tx, id)) await forgetNameIn(tx, id, name);
  await forgetRecord(tx, id, { words: false, names: true });
  await noteForgotten(tx, id, { words: false, names: true });
  await forgetBodiesOf(tx, id);
}

async function forgetWordsOf(tx: Tx, { id }: OutlivedRecord): Promise<void> {
  await lockRecord(tx, id);
  await forgetRecord(tx, id, { words: true, names: false });
  await noteForgotten(tx, id, { words: true, names: false });
  await forgetOnDesk(tx, id);
}

async function forgetRatingOf(tx: Tx, { id, orderId }: OutlivedRecord): Promise<void> {
  await forgetRating(tx, orderId, false);
  await forgetOnDesk(tx, id);
}

async function forgetOnDesk(tx: Tx, id: string): Promise<void> {
  await forgetItemWords(tx, id, (preset) => stemText(preset));
  await forgetThread(tx, id);
  await forgetBodiesOf(tx, id);
}
