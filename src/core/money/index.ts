// The door of money: amounts, points, quantities, percentages, rounding by name, splitting, decimals.
export { allocate, allocateInto, type Part } from "./allocate.ts";
export { formatDecimal, parseDecimal, toDecimalNumber } from "./decimal.ts";
export { add, type Minor, minor, subtract, total, ZERO } from "./minor.ts";
export { type Bps, bps, grossHalfUp, percentDown, percentHalfUp, WHOLE } from "./percent.ts";
export { NO_POINTS, type Points, points } from "./points.ts";
export { isWhole, ONE_UNIT, type Quantity, quantity } from "./quantity.ts";
export { multiplyRoundDown, multiplyRoundHalfUp, roundDown, roundHalfEven, roundHalfUp } from "./rounding.ts";
