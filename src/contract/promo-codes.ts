// One promo code: found as a customer wrote it, wherever it stands, blocked with a reason and let go again.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, input, label, minor, moment, nullable, oneOf, output } from "./shape.ts";

/** Longest code that anybody may ask about, characters. */
const CODE_LIMIT = 200;

/** Longest reason of a block, characters. */
export const BLOCK_REASON_LIMIT = 500;

const written = Type.String({
  minLength: 1,
  maxLength: CODE_LIMIT,
  description: "As it was written: letter case, spaces around, dashes and widths do not matter.",
});

const PromoCodeTold = output(
  {
    code: Type.String({ description: "As its maker wrote it." }),
    compared: Type.String({ description: "As it is compared." }),
    state: oneOf(
      ["valid", "held", "spent", "blocked", "expired", "off", "draft"],
      "held: all its uses are taken, some by orders that may still end unbought. spent: all are gone. off: its promotion does not run now. draft: it stands only in a draft of the rules.",
    ),
    blockedBy: nullable(
      oneOf(["people", "table", "batch"]),
      "Who says so: people by this API, the table that it was imported with, its batch that is off. Null: it is not blocked.",
    ),
    promotion: nullable(
      output({
        id: Type.String({ description: "The promotion that it opens." }),
        name: nullable(output({ ru: Type.String(), en: Type.String() }), "Null: not in the rules in force."),
        status: nullable(
          oneOf(["active", "scheduled", "ended", "off"]),
          "How it stands now; null: not in the rules in force.",
        ),
      }),
      "Null: nothing has the code any more.",
    ),
    batch: nullable(
      output({ id: Type.String({ description: "Id." }), name: label("Name.") }),
      "The batch that it came with; null: the promotion itself lists it.",
    ),
    draft: nullable(
      output({ id: Type.String({ description: "Id." }), name: label("Name.") }),
      "The draft in which alone it stands; null: in none.",
    ),
    block: nullable(
      output({
        isBlocked: Type.Boolean({ description: "False: it was let go again." }),
        reason: Type.String({ description: "Why." }),
        by: Type.String({ description: "Who." }),
        at: moment("When."),
      }),
      "The last word of people on it; null: there was none.",
    ),
    version: count("Grows with every word on it: a change names the one that was seen. 0: nobody said any."),
    uses: count("Orders that used it and stand."),
    usesLeft: nullable(count("Uses."), "How often it still may be used; null: nothing limits it."),
    validUntil: nullable(moment("End, exclusive."), "When it ends; null: never."),
    isPersonal: Type.Boolean({ description: "Whether it is for one customer only." }),
    customerId: nullable(Type.String(), "Whose it is; null: anybody's, or the caller may not see customers."),
    orders: nullable(
      Type.Array(
        output({
          orderId: Type.String({ description: "The order." }),
          at: moment("When it was placed."),
          status: nullable(Type.String(), "Its status; null: not told."),
          amountMinor: minor("What the promotion took off, kopecks."),
          releasedAt: nullable(moment("When."), "When the use was given back; null: it stands."),
          customerId: nullable(Type.String(), "Who bought; null: unknown, or the caller may not see it."),
        }),
      ),
      "Of the last 50 orders that used it those that the caller may see, newest first; null: no orders at all.",
    ),
  },
  { title: "PromoCodeTold" },
);

const BlockWish = (what: string, reason: string, version: number) =>
  input(
    {
      code: written,
      reason: Type.String({
        minLength: 1,
        maxLength: BLOCK_REASON_LIMIT,
        pattern: "\\S",
        description: "Why; it stays in the audit log.",
      }),
      version: Type.Integer({
        minimum: 0,
        maximum: 2_147_483_647,
        description: "The version that was seen; refused where somebody else was quicker.",
      }),
    },
    { title: what, examples: [{ code: "HELLO-2026", reason, version }] },
  );

/** Finds one. */
export const findCode = operation({
  id: "findCode",
  method: "POST",
  path: "/codes/find",
  tag: "promotions",
  summary: "Find one promo code",
  description:
    "Of a batch, of a promotion, or of a draft of the rules. The code stands in the body, because codes are as good as money and addresses are kept by logs.",
  scope: "promotions:read",
  body: input({ code: written }, { title: "CodeSearch", examples: [{ code: "HELLO-2026" }] }),
  status: 200,
  answer: PromoCodeTold,
  problems: ["not_found"],
  isReading: true,
});

/** Blocks one. */
export const blockCode = operation({
  id: "blockCode",
  method: "POST",
  path: "/codes/block",
  tag: "promotions",
  summary: "Block one promo code",
  description:
    "From the next cart on it is refused; an order that is being placed is priced without it and told so line by line. What is blocked already stays so, with its first reason.",
  scope: "promotions:write",
  body: BlockWish("CodeBlockWish", "Posted in a public chat", 0),
  status: 200,
  answer: PromoCodeTold,
  problems: ["not_found", "stale_version"],
});

/** Lets one go again. */
export const unblockCode = operation({
  id: "unblockCode",
  method: "POST",
  path: "/codes/unblock",
  tag: "promotions",
  summary: "Let one promo code go again",
  description:
    "Takes back what blockCode did. What a table or a batch has blocked stays so: import it anew, or switch the batch on.",
  scope: "promotions:write",
  body: BlockWish("CodeUnblockWish", "It was ours", 1),
  status: 200,
  answer: PromoCodeTold,
  problems: ["not_found", "stale_version"],
});
