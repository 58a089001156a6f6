// Whether what somebody wrote is a rule set or a programme: the compiled schema decides, the mistakes explain.
import { Compile } from "typebox/schema";
import type { AnswerPolicy } from "../core/desk/index.ts";
import type { CartDocument, ProgrammeDocument, PromotionSet } from "../core/pricing/index.ts";
import { putAnswerPolicy } from "./answer-rules.ts";
import { cartSchema } from "./cart.ts";
import { type Mistake, mistakesOf } from "./mistake.ts";
import { programmeSchema } from "./programme.ts";
import { promotionSetSchema } from "./promotion.ts";

/** The document, or all its mistakes. */
export type Checked<Document> =
  | { readonly kind: "fits"; readonly document: Document }
  | { readonly kind: "refused"; readonly problems: readonly Mistake[] };

const isPromotionSet = lazily(() => Compile(promotionSetSchema));
const isCart = lazily(() => Compile(cartSchema));
const isProgramme = lazily(() => Compile(programmeSchema));
const isAnswerPolicy = lazily(() => Compile(putAnswerPolicy.body));

/** Checks a rule set by its shape; what the values mean is for the engine to judge. */
export function checkPromotionSet(value: unknown): Checked<PromotionSet> {
  if (Array.isArray(value)) {
    const message = "must be a group of keys, not a list";
    return {
      kind: "refused",
      problems: [{ path: "", message, suggestion: "put the list under “promotions:”" }],
    };
  }
  return checked<PromotionSet>(promotionSetSchema, isPromotionSet(), value);
}

/** Checks a loyalty programme by its shape. */
export function checkProgramme(value: unknown): Checked<ProgrammeDocument> {
  return checked<ProgrammeDocument>(programmeSchema, isProgramme(), value);
}

/** Checks a cart to try by its shape. */
export function checkCart(value: unknown): Checked<CartDocument> {
  return checked<CartDocument>(cartSchema, isCart(), value);
}

/** Checks a policy of answers by its shape. */
export function checkAnswerPolicy(value: unknown): Checked<AnswerPolicy> {
  return checked<AnswerPolicy>(putAnswerPolicy.body, isAnswerPolicy(), value);
}

function checked<Document>(
  schema: object,
  validator: { Check(value: unknown): boolean },
  value: unknown,
): Checked<Document> {
  if (validator.Check(value)) return { kind: "fits", document: value as Document };
  const problems = mistakesOf(schema, value);
  return {
    kind: "refused",
    problems: problems.length > 0 ? problems : [{ path: "", message: "does not fit the schema" }],
  };
}

/** Compiling takes milliseconds that a command without promotions need not spend. */
function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
