// A judge as the run sees it: a process that is asked about one mutant after another, and replaced when one hangs or spoils it.
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** How the tests that meet a mutant are: how often they meet it, and how long they take together. */
export interface MutantTests {
  readonly hits: number;
  /** Processor time without any mutant, ms. */
  readonly ms: number;
}

/** A judge has all tests in hand. */
export interface JudgeReady {
  readonly kind: "ready";
  readonly tests: number;
  /** Mutants in what modules do while they load. */
  readonly atLoading: readonly string[];
  readonly reached: readonly (readonly [string, MutantTests])[];
}

/** What a judge says of a mutant. */
export interface JudgeAnswer {
  readonly kind: "judged";
  readonly isNoticed: boolean;
  /** The process is not as it was: the test that noticed fails without the mutant too. */
  readonly isDirty: boolean;
}

/** What becomes of a mutant. "hung": the tests took several times as long, which is noticed too. */
export type Fate = "noticed" | "hung" | "survived" | "not_reached";

const PROGRAM = fileURLToPath(new URL("judge.ts", import.meta.url));

/** Properties on few carts of a fixed seed: a mutant meets the same carts as the next one. */
const ENVIRONMENT = { PRILAVOK_PROPERTY_RUNS: "20", PRILAVOK_PROPERTY_SEED: "20261121" };

/** Processor time that tests may take with a mutant, of what they take without, and what is always allowed, ms. */
const PATIENCE = { times: 3, ms: 6000 };

/** The same where everything is loaded anew. */
const PATIENCE_LOADING = { times: 4, ms: 20_000 };

const LOOK_MS = 250;

/** Processor time of a process, ms; elsewhere than on Linux the time since it was asked. */
function spentBy(child: ChildProcess, startedAt: number): number {
  try {
    const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Date.now() - startedAt;
  }
}

/** Judges mutants of one instrumented copy. */
export class Judge {
  readonly #root: string;
  #child: ChildProcess | null = null;
  #ready: JudgeReady | null = null;
  #reached: ReadonlyMap<string, MutantTests> = new Map();
  /** Mutants judged by this process. */
  #judged = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** What is to become of the mutant. */
  async judge(id: string): Promise<Fate> {
    if (this.#child === null) await this.#start();
    const isAtLoading = this.#ready?.atLoading.includes(id) === true;
    const tests = this.#reached.get(id);
    const fate = tests === undefined ? "not_reached" : await this.#ask(id, tests);
    return isAtLoading && (fate === "survived" || fate === "not_reached") ? this.#judgeLoading(id) : fate;
  }

  /** Ends the process. */
  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }

  async #start(): Promise<void> {
    const child = this.#fork();
    this.#ready = await new Promise<JudgeReady>((resolve, reject) => {
      child.once("message", (ready) => resolve(ready as JudgeReady));
      child.once("exit", (code) => reject(new Error(`the judge ended with code ${code}`)));
    });
    child.removeAllListeners("exit");
    this.#child = child;
    this.#reached = new Map(this.#ready.reached);
    this.#judged = 0;
  }

  #fork(...more: string[]): ChildProcess {
    return fork(PROGRAM, [this.#root, ...more], {
      env: { ...process.env, ...ENVIRONMENT },
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "ignore", more.length === 0 ? "inherit" : "ignore", "ipc"],
    });
  }

  /** A judge that other mutants may have changed is not believed: a fresh one is asked again. */
  async #ask(id: string, tests: MutantTests): Promise<Fate> {
    const child = this.#child as ChildProcess;
    const answer = this.#answerOf(child, tests.ms * PATIENCE.times + PATIENCE.ms);
    child.send(id);
    const { fate, isDirty } = await answer;
    const wasFresh = this.#judged === 0;
    this.#judged += 1;
    if (!isDirty) return fate;
    this.stop();
    await this.#start();
    return fate === "hung" || wasFresh ? fate : this.#ask(id, tests);
  }

  async #judgeLoading(id: string): Promise<Fate> {
    const whole = [...this.#reached.values()].reduce((most, { ms }) => Math.max(most, ms), 0);
    const child = this.#fork(id);
    const { fate } = await this.#answerOf(child, whole * PATIENCE_LOADING.times + PATIENCE_LOADING.ms);
    child.kill("SIGKILL");
    return fate;
  }

  #answerOf(
    child: ChildProcess,
    patience: number,
  ): Promise<{ readonly fate: Fate; readonly isDirty: boolean }> {
    const startedAt = Date.now();
    const before = spentBy(child, startedAt);
    return new Promise((resolve) => {
      const end = (fate: Fate, isDirty: boolean): void => {
        clearInterval(looks);
        child.removeAllListeners();
        resolve({ fate, isDirty });
      };
      const looks = setInterval(() => {
        if (spentBy(child, startedAt) - before <= patience) return;
        child.kill("SIGKILL");
        end("hung", true);
      }, LOOK_MS);
      child.once("message", (said) => {
        const { isNoticed, isDirty } = said as JudgeAnswer;
        end(isNoticed ? "noticed" : "survived", isDirty);
      });
      child.once("exit", () => end("noticed", true));
    });
  }
}
