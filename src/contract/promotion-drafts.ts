// Drafts of rule sets that several people see: begun from what is in force, changed, judged, tried on recorded carts, published.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { PreviewReport, previewWish } from "./promotion-preview.ts";
import { Promotion, PromotionSet, SET_LIMIT } from "./promotion-shapes.ts";
import { despite, GATE, PromotionSetCheck } from "./publication.ts";
import { RulesChange, RulesDifference } from "./rules-change.ts";
import { count, identifier, input, label, moment, nullable, output, PAGE, pageOf } from "./shape.ts";

const head = {
  id: identifier("Id of the draft."),
  name: label("Its name."),
  note: Type.String({ description: "What it is for." }),
  version: count("Grows with every change: a change names the one that it was made on."),
  baseVersion: count("Version of the rules that it was begun from, or last brought up to; 0: none."),
  inForce: count(
    "Version of the rules in force now; another one than baseVersion: catch up before publishing.",
  ),
  createdBy: Type.String({ description: "Who began it." }),
  createdAt: moment("When it was begun."),
  updatedBy: Type.String({ description: "Who changed it last." }),
  updatedAt: moment("When it was changed last."),
  publishedVersion: nullable(count("Version."), "Version of the rules that it became; null: it is open."),
  publishedAt: nullable(moment("When."), "When it came into force."),
};

const Draft = output(
  {
    ...head,
    set: PromotionSet,
    difference: RulesDifference,
    conflicts: Type.Array(Type.String(), {
      description: "After catching up: promotions that others changed too, here as the draft has them.",
    }),
  },
  { title: "PromotionDraft" },
);

const byDraft = input({ draftId: identifier("Id of the draft.") });
const byPromotion = input({
  draftId: identifier("Id of the draft."),
  promotionId: identifier("Id of the promotion."),
});
const seen = {
  version: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      description:
        "Version of the draft that was seen; refused where somebody else was quicker. Absent: written over it.",
    }),
  ),
};
const words = {
  name: Type.String({ minLength: 1, maxLength: 100, description: "Its name." }),
  note: Type.Optional(Type.String({ maxLength: 500, description: "What it is for." })),
};
const CHANGED = ["stale_version", "draft_published"] as const;

/** Drafts there are. */
export const listPromotionDrafts = operation({
  id: "listPromotionDrafts",
  method: "GET",
  path: "/promotion-drafts",
  tag: "promotions",
  summary: "List drafts of the rules",
  description: "Newest first, published ones too.",
  scope: "promotions:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(output(head, { title: "PromotionDraftHead" }), "PromotionDraftPage"),
});

/** Begins a draft. */
export const createPromotionDraft = operation({
  id: "createPromotionDraft",
  method: "POST",
  path: "/promotion-drafts",
  tag: "promotions",
  summary: "Begin a draft of the rules",
  description: "Holds what is in force, or what an old version held. Everybody who may read rules sees it.",
  scope: "promotions:write",
  body: input(
    {
      ...words,
      fromVersion: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: "An old version to begin from." }),
      ),
    },
    { title: "PromotionDraftIn", examples: [{ name: "December", note: "Gifts before New Year" }] },
  ),
  status: 201,
  answer: Draft,
  problems: ["too_many_drafts", "not_found"],
  isCreating: true,
});

/** One draft. */
export const getPromotionDraft = operation({
  id: "getPromotionDraft",
  method: "GET",
  path: "/promotion-drafts/{draftId}",
  tag: "promotions",
  summary: "Read one draft of the rules",
  description: "With what it changes of the rules in force, promotion by promotion and field by field.",
  scope: "promotions:read",
  params: byDraft,
  status: 200,
  answer: Draft,
});

/** Gives a draft other words. */
export const putPromotionDraft = operation({
  id: "putPromotionDraft",
  method: "PUT",
  path: "/promotion-drafts/{draftId}",
  tag: "promotions",
  summary: "Rename a draft of the rules",
  scope: "promotions:write",
  params: byDraft,
  query: input(seen),
  body: input(words, { title: "PromotionDraftWords", examples: [{ name: "December, second try" }] }),
  status: 200,
  answer: Draft,
  problems: CHANGED,
});

/** Throws a draft away. */
export const removePromotionDraft = operation({
  id: "removePromotionDraft",
  method: "DELETE",
  path: "/promotion-drafts/{draftId}",
  tag: "promotions",
  summary: "Throw a draft of the rules away",
  description: "What was published of it stays in the versions of the rules.",
  scope: "promotions:write",
  params: byDraft,
  status: 204,
});

/** Replaces the whole set of a draft. */
export const putPromotionDraftSet = operation({
  id: "putPromotionDraftSet",
  method: "PUT",
  path: "/promotion-drafts/{draftId}/set",
  tag: "promotions",
  summary: "Replace the whole set of a draft",
  scope: "promotions:write",
  params: byDraft,
  query: input(seen),
  body: PromotionSet,
  bodyLimit: SET_LIMIT,
  status: 200,
  answer: Draft,
  problems: [...CHANGED, "promotions_refused"],
  isCheckedInside: true,
});

/** Adds a promotion to a draft or replaces the one of the same id. */
export const putDraftPromotion = operation({
  id: "putDraftPromotion",
  method: "POST",
  path: "/promotion-drafts/{draftId}/promotions",
  tag: "promotions",
  summary: "Add or replace one promotion of a draft",
  description:
    "Its shape is checked; what it means together with the others is judged by the check of the draft.",
  scope: "promotions:write",
  params: byDraft,
  query: input(seen),
  body: Promotion,
  status: 200,
  answer: Draft,
  problems: [...CHANGED, "promotions_refused"],
  isCheckedInside: true,
});

/** Takes a promotion out of a draft. */
export const removeDraftPromotion = operation({
  id: "removeDraftPromotion",
  method: "DELETE",
  path: "/promotion-drafts/{draftId}/promotions/{promotionId}",
  tag: "promotions",
  summary: "Take one promotion out of a draft",
  description: "One that is not in it changes nothing.",
  scope: "promotions:write",
  params: byPromotion,
  query: input(seen),
  status: 200,
  answer: Draft,
  problems: CHANGED,
});

/** Brings a draft up to what is in force. */
export const catchUpPromotionDraft = operation({
  id: "catchUpPromotionDraft",
  method: "POST",
  path: "/promotion-drafts/{draftId}/catch-up",
  tag: "promotions",
  summary: "Bring a draft up to the rules in force",
  description:
    "What only others changed is taken over, promotion by promotion; what both changed stays as the draft has it and is named in conflicts.",
  scope: "promotions:write",
  params: byDraft,
  query: input(seen),
  status: 200,
  answer: Draft,
  problems: CHANGED,
});

/** Judges a draft. */
export const checkPromotionDraft = operation({
  id: "checkPromotionDraft",
  method: "GET",
  path: "/promotion-drafts/{draftId}/check",
  tag: "promotions",
  summary: "Check a draft of the rules",
  description: "Mistakes and findings of the publication gate; see the check of a rule set.",
  scope: "promotions:read",
  params: byDraft,
  query: input(GATE),
  status: 200,
  answer: PromotionSetCheck,
});

/** Tries a draft on recorded carts. */
export const previewPromotionDraft = operation({
  id: "previewPromotionDraft",
  method: "GET",
  path: "/promotion-drafts/{draftId}/preview",
  tag: "promotions",
  summary: "Try a draft on recorded carts",
  description:
    "The newest carts of a span, priced as of their own instants; “before” is what was answered then. Bounded in carts and in time; one at a time.",
  scope: "promotions:read",
  params: byDraft,
  query: input(previewWish),
  status: 200,
  answer: PreviewReport,
  problems: ["promotions_refused", "overloaded"],
});

/** Publishes a draft. */
export const publishPromotionDraft = operation({
  id: "publishPromotionDraft",
  method: "POST",
  path: "/promotion-drafts/{draftId}/publish",
  tag: "promotions",
  summary: "Publish a draft of the rules",
  description:
    "Refused where the gate finds an error, where the draft changed since it was seen, and where the rules changed since it was begun or caught up. A set that changes nothing stays a draft.",
  scope: "promotions:write",
  params: byDraft,
  query: input({
    ...seen,
    note: Type.Optional(
      Type.String({ maxLength: 500, description: "Why; the draft's own words when absent." }),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: "true: compare only, change nothing." })),
    despite,
  }),
  status: 200,
  answer: RulesChange,
  problems: [...CHANGED, "promotions_refused", "changed_meanwhile"],
});
