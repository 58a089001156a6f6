// Which jobs this installation's server runs, and how each is set.
import type { Config } from "../config/index.ts";
import type { DigestTime } from "../flows/index.ts";
import {
  backupJob,
  deskDigestJob,
  deskWatchJob,
  feedRefreshJob,
  forgetBodiesJob,
  forgetCalculationsJob,
  forgetCartsJob,
  forgetErasuresJob,
  forgetEventsJob,
  forgetNoticesJob,
  forgetUsesJob,
  forgetWordsJob,
  type Job,
  logTruncation,
  pointsJobs,
} from "../jobs/index.ts";
import { backupFolder } from "./backup.ts";
import { feedSource } from "./import-feed.ts";
import { databaseUrl, type Installation, secretKey } from "./installation.ts";

function digestTime(config: Config): DigestTime | null {
  const weekday = config.number("digest.weekday");
  return weekday === 0 ? null : { weekday, hour: config.number("digest.hour") };
}

/** The jobs, in no order. Relative paths start from `folder`. */
export function jobsOf(installation: Installation, folder: string): readonly Job[] {
  const { config, database, house, rules } = installation;
  const source = {
    database,
    url: databaseUrl(config, folder),
    secret: secretKey(config, folder),
    withSecret: false,
    into: backupFolder(config, folder),
  };
  return [
    ...logTruncation(database),
    forgetCalculationsJob(house, {
      keepMs: config.number("keepCalculations"),
      mostSize: config.number("keepCalculationsSize"),
    }),
    forgetBodiesJob(house, config.number("keepRawBodies")),
    ...forgetWordsJob(house, {
      wordsMs: config.number("keepFeedbackWords"),
      namesMs: config.number("keepFeedbackNames"),
    }),
    forgetCartsJob(house),
    deskWatchJob(house),
    ...deskDigestJob(house, digestTime(config)),
    forgetNoticesJob(house),
    forgetUsesJob(house),
    forgetErasuresJob(house),
    forgetEventsJob(house, config.number("keepEvents")),
    ...pointsJobs(house, rules),
    ...backupJob(house, source, {
      everyMs: config.number("backup.interval"),
      keep: config.number("backup.keep"),
    }),
    ...feedRefreshJob(house, feedSource(config), config.number("feed.interval")),
  ];
}
