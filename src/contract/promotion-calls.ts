// Calls about promotions and the programme: read, check, apply, go back.
// Long because the calls of one noun are read together.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { Programme, Promotion, PromotionSet, SET_LIMIT } from "./promotion-shapes.ts";
import { despite, GATE, PromotionSetCheck } from "./publication.ts";
import { RulesChange } from "./rules-change.ts";
import { count, identifier, input, moment, nullable, output, PAGE, pageOf } from "./shape.ts";

const how = {
  note: Type.Optional(Type.String({ maxLength: 500, description: "Why, for whoever reads the history." })),
  dryRun: Type.Optional(Type.Boolean({ description: "true: compare only, change nothing." })),
};
const gated = { ...how, despite };
const promotionId = identifier("Id of the promotion.");
const REFUSED = ["promotions_refused", "changed_meanwhile"] as const;

/** Promotions in force. */
export const listPromotions = operation({
  id: "listPromotions",
  method: "GET",
  path: "/promotions",
  tag: "promotions",
  summary: "List promotions",
  description: "Those in force, whatever their status, in the order of the menu.",
  scope: "promotions:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(Promotion, "PromotionPage"),
});

/** One promotion in force. */
export const getPromotion = operation({
  id: "getPromotion",
  method: "GET",
  path: "/promotions/{promotionId}",
  tag: "promotions",
  summary: "Read one promotion",
  scope: "promotions:read",
  params: input({ promotionId }),
  status: 200,
  answer: Promotion,
});

/** Adds a promotion or replaces the one of the same id. */
export const putPromotion = operation({
  id: "putPromotion",
  method: "POST",
  path: "/promotions",
  tag: "promotions",
  summary: "Add or replace one promotion",
  description:
    "Replaces the promotion of the same id in its place; a new one goes to the end. Makes a new version. Refused where the publication gate finds an error about it.",
  scope: "promotions:write",
  query: input(gated),
  body: Promotion,
  status: 200,
  answer: RulesChange,
  problems: REFUSED,
  isCreating: true,
  isCheckedInside: true,
});

/** Takes a promotion out of force. */
export const removePromotion = operation({
  id: "removePromotion",
  method: "DELETE",
  path: "/promotions/{promotionId}",
  tag: "promotions",
  summary: "Remove one promotion",
  description: "Makes a new version without it; old versions keep it.",
  scope: "promotions:write",
  params: input({ promotionId }),
  query: input(how),
  status: 200,
  answer: RulesChange,
  problems: REFUSED,
});

/** The whole rule set in force. */
export const getPromotionSet = operation({
  id: "getPromotionSet",
  method: "GET",
  path: "/promotion-set",
  tag: "promotions",
  summary: "Read the whole rule set",
  scope: "promotions:read",
  status: 200,
  answer: output(
    {
      version: count("Version; 0: nothing was ever applied."),
      hash: Type.String({ description: "SHA-256 of set and programme." }),
      set: PromotionSet,
    },
    { title: "PromotionSetInForce" },
  ),
});

/** Replaces the whole rule set. */
export const applyPromotionSet = operation({
  id: "applyPromotionSet",
  method: "PUT",
  path: "/promotion-set",
  tag: "promotions",
  summary: "Apply a whole rule set",
  description:
    "What is not in it is removed. Applying the same set again changes nothing and makes no version. Refused where the publication gate finds an error.",
  scope: "promotions:write",
  query: input(gated),
  body: PromotionSet,
  bodyLimit: SET_LIMIT,
  status: 200,
  answer: RulesChange,
  problems: REFUSED,
  isCheckedInside: true,
});

/** Checks a rule set without applying it. */
export const validatePromotionSet = operation({
  id: "validatePromotionSet",
  method: "POST",
  path: "/promotion-set/validate",
  tag: "promotions",
  summary: "Check a rule set",
  description:
    "Changes nothing. Problems refuse it always, findings of severity error unless despite names them; warnings are legal and probably not meant.",
  scope: "promotions:read",
  query: input(GATE),
  body: PromotionSet,
  bodyLimit: SET_LIMIT,
  status: 200,
  answer: PromotionSetCheck,
  isCheckedInside: true,
});

const header = {
  version: count("Number of the version."),
  hash: Type.String({ description: "SHA-256 of set and programme." }),
  note: Type.String({ description: "Why it was made." }),
  createdAt: moment("When it came into force."),
};
const byVersion = input({
  version: Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: "Number of the version." }),
});

/** Versions there were. */
export const listPromotionVersions = operation({
  id: "listPromotionVersions",
  method: "GET",
  path: "/promotion-set/versions",
  tag: "promotions",
  summary: "List versions of the rules",
  description: "Newest first; the first one is in force.",
  scope: "promotions:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(output(header, { title: "PromotionVersion" }), "PromotionVersionPage"),
});

/** One version with its documents. */
export const getPromotionVersion = operation({
  id: "getPromotionVersion",
  method: "GET",
  path: "/promotion-set/versions/{version}",
  tag: "promotions",
  summary: "Read one version of the rules",
  scope: "promotions:read",
  params: byVersion,
  status: 200,
  answer: output(
    { ...header, set: PromotionSet, programme: nullable(Programme, "The programme then in force.") },
    { title: "PromotionVersionWhole" },
  ),
});

/** Brings an old version into force again. */
export const restorePromotionVersion = operation({
  id: "restorePromotionVersion",
  method: "POST",
  path: "/promotion-set/versions/{version}/restore",
  tag: "promotions",
  summary: "Go back to a version",
  description:
    "As a new version with the promotions and the programme of the old one. The code table stays as it is.",
  scope: "promotions:write",
  params: byVersion,
  query: input(how),
  status: 200,
  answer: RulesChange,
  problems: REFUSED,
});

/** The programme in force. */
export const getProgramme = operation({
  id: "getProgramme",
  method: "GET",
  path: "/programme",
  tag: "promotions",
  summary: "Read the loyalty programme",
  scope: "promotions:read",
  status: 200,
  answer: output(
    { programme: nullable(Programme, "Null: there is none, and no answer speaks of points.") },
    { title: "ProgrammeInForce" },
  ),
});

/** Replaces the programme. */
export const applyProgramme = operation({
  id: "applyProgramme",
  method: "PUT",
  path: "/programme",
  tag: "promotions",
  summary: "Apply a loyalty programme",
  scope: "promotions:write",
  query: input(how),
  body: Programme,
  status: 200,
  answer: RulesChange,
  problems: REFUSED,
  isCheckedInside: true,
});

/** Ends the programme. */
export const removeProgramme = operation({
  id: "removeProgramme",
  method: "DELETE",
  path: "/programme",
  tag: "promotions",
  summary: "Remove the loyalty programme",
  scope: "promotions:write",
  query: input(how),
  status: 200,
  answer: RulesChange,
  problems: REFUSED,
});
