// Calls whose kept answers an act on an order makes old.
import { customerCalls, loyaltyCalls, orderCalls, orderDeskCalls } from "../../../contract/index.ts";

/** The order, lists of orders, and the customer's points. */
export const TOUCHED = [
  orderCalls.getOrder,
  orderCalls.listOrders,
  orderDeskCalls.getOrderTrail,
  orderDeskCalls.previewReturn,
  customerCalls.getCustomer,
  loyaltyCalls.getCustomerBalance,
  loyaltyCalls.getCustomerLots,
  loyaltyCalls.listCustomerPoints,
] as const;
