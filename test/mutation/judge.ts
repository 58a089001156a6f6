// A process that has all tests of the pricing core in hand and says of one mutant after another whether any test notices it.
//
// Started by judge-process.ts with the folder of the instrumented copy. With a mutant's id besides, that mutant is on from the
// start: for those that change what modules do while they load.
import { readdirSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { JudgeAnswer, JudgeReady, MutantTests } from "./judge-process.ts";
import { collected, type TestInHand } from "./tests-in-hand.ts";

/** What the instrumented modules look at. */
interface Switches {
  mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  isCounted?: boolean;
}

const [root = "", loaded] = process.argv.slice(2);
const switches: Switches = { mutantCoverage: { static: {}, perTest: {} } };
Object.assign(globalThis, { __stryker__: switches });
const { mutantCoverage } = switches;

const standIn = import.meta.resolve("./tests-in-hand.ts");
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vitest" && context.parentURL !== standIn
      ? { url: standIn, shortCircuit: true }
      : next(specifier, context),
});

const say = (answer: JudgeReady | JudgeAnswer): unknown => process.send?.(answer);

/** Loads every test of the core, those first that are quick to notice a mutant. */
async function load(): Promise<readonly TestInHand[]> {
  process.chdir(root);
  const enter = (path: string): Promise<unknown> => import(pathToFileURL(join(root, path)).href);
  await enter("test/support/seed.ts");
  await enter("test/mutation/stored-carts.ts");
  const files = ["src/core/money", "src/core/pricing"]
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => path.endsWith(".test.ts") && !path.includes("stored-quotes"))
    .sort((left, right) => Number(left.includes(".property.")) - Number(right.includes(".property.")));
  for (const path of files) await enter(path);
  // Whether laws catch broken pricers is not the question here, and costs thousands of carts.
  return collected.filter(({ name }) => !/\bcatches\b/.test(name));
}

async function isNoticedBy({ body }: TestInHand): Promise<boolean> {
  try {
    await body();
    return false;
  } catch {
    return true;
  }
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Which mutants each test meets, how often, and how long it takes. */
async function count(
  tests: readonly TestInHand[],
): Promise<Map<string, MutantTests & { readonly at: number[] }>> {
  const reached = new Map<string, { at: number[]; hits: number; ms: number }>();
  for (const [index, each] of tests.entries()) {
    const id = String(index);
    switches.currentTestId = id;
    const started = cpuMs();
    if (await isNoticedBy(each)) throw new Error(`fails without any mutant: ${each.name}`);
    const ms = cpuMs() - started;
    for (const [mutant, hits] of Object.entries(mutantCoverage.perTest[id] ?? {})) {
      const known = reached.get(mutant) ?? { at: [], hits: 0, ms: 0 };
      known.at.push(index);
      reached.set(mutant, { at: known.at, hits: known.hits + hits, ms: known.ms + ms });
    }
  }
  switches.isCounted = true;
  return reached;
}

/** Judges mutants as they are asked for. A mutant that leaves the process changed makes it dirty: then it is not to go on. */
async function serve(tests: readonly TestInHand[]): Promise<void> {
  const reached = await count(tests);
  say({
    kind: "ready",
    tests: tests.length,
    atLoading: Object.keys(mutantCoverage.static),
    reached: [...reached].map(([id, { hits, ms }]) => [id, { hits, ms }]),
  });
  process.on("message", async (id: string) => {
    const { at, hits } = reached.get(id) as { at: number[]; hits: number };
    Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: hits * 100 + 1000 });
    let by: TestInHand | null = null;
    for (const index of at) {
      const each = tests[index] as TestInHand;
      if (!(await isNoticedBy(each))) continue;
      by = each;
      break;
    }
    Object.assign(switches, { activeMutant: undefined, hitCount: undefined });
    const isDirty = by !== null && (await isNoticedBy(by));
    say({ kind: "judged", isNoticed: by !== null, isDirty });
  });
}

/** Judges the one mutant that was on while everything was loaded. */
async function judgeLoaded(id: string): Promise<void> {
  Object.assign(switches, { isCounted: true, activeMutant: id, hitCount: 0, hitLimit: 5e7 });
  let isNoticed = false;
  try {
    for (const each of await load()) {
      isNoticed = await isNoticedBy(each);
      if (isNoticed) break;
    }
  } catch {
    isNoticed = true;
  }
  say({ kind: "judged", isNoticed, isDirty: true });
}

if (loaded === undefined) await serve(await load());
else await judgeLoaded(loaded);
