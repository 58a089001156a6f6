// A running server: the checklist of start-up, and the same list backwards for the stop.
import type { Server } from "node:net";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Config } from "../config/index.ts";
import {
  buildServer,
  createLog,
  createMetrics,
  describeError,
  drain,
  flushLogs,
  LiveCalls,
  type Metrics,
  readConsole,
} from "../http/index.ts";
import {
  type AnswerSender,
  answerOffice,
  CourierPace,
  EventOffice,
  type JobBell,
  NoticeSender,
  type Notifiers,
  Scheduler,
} from "../jobs/index.ts";
import type { EatsAnswerSettings } from "../outbound/index.ts";
import { CommandFailed } from "./context.ts";
import { eatsAnswerSettings } from "./eats-answers.ts";
import { facesOf } from "./faces.ts";
import { imshopSettings } from "./imshop.ts";
import { type Bells, dataFolder, type Installation, openInstallation } from "./installation.ts";
import { jobsOf } from "./jobs.ts";
import { limitsOf } from "./limits.ts";
import { notifiersOf } from "./notifiers.ts";
import { ServingState } from "./serving-state.ts";
import { tlsFiles, tlsPair, watchTls } from "./tls.ts";

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  readonly installation: Installation;
  readonly log: Logger;
  readonly app: FastifyInstance;
  /** Finishes what is in flight, then closes everything in the reverse order of opening. */
  stop(): Promise<void>;
}

/** What may differ between `start`, `demo` and tests. */
export interface ServeOptions {
  readonly folder: string;
  readonly isTerminal: boolean;
  /** Receives log lines instead of the standard output. */
  readonly writeLog?: (line: string) => void;
  /** Called when a commit failed: nothing may be acknowledged any more, the process must end. */
  readonly onBroken?: (error: unknown) => void;
  /** Opens the control socket; gives it to be closed at the stop. */
  readonly control?: (installation: Installation, dataFolder: string) => Promise<Server>;
}

/** Config is read; the rest of the checklist follows: certificate, log, database, migrations, wiring, listen. */
export async function serve(config: Config, options: ServeOptions): Promise<RunningServer> {
  const files = tlsFiles(config, options.folder);
  const pair = files === null ? null : tlsPair(files);
  const settings = { answers: eatsAnswerSettings(config), notifiers: notifiersOf(config) };
  const log = createLog(config.text("logLevel"), options.isTerminal, options.writeLog);
  const metrics = createMetrics();
  const state = new ServingState();
  const bells = bellsOf(log, metrics, state, options);
  const installation = await openInstallation(config, options.folder, bells);
  state.installation = installation;
  // As the engine says itself; one that is set otherwise than it must be was refused.
  log.info({ engine: installation.database.engine, ...installation.database.traits }, "database");
  const app = await orClosed(installation, () =>
    buildServer({
      log,
      metrics,
      ...doorsOf(installation),
      readiness: state,
      ...(pair === null ? {} : { tls: { cert: pair.cert, key: pair.key } }),
    }),
  );
  installation.database.listen?.();
  const scheduler = new Scheduler(installation.house, jobBell(log, metrics));
  const office = officeOf(installation, log, metrics, () => state.isCalled());
  state.office = office;
  const senders = sendersOf(installation, settings, log, metrics);
  const control = await options.control?.(installation, dataFolder(config, options.folder));
  const tls = files === null || pair === null ? null : watchTls(app, files, pair, metrics, bells);
  const stop = once(async () => {
    state.isStopping = true;
    log.info("stopping");
    tls?.stop();
    const jobsEnded = scheduler.stop();
    const { cut } = await drain(app, {
      noticeMs: config.number("stopNotice"),
      withinMs: config.number("stopWithin"),
    });
    control?.close();
    await jobsEnded;
    // After the last answer: what its call has noted may still be numbered.
    await office.stop();
    for (const sender of senders) await sender.stop();
    await installation.close();
    log.info({ cut }, "stopped");
    flushLogs();
  });
  try {
    const url = await app.listen({ host: config.text("host"), port: config.number("port") });
    scheduler.start(jobsOf(installation, options.folder));
    await office.start();
    for (const sender of senders) sender.start();
    return { url, installation, log, app, stop };
  } catch (error) {
    await stop();
    throw asSentence(error, config);
  }
}

/** Where the built console stands, seen from this file both in a clone and in a packed release. */
const CONSOLE_FOLDER = fileURLToPath(new URL("../../dist/console/", import.meta.url));

/** What the installation puts before the world, and who counts what comes. */
function doorsOf(installation: Installation) {
  const { config, house } = installation;
  const live = new LiveCalls(() => house.now());
  return {
    faces: facesOf(installation, live),
    live,
    console: readConsole(CONSOLE_FOLDER, config.text("shop.timezone")),
    trustProxy: config.list("trustProxy"),
    limits: limitsOf(config),
    onAnswered: installation.calls.note,
  };
}

/** The result of `work`; when it throws, the installation is closed first. */
async function orClosed<Result>(installation: Installation, work: () => Result): Promise<Result> {
  try {
    return work();
  } catch (error) {
    await installation.close();
    throw error;
  }
}

/** A port that cannot be had is a person's mistake, not a surprise. */
function asSentence(error: unknown, config: Config): unknown {
  const where = `${config.text("host")}:${config.number("port")}`;
  switch ((error as NodeJS.ErrnoException).code) {
    case "EADDRINUSE":
      return new CommandFailed(`${where} is taken by another program: stop it, or set PRILAVOK_PORT`);
    case "EACCES":
      return new CommandFailed(
        `this user may not listen on ${where}: ports below 1024 need a right of their own`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new CommandFailed(`${where} is no address of this machine: see PRILAVOK_HOST`);
    default:
      return error;
  }
}

/** What the server rings on alarms and on a failed commit. */
function bellsOf(log: Logger, metrics: Metrics, state: ServingState, options: ServeOptions): Bells {
  const alarm: Bells["alarm"] = (kind, details) => {
    metrics.alarms.inc({ kind });
    log.error({ ...details, alarm: kind }, "alarm");
  };
  return {
    alarm,
    onEvent: () => state.office?.wake(),
    onWriteFault: (code) => {
      if (state.writesFail(code)) alarm("storage_fault", { code });
    },
    onWaited: (ms) => metrics.limitWait.observe(ms / 1000),
    onBroken: (error) => {
      metrics.alarms.inc({ kind: "commit_failed" });
      log.fatal({ error: describeError(error) }, "a commit failed: the server stops taking writes");
      options.onBroken?.(error);
    },
  };
}

/** What moves events out of the house. */
function officeOf(
  { config, house, secrets }: Installation,
  log: Logger,
  metrics: Metrics,
  isCalled: () => boolean,
): EventOffice {
  return new EventOffice({
    pace: new CourierPace({
      perSecond: config.number("limits.eventPace"),
      isCalled,
      monotonicMs: () => performance.now(),
    }),
    house,
    secrets,
    imshop: imshopSettings(config),
    bell: {
      failed: jobBell(log, metrics).failed,
      attempted: ({ outcome }) => metrics.deliveryAttempts.inc({ outcome }),
    },
  });
}

/** What sends answers to feedback, where credentials are set, and notices to people; what is not set says so. */
function sendersOf(
  { config, house }: Installation,
  settings: { readonly answers: EatsAnswerSettings | null; readonly notifiers: Notifiers },
  log: Logger,
  metrics: Metrics,
): readonly (AnswerSender | NoticeSender)[] {
  const { answers, notifiers } = settings;
  const { failed } = jobBell(log, metrics);
  if (answers === null) log.info("answers to feedback wait: no credentials of Yandex's host are set");
  for (const [channel, notifier] of Object.entries(notifiers))
    if (notifier === null) log.info({ channel }, "notices of this channel wait: it is not set");
  const answering = answerOffice(house, answers, {
    failed,
    settled: ({ word }) => metrics.answerAttempts.inc({ outcome: word }),
  });
  const tried = (channel: string, outcome: string): void => metrics.noticeAttempts.inc({ channel, outcome });
  const telling = new NoticeSender(house, notifiers, { failed, tried }, config.optional("publicUrl"));
  return answering === null ? [telling] : [answering, telling];
}

/** Runs of jobs in the log and the metrics. */
function jobBell(log: Logger, metrics: Metrics): JobBell {
  return {
    done: (job, ms, report) => {
      metrics.jobs.inc({ job, outcome: "ok" });
      metrics.jobSuccess.set({ job }, Math.floor(Date.now() / 1000));
      log.info({ ...report, job, ms: Math.round(ms) }, "job");
    },
    failed: (job, error) => {
      metrics.jobs.inc({ job, outcome: "failed" });
      log.error({ job, error: describeError(error) }, "a job failed");
    },
  };
}

/** The first call does it, later ones wait for the same end. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}
