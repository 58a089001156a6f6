// The door of the contract: schemas of our own documents and calls.
export { type Checked, checkProgramme, checkPromotionSet } from "./authored-check.ts";
export { keyPath, type Mistake } from "./mistake.ts";
export { programmeSchema } from "./programme.ts";
export { APP_LENGTHS, promotionSchema, promotionSetSchema } from "./promotion.ts";
export { nearest } from "./spelling.ts";
