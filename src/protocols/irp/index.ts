// The door of IMSHOP Retail Protocol.
export { type IrpErrorCode, refuse } from "./errors.ts";
export { type IrpCall, type IrpFace, type IrpGate, type IrpRoute, irpFace, refused } from "./face.ts";
export { type RatingSettings, ratingRoute } from "./rating.ts";
