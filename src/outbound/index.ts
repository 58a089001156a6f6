// The door of the calls that leave the house.
export { type HostLookup, judgeAddress } from "./address-guard.ts";
export { type DownloadLimits, download, publicName } from "./download.ts";
export {
  answerBody,
  EatsAnswerClient,
  type EatsAnswerOptions,
  type EatsAnswerSettings,
  isSendableBody,
  judgeVmiUrl,
} from "./eats-answer.ts";
export { type EatsStandIn, STAND_IN_FAULTS, type StandInFault, startEatsStandIn } from "./eats-stand-in.ts";
export { type CallEnd, type CallerOptions, GuardedCaller } from "./guarded-call.ts";
export { type ImshopSettings, pushImshopStatus } from "./imshop-status.ts";
export { MailNotifier, type MailSettings } from "./mail.ts";
export type { Notifier, OutgoingNotice } from "./notifier.ts";
export { TelegramNotifier } from "./telegram.ts";
export { signedHeaders } from "./webhook-signature.ts";
