// Makes a batch of random promo codes: exactly as many as wanted, all different from each other and from every code there is.
import {
  batchProblem,
  CODE_ALPHABET,
  type CodePattern,
  fillPattern,
  foldCode,
  type PatternProblem,
  type Rules,
  readPattern,
} from "../core/pricing/index.ts";
import {
  addCodeBatch,
  addPromoCodes,
  type CodeBatch,
  codeBatchById,
  codeBatchByName,
  countIntoBatch,
  findPromoCodes,
  lastPlace,
  lockCodeBatch,
  removeCodeBatch,
  removeCodesOfBatch,
  type StoredPromoCode,
  type Tx,
} from "../storage/index.ts";
import { cryptoBytes, type NextByte } from "./code-chance.ts";
import type { House } from "./house.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** Most codes of a batch. */
export const BATCH_LIMIT = 5_000_000;

/** Longest name of a batch, characters. */
export const BATCH_NAME_LIMIT = 100;

/** Most uses of one code that can be asked for. */
export const USES_LIMIT = 1_000_000;

/** Codes of one transaction: other writers wait for no more than these, some tens of milliseconds. */
const CHUNK = 2048;

/** Codes drawn at once and added in the order of their spelling, so that a transaction touches few pages of the index. */
const BLOCK = 32 * CHUNK;

/** Draws in a row without a free code after which the pattern counts as full: with one in 3000 free that happens once in 10^9. */
const BARREN_DRAWS = 65_536;

/** A batch that is wanted. */
export interface BatchWish {
  /** Unique; the same wish again under the same name changes nothing, or goes on where it was interrupted. */
  readonly name: string;
  readonly promotionId: string;
  readonly pattern: string;
  /** Null: CODE_ALPHABET. */
  readonly alphabet: string | null;
  readonly count: number;
  /** 1: personal codes; null: as often as the promotion's limits allow. */
  readonly usesPerCode: number | null;
  /** Exclusive; null: for ever. */
  readonly validUntil: number | null;
}

/** Why a batch is not made. */
export type BatchRefusal =
  | "name_unusable"
  | "count_out_of_range"
  | "uses_out_of_range"
  | "until_passed"
  | "promotion_unknown"
  | "promotion_without_codes"
  /** Another batch has the name. */
  | "name_taken"
  /** Nearly all codes of the pattern exist already; nothing is left of the batch. */
  | "no_room";

/** What came of it. */
export type CodesGenerated =
  | { readonly kind: "made" | "unchanged"; readonly batch: CodeBatch }
  | { readonly kind: "refused"; readonly reason: BatchRefusal }
  | { readonly kind: "refused"; readonly reason: "pattern_refused"; readonly problem: PatternProblem };

/** What making may be given beside the wish. */
export interface GenerateOptions {
  /** Where chance comes from; the system's cryptographic generator when not given. */
  readonly nextByte?: NextByte;
  /** Told how many codes the batch has. */
  readonly onMade?: (codes: number) => void;
}

/** Makes the batch, in transactions of CHUNK codes; an interrupted one is gone on with by the same wish. */
export async function generateCodes(
  house: House,
  shelf: RuleShelf,
  wish: BatchWish,
  options: GenerateOptions = {},
): Promise<CodesGenerated> {
  const { rules } = await shelf.current();
  const reason = refusalOf(wish, rules, house.now());
  if (reason !== null) return { kind: "refused", reason };
  const read = readPattern(wish.pattern, wish.alphabet ?? CODE_ALPHABET);
  const problem =
    read.kind === "refused"
      ? read.problem
      : batchProblem(read.pattern, { count: wish.count, isPersonal: wish.usesPerCode === 1 });
  if (read.kind === "refused" || problem !== null)
    return { kind: "refused", reason: "pattern_refused", problem: problem as PatternProblem };
  const batch = await beginBatch(house, wish, read.pattern);
  if (batch === null) return { kind: "refused", reason: "name_taken" };
  if (batch.completedAt !== null) return { kind: "unchanged", batch };
  const maker: Maker = { house, rules, pattern: read.pattern, nextByte: options.nextByte ?? cryptoBytes() };
  const isFull = await fillBatch(maker, batch, options.onMade);
  const made = isFull ? await house.database.read((tx) => codeBatchById(tx, batch.id)) : null;
  if (made !== null) return { kind: "made", batch: made };
  await discardBatch(house, batch.id);
  return { kind: "refused", reason: "no_room" };
}

function refusalOf(wish: BatchWish, rules: Rules, now: number): BatchRefusal | null {
  const { name, count, usesPerCode, validUntil, promotionId } = wish;
  if (name.trim() === "" || name !== name.trim() || name.length > BATCH_NAME_LIMIT) return "name_unusable";
  if (!Number.isSafeInteger(count) || count < 1 || count > BATCH_LIMIT) return "count_out_of_range";
  const isUsable =
    usesPerCode === null ||
    (Number.isSafeInteger(usesPerCode) && usesPerCode >= 1 && usesPerCode <= USES_LIMIT);
  if (!isUsable) return "uses_out_of_range";
  if (validUntil !== null && validUntil <= now) return "until_passed";
  const rule = rules.byId.get(promotionId);
  if (rule === undefined) return "promotion_unknown";
  return rule.needsCode ? null : "promotion_without_codes";
}

/** The batch of the wish, new or interrupted or whole; null when another has its name. */
async function beginBatch(house: House, wish: BatchWish, pattern: CodePattern): Promise<CodeBatch | null> {
  const batch: CodeBatch = {
    id: house.newId(),
    name: wish.name,
    kind: "generated",
    promotionId: wish.promotionId,
    pattern: pattern.text,
    alphabet: pattern.alphabet,
    usesPerCode: wish.usesPerCode,
    validUntil: wish.validUntil,
    wanted: wish.count,
    codes: 0,
    createdAt: house.now(),
    completedAt: null,
    disabledAt: null,
  };
  const known = await house.database.transaction(async (tx) =>
    (await addCodeBatch(tx, batch)) ? batch : await codeBatchByName(tx, wish.name),
  );
  return known !== null && isSameWish(known, batch) ? known : null;
}

function isSameWish(left: CodeBatch, right: CodeBatch): boolean {
  const keys = ["kind", "promotionId", "pattern", "alphabet", "usesPerCode", "validUntil", "wanted"] as const;
  return keys.every((key) => left[key] === right[key]);
}

interface Maker {
  readonly house: House;
  readonly rules: Rules;
  readonly pattern: CodePattern;
  readonly nextByte: NextByte;
}

/** Adds codes until the batch has all; false when the pattern is full before. */
async function fillBatch(
  maker: Maker,
  batch: CodeBatch,
  onMade: (codes: number) => void = () => undefined,
): Promise<boolean> {
  const { database } = maker.house;
  let missing = (batch.wanted ?? 0) - batch.codes;
  let isCrowded = false;
  let barren = 0;
  while (barren < BARREN_DRAWS) {
    const drawn: number = isCrowded ? CHUNK : Math.min(missing, BLOCK);
    const block = drawCodes(maker, batch, drawn);
    let added = 0;
    for (let at = 0; at < block.length; at += CHUNK) {
      const chunk = block.slice(at, at + CHUNK);
      const step = await database.transaction((tx) => addChunk(tx, batch.id, chunk, isCrowded));
      if (step === null) return false;
      onMade(step.codes);
      if (step.missing === 0) return true;
      missing = step.missing;
      added += step.added;
    }
    isCrowded = added < drawn;
    barren = added === 0 ? barren + drawn : 0;
  }
  return false;
}

/** `count` draws: each code once, none listed in the rules, in the order of their compared spelling. */
function drawCodes(
  { house, pattern, nextByte, rules }: Maker,
  batch: CodeBatch,
  count: number,
): StoredPromoCode[] {
  const createdAt = house.now();
  const drawn = new Map<string, StoredPromoCode>();
  for (let made = 0; made < count; made += 1) {
    const code = fillPattern(pattern, nextByte);
    const folded = foldCode(code);
    if (rules.codes.has(folded)) continue;
    drawn.set(folded, {
      folded,
      code,
      promotionId: batch.promotionId ?? "",
      state: "free",
      batch: batch.id,
      validUntil: batch.validUntil,
      createdAt,
      usesPerCode: batch.usesPerCode,
      customerId: null,
      place: 0,
    });
  }
  return [...drawn.values()].sort((left, right) => (left.folded < right.folded ? -1 : 1));
}

interface Step {
  readonly added: number;
  /** How many the batch has now. */
  readonly codes: number;
  readonly missing: number;
}

/** Adds what is missing of `drawn` and free; null when the batch is gone. `isCrowded`: many are taken, so they are looked up first. */
async function addChunk(
  tx: Tx,
  batchId: string,
  drawn: readonly StoredPromoCode[],
  isCrowded: boolean,
): Promise<Step | null> {
  const batch = await lockCodeBatch(tx, batchId);
  if (batch === null) return null;
  const missing = (batch.wanted ?? 0) - batch.codes;
  const taken = isCrowded
    ? new Set(
        (
          await findPromoCodes(
            tx,
            drawn.map(({ folded }) => folded),
          )
        ).map(({ folded }) => folded),
      )
    : null;
  const free = drawn.filter(({ folded }) => taken?.has(folded) !== true);
  const last = await lastPlace(tx, batchId);
  const wanted = free.slice(0, missing).map((code, index) => ({ ...code, place: last + 1 + index }));
  const { size: added } = await addPromoCodes(tx, wanted);
  const at = drawn[0]?.createdAt ?? batch.createdAt;
  await countIntoBatch(tx, batchId, added, added === missing ? at : null);
  return { added, codes: batch.codes + added, missing: missing - added };
}

async function discardBatch(house: House, batchId: string): Promise<void> {
  const removeSome = (tx: Tx): Promise<number> => removeCodesOfBatch(tx, batchId, CHUNK);
  while ((await house.database.transaction(removeSome)) > 0);
  await house.database.transaction((tx) => removeCodeBatch(tx, batchId));
}
