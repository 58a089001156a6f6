// The door of carts: which cart counts, what a part of it costs, which services go with it.
export { type AppLine, lineKey } from "./cart-line.ts";
export {
  type ExtraService,
  type OfferedService,
  type ServiceGood,
  type ServiceTick,
  servicesFor,
} from "./extra-services.ts";
export { type Group, type GroupLine, type PartLine, type SharedLine, shareOfGroup } from "./split-group.ts";
export {
  decideSync,
  NO_CART,
  readSyncDate,
  type StoredCart,
  type SyncDate,
  type SyncDecision,
} from "./sync.ts";
