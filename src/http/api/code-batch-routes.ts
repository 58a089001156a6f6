// Batches of promo codes: made, listed, read with their codes, switched off and on.
import { CODES_PAGE_LIMIT, codeBatchCalls, type FieldProblemBody } from "../../contract/index.ts";
import {
  batchMistake,
  type CodeWithUses,
  findBatch,
  findBatches,
  findCodes,
  generateCodes,
  patternMistake,
  switchBatch,
} from "../../flows/index.ts";
import type { CodeBatch } from "../../storage/index.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

const listCodeBatches = route(codeBatchCalls.listCodeBatches, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const found = await findBatches(house, { before: wish.after, limit: wish.limit + 1 });
  return pageOf(found, wish.limit, ({ id }) => id, batchShown);
});

const createCodeBatch = route(codeBatchCalls.createCodeBatch, async ({ house, rules, body }) => {
  const { alphabet = null, usesPerCode = 1, validUntil = null, ...wish } = body;
  const made = await generateCodes(house, rules, {
    ...wish,
    alphabet,
    usesPerCode,
    validUntil: validUntil === null ? null : Date.parse(validUntil),
  });
  if (made.kind !== "refused") return batchShown(made.batch);
  if (made.reason === "name_taken") return refuse("batch_name_taken");
  const { field, message } =
    made.reason === "pattern_refused" ? patternMistake(made.problem) : batchMistake(made.reason);
  const place: FieldProblemBody = { path: `/body/${field}`, message };
  return refuse("codes_refused", undefined, [place]);
});

const getCodeBatch = route(codeBatchCalls.getCodeBatch, async ({ house, params }) =>
  shownOrMissing(await findBatch(house, params.batchId)),
);

const exportCodeBatch = route(codeBatchCalls.exportCodeBatch, async ({ house, params, query }) => {
  const wish = pageWish({ ...query, limit: query.limit ?? CODES_PAGE_LIMIT });
  if (wish instanceof Refusal) return wish;
  const after = Number(wish.after ?? 0);
  if (!Number.isSafeInteger(after)) return refuse("bad_cursor");
  const batch = await findBatch(house, params.batchId);
  if (batch === null) return refuse("not_found");
  const found = await findCodes(house, batch.id, { after, limit: wish.limit + 1 });
  return pageOf(found, wish.limit, ({ place }) => String(place), codeShown);
});

const disableCodeBatch = route(codeBatchCalls.disableCodeBatch, async ({ house, params }) =>
  shownOrMissing(await switchBatch(house, params.batchId, true)),
);

const enableCodeBatch = route(codeBatchCalls.enableCodeBatch, async ({ house, params }) =>
  shownOrMissing(await switchBatch(house, params.batchId, false)),
);

/** Routes of batches, within the tag "promotions". */
export const codeBatchRoutes = [
  listCodeBatches,
  createCodeBatch,
  getCodeBatch,
  exportCodeBatch,
  disableCodeBatch,
  enableCodeBatch,
];

function shownOrMissing(batch: CodeBatch | null) {
  return batch === null ? refuse("not_found") : batchShown(batch);
}

function batchShown(batch: CodeBatch) {
  return {
    id: batch.id,
    name: batch.name,
    kind: batch.kind,
    promotionId: batch.promotionId,
    pattern: batch.pattern,
    usesPerCode: batch.usesPerCode,
    validUntil: shownOrNull(batch.validUntil),
    codes: batch.codes,
    wanted: batch.wanted,
    createdAt: shown(batch.createdAt),
    completedAt: shownOrNull(batch.completedAt),
    disabledAt: shownOrNull(batch.disabledAt),
  };
}

function codeShown({ code, promotionId, state, uses, usesPerCode, customerId, validUntil }: CodeWithUses) {
  return { code, promotionId, state, uses, usesPerCode, customerId, validUntil: shownOrNull(validUntil) };
}
