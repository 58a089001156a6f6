// Two rule engines, which decide who is eligible and no money: each gets the cart's facts gathered beforehand.
import type { PromotionDocument } from "../src/core/pricing/index.ts";
import { leastSum, loaded, type Peer, type PeerLine, type PeerTask } from "./peer.ts";

interface Facts {
  readonly offers: readonly string[];
  readonly categories: readonly string[];
  readonly vendors: readonly string[];
  /** Kopecks. */
  readonly sum: number;
}

function factsOf(lines: readonly PeerLine[]): Facts {
  return {
    offers: lines.map((line) => line.id),
    categories: [...new Set(lines.flatMap((line) => line.categories))],
    vendors: [...new Set(lines.map((line) => line.vendor))],
    sum: lines.reduce((sum, line) => sum + line.price * line.count, 0),
  };
}

/** The fact to look at and what it must hold; of a list one value, as these benchmarks name no more. */
function wantedOf(document: PromotionDocument): readonly [fact: keyof Facts, wanted: string | number] {
  const { scope } = document;
  for (const key of ["offers", "categories", "vendors"] as const) {
    const wanted = scope?.[key]?.[0];
    if (wanted !== undefined) return [key, wanted];
  }
  return ["sum", (leastSum(document) ?? 0) * 100];
}

interface JsonRules {
  readonly Engine: new (
    rules: readonly object[],
  ) => { run(facts: Facts): Promise<{ readonly events: readonly unknown[] }> };
}

/** The driver of json-rules-engine: a rule a promotion. */
export function jsonRules(): Peer {
  const { Engine } = loaded<JsonRules>("json-rules-engine");
  const remark = "eligibility only, no amounts; facts of the cart gathered beforehand";
  return {
    name: "json-rules-engine 7.3",
    remark,
    task: (lines, promotions): PeerTask => {
      const facts = factsOf(lines);
      const engine = new Engine(
        promotions.map((document) => {
          const [fact, value] = wantedOf(document);
          const operator = fact === "sum" ? "greaterThanInclusive" : "contains";
          return { conditions: { all: [{ fact, operator, value }] }, event: { type: document.id } };
        }),
      );
      return { run: () => engine.run(facts), total: () => null };
    },
  };
}

interface Zen {
  readonly ZenEngine: new () => {
    createDecision(content: Buffer): { evaluate(facts: Facts): Promise<unknown> };
  };
}

/** The driver of zen: one decision table that collects, a row a promotion. */
export function zen(): Peer {
  const { ZenEngine } = loaded<Zen>("@gorules/zen-engine");
  const engine = new ZenEngine();
  return {
    name: "zen-engine 0.54",
    remark: "eligibility only, no amounts; facts of the cart gathered beforehand",
    task: (lines, promotions): PeerTask => {
      const facts = factsOf(lines);
      const table = tableOf(promotions);
      const decision = engine.createDecision(Buffer.from(JSON.stringify(table)));
      return { run: () => decision.evaluate(facts), total: () => null };
    },
  };
}

function tableOf(promotions: readonly PromotionDocument[]): object {
  const rules = promotions.map((document) => {
    const [fact, wanted] = wantedOf(document);
    const when = fact === "sum" ? `sum >= ${wanted}` : `contains(${fact}, ${JSON.stringify(wanted)})`;
    return { _id: document.id, when, promotion: JSON.stringify(document.id) };
  });
  const content = {
    hitPolicy: "collect",
    inputs: [{ id: "when", name: "when" }],
    outputs: [{ id: "promotion", name: "promotion", field: "promotion" }],
    rules,
  };
  const edge = (sourceId: string, targetId: string): object => ({
    id: `${sourceId}-${targetId}`,
    type: "edge",
    sourceId,
    targetId,
  });
  return {
    nodes: [
      { id: "in", name: "in", type: "inputNode", position: { x: 0, y: 0 } },
      { id: "table", name: "table", type: "decisionTableNode", position: { x: 1, y: 0 }, content },
      { id: "out", name: "out", type: "outputNode", position: { x: 2, y: 0 } },
    ],
    edges: [edge("in", "table"), edge("table", "out")],
  };
}
