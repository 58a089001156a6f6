// The door of the jobs: what the server does by itself, again and again.
export { answerOffice } from "./answer-office.ts";
export { type AnswerPost, AnswerSender } from "./answer-sender.ts";
export { BEAT_MS, CourierPace } from "./courier-pace.ts";
export { deskDigestJob, forgetNoticesJob } from "./desk-digest.ts";
export { deskWatchJob } from "./desk-watch.ts";
export { EventCourier, type Post } from "./event-courier.ts";
export { EventOffice, forgetEventsJob } from "./event-office.ts";
export { eventPost } from "./event-post.ts";
export { type FeedSource, feedRefreshJob, refreshFeed } from "./feed-refresh.ts";
export {
  backupJob,
  forgetBodiesJob,
  forgetCalculationsJob,
  forgetCartsJob,
  forgetErasuresJob,
  forgetUsesJob,
  forgetWordsJob,
  logTruncation,
} from "./housekeeping.ts";
export { NoticeSender, type Notifiers } from "./notice-sender.ts";
export { pointsJobs } from "./points.ts";
export { type Job, type JobBell, LEASE_MS, Scheduler } from "./scheduler.ts";
