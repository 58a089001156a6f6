// The door of orders: which status may follow which, what each unit cost for good, what a return gives back.
export {
  type FrozenLine,
  type FrozenOrder,
  freezeOrder,
} from "./frozen-line.ts";
export { returnUnits, type TakenFirst } from "./return.ts";
export {
  decideStatus,
  isFinal,
  isOrderStatus,
  ORDER_STATUSES,
  type OrderStatus,
  type StatusSide,
} from "./status.ts";
