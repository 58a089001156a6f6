// The door of the calls that leave the house.
export { type HostLookup, judgeAddress } from "./address-guard.ts";
export { type DownloadLimits, download, publicName } from "./download.ts";
export { type CallEnd, type CallerOptions, GuardedCaller } from "./guarded-call.ts";
export { type ImshopSettings, pushImshopStatus } from "./imshop-status.ts";
export { signedHeaders } from "./webhook-signature.ts";
