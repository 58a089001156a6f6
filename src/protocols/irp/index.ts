// The door of IMSHOP Retail Protocol.
export { basketRoute } from "./basket.ts";
export { type IrpErrorCode, refuse } from "./errors.ts";
export { type IrpCall, type IrpFace, type IrpGate, type IrpRoute, irpFace, refused } from "./face.ts";
export { type RatingSettings, ratingRoute } from "./rating.ts";
export { type IrpSettings, irpSettings } from "./settings.ts";
export { type BasketRead, readBasket } from "./translate.ts";
