// What differs between two rule sets, promotion by promotion and field by field, for a person who is about to apply one.
import type { PromotionDocument, PromotionSet, Text } from "../core/pricing/index.ts";
import { canonicalJson } from "./canonical-json.ts";

/** One field: its path, and both values as short JSON texts; null: not there. */
export interface FieldChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A promotion by id, with its name for people. */
export interface NamedPromotion {
  readonly id: string;
  readonly name: string;
}

/** Everything that differs. */
export interface RulesDifference {
  readonly added: readonly NamedPromotion[];
  readonly removed: readonly NamedPromotion[];
  readonly changed: readonly (NamedPromotion & { readonly fields: readonly FieldChange[] })[];
  /** Fields of the set itself, and of the programme. */
  readonly settings: readonly FieldChange[];
  /** True when promotions that stay stand in another order. */
  readonly isReordered: boolean;
}

/** A set with its programme. */
export interface RulesToCompare {
  readonly set: PromotionSet;
  readonly programme: unknown;
}

/** What `after` changes of `before`; nothing at all when they mean the same. */
export function compareRules(before: RulesToCompare, after: RulesToCompare): RulesDifference {
  const old = byId(before.set);
  const young = byId(after.set);
  const kept = [...young.values()].filter(({ id }) => old.has(id));
  const { promotions: _old, ...oldSettings } = before.set;
  const { promotions: _young, ...youngSettings } = after.set;
  return {
    added: [...young.values()].filter(({ id }) => !old.has(id)).map(named),
    removed: [...old.values()].filter(({ id }) => !young.has(id)).map(named),
    changed: kept.flatMap((promotion) => {
      const fields = fieldChanges(old.get(promotion.id), promotion, "");
      return fields.length === 0 ? [] : [{ ...named(promotion), fields }];
    }),
    settings: [
      ...fieldChanges(oldSettings, youngSettings, ""),
      ...fieldChanges(before.programme ?? undefined, after.programme ?? undefined, "programme"),
    ],
    isReordered: order(old, young) !== order(young, old),
  };
}

/** True when nothing differs. */
export function isUnchanged(difference: RulesDifference): boolean {
  const { added, removed, changed, settings, isReordered } = difference;
  return added.length + removed.length + changed.length + settings.length === 0 && !isReordered;
}

/** The difference for a person to read, a line each. */
export function differenceLines(difference: RulesDifference): string[] {
  const fieldLine = ({ path, before, after }: FieldChange): string =>
    before === null ? `${path}: ${after} (new)` : `${path}: ${before} → ${after ?? "(gone)"}`;
  return [
    ...difference.added.map(({ id, name }) => `+ ${id}  ${name}`),
    ...difference.removed.map(({ id, name }) => `- ${id}  ${name}`),
    ...difference.changed.flatMap(({ id, name, fields }) => [
      `~ ${id}  ${name}`,
      ...fields.map((field) => `    ${fieldLine(field)}`),
    ]),
    ...difference.settings.map((field) => `~ ${fieldLine(field)}`),
    ...(difference.isReordered ? ["~ the order of the promotions changes"] : []),
  ];
}

function byId(set: PromotionSet): Map<string, PromotionDocument> {
  return new Map(set.promotions.map((promotion) => [promotion.id, promotion]));
}

function named({ id, name }: PromotionDocument): NamedPromotion {
  return { id, name: plainName(name) };
}

function plainName(name: Text): string {
  return typeof name === "string" ? name : name.ru;
}

/** Ids of `left` that `right` has too, in the order of `left`. */
function order(left: ReadonlyMap<string, unknown>, right: ReadonlyMap<string, unknown>): string {
  return JSON.stringify([...left.keys()].filter((id) => right.has(id)));
}

function fieldChanges(before: unknown, after: unknown, path: string): FieldChange[] {
  if (Array.isArray(before) && Array.isArray(after) && hasGroups([...before, ...after])) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      fieldChanges(before[index], after[index], `${path}[${index}]`),
    ).flat();
  }
  if (isGroup(before) && isGroup(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    const inside = (key: string): string => (path === "" ? key : `${path}.${key}`);
    return [...keys].flatMap((key) => fieldChanges(own(before, key), own(after, key), inside(key)));
  }
  const [left, right] = [shown(before), shown(after)];
  return left === right ? [] : [{ path, before: left, after: right }];
}

function hasGroups(items: readonly unknown[]): boolean {
  return items.every((item) => item !== null && typeof item === "object");
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function own(group: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(group, key) ? group[key] : undefined;
}

function shown(value: unknown): string | null {
  return value === undefined ? null : canonicalJson(value);
}
