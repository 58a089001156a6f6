// Engines of others, measured beside ours: how they are brought here, and what a benchmark asks of each.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PromotionDocument } from "../src/core/pricing/index.ts";

/** A line of the cart that every engine gets. */
export interface PeerLine {
  readonly id: string;
  /** Kopecks. */
  readonly price: number;
  readonly count: number;
  readonly categories: readonly string[];
  readonly vendor: string;
}

/** A cart and promotions read by an engine, ready to be priced again and again. */
export interface PeerTask {
  run(): unknown;
  /** Kopecks that the latest run asks of the shopper; null where the engine decides no money. */
  total(): number | null;
}

/** An engine beside ours. */
export interface Peer {
  readonly name: string;
  /** Where it differs from what is asked. */
  readonly remark: string;
  task(lines: readonly PeerLine[], promotions: readonly PromotionDocument[]): PeerTask;
}

const FOLDER = fileURLToPath(new URL("./peers/", import.meta.url));

/** Loads from the peers' own packages, which the product's installation knows nothing of. */
const load = createRequire(join(FOLDER, "package.json"));

/** Names exported by a module of a peer: what they are is the driver's to know. */
export function loaded<Exports>(name: string): Exports {
  return load(name) as Exports;
}

/** Installs the pinned packages where they are missing, without running anything of theirs; null, or why it failed. */
export function installPeers(): string | null {
  if (existsSync(join(FOLDER, "node_modules", ".package-lock.json"))) return null;
  process.stderr.write("installing the engines of others into bench/peers …\n");
  const result = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: FOLDER, encoding: "utf8" });
  if (result.status === 0) return null;
  return `${result.error?.message ?? result.stderr}`.trim().split("\n").at(-1) ?? "npm ci failed";
}

/** What a promotion of these benchmarks asks of a good; true when the line answers it. */
export function isInScope({ scope }: PromotionDocument, line: PeerLine): boolean {
  if (scope === undefined) return true;
  if (scope.offers !== undefined) return scope.offers.includes(line.id);
  if (scope.vendors !== undefined) return scope.vendors.includes(line.vendor);
  return (scope.categories ?? []).some((category) => line.categories.includes(category));
}

/** The kinds of promotion that these benchmarks write, read from the document. */
export type PeerEffect =
  | { readonly kind: "percent"; readonly percent: number }
  | { readonly kind: "amount"; readonly roubles: number; readonly isPerUnit: boolean }
  | { readonly kind: "nForM"; readonly take: number; readonly pay: number };

/** The only effect of a document. */
export function effectOf({ id, then: [effect] }: PromotionDocument): PeerEffect {
  if (effect !== undefined && "percent" in effect)
    return { kind: "percent", percent: Number(effect.percent) };
  if (effect !== undefined && "nForM" in effect) return { kind: "nForM", ...effect.nForM };
  if (effect !== undefined && "amount" in effect)
    return { kind: "amount", roubles: Number(effect.amount), isPerUnit: effect.per === "unit" };
  throw new Error(`${id} has an effect that no driver knows`);
}

/** Roubles that the cart must come to, at list prices; null when it need not. */
export function leastSum({ when = [] }: PromotionDocument): number | null {
  for (const condition of when) if ("sum" in condition) return Number(condition.sum.atLeast);
  return null;
}
