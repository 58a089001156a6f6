// Batches of promo codes: made, listed, read with their codes, switched off.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, label, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

/** Most codes of a batch that one call makes; more are made by `codes generate` at the server. */
export const BATCH_CALL_LIMIT = 10_000;

/** A batch. */
export const CodeBatch = output(
  {
    id: identifier("Id of the batch."),
    name: label("Its name; no other batch has it."),
    kind: oneOf(["generated", "imported"], "Where its codes come from."),
    promotionId: nullable(Type.String(), "The promotion of its codes; null: each code names its own."),
    pattern: nullable(Type.String(), "Pattern of the codes; null: imported."),
    usesPerCode: nullable(
      Type.Integer(),
      "How often each code may be used; null: as the promotion's limits say.",
    ),
    validUntil: nullable(moment("End, exclusive."), "When its codes end; null: never, or each code says so."),
    codes: count("How many codes it has."),
    wanted: nullable(count("How many it shall have."), "How many it shall have; null: imported."),
    createdAt: moment("When it was made."),
    completedAt: nullable(
      moment("Whole since then."),
      "Null: making it was interrupted; the same call goes on.",
    ),
    disabledAt: nullable(moment("Off since then."), "Null: its codes may be used."),
  },
  { title: "CodeBatch" },
);

/** A batch that is wanted. */
const CodeBatchIn = input(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: "A name that no other batch has." }),
    promotionId: identifier("A promotion in force that applies with a code."),
    pattern: Type.String({
      minLength: 1,
      maxLength: 30,
      description: "Each # becomes a random character: SALE-####-####-###.",
    }),
    alphabet: Type.Optional(
      Type.String({
        maxLength: 128,
        description: "What is chosen from; usually characters that look like no other.",
      }),
    ),
    count: Type.Integer({ minimum: 1, maximum: BATCH_CALL_LIMIT, description: "How many codes." }),
    usesPerCode: Type.Optional(
      nullable(
        Type.Integer({ minimum: 1, maximum: 1_000_000 }),
        "How often each may be used (default 1: personal codes); null: as the promotion's limits say.",
      ),
    ),
    validUntil: Type.Optional(
      nullable(moment("End, exclusive."), "When the codes end; null or absent: never."),
    ),
  },
  {
    title: "CodeBatchIn",
    description: "Codes for one use need 40 random bits, others 10 and room for twice as many codes.",
    examples: [
      { name: "Spring, personal", promotionId: "friends", pattern: "SALE-####-####-###", count: 100 },
    ],
  },
);

const byBatch = input({ batchId: identifier("Id of the batch.") });

/** Batches there are. */
export const listCodeBatches = operation({
  id: "listCodeBatches",
  method: "GET",
  path: "/code-batches",
  tag: "promotions",
  summary: "List batches of promo codes",
  description: "Newest first.",
  scope: "promotions:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(CodeBatch, "CodeBatchPage"),
});

/** Makes a batch. */
export const createCodeBatch = operation({
  id: "createCodeBatch",
  method: "POST",
  path: "/code-batches",
  tag: "promotions",
  summary: "Make a batch of promo codes",
  description: `Exactly as many random codes as wanted, all different from every code there is. The same batch again is answered as it is. At most ${BATCH_CALL_LIMIT.toLocaleString("en")} codes a call.`,
  scope: "promotions:write",
  body: CodeBatchIn,
  status: 201,
  answer: CodeBatch,
  problems: ["codes_refused", "batch_name_taken"],
  isCreating: true,
});

/** One batch. */
export const getCodeBatch = operation({
  id: "getCodeBatch",
  method: "GET",
  path: "/code-batches/{batchId}",
  tag: "promotions",
  summary: "Read one batch of promo codes",
  scope: "promotions:read",
  params: byBatch,
  status: 200,
  answer: CodeBatch,
});

/** Most codes of one page. */
export const CODES_PAGE_LIMIT = 1000;

/** Codes of a batch. */
export const exportCodeBatch = operation({
  id: "exportCodeBatch",
  method: "GET",
  path: "/code-batches/{batchId}/codes",
  tag: "promotions",
  summary: "Read the codes of a batch",
  description: "In the order of making. `codes export` writes them as a CSV table.",
  // Codes are as good as money: who may only look at rules does not get them.
  scope: "promotions:write",
  params: byBatch,
  query: input({
    ...PAGE,
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: CODES_PAGE_LIMIT,
        default: CODES_PAGE_LIMIT,
        description: "Entries of a page.",
      }),
    ),
  }),
  status: 200,
  answer: pageOf(
    output(
      {
        code: Type.String({ description: "As written." }),
        promotionId: Type.String({ description: "The promotion that it opens." }),
        state: oneOf(
          ["free", "redeemed", "blocked"],
          "What it is now: redeemed also once its own uses are used up.",
        ),
        uses: count("Orders that used it and stand."),
        usesPerCode: nullable(
          Type.Integer(),
          "How often it may be used; null: as the promotion's limits say.",
        ),
        customerId: nullable(Type.String(), "Whose it is; null: anybody's."),
        validUntil: nullable(moment("End, exclusive."), "When it ends; null: never."),
      },
      { title: "PromoCode" },
    ),
    "PromoCodePage",
  ),
});

/** Switches a batch off. */
export const disableCodeBatch = operation({
  id: "disableCodeBatch",
  method: "POST",
  path: "/code-batches/{batchId}/disable",
  tag: "promotions",
  summary: "Switch a batch of promo codes off",
  description: "None of its codes works from the next cart on. Switching it off again changes nothing.",
  scope: "promotions:write",
  params: byBatch,
  status: 200,
  answer: CodeBatch,
});

/** Switches a batch on again. */
export const enableCodeBatch = operation({
  id: "enableCodeBatch",
  method: "POST",
  path: "/code-batches/{batchId}/enable",
  tag: "promotions",
  summary: "Switch a batch of promo codes on again",
  scope: "promotions:write",
  params: byBatch,
  status: 200,
  answer: CodeBatch,
});
