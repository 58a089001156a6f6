// All promotions in force at a glance: how each stands, how far its limits are used, what it gave, and which exclude each other.
import type { PromotionDocument, Rule } from "../core/pricing/index.ts";
import { findRivals, type Rivals } from "../core/publication/index.ts";
import { catalogueVersions, type UsesTotal, usesOfAll } from "../storage/index.ts";
import type { House } from "./house.ts";
import { catalogueOf } from "./judge-publication.ts";
import { type LimitState, limitsOf } from "./limit-report.ts";
import type { RuleShelf, ShelvedRules } from "./rule-shelf.ts";

/** How a promotion stands now: off is a draft or paused. */
export type BoardStatus = "active" | "scheduled" | "ended" | "off";

/** One promotion on the board. */
export interface BoardEntry {
  readonly promotion: PromotionDocument;
  readonly status: BoardStatus;
  /** Window in ms; null: open at that end. */
  readonly from: number | null;
  readonly until: number | null;
  readonly layer: number;
  /** Place in the order of application, from 0. */
  readonly order: number;
  readonly uses: UsesTotal;
  readonly limits: readonly LimitState[];
}

/** The board of the rules in force. */
export interface Board {
  readonly version: number;
  readonly entries: readonly BoardEntry[];
  readonly rivals: Rivals;
}

/** Pairs that are told. */
const PAIRS_LIMIT = 2000;

const UNUSED: UsesTotal = { orders: 0, spent: 0 };

/** Pairs found for a version of the rules over a version of the catalogue: goods are compared once. */
const known = new WeakMap<RuleShelf, { readonly key: string; readonly rivals: Rivals }>();

/** Everything in force, in the order of the menu. */
export async function showBoard(house: House, shelf: RuleShelf): Promise<Board> {
  const shelved = await shelf.current();
  const at = house.now();
  const byId = new Map(shelved.rules.promotions.map((rule) => [rule.id, rule]));
  const entries = await house.database.read(async (tx) => {
    const uses = await usesOfAll(tx);
    const found: BoardEntry[] = [];
    for (const promotion of shelved.documents.set.promotions) {
      const rule = byId.get(promotion.id);
      if (rule === undefined) continue;
      const limits = promotion.limits === undefined ? [] : await limitsOf(tx, shelved, promotion, at);
      found.push({ ...placeOf(promotion, rule, at), uses: uses.get(promotion.id) ?? UNUSED, limits });
    }
    return found;
  });
  return { version: shelved.version, entries, rivals: await rivalsOf(house, shelf, shelved, at) };
}

/** How a promotion stands at an instant. */
export function standingOf(
  { status: written = "active" }: PromotionDocument,
  rule: Rule,
  at: number,
): BoardStatus {
  if (written === "draft" || written === "paused") return "off";
  if (written === "ended" || rule.until <= at) return "ended";
  return rule.from > at ? "scheduled" : "active";
}

function placeOf(promotion: PromotionDocument, rule: Rule, at: number) {
  const status = standingOf(promotion, rule, at);
  const from = Number.isFinite(rule.from) ? rule.from : null;
  const until = Number.isFinite(rule.until) ? rule.until : null;
  return { promotion, status, from, until, layer: rule.layer, order: rule.order };
}

async function rivalsOf(
  house: House,
  shelf: RuleShelf,
  { version, documents, rules }: ShelvedRules,
  at: number,
): Promise<Rivals> {
  const goods = await house.database.read(catalogueVersions);
  // What is over changes with the day at most.
  const key = [version, goods.version, Math.floor(at / 3_600_000)].join(":");
  const before = known.get(shelf);
  if (before?.key === key) return before.rivals;
  const catalogue = await house.database.read(catalogueOf);
  const rivals = findRivals(documents.set, rules, catalogue, { at, most: PAIRS_LIMIT });
  known.set(shelf, { key, rivals });
  return rivals;
}
