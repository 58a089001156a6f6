// The door of IMSHOP Retail Protocol.
export { basketRoute } from "./basket.ts";
export { type BonusesSettings, bonusesHistoryRoute } from "./bonuses-history.ts";
export { irpFace } from "./face.ts";
export { type LoyaltyCodeSettings, loyaltyCodeRoute } from "./loyalty-code.ts";
export { cancelRoute, storageRoute } from "./order-changes.ts";
export { type HistorySettings, historyRoute } from "./order-history.ts";
export { ordersRoute } from "./orders.ts";
export { ratingRoute } from "./rating.ts";
export { readRatingText } from "./rating-text.ts";
export { type IrpSettings, irpSettings } from "./settings.ts";
export { readBasket } from "./translate.ts";
