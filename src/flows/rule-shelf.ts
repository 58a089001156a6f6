// The rules in force, compiled and in memory, for every calculation: never older than a second, at once after an apply here.
import { assert } from "../core/basics/index.ts";
import {
  compileProgramme,
  compileRules,
  type Programme,
  type PromotionSet,
  type Rules,
} from "../core/pricing/index.ts";
import { latestRuleset, latestRulesetVersion, rulesetOf, type StoredRuleset } from "../storage/index.ts";
import type { House } from "./house.ts";
import { documentsOf, hashOf, NO_RULES, type RuleDocuments } from "./rule-documents.ts";

/** Longest that another instance may go on with rules that were replaced, ms. */
export const RULE_SHELF_AGE = 1000;

/** Versions no longer in force that are kept compiled, for those who ask about old carts. */
const OLD_VERSIONS = 4;

/** Rules ready for use, with the version that calculations name. */
export interface ShelvedRules {
  /** 0: nothing was ever applied. */
  readonly version: number;
  /** SHA-256 of the documents. */
  readonly hash: string;
  readonly rules: Rules;
  /** Null: no programme, so points are absent from every answer. */
  readonly programme: Programme | null;
  readonly documents: RuleDocuments;
}

/** Keeps the rules at hand. One per process. */
export class RuleShelf {
  readonly timeZone: string;
  readonly #house: House;
  #shelved: ShelvedRules | null = null;
  /** The newest version looked at, which may be one that was refused. */
  #seenVersion = -1;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<ShelvedRules> | null = null;
  #older: readonly ShelvedRules[] = [];

  constructor(house: House, timeZone: string) {
    this.#house = house;
    this.timeZone = timeZone;
  }

  /** The rules in force. Costs nothing most of the time, a look at the newest version's number once a second. */
  async current(): Promise<ShelvedRules> {
    const now = this.#house.now();
    const age = now - this.#checkedAt;
    if (this.#shelved !== null && age >= 0 && age < RULE_SHELF_AGE) return this.#shelved;
    if (this.#loading !== null) return this.#loading;
    const loading: Promise<ShelvedRules> = this.#load(now, () => this.#loading === loading).finally(() => {
      if (this.#loading === loading) this.#loading = null;
    });
    this.#loading = loading;
    return loading;
  }

  /** Documents of a version, old ones too; null when there is none. */
  async documentsOf(version: number): Promise<RuleDocuments | null> {
    if (version === 0) return NO_RULES;
    const stored = await this.#house.database.read((tx) => rulesetOf(tx, version));
    return stored === null ? null : documentsOf(stored);
  }

  /** Rules of a version, old ones too, as carts were priced with them; null when there are none. The last few are kept compiled. */
  async ofVersion(version: number): Promise<ShelvedRules | null> {
    if (this.#shelved?.version === version) return this.#shelved;
    const known = this.#older.find((older) => older.version === version);
    if (known !== undefined) return known;
    const documents = await this.documentsOf(version);
    if (documents === null) return null;
    const shelved = this.#soundOf(version, documents);
    this.#older = [shelved, ...this.#older].slice(0, OLD_VERSIONS);
    return shelved;
  }

  /** The next call looks at the database, even when a look is under way: called after every apply. */
  forget(): void {
    this.#checkedAt = Number.NEGATIVE_INFINITY;
    this.#loading = null;
  }

  async #load(now: number, isStillWanted: () => boolean): Promise<ShelvedRules> {
    const seen = this.#seenVersion;
    const stored = await this.#house.database.read(async (tx) =>
      (await latestRulesetVersion(tx)) === seen ? null : await latestRuleset(tx),
    );
    const shelf = this.#shelved;
    if (shelf !== null && stored === null) {
      if (isStillWanted()) this.#checkedAt = now;
      return shelf;
    }
    // Told meanwhile that there are others: what was read may be old already, and what was on the shelf surely is.
    if (!isStillWanted() && shelf !== null) return this.current();
    this.#shelved = this.#shelve(stored);
    this.#seenVersion = stored?.version ?? 0;
    if (isStillWanted()) this.#checkedAt = now;
    return this.#shelved;
  }

  /** What is stored, or the last good rules, or what of the stored ones is good. */
  #shelve(stored: StoredRuleset | null): ShelvedRules {
    if (stored === null) return sound(shelving(0, NO_RULES, this.timeZone));
    const documents = documentsOf(stored);
    const whole = shelving(stored.version, documents, this.timeZone);
    if (whole.kind === "shelved") return whole.shelved;
    const path = whole.problems[0]?.path ?? "";
    this.#house.alarm("ruleset_refused", { version: stored.version, path, problems: whole.problems.length });
    if (this.#shelved !== null) return this.#shelved;
    return this.#soundOf(stored.version, documents);
  }

  /** What of the documents is good. */
  #soundOf(version: number, documents: RuleDocuments): ShelvedRules {
    const whole = shelving(version, documents, this.timeZone);
    if (whole.kind === "shelved") return whole.shelved;
    const rest = shelving(version, withoutBroken(documents, whole.problems), this.timeZone);
    return sound(rest.kind === "shelved" ? rest : shelving(0, NO_RULES, this.timeZone));
  }
}

/** Rules that stand still, in the place of those in force: an old version, for one. */
export class FixedShelf extends RuleShelf {
  readonly #fixed: ShelvedRules;

  constructor(house: House, timeZone: string, fixed: ShelvedRules) {
    super(house, timeZone);
    this.#fixed = fixed;
  }

  override async current(): Promise<ShelvedRules> {
    return this.#fixed;
  }
}

/** Rules that are tried without being applied: a shelf that holds these and looks at no database. They must compile. */
export class DraftShelf extends FixedShelf {
  constructor(house: House, timeZone: string, documents: RuleDocuments) {
    super(house, timeZone, sound(shelving(0, documents, timeZone)));
  }
}

type Shelving =
  | { readonly kind: "shelved"; readonly shelved: ShelvedRules }
  | { readonly kind: "refused"; readonly problems: readonly { readonly path: string }[] };

function shelving(version: number, documents: RuleDocuments, timeZone: string): Shelving {
  const compiled = compileRules(documents.set, timeZone);
  if (compiled.kind === "refused") return compiled;
  const programme = documents.programme === null ? null : compileProgramme(documents.programme);
  if (programme?.kind === "refused")
    return {
      kind: "refused",
      problems: programme.problems.map(({ path }) => ({ path: `programme.${path}` })),
    };
  return {
    kind: "shelved",
    shelved: {
      version,
      hash: hashOf(documents),
      rules: compiled.rules,
      programme: programme?.programme ?? null,
      documents,
    },
  };
}

function sound(result: Shelving): ShelvedRules {
  assert(result.kind === "shelved", "rules that were checked compile");
  return result.shelved;
}

/** The same documents without the promotions (or programme) that problems name. */
function withoutBroken(
  documents: RuleDocuments,
  problems: readonly { readonly path: string }[],
): RuleDocuments {
  const broken = new Set(problems.map(({ path }) => /^promotions\[(\d+)\]/.exec(path)?.[1] ?? path));
  const promotions = documents.set.promotions.filter((_, index) => !broken.has(String(index)));
  const isProgrammeBroken = [...broken].some((path) => path.startsWith("programme"));
  const set: PromotionSet = { ...documents.set, promotions };
  return { set, programme: isProgrammeBroken ? null : documents.programme };
}
