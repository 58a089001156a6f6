// What is counted, for /metrics. Labels are short closed lists: no ids, no personal data.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** The counters of one server; each server has its own registry so that tests do not share one. */
export interface Metrics {
  readonly registry: Registry;
  readonly outcomes: Counter<"face" | "outcome">;
  readonly alarms: Counter<"kind">;
  readonly shed: Counter<"reason">;
  readonly writersWaiting: Gauge;
  readonly sockets: Gauge;
  /** Seconds that confirmed orders waited for limits that others held. */
  readonly limitWait: Histogram;
  readonly jobs: Counter<"job" | "outcome">;
  readonly jobSuccess: Gauge<"job">;
  readonly deliveryAttempts: Counter<"outcome">;
  readonly answerAttempts: Counter<"outcome">;
  readonly noticeAttempts: Counter<"channel" | "outcome">;
  /** Counts an answer and how long it took, seconds. */
  answered(face: string, route: string, status: number, seconds: number): void;
  /** Shows the days until the certificate ends; not there without TLS. */
  certificate(reload: { daysLeft(): number }): void;
  /** Shows the pressure of a server on /metrics. */
  pressure(pressure: { takeWorstDelayMs(): number }): void;
}

/** A fresh set of counters. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "prilavok_process_" });
  const registers = [registry];
  return {
    registry,
    answered: answerCounter(registers),
    outcomes: new Counter({
      name: "prilavok_outcomes_total",
      help: "What became of webhooks.",
      labelNames: ["face", "outcome"],
      registers,
    }),
    alarms: new Counter({
      name: "prilavok_alarms_total",
      help: "Things a person must look at.",
      labelNames: ["kind"],
      registers,
    }),
    shed: new Counter({
      name: "prilavok_shed_total",
      help: "Calls answered 503 or 429 to protect the rest.",
      labelNames: ["reason"],
      registers,
    }),
    writersWaiting: new Gauge({
      name: "prilavok_writers_waiting",
      help: "Transactions waiting for the database.",
      registers,
    }),
    limitWait: new Histogram({
      name: "prilavok_limit_wait_seconds",
      help: "Time that a confirmed order waited in PostgreSQL for the limits it uses, by the database's clock.",
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
      registers,
    }),
    sockets: new Gauge({ name: "prilavok_sockets", help: "Open connections.", registers }),
    ...jobMetrics(registers),
    certificate: (reload) =>
      shown(registry, "prilavok_tls_days_left", "Whole days until the certificate in use ends.", () =>
        reload.daysLeft(),
      ),
    pressure: (pressure) =>
      shown(
        registry,
        "prilavok_event_loop_worst_delay_seconds",
        "Longest delay of the event loop since the last look.",
        () => pressure.takeWorstDelayMs() / 1000,
      ),
  };
}

/** Looking a series up by its labels costs more than counting in it: each is looked up once. Routes and statuses are few. */
function answerCounter(registers: Registry[]): Metrics["answered"] {
  const requests = new Counter({
    name: "prilavok_requests_total",
    help: "Answered requests.",
    labelNames: ["face", "route", "status"],
    registers,
  });
  const duration = new Histogram({
    name: "prilavok_request_seconds",
    help: "Time from the first byte of a request to the last of its answer.",
    labelNames: ["face", "route"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  type Series = {
    readonly counter: ReturnType<typeof requests.labels>;
    readonly timer: ReturnType<typeof duration.labels>;
  };
  const known = new Map<string, Map<number, Series>>();
  return (face, route, status, seconds) => {
    let ofRoute = known.get(route);
    if (ofRoute === undefined) {
      ofRoute = new Map();
      known.set(route, ofRoute);
    }
    let series = ofRoute.get(status);
    if (series === undefined || route === "(none)") {
      series = { counter: requests.labels({ face, route, status }), timer: duration.labels({ face, route }) };
      ofRoute.set(status, series);
    }
    series.counter.inc();
    series.timer.observe(seconds);
  };
}

function jobMetrics(
  registers: Registry[],
): Pick<Metrics, "jobs" | "jobSuccess" | "deliveryAttempts" | "answerAttempts" | "noticeAttempts"> {
  return {
    answerAttempts: new Counter({
      name: "prilavok_answer_attempts_total",
      help: "Attempts to send an answer to a marketplace's feedback.",
      labelNames: ["outcome"],
      registers,
    }),
    deliveryAttempts: new Counter({
      name: "prilavok_delivery_attempts_total",
      help: "Attempts to deliver an event to an endpoint or a status to IMSHOP.",
      labelNames: ["outcome"],
      registers,
    }),
    noticeAttempts: new Counter({
      name: "prilavok_notice_attempts_total",
      help: "Attempts to send a notice to people.",
      labelNames: ["channel", "outcome"],
      registers,
    }),
    jobs: new Counter({
      name: "prilavok_jobs_total",
      help: "Runs of the server's own jobs.",
      labelNames: ["job", "outcome"],
      registers,
    }),
    jobSuccess: new Gauge({
      name: "prilavok_job_last_success_timestamp_seconds",
      help: "When a job last ended well, here.",
      labelNames: ["job"],
      registers,
    }),
  };
}

/** Adds a gauge that is read when somebody looks. */
function shown(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
